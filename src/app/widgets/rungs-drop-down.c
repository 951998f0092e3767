/* rungs-drop-down.c: what a screen reader says of a GtkDropDown. */

#include "rungs-drop-down.h"

#define LABEL "rungs-label"

static void
say (GtkDropDown *drop_down)
{
  const char *label = g_object_get_data (G_OBJECT (drop_down), LABEL);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  gpointer selected = gtk_drop_down_get_selected_item (drop_down);
  const char *chosen
      = GTK_IS_STRING_OBJECT (selected) ? gtk_string_object_get_string (selected) : NULL;
  g_autofree char *words
      = chosen != NULL ? g_strdup_printf ("%s: %s", label, chosen) : g_strdup (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                    -1);
}

void
rungs_drop_down_set_label (GtkDropDown *drop_down,
                           const char  *label)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (label != NULL);

  if (g_object_get_data (G_OBJECT (drop_down), LABEL) == NULL)
    g_signal_connect (drop_down, "notify::selected-item", G_CALLBACK (say), NULL);
  g_object_set_data_full (G_OBJECT (drop_down), LABEL, g_strdup (label), g_free);
  say (drop_down);
}
