/* rungs-row-menu.c: what stands at the end of a row. */

#include "widgets/rungs-row-menu.h"

#include <glib/gi18n.h>

void
rungs_row_menu_append (GMenu      *menu,
                       const char *label,
                       const char *action,
                       gint64      id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", id);
  g_menu_append_item (menu, item);
}

GtkWidget *
rungs_row_menu_button_new (GMenu      *menu,
                           const char *name)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *named
    = name != NULL ? g_strdup_printf (_ ("What Can Be Done with “%s”"), name)
                   : g_strdup (_ ("What Can Be Done with It"));

  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("What Can Be Done with It"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, named,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

GtkWidget *
rungs_row_remove_button_new (const char *words,
                             const char *action,
                             gint64      id)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}
