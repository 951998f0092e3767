/* rungs-lead-line.c: a line in the details of a lead: an icon, two texts one below the other,
 * and a button. */

#include "rungs-lead-line.h"

#include <glib/gi18n.h>

#include "widgets/rungs-why-popover.h"
#include "widgets/rungs-wrapping-label.h"

struct _RungsLeadLine
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkWidget *texts;
  GtkLabel *text;
  GtkLabel *below;
  GtkButton *button;  /* (nullable): made when there is something for it to do */
  GtkMenuButton *why; /* (nullable): likewise */
};

G_DEFINE_FINAL_TYPE (RungsLeadLine, rungs_lead_line, GTK_TYPE_WIDGET)

static void
rungs_lead_line_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rungs_lead_line_parent_class)->dispose (object);
}

static void
rungs_lead_line_class_init (RungsLeadLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_lead_line_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
add_icon (RungsLeadLine *self)
{
  GtkWidget *icon = gtk_image_new ();

  self->icon = GTK_IMAGE (icon);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_widget_set_visible (icon, FALSE);
  gtk_widget_set_parent (icon, GTK_WIDGET (self));
}

static void
add_texts (RungsLeadLine *self)
{
  GtkWidget *text = rungs_wrapping_label_new ();
  GtkWidget *below = rungs_wrapping_label_new ();

  self->texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->text = GTK_LABEL (text);
  self->below = GTK_LABEL (below);
  gtk_widget_add_css_class (below, "dim-label");
  gtk_widget_add_css_class (below, "caption");
  gtk_widget_set_visible (below, FALSE);
  gtk_box_append (GTK_BOX (self->texts), text);
  gtk_box_append (GTK_BOX (self->texts), below);
  gtk_widget_set_hexpand (self->texts, TRUE);
  gtk_widget_set_valign (self->texts, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->texts, GTK_WIDGET (self));
}

static GtkButton *
get_button (RungsLeadLine *self)
{
  GtkWidget *button;

  if (self->button != NULL)
    return self->button;
  button = gtk_button_new ();
  self->button = GTK_BUTTON (button);
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_label (self->text), -1);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return self->button;
}

static void
rungs_lead_line_init (RungsLeadLine *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              9);
  add_icon (self);
  add_texts (self);
}

GtkWidget *
rungs_lead_line_new (void)
{
  return g_object_new (RUNGS_TYPE_LEAD_LINE, NULL);
}

void
rungs_lead_line_set_texts (RungsLeadLine *self,
                           const char    *text,
                           const char    *below)
{
  g_return_if_fail (RUNGS_IS_LEAD_LINE (self));

  gtk_label_set_label (self->text, text);
  gtk_label_set_label (self->below, below ? below : "");
  gtk_widget_set_visible (GTK_WIDGET (self->below), below != NULL && *below != '\0');
  if (self->button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

void
rungs_lead_line_set_icon (RungsLeadLine *self,
                          const char    *icon_name,
                          const char    *style)
{
  g_return_if_fail (RUNGS_IS_LEAD_LINE (self));

  gtk_image_set_from_icon_name (self->icon, icon_name);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), style);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), TRUE);
}

void
rungs_lead_line_set_button (RungsLeadLine *self,
                            const char    *label,
                            const char    *action,
                            gint64         id)
{
  g_return_if_fail (RUNGS_IS_LEAD_LINE (self));

  if (action != NULL)
    {
      gtk_button_set_label (get_button (self), label);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "x", id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
    }
  if (self->button != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->button), action != NULL);
}

void
rungs_lead_line_set_icon_button (RungsLeadLine *self,
                                 const char    *icon_name,
                                 const char    *label,
                                 const char    *action,
                                 GVariant      *target)
{
  g_return_if_fail (RUNGS_IS_LEAD_LINE (self));

  gtk_widget_set_visible (GTK_WIDGET (get_button (self)), TRUE);
  if (g_strcmp0 (gtk_button_get_icon_name (self->button), icon_name) != 0)
    gtk_button_set_icon_name (self->button, icon_name);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
}

GtkPopover *
rungs_lead_line_get_why (RungsLeadLine *self)
{
  GtkWidget *button;

  g_return_val_if_fail (RUNGS_IS_LEAD_LINE (self), NULL);

  if (self->why == NULL)
    {
      button = gtk_menu_button_new ();
      self->why = GTK_MENU_BUTTON (button);
      gtk_menu_button_set_label (self->why, _ ("Why?"));
      gtk_menu_button_set_popover (self->why, GTK_WIDGET (rungs_why_popover_new (NULL)));
      gtk_widget_add_css_class (button, "small-button");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      gtk_label_get_label (self->text), -1);
      gtk_widget_insert_after (button, GTK_WIDGET (self), self->texts);
    }
  return gtk_menu_button_get_popover (self->why);
}
