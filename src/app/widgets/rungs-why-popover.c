/* rungs-why-popover.c: lists the checks behind a decision, the deciding one in bold. */

#include "rungs-why-popover.h"

#include <glib/gi18n.h>

struct _RungsWhyPopover
{
  GtkPopover parent_instance;

  GtkLabel *decision_label;
  GtkBox *checks_box;
};

G_DEFINE_FINAL_TYPE (RungsWhyPopover, rungs_why_popover, GTK_TYPE_POPOVER)

/* How a check of each state looks and is spoken. */
static const struct
{
  const char *icon_name;
  const char *style;
  const char *spoken;
} STATES[] = {
  [RUNGS_WHY_FOR] = { "object-select-symbolic", "success", N_ ("for it") },
  [RUNGS_WHY_AGAINST] = { "window-close-symbolic", "error", N_ ("against it") },
  [RUNGS_WHY_NEUTRAL] = { "list-remove-symbolic", "dim-label", N_ ("does not matter") },
};

static void
rungs_why_popover_class_init (RungsWhyPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/widgets/rungs-why-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsWhyPopover, decision_label);
  gtk_widget_class_bind_template_child (widget_class, RungsWhyPopover, checks_box);
}

static void
rungs_why_popover_init (RungsWhyPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RungsWhyPopover *
rungs_why_popover_new (const char *decision)
{
  RungsWhyPopover *self = g_object_new (RUNGS_TYPE_WHY_POPOVER, NULL);

  rungs_why_popover_set_decision (self, decision);
  return self;
}

void
rungs_why_popover_set_decision (RungsWhyPopover *self,
                                const char      *decision)
{
  g_return_if_fail (RUNGS_IS_WHY_POPOVER (self));

  gtk_label_set_label (self->decision_label, decision != NULL ? decision : "");
  gtk_widget_set_visible (GTK_WIDGET (self->decision_label), decision != NULL);
}

void
rungs_why_popover_add (RungsWhyPopover *self,
                       RungsWhyState    state,
                       const char      *text,
                       gboolean         deciding)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (STATES[state].icon_name);
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", text, _ (STATES[state].spoken));

  g_return_if_fail (RUNGS_IS_WHY_POPOVER (self));

  gtk_widget_add_css_class (icon, STATES[state].style);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  if (deciding)
    gtk_widget_add_css_class (label, "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (self->checks_box, row);
}

void
rungs_why_popover_clear (RungsWhyPopover *self)
{
  GtkWidget *row = NULL;

  g_return_if_fail (RUNGS_IS_WHY_POPOVER (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->checks_box))) != NULL)
    gtk_box_remove (self->checks_box, row);
}
