/* rungs-canvas-gestures.c: what the mouse does on a canvas. A press selects; what a drag from there
 * does depends on what is there: a port draws an arrow, a node is carried, the ground begins a
 * rubber band. The middle button, and any with Space, pan. */

#include "rungs-canvas-private.h"

#define ADD_MASK (GDK_CONTROL_MASK | GDK_SHIFT_MASK)

static GdkModifierType
state_of (gpointer controller)
{
  return gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
}

/* ---- clicks */

/* What is seen stays where it is under the pointer, also where only a part of it is seen. */
static void
select_pressed (RungsCanvas     *self,
                RungsCanvasItem *item,
                GdkModifierType  state)
{
  if ((state & ADD_MASK) != 0)
    rungs_canvas_selection_set (self, item->id, !rungs_canvas_is_selected (self, item->id));
  else if (!rungs_canvas_is_selected (self, item->id))
    {
      rungs_canvas_selection_clear (self);
      rungs_canvas_selection_set (self, item->id, TRUE);
    }
  rungs_canvas_selection_point (self, item->id);
  gtk_widget_grab_focus (GTK_WIDGET (item));
  rungs_canvas_selection_changed (self);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            RungsCanvas     *self)
{
  GdkModifierType state = state_of (gesture);
  RungsCanvasItem *item = rungs_canvas_pick (self, x, y, NULL);

  if (self->space || rungs_canvas_port_pick (self, x, y) != NULL)
    return;
  if (item != NULL && n_press == 1)
    select_pressed (self, item, state);
  else if (item != NULL && n_press == 2 && (state & ADD_MASK) == 0)
    rungs_canvas_emit_activate (self, item->id);
  else if (item == NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      if ((state & ADD_MASK) == 0)
        rungs_canvas_select (self, NULL);
    }
}

/* Of several that are selected, the one that was clicked and not dragged stays. */
static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             RungsCanvas     *self)
{
  gboolean on_label = FALSE;
  RungsCanvasItem *item = rungs_canvas_pick (self, x, y, &on_label);

  if (item == NULL || n_press != 1 || (state_of (gesture) & ADD_MASK) != 0 || self->space
      || self->drag != NULL)
    return;
  if (g_hash_table_size (self->selected) > 1)
    rungs_canvas_select (self, item->id);
  if (on_label && item->edge->opens)
    rungs_canvas_emit_label_activated (self, item->id);
}

static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 RungsCanvas     *self)
{
  RungsCanvasItem *item = rungs_canvas_pick (self, x, y, NULL);

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (item != NULL && !rungs_canvas_is_selected (self, item->id))
    select_pressed (self, item, 0);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
  rungs_canvas_emit_menu (self, item ? item->id : NULL, x, y);
}

/* ---- drags */

static void
begin_drag (RungsCanvas    *self,
            GtkGesture     *gesture,
            double          x,
            double          y)
{
  const char *port = rungs_canvas_port_pick (self, x, y);
  RungsCanvasItem *item = port ? NULL : rungs_canvas_pick (self, x, y, NULL);
  gboolean begun = FALSE;

  if (port != NULL)
    begun = rungs_canvas_drag_begin (self, RUNGS_CANVAS_DRAG_CONNECT, port, x, y);
  else if (item == NULL)
    {
      if ((state_of (gesture) & ADD_MASK) == 0)
        rungs_canvas_select (self, NULL);
      begun = rungs_canvas_drag_begin (self, RUNGS_CANVAS_DRAG_RUBBER, NULL, x, y);
    }
  else if (item->node != NULL && (item->node->can & RUNGS_CANVAS_CAN_MOVE) != 0)
    begun = rungs_canvas_drag_begin (self, RUNGS_CANVAS_DRAG_MOVE, item->id, x, y);
  gtk_gesture_set_state (gesture,
                         begun ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                RungsCanvas    *self)
{
  double x = 0, y = 0;

  if (self->space || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (self->drag == NULL && gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy)
      && !g_object_get_data (G_OBJECT (gesture), "over"))
    begin_drag (self, GTK_GESTURE (gesture), x, y);
  if (self->drag != NULL && !self->drag->keys)
    rungs_canvas_drag_to (self, x + dx, y + dy);
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               RungsCanvas    *self)
{
  g_object_set_data (G_OBJECT (gesture), "over", NULL);
  if (self->space)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             RungsCanvas    *self)
{
  if (self->drag != NULL && !self->drag->keys)
    rungs_canvas_drag_end (self);
}

static void
drag_cancel_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                RungsCanvas      *self)
{
  rungs_canvas_drag_cancel (self);
}

/* ---- pans */

typedef struct
{
  double x, y; /* what was panned already */
} Panned;

static void
pan_begin_cb (GtkGestureDrag *gesture,
              double          x,
              double          y,
              RungsCanvas    *self)
{
  Panned *panned = g_object_get_data (G_OBJECT (gesture), "panned");
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  if (button != GDK_BUTTON_MIDDLE && !(self->space && button == GDK_BUTTON_PRIMARY))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  *panned = (Panned){ 0, 0 };
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
pan_update_cb (GtkGestureDrag *gesture,
               double          dx,
               double          dy,
               RungsCanvas    *self)
{
  Panned *panned = g_object_get_data (G_OBJECT (gesture), "panned");

  rungs_canvas_view_pan (self, panned->x - dx, panned->y - dy);
  *panned = (Panned){ dx, dy };
}

static void
pan_end_cb (GtkGestureDrag *gesture,
            double          dx,
            double          dy,
            RungsCanvas    *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->space ? "grab" : NULL);
}

/* ---- the pointer */

static void
set_hovered (RungsCanvas *self,
             const char  *id)
{
  RungsCanvasItem *before = rungs_canvas_find (self, self->hovered);
  RungsCanvasItem *item = rungs_canvas_find (self, id);

  if (g_strcmp0 (self->hovered, id) == 0)
    return;
  if (before != NULL)
    before->hovered = FALSE;
  if (item != NULL)
    item->hovered = TRUE;
  g_free (self->hovered);
  self->hovered = g_strdup (id);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
moved_cb (GtkEventControllerMotion *controller,
          double                    x,
          double                    y,
          RungsCanvas              *self)
{
  RungsCanvasItem *item;
  gboolean on_label = FALSE;

  if (self->drag != NULL || (state_of (controller) & GDK_BUTTON1_MASK) != 0
      || rungs_canvas_port_pick (self, x, y) != NULL)
    return;
  item = rungs_canvas_pick (self, x, y, &on_label);
  set_hovered (self, item ? item->id : NULL);
  if (!self->space)
    gtk_widget_set_cursor_from_name (
      GTK_WIDGET (self), on_label && item != NULL && item->edge->opens ? "pointer" : NULL);
}

static void
left_cb (GtkEventControllerMotion *controller,
         RungsCanvas              *self)
{
  set_hovered (self, NULL);
}

/* ---- from a palette */

static gboolean
take_thing (GtkDropTarget *target,
            RungsCanvas   *self,
            double         x,
            double         y)
{
  const GValue *value = gtk_drop_target_get_value (target);
  const RungsCanvasThing *thing = value ? g_value_get_boxed (value) : NULL;

  if (thing == NULL)
    return FALSE;
  if (self->drag != NULL && self->drag->kind == RUNGS_CANVAS_DRAG_ITEM)
    return TRUE;
  return rungs_canvas_drag_begin (self, RUNGS_CANVAS_DRAG_ITEM, thing->id, x, y);
}

static GdkDragAction
thing_moved_cb (GtkDropTarget *target,
                double         x,
                double         y,
                RungsCanvas   *self)
{
  if (!take_thing (target, self, x, y))
    return 0;
  rungs_canvas_drag_to (self, x, y);
  return GDK_ACTION_COPY;
}

static void
thing_left_cb (GtkDropTarget *target,
               RungsCanvas   *self)
{
  rungs_canvas_drag_cancel (self);
}

static gboolean
thing_dropped_cb (GtkDropTarget *target,
                  const GValue  *value,
                  double         x,
                  double         y,
                  RungsCanvas   *self)
{
  if (!take_thing (target, self, x, y))
    return FALSE;
  rungs_canvas_drag_to (self, x, y);
  return rungs_canvas_drag_end (self);
}

/* ---- the controllers */

static void
add_clicks (RungsCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
}

static void
add_drags (RungsCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pan = gtk_gesture_drag_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  self->dragging = drag;

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (pan), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (pan), GTK_PHASE_CAPTURE);
  g_object_set_data_full (G_OBJECT (pan), "panned", g_new0 (Panned, 1), g_free);
  g_signal_connect (pan, "drag-begin", G_CALLBACK (pan_begin_cb), self);
  g_signal_connect (pan, "drag-update", G_CALLBACK (pan_update_cb), self);
  g_signal_connect (pan, "drag-end", G_CALLBACK (pan_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pan));
}

static void
add_drop_target (RungsCanvas *self)
{
  GtkDropTarget *target = gtk_drop_target_new (RUNGS_TYPE_CANVAS_THING, GDK_ACTION_COPY);

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "enter", G_CALLBACK (thing_moved_cb), self);
  g_signal_connect (target, "motion", G_CALLBACK (thing_moved_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (thing_left_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (thing_dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
rungs_canvas_gestures_stop (RungsCanvas *self)
{
  g_object_set_data (G_OBJECT (self->dragging), "over", GINT_TO_POINTER (TRUE));
  rungs_canvas_drag_cancel (self);
}

void
rungs_canvas_gestures_set_space (RungsCanvas *self,
                                 gboolean     space)
{
  if (self->space == space)
    return;
  self->space = space;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), space ? "grab" : NULL);
}

void
rungs_canvas_gestures_init (RungsCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  add_drags (self);
  add_clicks (self);
  add_drop_target (self);
  g_signal_connect (motion, "enter", G_CALLBACK (moved_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (moved_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
