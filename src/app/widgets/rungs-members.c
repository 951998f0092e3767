/* rungs-members.c: what inspectors are made of that show members of a text. */

#include "rungs-members.h"

#include "widgets/rungs-focus.h"

void
rungs_members_clear (GtkBox *box)
{
  GtkWidget *child;

  rungs_focus_close_popovers (GTK_WIDGET (box));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
for_each (GtkWidget       *widget,
          RungsMemberName  name,
          RungsMemberFunc  func,
          gpointer         data)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (name (widget) != NULL)
    func (widget, data);
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      for_each (child, name, func, data);
      child = next;
    }
}

void
rungs_members_for_each (GtkBox          *box,
                            RungsMemberName  name,
                            RungsMemberFunc  func,
                            gpointer         data)
{
  for_each (GTK_WIDGET (box), name, func, data);
}

static void
note_focused (GtkWidget *row,
              gpointer   data)
{
  GtkWidget **focused = data;

  if (rungs_focus_is_in (row))
    *focused = row;
}

char *
rungs_members_dup_focused (GtkBox          *box,
                               RungsMemberName  name)
{
  GtkWidget *focused = NULL;

  rungs_members_for_each (box, name, note_focused, &focused);
  return focused != NULL ? g_strdup (name (focused)) : NULL;
}

AdwPreferencesGroup *
rungs_members_add_group (GtkBox     *box,
                             const char *title,
                             const char *text)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *markup = title != NULL ? g_markup_escape_text (title, -1) : NULL;
  g_autofree char *described = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  if (markup != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), markup);
  if (described != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), described);
  gtk_box_append (box, group);
  return ADW_PREFERENCES_GROUP (group);
}

static GtkWidget *
do_action (GtkWidget  *button,
           const char *action,
           GVariant   *target)
{
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

GtkWidget *
rungs_members_button (const char *label,
                          const char *action,
                          GVariant   *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return do_action (button, action, target);
}

GtkWidget *
rungs_members_icon_button (const char *icon,
                               const char *name,
                               const char *action,
                               GVariant   *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return do_action (button, action, target);
}
