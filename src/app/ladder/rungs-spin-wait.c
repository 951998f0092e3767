/* rungs-spin-wait.c: a spin button whose number is taken soon after the last click. */

#include "rungs-spin-wait.h"

#define WAIT "rungs-spin-wait"
#define WAIT_MS 600

typedef struct
{
  GtkSpinButton *spin;
  RungsSpinSettled settled;
  gpointer data;
  guint source;     /* 0: it does not wait */
  gboolean showing; /* the program sets the number */
} Wait;

static void
wait_free (gpointer data)
{
  Wait *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

static gboolean
waited_cb (gpointer data)
{
  Wait *self = data;

  self->source = 0;
  self->settled (self->spin, self->data);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (Wait *self)
{
  if (self->showing)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (WAIT_MS, waited_cb, self);
}

static void
leave_wheel (GtkWidget *spin)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (spin);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
unmapped_cb (GtkSpinButton *spin)
{
  rungs_spin_wait_settle (spin);
}

void
rungs_spin_wait_watch (GtkSpinButton    *spin,
                       RungsSpinSettled  settled,
                       gpointer          data)
{
  Wait *self = g_new0 (Wait, 1);

  g_return_if_fail (GTK_IS_SPIN_BUTTON (spin));

  self->spin = spin;
  self->settled = settled;
  self->data = data;
  leave_wheel (GTK_WIDGET (spin));
  g_object_set_data_full (G_OBJECT (spin), WAIT, self, wait_free);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (spin, "unmap", G_CALLBACK (unmapped_cb), NULL);
}

void
rungs_spin_wait_show (GtkSpinButton *spin,
                      gint64         number)
{
  Wait *self = g_object_get_data (G_OBJECT (spin), WAIT);

  g_return_if_fail (self != NULL);

  if (self->source != 0)
    return;
  self->showing = TRUE;
  gtk_spin_button_set_value (spin, (double) number);
  self->showing = FALSE;
}

void
rungs_spin_wait_settle (GtkSpinButton *spin)
{
  Wait *self = g_object_get_data (G_OBJECT (spin), WAIT);

  g_return_if_fail (self != NULL);

  if (self->source == 0)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->settled (self->spin, self->data);
}
