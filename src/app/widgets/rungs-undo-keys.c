/* rungs-undo-keys.c: the keys that undo and redo. */

#include "rungs-undo-keys.h"

static void
add (GtkShortcutController *controller,
     const char            *keys,
     const char            *action)
{
  gtk_shortcut_controller_add_shortcut (
    controller, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys),
                                  gtk_named_action_new (action)));
}

void
rungs_undo_keys_add (GtkWidget           *widget,
                     const char          *undo,
                     const char          *redo,
                     GtkPropagationPhase  phase)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (undo != NULL && redo != NULL);

  gtk_event_controller_set_propagation_phase (keys, phase);
  add (GTK_SHORTCUT_CONTROLLER (keys), "<Control>z", undo);
  add (GTK_SHORTCUT_CONTROLLER (keys), "<Control><Shift>z", redo);
  add (GTK_SHORTCUT_CONTROLLER (keys), "<Control>y", redo);
  gtk_widget_add_controller (widget, keys);
}
