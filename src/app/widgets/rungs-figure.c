/* rungs-figure.c: one figure, large, with what it counts over it and a remark under it. */

#include "rungs-figure.h"

struct _RungsFigure
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title_label;
  GtkLabel *value_label;
  GtkLabel *remark_label;
};

G_DEFINE_FINAL_TYPE (RungsFigure, rungs_figure, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TITLE = 1,
  PROP_VALUE,
  PROP_REMARK,
} RungsFigureProperty;

static GParamSpec *properties[PROP_REMARK + 1];

static GtkLabel *
label_of (RungsFigure *self,
          guint        property)
{
  GtkLabel *const labels[] = { self->title_label, self->value_label, self->remark_label };

  return labels[property - PROP_TITLE];
}

/* A screen reader says it in one go: "New leads: 12, 140 this month". */
static void
describe (RungsFigure *self)
{
  g_autofree char *text = g_strdup_printf ("%s: %s, %s", gtk_label_get_label (self->title_label),
                                           gtk_label_get_label (self->value_label),
                                           gtk_label_get_label (self->remark_label));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
rungs_figure_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_FIGURE (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (rungs_figure_parent_class)->dispose (object);
}

static void
rungs_figure_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  g_value_set_string (value, gtk_label_get_label (label_of (RUNGS_FIGURE (object), id)));
}

static void
rungs_figure_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  gtk_label_set_label (label_of (RUNGS_FIGURE (object), id), g_value_get_string (value));
  describe (RUNGS_FIGURE (object));
}

static void
rungs_figure_class_init (RungsFigureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rungs_figure_dispose;
  object_class->get_property = rungs_figure_get_property;
  object_class->set_property = rungs_figure_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, "", flags);
  properties[PROP_REMARK] = g_param_spec_string ("remark", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/widgets/rungs-figure.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsFigure, box);
  gtk_widget_class_bind_template_child (widget_class, RungsFigure, title_label);
  gtk_widget_class_bind_template_child (widget_class, RungsFigure, value_label);
  gtk_widget_class_bind_template_child (widget_class, RungsFigure, remark_label);
}

static void
rungs_figure_init (RungsFigure *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_figure_set (RungsFigure *self,
                  const char  *value,
                  const char  *remark)
{
  g_return_if_fail (RUNGS_IS_FIGURE (self));

  gtk_label_set_label (self->value_label, value);
  gtk_label_set_label (self->remark_label, remark);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), value);
  describe (self);
}
