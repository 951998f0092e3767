/* rungs-step-waiting.c: who stands at a step of a sequence. */

#include "rungs-step-waiting.h"

#include <glib/gi18n.h>

#include "rungs-sequence-load.h"
#include "sequences/rungs-enrolment-store.h"
#include "widgets/rungs-canvas-item.h"
#include "widgets/rungs-display.h"

static void
go_to_lead_cb (GtkButton *button,
               gpointer   lead)
{
  g_autofree char *target = g_strdup_printf ("lead:%s", (const char *) lead);

  gtk_widget_activate_action (GTK_WIDGET (button), "win.show-target", "(ss)", "leads", target);
}

static GtkWidget *
waiting_row (const RungsEnrolment *enrolment)
{
  g_autofree char *since = rungs_display_moment (enrolment->arrived_at, rungs_display_now ());
  g_autofree char *text = g_strdup_printf (_ ("%s · since %s"), enrolment->lead_name, since);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  g_signal_connect_data (button, "clicked", G_CALLBACK (go_to_lead_cb),
                         g_strdup_printf ("%" G_GINT64_FORMAT, enrolment->lead),
                         (GClosureNotify) (void *) g_free, 0);
  return button;
}

static void
waiting_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GtkPopover) popover = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) enrolments
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  GtkWidget *scroller = gtk_popover_get_child (popover);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (enrolments == NULL || enrolments->len == 0)
    gtk_box_append (GTK_BOX (box),
                    gtk_label_new (error ? error->message : _ ("Nobody waits at this step.")));
  for (guint i = 0; enrolments != NULL && i < enrolments->len; i++)
    gtk_box_append (GTK_BOX (box), waiting_row (g_ptr_array_index (enrolments, i)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_child_focus (scroller, GTK_DIR_TAB_FORWARD);
}

/* Else some button would have the keys, not the step. */
static void
popover_closed_cb (GtkWidget *popover)
{
  gtk_widget_grab_focus (gtk_widget_get_ancestor (popover, RUNGS_TYPE_CANVAS_ITEM));
  gtk_widget_unparent (popover);
}

void
rungs_step_waiting_show (GtkWidget  *card,
                         RungsStore *store,
                         gint64      sequence,
                         const char *step)
{
  RungsSequencePlace *place = g_new0 (RungsSequencePlace, 1);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  place->sequence = sequence;
  place->step = g_strdup (step);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_set_parent (popover, card);
  g_signal_connect (popover, "closed", G_CALLBACK (popover_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  rungs_store_read_async (store, rungs_sequence_load_waiting, place,
                          (GDestroyNotify) rungs_sequence_place_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, waiting_loaded_cb,
                          g_object_ref (popover));
}
