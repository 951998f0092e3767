/* rungs-canvas-minimap.c: the whole of a canvas in a corner of it. */

#include "rungs-canvas-minimap.h"

#include "compat/rungs-color.h"
#include "widgets/rungs-canvas-private.h"

#define WIDTH 168.0
#define HEIGHT 112.0
#define CORNER 14
#define INSET 5.0
/* Of the view, that the drawing must be larger. */
#define MORE 1.35
#define VIEW_MIN 420

struct _RungsCanvasMinimap
{
  GtkWidget parent_instance;

  RungsCanvas *canvas;  /* lent */
  GskRenderNode *nodes; /* (owned) (nullable): the nodes as it shows them */
  double scale;         /* of the drawing in it */
};

G_DEFINE_FINAL_TYPE (RungsCanvasMinimap, rungs_canvas_minimap, GTK_TYPE_WIDGET)

/* A part of the drawing, in the minimap. */
static graphene_rect_t
to_map (RungsCanvasMinimap    *self,
        const graphene_rect_t *rect)
{
  graphene_point_t origin = self->canvas->bounds.origin;
  float scale = (float) self->scale;

  return GRAPHENE_RECT_INIT ((float) INSET + (rect->origin.x - origin.x) * scale,
                             (float) INSET + (rect->origin.y - origin.y) * scale,
                             rect->size.width * scale, rect->size.height * scale);
}

static GskRenderNode *
draw_nodes (RungsCanvasMinimap *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GdkRGBA color = rungs_color_of (GTK_WIDGET (self));

  color.alpha *= 0.4f;
  for (guint i = 0; i < self->canvas->nodes->len; i++)
    {
      RungsCanvasItem *node = g_ptr_array_index (self->canvas->nodes, i);
      graphene_rect_t where = to_map (self, &node->place);

      if (node->placed)
        gtk_snapshot_append_color (snapshot, &color, &where);
    }
  return gtk_snapshot_free_to_node (snapshot);
}

static void
rungs_canvas_minimap_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  RungsCanvasMinimap *self = RUNGS_CANVAS_MINIMAP (widget);
  GtkWidget *canvas = GTK_WIDGET (self->canvas);
  GdkRGBA accent = rungs_color_of (GTK_WIDGET (self->canvas->ground));
  graphene_point_t corner = rungs_canvas_view_to_drawing (self->canvas, 0, 0);
  graphene_rect_t seen
    = GRAPHENE_RECT_INIT (corner.x, corner.y,
                          (float) (gtk_widget_get_width (canvas) / self->canvas->zoom),
                          (float) (gtk_widget_get_height (canvas) / self->canvas->zoom));
  GskRoundedRect frame;

  if (self->nodes == NULL)
    self->nodes = draw_nodes (self);
  if (self->nodes != NULL)
    gtk_snapshot_append_node (snapshot, self->nodes);
  graphene_rect_intersection (&seen, &self->canvas->bounds, &seen);
  seen = to_map (self, &seen);
  gsk_rounded_rect_init_from_rect (&frame, &seen, 3);
  gtk_snapshot_append_border (snapshot, &frame, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ accent, accent, accent, accent });
}

/* What is at x, y comes into the middle of the view. */
static void
go_to (RungsCanvasMinimap *self,
       double              x,
       double              y)
{
  graphene_point_t at
    = GRAPHENE_POINT_INIT (self->canvas->bounds.origin.x + (float) ((x - INSET) / self->scale),
                           self->canvas->bounds.origin.y + (float) ((y - INSET) / self->scale));
  graphene_rect_t there
    = rungs_canvas_view_from_drawing (self->canvas, &GRAPHENE_RECT_INIT (at.x, at.y, 0, 0));

  rungs_canvas_view_pan (
    self->canvas, there.origin.x - gtk_widget_get_width (GTK_WIDGET (self->canvas)) / 2.0,
    there.origin.y - gtk_widget_get_height (GTK_WIDGET (self->canvas)) / 2.0);
}

static void
pressed_cb (GtkGestureDrag     *gesture,
            double              x,
            double              y,
            RungsCanvasMinimap *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  go_to (self, x, y);
}

static void
dragged_cb (GtkGestureDrag     *gesture,
            double              dx,
            double              dy,
            RungsCanvasMinimap *self)
{
  double x = 0, y = 0;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    go_to (self, x + dx, y + dy);
}

static void
rungs_canvas_minimap_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (rungs_canvas_minimap_parent_class)->css_changed (widget, change);
  rungs_canvas_minimap_clear (RUNGS_CANVAS_MINIMAP (widget));
}

static void
rungs_canvas_minimap_finalize (GObject *object)
{
  g_clear_pointer (&RUNGS_CANVAS_MINIMAP (object)->nodes, gsk_render_node_unref);
  G_OBJECT_CLASS (rungs_canvas_minimap_parent_class)->finalize (object);
}

static void
rungs_canvas_minimap_class_init (RungsCanvasMinimapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_canvas_minimap_finalize;
  widget_class->snapshot = rungs_canvas_minimap_snapshot;
  widget_class->css_changed = rungs_canvas_minimap_css_changed;
  gtk_widget_class_set_css_name (widget_class, "minimap");
}

static void
rungs_canvas_minimap_init (RungsCanvasMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->scale = 1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
  g_signal_connect (drag, "drag-begin", G_CALLBACK (pressed_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (dragged_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
rungs_canvas_minimap_new (RungsCanvas *canvas)
{
  RungsCanvasMinimap *self
    = g_object_new (RUNGS_TYPE_CANVAS_MINIMAP, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    NULL);

  self->canvas = canvas;
  gtk_widget_set_parent (GTK_WIDGET (self), GTK_WIDGET (canvas));
  return GTK_WIDGET (self);
}

void
rungs_canvas_minimap_clear (RungsCanvasMinimap *self)
{
  g_return_if_fail (RUNGS_IS_CANVAS_MINIMAP (self));

  g_clear_pointer (&self->nodes, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
is_wanted (RungsCanvas *canvas)
{
  int width = gtk_widget_get_width (GTK_WIDGET (canvas));
  int height = gtk_widget_get_height (GTK_WIDGET (canvas));

  return width >= VIEW_MIN && height >= VIEW_MIN
         && (canvas->bounds.size.width * canvas->zoom > MORE * width
             || canvas->bounds.size.height * canvas->zoom > MORE * height);
}

void
rungs_canvas_minimap_allocate (RungsCanvasMinimap *self)
{
  graphene_size_t size = self->canvas->bounds.size;
  int width, height;

  g_return_if_fail (RUNGS_IS_CANVAS_MINIMAP (self));

  gtk_widget_set_child_visible (GTK_WIDGET (self), is_wanted (self->canvas));
  if (!gtk_widget_get_child_visible (GTK_WIDGET (self)))
    return;
  self->scale = MIN (WIDTH / size.width, HEIGHT / size.height);
  width = (int) (size.width * self->scale + 2 * INSET);
  height = (int) (size.height * self->scale + 2 * INSET);
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (
    GTK_WIDGET (self),
    &(GtkAllocation){ CORNER, gtk_widget_get_height (GTK_WIDGET (self->canvas)) - height - CORNER,
                      width, height },
    -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
