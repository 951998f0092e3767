/* rungs-canvas-view.c: what is seen of the drawing of a canvas: zoom, pan, scroll bars.
 *
 * Three kinds of coordinates: the drawing's own (pixels at a zoom of 1, as the layout gives them),
 * the contents' (the drawing's bounds, zoomed, from 0, 0: what the adjustments count in), and the
 * view's (what is on the screen). */

#include "rungs-canvas-private.h"

#include <math.h>

/* The smallest zoom at which the details of edges are shown. */
#define DETAILED 0.75

/* How far the contents stand from the left where they are narrower than the view. */
static double
indent (RungsCanvas *self)
{
  double rest = gtk_widget_get_width (GTK_WIDGET (self)) - self->bounds.size.width * self->zoom;

  return MAX (0.0, floor (rest / 2));
}

static double
value_of (GtkAdjustment *adjustment)
{
  return adjustment ? round (gtk_adjustment_get_value (adjustment)) : 0;
}

graphene_point_t
rungs_canvas_view_origin (RungsCanvas *self)
{
  double x = indent (self) - value_of (self->hadjustment);
  double y = -value_of (self->vadjustment);

  return GRAPHENE_POINT_INIT ((float) (x - round (self->bounds.origin.x * self->zoom)),
                              (float) (y - round (self->bounds.origin.y * self->zoom)));
}

cairo_t *
rungs_canvas_view_append_cairo (RungsCanvas           *self,
                                GtkSnapshot           *snapshot,
                                const graphene_rect_t *extents)
{
  graphene_point_t origin = rungs_canvas_view_origin (self);
  graphene_rect_t scaled;
  cairo_t *cr;

  graphene_rect_scale (extents, (float) self->zoom, (float) self->zoom, &scaled);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &origin);
  cr = gtk_snapshot_append_cairo (snapshot, &scaled);
  gtk_snapshot_restore (snapshot);
  cairo_scale (cr, self->zoom, self->zoom);
  return cr;
}

graphene_point_t
rungs_canvas_view_to_drawing (RungsCanvas *self,
                              double       x,
                              double       y)
{
  graphene_point_t origin = rungs_canvas_view_origin (self);

  return GRAPHENE_POINT_INIT ((float) ((x - origin.x) / self->zoom),
                              (float) ((y - origin.y) / self->zoom));
}

graphene_rect_t
rungs_canvas_view_from_drawing (RungsCanvas           *self,
                                const graphene_rect_t *rect)
{
  graphene_point_t origin = rungs_canvas_view_origin (self);
  float zoom = (float) self->zoom;

  return GRAPHENE_RECT_INIT (origin.x + rect->origin.x * zoom, origin.y + rect->origin.y * zoom,
                             rect->size.width * zoom, rect->size.height * zoom);
}

static void
configure (GtkAdjustment *adjustment,
           double         contents,
           int            page)
{
  double upper = MAX (ceil (contents), page);

  if (adjustment == NULL)
    return;
  gtk_adjustment_configure (adjustment,
                            CLAMP (gtk_adjustment_get_value (adjustment), 0, upper - page), 0,
                            upper, page * 0.1, page * 0.9, page);
}

static void
configure_adjustments (RungsCanvas *self)
{
  configure (self->hadjustment, self->bounds.size.width * self->zoom,
             gtk_widget_get_width (GTK_WIDGET (self)));
  configure (self->vadjustment, self->bounds.size.height * self->zoom,
             gtk_widget_get_height (GTK_WIDGET (self)));
}

static void
allocate_layer (RungsCanvas      *self,
                RungsCanvasLayer *layer)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_point_t origin = rungs_canvas_view_origin (self);
  graphene_point_t corner = rungs_canvas_view_to_drawing (self, 0, 0);

  gtk_widget_measure (GTK_WIDGET (layer), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (layer), width, height, -1,
                       gsk_transform_scale (gsk_transform_translate (NULL, &origin),
                                            (float) self->zoom, (float) self->zoom));
  rungs_canvas_layer_set_seen (layer,
                               &GRAPHENE_RECT_INIT (corner.x, corner.y,
                                                    (float) (width / self->zoom),
                                                    (float) (height / self->zoom)));
}

void
rungs_canvas_view_allocate (RungsCanvas *self)
{
  self->allocating = TRUE;
  configure_adjustments (self);
  self->allocating = FALSE;
  allocate_layer (self, self->ground);
  allocate_layer (self, self->items);
  rungs_canvas_minimap_allocate (self->minimap);
}

static void
value_changed_cb (RungsCanvas *self)
{
  if (!self->allocating)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
rungs_canvas_view_set_adjustment (RungsCanvas    *self,
                                  GtkOrientation  orientation,
                                  GtkAdjustment  *adjustment)
{
  GtkAdjustment **place
    = orientation == GTK_ORIENTATION_HORIZONTAL ? &self->hadjustment : &self->vadjustment;

  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, value_changed_cb, self);
  g_clear_object (place);
  if (adjustment == NULL)
    return;
  *place = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- zoom and pan */

static void
pan_to (RungsCanvas *self,
        double       x,
        double       y)
{
  if (self->hadjustment != NULL)
    gtk_adjustment_set_value (self->hadjustment, x);
  if (self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment, y);
}

void
rungs_canvas_view_pan (RungsCanvas *self,
                       double       dx,
                       double       dy)
{
  pan_to (self, (self->hadjustment ? gtk_adjustment_get_value (self->hadjustment) : 0) + dx,
          (self->vadjustment ? gtk_adjustment_get_value (self->vadjustment) : 0) + dy);
}

void
rungs_canvas_view_show_details (RungsCanvas *self,
                                gboolean     always)
{
  gboolean detailed = always || self->zoom >= DETAILED;
  gboolean any = FALSE;

  if (self->detailed == detailed)
    return;
  self->detailed = detailed;
  for (guint i = 0; i < self->edges->len; i++)
    {
      RungsCanvasItem *edge = g_ptr_array_index (self->edges, i);

      rungs_canvas_item_set_detailed (edge, detailed);
      any = any || edge->edge->detail != NULL;
    }
  if (any)
    rungs_canvas_rearrange (self);
}

void
rungs_canvas_view_zoom_at (RungsCanvas *self,
                           double       zoom,
                           double       x,
                           double       y)
{
  graphene_point_t fixed = rungs_canvas_view_to_drawing (self, x, y);

  zoom = CLAMP (zoom, RUNGS_CANVAS_ZOOM_MIN, RUNGS_CANVAS_ZOOM_MAX);
  self->fit_wanted = FALSE;
  if (fabs (zoom - self->zoom) < 0.0005)
    return;
  self->zoom = zoom;
  rungs_canvas_view_show_details (self, FALSE);
  configure_adjustments (self);
  pan_to (self, (fixed.x - self->bounds.origin.x) * zoom - x + indent (self),
          (fixed.y - self->bounds.origin.y) * zoom - y);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "zoom");
}

void
rungs_canvas_set_zoom (RungsCanvas *self,
                       double       zoom)
{
  g_return_if_fail (RUNGS_IS_CANVAS (self));

  rungs_canvas_view_zoom_at (self, zoom, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                             gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

double
rungs_canvas_get_zoom (RungsCanvas *self)
{
  g_return_val_if_fail (RUNGS_IS_CANVAS (self), 1.0);

  return self->zoom;
}

void
rungs_canvas_fit (RungsCanvas *self)
{
  int width, height;

  g_return_if_fail (RUNGS_IS_CANVAS (self));

  width = gtk_widget_get_width (GTK_WIDGET (self));
  height = gtk_widget_get_height (GTK_WIDGET (self));
  if (width == 0 || self->arrangement == NULL)
    {
      self->fit_wanted = TRUE;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      return;
    }
  rungs_canvas_set_zoom (self, MIN (1.0, MIN (width / self->bounds.size.width,
                                              height / self->bounds.size.height)));
  pan_to (self, 0, 0);
}

/* How far to go from `value` so that `start` to `end` can be seen in `page`. */
static double
distance (double start,
          double end,
          double page)
{
  const double rim = 12;

  if (start - rim < 0 || end - start + 2 * rim > page)
    return start - rim;
  return end + rim > page ? end + rim - page : 0;
}

void
rungs_canvas_view_show (RungsCanvas           *self,
                        const graphene_rect_t *rect)
{
  graphene_rect_t seen = rungs_canvas_view_from_drawing (self, rect);

  rungs_canvas_view_pan (self,
                         distance (seen.origin.x, seen.origin.x + seen.size.width,
                                   gtk_widget_get_width (GTK_WIDGET (self))),
                         distance (seen.origin.y, seen.origin.y + seen.size.height,
                                   gtk_widget_get_height (GTK_WIDGET (self))));
}

void
rungs_canvas_reveal (RungsCanvas *self,
                     const char  *id)
{
  RungsCanvasItem *item;
  graphene_rect_t where;

  g_return_if_fail (RUNGS_IS_CANVAS (self));

  item = rungs_canvas_find (self, id);
  if (item == NULL)
    return;
  if (!item->placed || self->stale || gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    {
      g_autofree char *before = g_steal_pointer (&self->to_show);

      self->to_show = g_strdup (item->id);
      return;
    }
  where = rungs_canvas_item_where (item);
  rungs_canvas_view_show (self, &where);
}

gboolean
rungs_canvas_locate (RungsCanvas  *self,
                     const char   *id,
                     GdkRectangle *where)
{
  RungsCanvasItem *item;
  RungsCanvasDropPlace *place;
  graphene_rect_t rect;

  g_return_val_if_fail (RUNGS_IS_CANVAS (self), FALSE);

  item = rungs_canvas_find (self, id);
  place = self->arrangement ? rungs_canvas_arrangement_find_drop (self->arrangement, id) : NULL;
  if ((item == NULL || !item->placed) && place == NULL)
    return FALSE;
  rect = item != NULL && item->placed ? rungs_canvas_item_where (item) : place->where;
  rect = rungs_canvas_view_from_drawing (self, &rect);
  *where = (GdkRectangle){ (int) rect.origin.x, (int) rect.origin.y, (int) rect.size.width,
                           (int) rect.size.height };
  return TRUE;
}

/* ---- wheel, pinch, actions */

static gboolean
scrolled_cb (GtkEventControllerScroll *controller,
             double                    dx,
             double                    dy,
             RungsCanvas              *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  GdkModifierType state
    = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  graphene_point_t at;

  if ((state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  if (event != NULL && gdk_event_get_position (event, &x, &y))
    {
      GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
      double left, top;

      gtk_native_get_surface_transform (native, &left, &top);
      if (gtk_widget_compute_point (GTK_WIDGET (native), GTK_WIDGET (self),
                                    &GRAPHENE_POINT_INIT ((float) (x - left), (float) (y - top)),
                                    &at))
        {
          x = at.x;
          y = at.y;
        }
    }
  rungs_canvas_view_zoom_at (self, self->zoom * pow (RUNGS_CANVAS_ZOOM_STEP, -dy), x, y);
  return TRUE;
}

static void
pinch_begun_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                RungsCanvas      *self)
{
  double *from = g_new (double, 1);

  *from = self->zoom;
  g_object_set_data_full (G_OBJECT (gesture), "from", from, g_free);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
pinched_cb (GtkGestureZoom *gesture,
            double          factor,
            RungsCanvas    *self)
{
  double *from = g_object_get_data (G_OBJECT (gesture), "from");
  double x = 0, y = 0;

  if (from != NULL && gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    rungs_canvas_view_zoom_at (self, *from * factor, x, y);
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);
  int direction = g_variant_get_int32 (parameter);

  rungs_canvas_set_zoom (
    self, direction == 0 ? 1.0 : self->zoom * pow (RUNGS_CANVAS_ZOOM_STEP, direction));
}

static void
fit_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_canvas_fit (RUNGS_CANVAS (widget));
}

void
rungs_canvas_view_class_init (GtkWidgetClass *klass)
{
  static const struct
  {
    guint key;
    int direction;
  } keys[] = { { GDK_KEY_plus, 1 },   { GDK_KEY_equal, 1 },        { GDK_KEY_KP_Add, 1 },
               { GDK_KEY_minus, -1 }, { GDK_KEY_KP_Subtract, -1 }, { GDK_KEY_0, 0 },
               { GDK_KEY_KP_0, 0 } };

  gtk_widget_class_install_action (klass, "canvas.zoom", "i", zoom_action);
  gtk_widget_class_install_action (klass, "canvas.fit", NULL, fit_action);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].key, GDK_CONTROL_MASK, "canvas.zoom", "i",
                                         keys[i].direction);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_9, GDK_CONTROL_MASK, "canvas.fit", NULL);
}

void
rungs_canvas_view_init (RungsCanvas *self)
{
  GtkEventController *scroll
    = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  self->zoom = 1.0;
  self->detailed = TRUE;
  self->bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begun_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}
