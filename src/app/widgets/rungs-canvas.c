/* rungs-canvas.c: a surface that can be zoomed and panned, with widgets as nodes and drawn edges
 * between them.
 *
 * From below: areas (a layer of widgets), lines (rungs-canvas-lines.c), what is marked of the
 * lines, labels of edges and nodes (the second layer). The layers are allocated through one
 * scaling transform, so that text stays sharp and events find their widgets; see rungs-canvas-
 * view.c. */

#include "rungs-canvas-private.h"

#include "compat/rungs-color.h"

typedef enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
  PROP_ZOOM,
} RungsCanvasProperty;

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsCanvas,
                               rungs_canvas,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- size */

/* That it is asked says that something in it may have another size. */
static void
rungs_canvas_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);

  self->stale = TRUE;
  gtk_widget_measure (GTK_WIDGET (self->ground), orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->items), orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->minimap), orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = 0;
  *natural = (int) ((orientation == GTK_ORIENTATION_HORIZONTAL ? self->bounds.size.width
                                                               : self->bounds.size.height)
                    * self->zoom);
}

/* What was asked for before it had a place. */
static void
show_wanted (RungsCanvas *self)
{
  g_autofree char *id = g_steal_pointer (&self->to_show);

  self->allocating = TRUE;
  rungs_canvas_reveal (self, id);
  rungs_canvas_view_allocate (self);
}

static void
rungs_canvas_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);
  graphene_size_t view = GRAPHENE_SIZE_INIT ((float) width, (float) height);

  if (self->stale || self->arrangement == NULL
      || !graphene_size_equal (&self->arrangement->view, &view))
    rungs_canvas_arrange (self);
  if (self->fit_wanted && width > 0)
    {
      self->fit_wanted = FALSE;
      rungs_canvas_fit (self);
    }
  rungs_canvas_view_allocate (self);
  if (self->to_show != NULL)
    show_wanted (self);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static GtkSizeRequestMode
rungs_canvas_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* ---- drawing */

/* The lines that are selected, have the keys, or are under the pointer, over all others. */
static void
draw_marked (RungsCanvas     *self,
             GtkSnapshot     *snapshot,
             RungsCanvasItem *edge)
{
  gboolean selected = rungs_canvas_is_selected (self, edge->id);
  gboolean focused = gtk_widget_has_visible_focus (GTK_WIDGET (edge));
  graphene_rect_t extents;
  GdkRGBA color, halo;
  cairo_t *cr;

  if (!edge->placed || !(selected || focused || edge->hovered))
    return;
  extents = rungs_canvas_lines_extents (edge, 8);
  color = rungs_color_of (GTK_WIDGET (edge));
  halo = rungs_color_of (GTK_WIDGET (self->ground));
  halo.alpha = focused ? 0.55f : selected ? 0.35f : 0.18f;
  cr = rungs_canvas_view_append_cairo (self, snapshot, &extents);
  rungs_canvas_lines_draw (edge, cr, &halo, selected || focused ? 7 : 5);
  rungs_canvas_lines_draw (edge, cr, &color, selected ? 0.5 : 0);
  cairo_destroy (cr);
}

static void
rungs_canvas_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_point_t origin = rungs_canvas_view_origin (self);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->ground), snapshot);
  rungs_canvas_lines_snapshot (self->lines, snapshot, self->edges, origin, self->zoom,
                               gtk_widget_get_scale_factor (widget), width, height);
  for (guint i = 0; i < self->edges->len; i++)
    draw_marked (self, snapshot, g_ptr_array_index (self->edges, i));
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->items), snapshot);
  rungs_canvas_port_snapshot (self, snapshot);
  rungs_canvas_overlay_snapshot (self, snapshot);
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->minimap), snapshot);
  gtk_snapshot_pop (snapshot);
}

/* Light or dark, another accent: the lines have other colours. */
static void
rungs_canvas_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (rungs_canvas_parent_class)->css_changed (widget, change);
  if (RUNGS_CANVAS (widget)->lines != NULL)
    rungs_canvas_lines_clear (RUNGS_CANVAS (widget)->lines);
  gtk_widget_queue_draw (widget);
}

/* ---- keys */

/* Tab within it is its own matter: it is entered where it was left, and left as a whole. */
static gboolean
rungs_canvas_focus (GtkWidget        *widget,
                    GtkDirectionType  direction)
{
  if (gtk_widget_get_focus_child (widget) != NULL || gtk_widget_has_focus (widget))
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

static gboolean
rungs_canvas_grab_focus (GtkWidget *widget)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);
  RungsCanvasItem *item = rungs_canvas_find (self, self->focus);

  if (item != NULL && item->placed && gtk_widget_grab_focus (GTK_WIDGET (item)))
    return TRUE;
  return GTK_WIDGET_CLASS (rungs_canvas_parent_class)->grab_focus (widget);
}

/* ---- the class */

static void
rungs_canvas_dispose (GObject *object)
{
  RungsCanvas *self = RUNGS_CANVAS (object);
  GtkWidget *child;

  rungs_canvas_drag_cancel (self);
  rungs_canvas_view_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  rungs_canvas_view_set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->nodes, 0);
  g_ptr_array_set_size (self->edges, 0);
  self->items = NULL;
  self->minimap = NULL;
  self->ground = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->layout);
  G_OBJECT_CLASS (rungs_canvas_parent_class)->dispose (object);
}

static void
rungs_canvas_finalize (GObject *object)
{
  RungsCanvas *self = RUNGS_CANVAS (object);

  rungs_canvas_arrangement_free (self->arrangement);
  rungs_canvas_graph_free (self->graph);
  rungs_canvas_lines_free (self->lines);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->selected);
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->edges);
  g_ptr_array_unref (self->things);
  g_free (self->hovered);
  g_free (self->focus);
  g_free (self->wanted);
  g_free (self->to_show);
  G_OBJECT_CLASS (rungs_canvas_parent_class)->finalize (object);
}

static void
rungs_canvas_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  RungsCanvas *self = RUNGS_CANVAS (object);

  switch ((RungsCanvasProperty) id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hpolicy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vpolicy);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rungs_canvas_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  RungsCanvas *self = RUNGS_CANVAS (object);

  switch ((RungsCanvasProperty) id)
    {
    case PROP_HADJUSTMENT:
      rungs_canvas_view_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL,
                                        g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      rungs_canvas_view_set_adjustment (self, GTK_ORIENTATION_VERTICAL,
                                        g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hpolicy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vpolicy = g_value_get_enum (value);
      break;
    case PROP_ZOOM:
      rungs_canvas_set_zoom (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
add_signals (GObjectClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  static const char *const plain[] = { "selection-changed", "graph-changed", "delete" };
  static const char *const of_one[] = { "activate", "label-activated", "paste" };
  static const char *const of_two[] = { "dropped", "moved", "connected" };
  static const char *const asked[] = { "accepts", "connects" };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    g_signal_new (plain[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (of_one); i++)
    g_signal_new (of_one[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);
  for (gsize i = 0; i < G_N_ELEMENTS (of_two); i++)
    g_signal_new (of_two[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                  G_TYPE_STRING, G_TYPE_STRING);
  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    g_signal_new (asked[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_BOOLEAN, 2,
                  G_TYPE_STRING, G_TYPE_STRING);
  g_signal_new ("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING,
                G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  g_signal_new ("move-by", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_STRING, GTK_TYPE_DIRECTION_TYPE);
  g_signal_new ("copy", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_STRING, 0);
}

static void
rungs_canvas_class_init (RungsCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_canvas_dispose;
  object_class->finalize = rungs_canvas_finalize;
  object_class->get_property = rungs_canvas_get_property;
  object_class->set_property = rungs_canvas_set_property;
  widget_class->measure = rungs_canvas_measure;
  widget_class->get_request_mode = rungs_canvas_get_request_mode;
  widget_class->size_allocate = rungs_canvas_size_allocate;
  widget_class->snapshot = rungs_canvas_snapshot;
  widget_class->css_changed = rungs_canvas_css_changed;
  widget_class->focus = rungs_canvas_focus;
  widget_class->grab_focus = rungs_canvas_grab_focus;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  g_object_class_install_property (
    object_class, PROP_ZOOM,
    g_param_spec_double ("zoom", NULL, NULL, RUNGS_CANVAS_ZOOM_MIN, RUNGS_CANVAS_ZOOM_MAX, 1.0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  add_signals (object_class);

  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  rungs_canvas_view_class_init (widget_class);
  rungs_canvas_keys_class_init (widget_class);
  rungs_canvas_clipboard_class_init (widget_class);
}

static void
rungs_canvas_init (RungsCanvas *self)
{
  self->graph = rungs_canvas_graph_new ();
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->selected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->nodes = g_ptr_array_new ();
  self->edges = g_ptr_array_new ();
  self->things = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_canvas_thing_free);
  self->lines = rungs_canvas_lines_new ();
  self->ground = RUNGS_CANVAS_LAYER (rungs_canvas_layer_new ());
  self->items = RUNGS_CANVAS_LAYER (rungs_canvas_layer_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->ground), "ground");
  gtk_widget_set_can_target (GTK_WIDGET (self->ground), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->ground), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->items), GTK_WIDGET (self));
  self->minimap = RUNGS_CANVAS_MINIMAP (rungs_canvas_minimap_new (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  rungs_canvas_view_init (self);
  rungs_canvas_gestures_init (self);
  rungs_canvas_keys_init (self);
}

GtkWidget *
rungs_canvas_new (void)
{
  return g_object_new (RUNGS_TYPE_CANVAS, NULL);
}

void
rungs_canvas_set_maker (RungsCanvas         *self,
                        RungsCanvasMakeFunc  make,
                        RungsCanvasFillFunc  fill,
                        gpointer             data)
{
  g_return_if_fail (RUNGS_IS_CANVAS (self));

  self->make = make;
  self->fill = fill;
  self->maker = data;
}

void
rungs_canvas_set_layout (RungsCanvas       *self,
                         RungsCanvasLayout *layout)
{
  g_return_if_fail (RUNGS_IS_CANVAS (self));
  g_return_if_fail (layout == NULL || RUNGS_IS_CANVAS_LAYOUT (layout));

  g_set_object (&self->layout, layout);
  rungs_canvas_rearrange (self);
}
