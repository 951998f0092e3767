/* rungs-keys-row.c: a row that tells what some keys do. */

#include "rungs-keys-row.h"

#include <glib/gi18n.h>

static void
append_label (GtkBox     *box,
              const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, style);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_box_append (box, label);
}

/* Draws "Ctrl+Shift+Z" as three caps. The last part may be "+" itself. */
static void
append_caps (GtkBox     *box,
             const char *keys)
{
  g_auto (GStrv) parts = g_strsplit (keys, "+", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      append_label (box, parts[i], "keycap");
  if (g_str_has_suffix (keys, "+"))
    append_label (box, "+", "keycap");
}

GtkWidget *
rungs_keys_row_new (const char *title,
                    const char *accelerators)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_auto (GStrv) alternatives = g_strsplit (accelerators, " ", -1);
  g_autoptr (GString) spoken = g_string_new (title);

  for (guint i = 0; alternatives[i] != NULL; i++)
    {
      GdkModifierType modifiers = 0;
      guint key = 0;
      g_autofree char *keys = NULL;

      gtk_accelerator_parse (alternatives[i], &key, &modifiers);
      keys = gtk_accelerator_get_label (key, modifiers);
      if (i > 0)
        append_label (GTK_BOX (box), _ ("or"), "dim-label");
      append_caps (GTK_BOX (box), keys);
      g_string_append_printf (spoken, ", %s", keys);
    }

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str,
                                  -1);
  return row;
}
