/* rungs-enrolment-command.c: who enters sequences, leaves them, and stands where. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-lead-list-store.h"
#include "rungs-commands.h"
#include "rungs-lead-selection.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"
#include "rungs-progress-line.h"
#include "rungs-term.h"
#include "sequences/rungs-enrolment-store.h"
#include "sequences/rungs-sequence-store.h"

/* So many leads enter in one transaction. */
#define BATCH 1000

static const RungsColumn ENROLMENT_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "sequence", N_ ("Sequence"), RUNGS_COLUMN_TEXT, NULL },
  { "step", N_ ("Step"), RUNGS_COLUMN_TEXT, NULL },
  { "entered_at", N_ ("Entered"), RUNGS_COLUMN_TIME, NULL },
  { "due_at", N_ ("Goes on"), RUNGS_COLUMN_TIME, NULL },
  { "waits_for", N_ ("Waits for"), RUNGS_COLUMN_TERM, NULL },
  { "outcome", N_ ("Ended"), RUNGS_COLUMN_TERM, NULL },
  { "ended_at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "why", N_ ("Why"), RUNGS_COLUMN_TERM, NULL },
  { NULL },
};

static RungsSequence *
load_sequence (RungsInvocation  *call,
               RungsDb          *db,
               guint             n,
               GError          **error)
{
  return rungs_sequence_load_by_name (db, rungs_invocation_get_argument (call, n), error);
}

/* What came of asking many leads in. */
typedef struct
{
  RungsInvocation *call;
  gint64 sequence;
  GArray *leads; /* (owned) (element-type gint64) */
  guint next;    /* of `leads` */
  gint64 answers[RUNGS_ENROL_SUPPRESSED + 1];
  JsonArray *refused; /* (owned) */
} Entrance;

static void
note_answer (Entrance         *entrance,
             gint64            lead,
             RungsEnrolAnswer  answer)
{
  JsonObject *row;

  entrance->answers[answer]++;
  if (answer == RUNGS_ENROL_OK)
    return;
  row = rungs_row_new ();
  rungs_row_set_number (row, "lead", lead);
  rungs_row_set_text (row, "answer", rungs_enrol_answer_to_text (answer));
  json_array_add_object_element (entrance->refused, row);
}

/* One batch of them. */
static gboolean
enter_batch (RungsDb   *db,
             gpointer   data,
             GError   **error)
{
  Entrance *entrance = data;
  guint end = MIN (entrance->next + BATCH, entrance->leads->len);

  for (guint i = entrance->next; i < end; i++)
    {
      gint64 lead = g_array_index (entrance->leads, gint64, i);
      RungsEnrolAnswer answer;

      if (!rungs_enrolment_add (db, lead, entrance->sequence, "by hand",
                                rungs_invocation_get_now (entrance->call), &answer, error))
        return FALSE;
      note_answer (entrance, lead, answer);
    }
  entrance->next = end;
  return TRUE;
}

/* The leads that are named, and those that options choose. */
static gboolean
choose_leads (RungsDb   *db,
              gpointer   data,
              GError   **error)
{
  Entrance *entrance = data;
  RungsInvocation *call = entrance->call;
  g_autoptr (RungsLeadQuery) query = g_new0 (RungsLeadQuery, 1);
  g_autoptr (RungsLeadList) list = NULL;

  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, i, error);

      if (lead == NULL)
        return FALSE;
      g_array_append_val (entrance->leads, lead->id);
    }
  if (!rungs_lead_selection_is_given (call))
    return TRUE;
  if (!rungs_lead_selection_read (call, db, query, error))
    return FALSE;
  list = rungs_lead_list_load (db, query, NULL, error);
  for (guint i = 0; list != NULL && i < rungs_lead_list_get_count (list); i++)
    {
      gint64 id = rungs_lead_list_get_id (list, i);

      g_array_append_val (entrance->leads, id);
    }
  return list != NULL;
}

static gboolean
enter_all (RungsDb   *db,
           Entrance  *entrance,
           GError   **error)
{
  while (entrance->next < entrance->leads->len)
    {
      if (!rungs_db_write (db, enter_batch, entrance, error))
        return FALSE;
      rungs_progress_line_show (_ ("%u of %u leads…"), entrance->next, entrance->leads->len);
    }
  rungs_progress_line_clear ();
  return TRUE;
}

/* How many entered, and for what reasons others did not. */
static void
put_answers (Entrance *entrance)
{
  RungsOutput *output = rungs_invocation_get_output (entrance->call);
  gint64 entered = entrance->answers[RUNGS_ENROL_OK];
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entered);

  if (rungs_invocation_wants_json (entrance->call))
    {
      JsonObject *row = rungs_row_new ();

      rungs_row_set_number (row, "entered", entered);
      json_object_set_array_member (row, "refused", g_steal_pointer (&entrance->refused));
      rungs_column_show (entrance->call, NULL, row);
      return;
    }
  rungs_output_printf (output, ngettext ("%s lead entered.\n", "%s leads entered.\n", entered),
                       number);
  for (guint i = 1; i <= RUNGS_ENROL_SUPPRESSED; i++)
    if (entrance->answers[i] > 0)
      rungs_output_printf (output, "%" G_GINT64_FORMAT " × %s\n", entrance->answers[i],
                           rungs_term (rungs_enrol_answer_to_text (i)));
}

static void
entrance_clear (Entrance *entrance)
{
  g_array_unref (entrance->leads);
  g_clear_pointer (&entrance->refused, json_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entrance, entrance_clear)

static gboolean
enrol (RungsInvocation  *call,
       RungsDb          *db,
       GError          **error)
{
  g_autoptr (RungsSequence) sequence = NULL;
  g_auto (Entrance) entrance = { .call = call,
                 .leads = g_array_new (FALSE, FALSE, sizeof (gint64)),
                 .refused = json_array_new () };
  gint64 refused;

  if (rungs_invocation_count_arguments (call) == 1 && !rungs_lead_selection_is_given (call))
    {
      g_set_error_literal (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
                           _ ("“sequence enrol” needs EMAIL, or an option that chooses leads."));
      return FALSE;
    }
  sequence = load_sequence (call, db, 0, error);
  if (sequence == NULL || !rungs_db_read (db, choose_leads, &entrance, error))
    return FALSE;
  entrance.sequence = sequence->id;
  if (!enter_all (db, &entrance, error))
    return FALSE;
  put_answers (&entrance);
  refused = entrance.leads->len - entrance.answers[RUNGS_ENROL_OK];
  if (refused == 0 || rungs_lead_selection_is_given (call)
      || !rungs_output_flush (rungs_invocation_get_output (call), error))
    return refused == 0 || rungs_lead_selection_is_given (call);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("Not all of them may enter"));
  return FALSE;
}

static gboolean
stop_named (RungsInvocation *call,
            RungsDb *db,
            const RungsLead *lead,
            gint64 *stopped,
            GError **error)
{
  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    {
      g_autoptr (RungsSequence) sequence = load_sequence (call, db, i, error);
      gint64 n = 0;

      if (sequence == NULL
          || !rungs_enrolment_stop (db, lead->id, sequence->id, "by hand",
                                    rungs_invocation_get_now (call), &n, error))
        return FALSE;
      *stopped += n;
    }
  return TRUE;
}

static gboolean
stop (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  gboolean all = rungs_invocation_count_arguments (call) == 1;
  gint64 stopped = 0;
  JsonObject *row;

  if (lead == NULL
      || !(all ? rungs_enrolment_stop (db, lead->id, 0, "by hand", rungs_invocation_get_now (call),
                                       &stopped, error)
               : stop_named (call, db, lead, &stopped, error)))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "lead", lead->id);
  rungs_row_set_number (row, "stopped", stopped);
  rungs_column_say (call, row, "%s",
                    stopped > 0 ? _ ("The lead was taken out.")
                                : _ ("The lead walks none of them."));
  return TRUE;
}

static JsonObject *
enrolment_to_row (const RungsEnrolment *enrolment)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", enrolment->id);
  rungs_row_set_number (row, "lead", enrolment->lead);
  rungs_row_set_text (row, "sequence", enrolment->sequence_name);
  rungs_row_set_number (row, "version", enrolment->version);
  rungs_row_set_text (row, "step", enrolment->step);
  rungs_row_set_number (row, "visit", enrolment->visit);
  rungs_row_set_time (row, "entered_at", enrolment->entered_at);
  rungs_row_set_time (row, "arrived_at", enrolment->arrived_at);
  rungs_row_set_time (row, "due_at", enrolment->due_at == G_MAXINT64 ? 0 : enrolment->due_at);
  rungs_row_set_text (row, "waits_for", enrolment->waits_for);
  rungs_row_set_text (row, "outcome", enrolment->outcome);
  rungs_row_set_time (row, "ended_at", enrolment->ended_at);
  rungs_row_set_text (row, "why", enrolment->why);
  return row;
}

static gboolean
list_enrolments (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  g_autoptr (GPtrArray) rows = lead ? rungs_enrolment_list_of_lead (db, lead->id, error) : NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, ENROLMENT_COLUMNS);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    rungs_listing_add (listing, enrolment_to_row (g_ptr_array_index (rows, i)));
  rungs_listing_end (listing, _ ("The lead never walked a sequence."));
  return TRUE;
}

static const GOptionEntry ENROL_OPTIONS[] = {
  RUNGS_LEAD_SELECTION_OPTIONS,
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_ENROLMENT_COMMANDS[] = {
  { "sequence enrol", "NAME [EMAIL…]", N_ ("Let leads enter, by name or by a choice"),
    RUNGS_COMMAND_HOLDS, enrol, ENROL_OPTIONS, NULL, "{entered, refused: [lead, answer]}" },
  { "sequence stop", "EMAIL [NAME…]", N_ ("Take a lead out of all sequences, or of some"),
    RUNGS_COMMAND_WRITES, stop, NULL, NULL },
  { "sequence walks", "EMAIL", N_ ("List what a lead walks, and has walked"), RUNGS_COMMAND_READS,
    list_enrolments, NULL, NULL,
    "[id, lead, sequence, version, step, visit, entered_at, arrived_at, due_at, "
    "waits_for, outcome, ended_at, why]" },
  { NULL },
};
