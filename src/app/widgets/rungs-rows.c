/* rungs-rows.c: widgets one below the other, each as high as the width makes it. */

#include "rungs-rows.h"

struct _RungsRows
{
  GtkWidget parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (RungsRows, rungs_rows, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SPACING = 1,
} RungsRowsProperty;

static GParamSpec *properties[PROP_SPACING + 1];

static GtkSizeRequestMode
rungs_rows_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
add_size (RungsRows      *self,
          GtkOrientation  orientation,
          int             size,
          gboolean        first,
          int            *sum)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *sum = MAX (*sum, size);
  else
    *sum += size + (first ? 0 : self->spacing);
}

static void
rungs_rows_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  int width = orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1;
  gboolean first = TRUE;

  for (GtkWidget *row = gtk_widget_get_first_child (widget); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      int least, wanted;

      if (!gtk_widget_should_layout (row))
        continue;
      gtk_widget_measure (row, orientation, width, &least, &wanted, NULL, NULL);
      add_size (RUNGS_ROWS (widget), orientation, least, first, minimum);
      add_size (RUNGS_ROWS (widget), orientation, wanted, first, natural);
      first = FALSE;
    }
}

static void
rungs_rows_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  GtkAllocation place = { .width = width };

  for (GtkWidget *row = gtk_widget_get_first_child (widget); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (!gtk_widget_should_layout (row))
        continue;
      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &place.height, NULL, NULL, NULL);
      gtk_widget_size_allocate (row, &place, -1);
      place.y += place.height + RUNGS_ROWS (widget)->spacing;
    }
}

static void
rungs_rows_dispose (GObject *object)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (row);
  G_OBJECT_CLASS (rungs_rows_parent_class)->dispose (object);
}

static void
rungs_rows_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  if (id == PROP_SPACING)
    RUNGS_ROWS (object)->spacing = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rungs_rows_class_init (RungsRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_rows_dispose;
  object_class->set_property = rungs_rows_set_property;
  widget_class->get_request_mode = rungs_rows_get_request_mode;
  widget_class->measure = rungs_rows_measure;
  widget_class->size_allocate = rungs_rows_size_allocate;
  properties[PROP_SPACING]
    = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rungs_rows_init (RungsRows *self)
{
}
