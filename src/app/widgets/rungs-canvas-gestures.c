/* rungs-canvas-gestures.c: what the mouse does on a canvas: selecting, opening, the menu. */

#include "rungs-canvas-private.h"

#define ADD_MASK (GDK_CONTROL_MASK | GDK_SHIFT_MASK)

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
  rungs_canvas_selection_focus (self, item->id);
  rungs_canvas_selection_changed (self);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            RungsCanvas     *self)
{
  GdkModifierType state
    = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  RungsCanvasItem *item = rungs_canvas_pick (self, x, y, NULL);

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

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             RungsCanvas     *self)
{
  GdkModifierType state
    = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean on_label = FALSE;
  RungsCanvasItem *item = rungs_canvas_pick (self, x, y, &on_label);

  if (item == NULL || n_press != 1 || (state & ADD_MASK) != 0)
    return;
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

static void
moved_cb (GtkEventControllerMotion *controller,
          double                    x,
          double                    y,
          RungsCanvas              *self)
{
  RungsCanvasItem *item = rungs_canvas_pick (self, x, y, NULL);

  for (guint i = 0; i < self->edges->len; i++)
    {
      RungsCanvasItem *edge = g_ptr_array_index (self->edges, i);
      gboolean hovered = edge == item;

      if (edge->hovered != hovered)
        gtk_widget_queue_draw (GTK_WIDGET (self));
      edge->hovered = hovered;
    }
}

void
rungs_canvas_gestures_init (RungsCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
  g_signal_connect (motion, "motion", G_CALLBACK (moved_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
