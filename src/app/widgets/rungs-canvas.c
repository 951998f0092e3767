/* rungs-canvas.c: a surface with widgets as nodes and drawn edges between them.
 *
 * Nodes stand on a grid of rows and half columns. Everything is laid out at a zoom of 1 and
 * allocated through one scaling transform, so that text stays sharp and pointer events find their
 * widgets. */

#include "rungs-canvas.h"

#include <math.h>

#define NODE_WIDTH 210
#define HALF_COLUMN ((NODE_WIDTH + 30) / 2)
#define ROW_GAP 46
#define MARGIN 28
#define ARROW 6.0
#define STUB 20
#define ZOOM_STEP 1.15
#define ZOOM_MIN 0.4
#define ZOOM_MAX 2.0

typedef struct
{
  GtkWidget *widget; /* (unowned): a child */
  int row, column;
  graphene_rect_t place; /* at a zoom of 1 */
} Node;

typedef struct
{
  Node *from;
  Node *to; /* (nullable) */
  char *label; /* (owned) (nullable) */
  gboolean back;
} Edge;

struct _RungsCanvas
{
  GtkWidget parent_instance;

  GPtrArray *nodes; /* (owned) (element-type Node) */
  GPtrArray *edges; /* (owned) (element-type Edge) */
  double zoom;
  int width, height; /* of the layout, at a zoom of 1 */
};

G_DEFINE_FINAL_TYPE (RungsCanvas, rungs_canvas, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ZOOM = 1,
} RungsCanvasProperty;

static GParamSpec *properties[PROP_ZOOM + 1];

static void
edge_free (gpointer data)
{
  Edge *edge = data;

  g_free (edge->label);
  g_free (edge);
}

/* ---- layout */

static int
row_height (RungsCanvas *self,
            int          row)
{
  int height = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self->nodes, i);
      int natural = 0;

      if (node->row != row)
        continue;
      gtk_widget_measure (node->widget, GTK_ORIENTATION_VERTICAL, NODE_WIDTH, NULL, &natural, NULL,
                          NULL);
      height = MAX (height, natural);
    }
  return height;
}

static void
place_row (RungsCanvas *self,
           int          row,
           int          top,
           int          height)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self->nodes, i);

      if (node->row == row)
        graphene_rect_init (&node->place, MARGIN + node->column * HALF_COLUMN, top, NODE_WIDTH,
                            height);
    }
}

static void
lay_out (RungsCanvas *self)
{
  int rows = 0, columns = 0, top = MARGIN;
  gboolean back = FALSE;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self->nodes, i);

      rows = MAX (rows, node->row + 1);
      columns = MAX (columns, node->column + 2);
    }
  for (guint i = 0; i < self->edges->len; i++)
    back |= ((Edge *) g_ptr_array_index (self->edges, i))->back;
  for (int row = 0; row < rows; row++)
    {
      int height = row_height (self, row);

      place_row (self, row, top, height);
      top += height + ROW_GAP;
    }
  self->height = top + MARGIN;
  self->width = 2 * MARGIN + columns * HALF_COLUMN + (back ? 2 * MARGIN : 0);
}

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

  lay_out (self);
  *minimum = *natural = (int) ceil (
    (orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height) * self->zoom);
}

/* Where the layout begins: a narrow one stands in the middle of a wide canvas. */
static double
left_edge (RungsCanvas *self)
{
  return MAX (0.0, (gtk_widget_get_width (GTK_WIDGET (self)) - self->width * self->zoom) / 2);
}

static void
rungs_canvas_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);
  double left = MAX (0.0, (width - self->width * self->zoom) / 2);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self->nodes, i);
      graphene_point_t at = GRAPHENE_POINT_INIT (left + node->place.origin.x * self->zoom,
                                                 node->place.origin.y * self->zoom);
      GskTransform *transform
        = gsk_transform_scale (gsk_transform_translate (NULL, &at), self->zoom, self->zoom);

      gtk_widget_allocate (node->widget, NODE_WIDTH, node->place.size.height, -1, transform);
    }
}

/* ---- drawing */

static void
draw_arrow_head (cairo_t *cr,
                 double   x,
                 double   y,
                 gboolean leftwards)
{
  cairo_move_to (cr, x, y);
  if (leftwards)
    {
      cairo_line_to (cr, x + ARROW * 1.4, y - ARROW);
      cairo_line_to (cr, x + ARROW * 1.4, y + ARROW);
    }
  else
    {
      cairo_line_to (cr, x - ARROW, y - ARROW * 1.4);
      cairo_line_to (cr, x + ARROW, y - ARROW * 1.4);
    }
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* Around the right of both nodes and into the side of the upper one. */
static void
draw_back (RungsCanvas *self,
           cairo_t     *cr,
           const Edge  *edge)
{
  double x0 = edge->from->place.origin.x + edge->from->place.size.width;
  double y0 = edge->from->place.origin.y + edge->from->place.size.height / 2;
  double x1 = edge->to->place.origin.x + edge->to->place.size.width;
  double y1 = edge->to->place.origin.y + edge->to->place.size.height / 2;
  double out = self->width - MARGIN;

  cairo_move_to (cr, x0, y0);
  cairo_curve_to (cr, out, y0, out, y0, out, (y0 + y1) / 2);
  cairo_curve_to (cr, out, y1, out, y1, x1 + ARROW, y1);
  cairo_stroke (cr);
  draw_arrow_head (cr, x1, y1, TRUE);
}

static void
draw_down (cairo_t    *cr,
           const Edge *edge,
           double      x0)
{
  double y0 = edge->from->place.origin.y + edge->from->place.size.height;
  double x1, y1, middle;

  if (edge->to == NULL)
    {
      cairo_move_to (cr, x0, y0);
      cairo_line_to (cr, x0, y0 + STUB);
      cairo_stroke (cr);
      cairo_arc (cr, x0, y0 + STUB + 3, 3.5, 0, 2 * G_PI);
      cairo_fill (cr);
      return;
    }
  x1 = edge->to->place.origin.x + edge->to->place.size.width / 2;
  y1 = edge->to->place.origin.y;
  middle = y1 - ROW_GAP / 2.0;
  cairo_move_to (cr, x0, y0);
  if (fabs (x0 - x1) > 0.5)
    cairo_curve_to (cr, x0, middle, x1, middle - ROW_GAP / 4.0, x1, y1 - ARROW);
  else
    cairo_line_to (cr, x1, y1 - ARROW);
  cairo_stroke (cr);
  draw_arrow_head (cr, x1, y1, FALSE);
}

/* Where an edge is bound for, from left to right; one that ends goes straight down. */
static double
bound_for (const Edge *edge)
{
  const Node *node = edge->to ? edge->to : edge->from;

  return node->place.origin.x;
}

/* The place along the lower side of `edge`'s node where it leaves: several share the side evenly,
 * in the order of their targets, so that they do not cross. */
static double
leaves_at (RungsCanvas *self,
           const Edge  *edge)
{
  gboolean seen = FALSE;
  int before = 0, all = 0;

  for (guint i = 0; i < self->edges->len; i++)
    {
      Edge *other = g_ptr_array_index (self->edges, i);

      seen |= other == edge;
      if (other->from != edge->from || other->back)
        continue;
      all++;
      if (bound_for (other) < bound_for (edge) || (bound_for (other) <= bound_for (edge) && !seen))
        before++;
    }
  return edge->from->place.origin.x + edge->from->place.size.width * (before + 1) / (all + 1);
}

/* Beside the arrow, where it does not come along: a short one that goes aside is named where it
 * ends, on the far side of its end. */
static graphene_point_t
place_label (RungsCanvas *self,
             const Edge  *edge,
             int          width)
{
  const graphene_rect_t *from = &edge->from->place;
  double y0 = from->origin.y + from->size.height;
  double x0 = leaves_at (self, edge);
  double x1, y1;

  if (edge->back)
    return GRAPHENE_POINT_INIT (from->origin.x + from->size.width + 6,
                                from->origin.y + from->size.height / 2 - 20);
  if (edge->to == NULL)
    return GRAPHENE_POINT_INIT (x0 + 5, y0 + 1);
  x1 = edge->to->place.origin.x + edge->to->place.size.width / 2;
  y1 = edge->to->place.origin.y;
  if (fabs (x0 - x1) <= 0.5 || y1 - y0 > 1.5 * ROW_GAP)
    return GRAPHENE_POINT_INIT (x0 + 5, y0 + 1);
  return GRAPHENE_POINT_INIT (x1 < x0 ? x1 - 9 - width : x1 + 9, y1 - 20);
}

static void
draw_label (RungsCanvas *self,
            GtkSnapshot *snapshot,
            const Edge  *edge,
            const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), edge->label);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  graphene_point_t at;
  int width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  at = place_label (self, edge, width);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &at);
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_edges (RungsCanvas   *self,
            GtkSnapshot   *snapshot,
            const GdkRGBA *color)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT (0, 0, self->width, self->height));

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1.5);
  for (guint i = 0; i < self->edges->len; i++)
    {
      Edge *edge = g_ptr_array_index (self->edges, i);

      if (edge->back)
        draw_back (self, cr, edge);
      else
        draw_down (cr, edge, leaves_at (self, edge));
    }
  cairo_destroy (cr);
}

/* The colour of the text, paler. The style context's own function for it is deprecated from GTK
 * 4.10 on, which has gtk_widget_get_color() in its place. */
static GdkRGBA
edge_color (GtkWidget *widget)
{
  GdkRGBA color;

#if GTK_CHECK_VERSION(4, 10, 0)
  gtk_widget_get_color (widget, &color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
#endif
  color.alpha *= 0.55;
  return color;
}

static void
rungs_canvas_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);
  GdkRGBA color = edge_color (widget);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left_edge (self), 0));
  gtk_snapshot_scale (snapshot, self->zoom, self->zoom);
  if (self->nodes->len > 0)
    draw_edges (self, snapshot, &color);
  for (guint i = 0; i < self->edges->len; i++)
    {
      Edge *edge = g_ptr_array_index (self->edges, i);

      if (edge->label != NULL)
        draw_label (self, snapshot, edge, &color);
    }
  gtk_snapshot_restore (snapshot);
  GTK_WIDGET_CLASS (rungs_canvas_parent_class)->snapshot (widget, snapshot);
}

/* ---- zoom */

static gboolean
scrolled_cb (GtkEventControllerScroll *controller,
             double                    dx,
             double                    dy,
             RungsCanvas              *self)
{
  GdkModifierType state
    = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  rungs_canvas_set_zoom (self, self->zoom * pow (ZOOM_STEP, -dy));
  return TRUE;
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);
  int direction = g_variant_get_int32 (parameter);

  rungs_canvas_set_zoom (self, direction == 0 ? 1.0 : self->zoom * pow (ZOOM_STEP, direction));
}

/* ---- the class */

static void
rungs_canvas_dispose (GObject *object)
{
  rungs_canvas_clear (RUNGS_CANVAS (object));
  G_OBJECT_CLASS (rungs_canvas_parent_class)->dispose (object);
}

static void
rungs_canvas_finalize (GObject *object)
{
  RungsCanvas *self = RUNGS_CANVAS (object);

  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->edges);
  G_OBJECT_CLASS (rungs_canvas_parent_class)->finalize (object);
}

static void
rungs_canvas_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch ((RungsCanvasProperty) id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, RUNGS_CANVAS (object)->zoom);
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
  switch ((RungsCanvasProperty) id)
    {
    case PROP_ZOOM:
      rungs_canvas_set_zoom (RUNGS_CANVAS (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
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
  widget_class->size_allocate = rungs_canvas_size_allocate;
  widget_class->snapshot = rungs_canvas_snapshot;

  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, ZOOM_MIN, ZOOM_MAX, 1.0,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                 | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "canvas.zoom", "i", zoom_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "canvas.zoom",
                                       "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Add, GDK_CONTROL_MASK,
                                       "canvas.zoom", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "canvas.zoom",
                                       "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Subtract, GDK_CONTROL_MASK,
                                       "canvas.zoom", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "canvas.zoom",
                                       "i", 0);
}

static void
rungs_canvas_init (RungsCanvas *self)
{
  GtkEventController *scroll
    = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->nodes = g_ptr_array_new_with_free_func (g_free);
  self->edges = g_ptr_array_new_with_free_func (edge_free);
  self->zoom = 1.0;
  g_signal_connect (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

void
rungs_canvas_clear (RungsCanvas *self)
{
  g_return_if_fail (RUNGS_IS_CANVAS (self));

  g_ptr_array_set_size (self->edges, 0);
  for (guint i = 0; i < self->nodes->len; i++)
    gtk_widget_unparent (((Node *) g_ptr_array_index (self->nodes, i))->widget);
  g_ptr_array_set_size (self->nodes, 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
rungs_canvas_add_node (RungsCanvas *self,
                       GtkWidget   *node,
                       int          row,
                       int          column)
{
  Node *added;

  g_return_if_fail (RUNGS_IS_CANVAS (self));
  g_return_if_fail (GTK_IS_WIDGET (node));

  added = g_new0 (Node, 1);
  added->widget = node;
  added->row = row;
  added->column = column;
  gtk_widget_set_parent (node, GTK_WIDGET (self));
  g_ptr_array_add (self->nodes, added);
}

static Node *
find_node (RungsCanvas *self,
           GtkWidget   *widget)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self->nodes, i);

      if (node->widget == widget)
        return node;
    }
  return NULL;
}

void
rungs_canvas_add_edge (RungsCanvas *self,
                       GtkWidget   *from,
                       GtkWidget   *to,
                       const char  *label,
                       gboolean     back)
{
  Edge *edge;

  g_return_if_fail (RUNGS_IS_CANVAS (self));
  g_return_if_fail (find_node (self, from) != NULL);
  g_return_if_fail (to == NULL || find_node (self, to) != NULL);

  edge = g_new0 (Edge, 1);
  edge->from = find_node (self, from);
  edge->to = to ? find_node (self, to) : NULL;
  edge->label = g_strdup (label);
  edge->back = back && to != NULL;
  g_ptr_array_add (self->edges, edge);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
rungs_canvas_set_zoom (RungsCanvas *self,
                       double       zoom)
{
  g_return_if_fail (RUNGS_IS_CANVAS (self));

  zoom = CLAMP (zoom, ZOOM_MIN, ZOOM_MAX);
  if (fabs (zoom - self->zoom) < 0.001)
    return;
  self->zoom = zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}
