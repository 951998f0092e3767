/* rungs-browser-click.c: Ctrl and click puts a row into the selection, or takes it out.
 *
 * GTK does so by itself, but in its tables of 4.8 both the cell and the row hear the click: what
 * the one puts in, the other takes out again. So the table hears it first, and keeps it. */

#include "rungs-browser-click.h"

#include "widgets/rungs-browser-cells.h"

static void
released_cb (GtkGesture *gesture,
             int         n_press,
             double      x,
             double      y)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *picked = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  GdkModifierType state
    = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint position = 0;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK
      || !rungs_browser_cells_find_position (picked, &position))
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (picked, "list.select-item", "(ubb)", position, TRUE, FALSE);
}

GtkEventController *
rungs_browser_click_new (void)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect (gesture, "released", G_CALLBACK (released_cb), NULL);
  return GTK_EVENT_CONTROLLER (gesture);
}
