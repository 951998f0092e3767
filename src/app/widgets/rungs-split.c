/* rungs-split.c: a widget, and details of it at its right, whose width is remembered.
 *
 * A GtkPaned knows how wide its start is, not its end, so it is told not to widen its start. When
 * there is other room, the place of the line is worked out from the width of the details; when the
 * line moves at another time, a person has moved it. The width is stored a moment later, not at
 * each pixel of the way. */

#include "rungs-split.h"

#define WIDTH "browser-detail-width"
#define SAVE_DELAY_MS 400

struct _RungsSplit
{
  GtkWidget parent_instance;

  GtkPaned *paned;
  GSettings *settings; /* (owned) */
  int width;           /* of the details, with the line */
  int placed_in;       /* the line was placed for this room for both, */
  int placed_for;      /* and this width of the details */
  gboolean placing;    /* the line is moved by the program */
  guint save_source;   /* 0: nothing to save */
};

G_DEFINE_FINAL_TYPE (RungsSplit, rungs_split, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_MAIN = 1,
  PROP_DETAILS,
} RungsSplitProperty;

static GParamSpec *properties[PROP_DETAILS + 1];

static void
save (RungsSplit *self)
{
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_settings_set_int (self->settings, WIDTH, self->width);
}

static gboolean
save_due_cb (gpointer data)
{
  RungsSplit *self = data;

  self->save_source = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
moved_cb (RungsSplit *self)
{
  if (self->placing)
    return;
  self->width = gtk_widget_get_width (GTK_WIDGET (self)) - gtk_paned_get_position (self->paned);
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_DELAY_MS, save_due_cb, self);
}

static void
setting_changed_cb (RungsSplit *self)
{
  if (self->save_source != 0)
    return;
  self->width = g_settings_get_int (self->settings, WIDTH);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
rungs_split_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (RUNGS_SPLIT (widget)->paned), orientation, for_size, minimum,
                      natural, minimum_baseline, natural_baseline);
}

static void
rungs_split_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  RungsSplit *self = RUNGS_SPLIT (widget);
  gboolean other = width != self->placed_in || self->width != self->placed_for;

  self->placing = TRUE;
  if (other) /* what is moved asks for room again, so not each time */
    gtk_paned_set_position (self->paned, MAX (width - self->width, 0));
  self->placed_in = width;
  self->placed_for = self->width;
  gtk_widget_allocate (GTK_WIDGET (self->paned), width, height, baseline, NULL);
  self->placing = FALSE;
}

static void
rungs_split_dispose (GObject *object)
{
  RungsSplit *self = RUNGS_SPLIT (object);

  if (self->save_source != 0)
    save (self);
  if (self->paned != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->paned));
  self->paned = NULL;
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (rungs_split_parent_class)->dispose (object);
}

static void
rungs_split_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  RungsSplit *self = RUNGS_SPLIT (object);

  switch ((RungsSplitProperty) id)
    {
    case PROP_MAIN:
      gtk_paned_set_start_child (self->paned, g_value_get_object (value));
      break;
    case PROP_DETAILS:
      gtk_paned_set_end_child (self->paned, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rungs_split_class_init (RungsSplitClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_split_dispose;
  object_class->set_property = rungs_split_set_property;
  widget_class->measure = rungs_split_measure;
  widget_class->size_allocate = rungs_split_size_allocate;
  properties[PROP_MAIN] = g_param_spec_object ("main", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_DETAILS] = g_param_spec_object ("details", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rungs_split_init (RungsSplit *self)
{
  self->settings = g_settings_new (RUNGS_APP_ID);
  self->width = g_settings_get_int (self->settings, WIDTH);
  self->paned = GTK_PANED (gtk_paned_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_paned_set_resize_start_child (self->paned, FALSE);
  gtk_paned_set_shrink_start_child (self->paned, FALSE);
  gtk_paned_set_shrink_end_child (self->paned, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->paned), GTK_WIDGET (self));
  g_signal_connect_swapped (self->paned, "notify::position", G_CALLBACK (moved_cb), self);
  g_signal_connect_object (self->settings, "changed::" WIDTH, G_CALLBACK (setting_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
