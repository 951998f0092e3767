/* rungs-broadcast-detail.c: all that is known of one broadcast. */

#include "rungs-broadcast-detail.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "rungs-broadcast-results-view.h"
#include "rungs-broadcast-words.h"
#include "rungs-check-list.h"
#include "rungs-outbox-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"

struct _RungsBroadcastDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *why;
  GtkProgressBar *progress;
  GtkWidget *buttons;
  GtkWidget *facts;
  GtkWidget *subjects;
  GtkWidget *findings_title;
  RungsCheckList *findings;
  GtkWidget *results_title;
  RungsBroadcastResultsView *results;
  GtkWidget *reasons_title;
  GtkListBox *reasons;
};

typedef enum
{
  FACT_MESSAGE,
  FACT_PURPOSE,
  FACT_SELLS,
  FACT_AUDIENCE,
  FACT_WHEN,
  FACT_HELD,
  FACT_TEST,
  FACT_BEGINS,
  FACT_TEST_UNTIL,
  FACT_ENDED,
} FactKey;

G_DEFINE_FINAL_TYPE (RungsBroadcastDetail, rungs_broadcast_detail, GTK_TYPE_WIDGET)

static void
rungs_broadcast_detail_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_BROADCAST_DETAIL (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_broadcast_detail_parent_class)->dispose (object);
}

static void
rungs_broadcast_detail_class_init (RungsBroadcastDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_broadcast_detail_dispose;

  g_type_ensure (RUNGS_TYPE_BROADCAST_RESULTS_VIEW);
  g_type_ensure (RUNGS_TYPE_CHECK_LIST);
  g_type_ensure (RUNGS_TYPE_ROWS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/messages/rungs-broadcast-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, name);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, state);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, why);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, progress);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, buttons);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, subjects);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, findings_title);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, findings);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, results_title);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, results);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, reasons_title);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastDetail, reasons);
}

static void
rungs_broadcast_detail_init (RungsBroadcastDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
empty_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_list (GtkWidget  *title,
           GtkListBox *list)
{
  gboolean any = gtk_widget_get_first_child (GTK_WIDGET (list)) != NULL;

  gtk_widget_set_visible (title, any);
  gtk_widget_set_visible (GTK_WIDGET (list), any);
}

static AdwActionRow *
new_row (const char *title,
         const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle_lines (row, 0);
  adw_action_row_set_subtitle (row, subtitle != NULL ? subtitle : "");
  return row;
}

/* ---- who does not get it */

static void
show_reasons (RungsBroadcastDetail        *self,
              const RungsBroadcastDetails *details)
{
  gint64 id = details->row->broadcast->id;

  empty_list (self->reasons);
  for (guint i = 0; i < details->reasons->len; i++)
    {
      const RungsBroadcastReason *reason = g_ptr_array_index (details->reasons, i);
      g_autofree char *target = rungs_broadcast_target (
          id, reason->later ? RUNGS_BROADCAST_WITHHELD : RUNGS_BROADCAST_LEFT_OUT, reason->reason,
          0);
      AdwActionRow *row
          = new_row (rungs_outbox_reason_words (reason->reason),
                     reason->later ? _ ("found out when it was to leave") : NULL);

      adw_action_row_add_suffix (row, rungs_broadcast_leads_button (reason->leads, target,
                                                     rungs_outbox_reason_words (reason->reason)));
      gtk_list_box_append (self->reasons, GTK_WIDGET (row));
    }
  show_list (self->reasons_title, self->reasons);
}

/* ---- what can be done */

static void
add_button (RungsBroadcastDetail *self,
            const char           *label,
            const char           *action,
            const char           *style)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  gtk_box_append (GTK_BOX (self->buttons), button);
}

static void
show_buttons (RungsBroadcastDetail *self,
              const RungsBroadcast *broadcast)
{
  empty_box (self->buttons);
  if (broadcast->state == RUNGS_BROADCAST_DRAFT)
    {
      add_button (self, _ ("_Send…"), "broadcasts.send", "suggested-action");
      add_button (self, _ ("_Edit…"), "broadcasts.edit", NULL);
      add_button (self, _ ("_Delete"), "broadcasts.delete", NULL);
    }
  if (broadcast->state == RUNGS_BROADCAST_PAUSED)
    add_button (self, _ ("Let It _Go On"), "broadcasts.resume", "suggested-action");
  if (broadcast->state == RUNGS_BROADCAST_SCHEDULED
      || (broadcast->state == RUNGS_BROADCAST_PAUSED && broadcast->fixed_at == 0))
    add_button (self, _ ("_Take It Back"), "broadcasts.unsend", NULL);
  if (broadcast->state == RUNGS_BROADCAST_SENDING)
    add_button (self, _ ("_Pause"), "broadcasts.pause", NULL);
  if (broadcast->state == RUNGS_BROADCAST_SENDING || broadcast->state == RUNGS_BROADCAST_PAUSED)
    add_button (self, _ ("_Cancel It…"), "broadcasts.cancel", "destructive-action");
  gtk_widget_set_visible (self->buttons,
                          gtk_widget_get_first_child (self->buttons) != NULL);
}

/* The test was too close: a button for each subject. */
static void
show_choice (RungsBroadcastDetail *self,
             const RungsBroadcast *broadcast)
{
  gboolean asks = broadcast->undecided_at != 0 && broadcast->winner == 0
                  && (broadcast->state == RUNGS_BROADCAST_SENDING
                      || broadcast->state == RUNGS_BROADCAST_PAUSED);

  empty_box (self->subjects);
  for (guint i = 0; asks && i < broadcast->subjects->len; i++)
    {
      g_autofree char *label = g_strdup_printf (
          _ ("Send the Rest “%s”"), (const char *) g_ptr_array_index (broadcast->subjects, i));
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "broadcasts.choose");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", (gint64) i + 1);
      gtk_box_append (GTK_BOX (self->subjects), button);
    }
  gtk_widget_set_visible (self->subjects, asks);
}

static char *
dup_why (const RungsBroadcast *broadcast)
{
  if (broadcast->state == RUNGS_BROADCAST_PAUSED)
    return rungs_broadcast_dup_pause_words (broadcast);
  if (broadcast->state == RUNGS_BROADCAST_SENDING && broadcast->undecided_at != 0
      && broadcast->winner == 0)
    return g_strdup (_ ("The subjects are too close, or too few leads answered, to tell which is"
                        " better. The rest waits until you choose one."));
  return NULL;
}

static void
show_progress (RungsBroadcastDetail         *self,
               const RungsBroadcastProgress *progress,
               const RungsBroadcast         *broadcast)
{
  gint64 ended = progress->sent + progress->withheld + progress->failed + progress->doubt;
  gint64 all = ended + progress->waiting;
  g_autofree char *done = rungs_display_number (ended);
  g_autofree char *of = rungs_display_number (all);
  g_autofree char *words = g_strdup_printf (_ ("%s of %s"), done, of);

  gtk_widget_set_visible (GTK_WIDGET (self->progress),
                          broadcast->fixed_at != 0 && broadcast->ended_at == 0 && all > 0);
  gtk_progress_bar_set_fraction (self->progress, all > 0 ? (double) ended / (double) all : 0);
  gtk_progress_bar_set_text (self->progress, words);
}

/* ---- facts */

static char *
time_words (gint64 at)
{
  return at != 0 ? rungs_display_time (at) : NULL;
}

static char *
test_words (const RungsBroadcast *broadcast)
{
  g_autofree char *span = rungs_display_span ((gint64) broadcast->test_minutes * 60 * 1000);

  if (!rungs_broadcast_tests (broadcast))
    return NULL;
  return g_strdup_printf (_ ("%u subjects on %.1f %%, compared by %s after %s"),
                          broadcast->subjects->len, broadcast->test_share / 100.,
                          broadcast->goal == RUNGS_BROADCAST_FOR_ORDERS ? _ ("orders")
                                                                        : _ ("clicks"),
                          span);
}

static void
show_facts (RungsBroadcastDetail        *self,
            const RungsBroadcastDetails *details)
{
  const RungsBroadcast *broadcast = details->row->broadcast;
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_MESSAGE, _ ("Message"), g_strdup (broadcast->message_name));
  rungs_facts_add (facts, FACT_PURPOSE, _ ("Purpose"), g_strdup (broadcast->message_purpose));
  rungs_facts_add (facts, FACT_SELLS, _ ("Sells"), g_strdup (broadcast->product_name));
  rungs_facts_add (facts, FACT_AUDIENCE, _ ("To whom"), g_strdup (details->audience));
  rungs_facts_add (facts, FACT_WHEN, _ ("When"), rungs_broadcast_when_words (broadcast));
  if (broadcast->held_share > 0)
    rungs_facts_add (facts, FACT_HELD, _ ("Held out"),
                     g_strdup_printf (_ ("%.1f %%, to measure against"),
                                      broadcast->held_share / 100.));
  rungs_facts_add (facts, FACT_TEST, _ ("Test"), test_words (broadcast));
  rungs_facts_add (facts, FACT_BEGINS, _ ("Begins"), time_words (broadcast->due_at));
  rungs_facts_add (facts, FACT_TEST_UNTIL, _ ("Subjects compared"),
                   time_words (broadcast->test_until));
  rungs_facts_add (facts, FACT_ENDED, _ ("Ended"), time_words (broadcast->ended_at));
  rungs_facts_show (self->facts, facts);
}

void
rungs_broadcast_detail_show (RungsBroadcastDetail        *self,
                             const RungsBroadcastDetails *details)
{
  const RungsBroadcast *broadcast = details->row->broadcast;
  g_autofree char *why = dup_why (broadcast);

  g_return_if_fail (RUNGS_IS_BROADCAST_DETAIL (self));

  gtk_label_set_label (self->name, broadcast->name);
  gtk_label_set_label (self->state, rungs_broadcast_state_words (broadcast));
  gtk_label_set_label (self->why, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL);
  show_progress (self, &details->row->progress, broadcast);
  show_buttons (self, broadcast);
  show_choice (self, broadcast);
  show_facts (self, details);
  rungs_check_list_show (self->findings, details->findings);
  gtk_widget_set_visible (self->findings_title, details->findings != NULL);
  gtk_widget_set_visible (self->results_title, details->results != NULL);
  rungs_broadcast_results_view_show (self->results, details->results);
  show_reasons (self, details);
}
