/* rungs-sequence-command.c: sequences, and who walks them. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-lead-list-store.h"
#include "rungs-commands.h"
#include "rungs-lead-selection.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"
#include "rungs-progress-line.h"
#include "rungs-term.h"
#include "rungs-text-file.h"
#include "sequences/rungs-enrolment-store.h"
#include "sequences/rungs-sequence-store.h"

/* So many leads enter in one transaction. */
#define BATCH 1000

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "sells", N_ ("Sells"), RUNGS_COLUMN_TEXT, NULL },
  { "number", N_ ("Version"), RUNGS_COLUMN_NUMBER, NULL },
  { "active", N_ ("Walking"), RUNGS_COLUMN_NUMBER, NULL },
  { "bought", N_ ("Bought"), RUNGS_COLUMN_NUMBER, NULL },
  { "goal", N_ ("Goal"), RUNGS_COLUMN_NUMBER, NULL },
  { "finished", N_ ("Finished"), RUNGS_COLUMN_NUMBER, NULL },
  { "sent", N_ ("Sent"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn STEP_COLUMNS[] = {
  { "step", N_ ("Step"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "message", N_ ("Message"), RUNGS_COLUMN_TEXT, NULL },
  { "leads_to", N_ ("Leads to"), RUNGS_COLUMN_WORDS, NULL },
  { "waiting", N_ ("Waiting"), RUNGS_COLUMN_NUMBER, NULL },
  { "walked", N_ ("Walked"), RUNGS_COLUMN_NUMBER, NULL },
  { "sent", N_ ("Sent"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "sells", N_ ("Sells"), RUNGS_COLUMN_TEXT, NULL },
  { "number", N_ ("Version"), RUNGS_COLUMN_NUMBER, NULL },
  { "active", N_ ("Walking"), RUNGS_COLUMN_NUMBER, NULL },
  { "bought", N_ ("Bought"), RUNGS_COLUMN_NUMBER, NULL },
  { "goal", N_ ("Reached the goal"), RUNGS_COLUMN_NUMBER, NULL },
  { "finished", N_ ("Finished"), RUNGS_COLUMN_NUMBER, NULL },
  { "exited", N_ ("Left by an exit"), RUNGS_COLUMN_NUMBER, NULL },
  { "stopped", N_ ("Taken out"), RUNGS_COLUMN_NUMBER, NULL },
  { "failed", N_ ("Failed"), RUNGS_COLUMN_NUMBER, NULL },
  { "sent", N_ ("Messages sent"), RUNGS_COLUMN_NUMBER, NULL },
  { "steps", N_ ("Steps"), RUNGS_COLUMN_ROWS, STEP_COLUMNS },
  { NULL },
};

static const RungsColumn VERSION_COLUMNS[] = {
  { "number", N_ ("Version"), RUNGS_COLUMN_NUMBER, NULL },
  { "created_at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "active", N_ ("Walking"), RUNGS_COLUMN_NUMBER, NULL },
  { "in_use", N_ ("In use"), RUNGS_COLUMN_FLAG, NULL },
  { NULL },
};

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

static gboolean
set_sells (JsonObject *row, RungsDb *db, const RungsSequence *sequence, GError **error)
{
  g_autoptr (RungsProduct) product =
      sequence->sells != 0 ? rungs_product_load (db, sequence->sells, error) : NULL;

  rungs_row_set_text (row, "sells", product ? product->sku : NULL);
  return sequence->sells == 0 || product != NULL;
}

static JsonObject *
sequence_to_row (RungsDb *db, const RungsSequence *sequence, GError **error)
{
  g_autoptr (JsonObject) row = rungs_row_new ();

  rungs_row_set_number (row, "id", sequence->id);
  rungs_row_set_text (row, "name", sequence->name);
  rungs_row_set_text (row, "state", rungs_sequence_state_to_text (sequence->state));
  if (!set_sells (row, db, sequence, error))
    return NULL;
  rungs_row_set_number (row, "number", sequence->number);
  rungs_row_set_number (row, "active", sequence->active);
  rungs_row_set_number (row, "bought", sequence->bought);
  rungs_row_set_number (row, "goal", sequence->goal);
  rungs_row_set_number (row, "finished", sequence->finished);
  rungs_row_set_number (row, "exited", sequence->exited);
  rungs_row_set_number (row, "stopped", sequence->stopped);
  rungs_row_set_number (row, "failed", sequence->failed);
  rungs_row_set_number (row, "sent", sequence->sent);
  rungs_row_set_time (row, "created_at", sequence->created_at);
  return g_steal_pointer (&row);
}

static gboolean
list_sequences (RungsInvocation *call, RungsDb *db, GError **error)
{
  g_autoptr (GPtrArray) sequences = rungs_sequence_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (sequences == NULL)
    return FALSE;
  for (guint i = 0; i < sequences->len; i++)
    {
      JsonObject *row = sequence_to_row (db, g_ptr_array_index (sequences, i), error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no sequences."));
  return TRUE;
}

static RungsSequence *
load_argument (RungsInvocation *call, RungsDb *db, guint n, GError **error)
{
  return rungs_sequence_load_by_name (db, rungs_invocation_get_argument (call, n), error);
}

static JsonObject *
step_to_row (const RungsGraphStep *step, const RungsSequenceStepCounts *counts)
{
  JsonObject *row = rungs_row_new ();
  JsonArray *targets = rungs_row_set_array (row, "leads_to");

  for (guint i = 0; step->branches != NULL && i < step->branches->len; i++)
    {
      const RungsGraphBranch *branch = g_ptr_array_index (step->branches, i);

      if (branch->target != NULL)
        json_array_add_string_element (targets, branch->target);
    }
  rungs_row_set_text (row, "step", step->id);
  rungs_row_set_text (row, "kind", rungs_graph_kind_to_text (step->kind));
  rungs_row_set_text (row, "message", step->message);
  rungs_row_set_number (row, "waiting", counts ? counts->waiting : 0);
  rungs_row_set_number (row, "walked", counts ? counts->walked : 0);
  rungs_row_set_number (row, "sent", counts ? counts->sent : 0);
  return row;
}

static gboolean
add_steps (JsonObject *row, RungsDb *db, const RungsSequence *sequence, GError **error)
{
  g_autoptr (RungsGraph) graph = rungs_sequence_load_graph (db, sequence->version, error);
  g_autoptr (GHashTable) counts =
      graph ? rungs_sequence_step_counts (db, sequence->id, error) : NULL;
  JsonArray *steps;

  if (counts == NULL)
    return FALSE;
  steps = rungs_row_set_array (row, "steps");
  for (guint i = 0; i < graph->steps->len; i++)
    {
      const RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      json_array_add_object_element (steps,
                                     step_to_row (step, g_hash_table_lookup (counts, step->id)));
    }
  return TRUE;
}

static gboolean
show_sequence (RungsInvocation *call, RungsDb *db, GError **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, 0, error);
  g_autoptr (JsonObject) row = sequence ? sequence_to_row (db, sequence, error) : NULL;

  if (row == NULL || !add_steps (row, db, sequence, error))
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
list_versions (RungsInvocation *call, RungsDb *db, GError **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, 0, error);
  g_autoptr (GPtrArray) versions =
      sequence ? rungs_sequence_versions (db, sequence->id, error) : NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, VERSION_COLUMNS);

  if (versions == NULL)
    return FALSE;
  for (guint i = 0; i < versions->len; i++)
    {
      const RungsSequenceVersion *version = g_ptr_array_index (versions, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_number (row, "id", version->id);
      rungs_row_set_number (row, "number", version->number);
      rungs_row_set_time (row, "created_at", version->created_at);
      rungs_row_set_number (row, "active", version->active);
      rungs_row_set_flag (row, "in_use", version->id == sequence->version);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, "");
  return TRUE;
}

/* The notes that came with a graph, in JSON and for people. */
static void
say_added (RungsInvocation *call,
           JsonObject *row,
           const RungsSequence *sequence,
           GPtrArray *problems)
{
  JsonArray *notes = rungs_row_set_array (row, "notes");
  g_autofree char *described = rungs_graph_problems_describe (problems);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, sequence->number);

  for (guint i = 0; i < problems->len; i++)
    {
      const RungsGraphProblem *problem = g_ptr_array_index (problems, i);
      JsonObject *note = rungs_row_new ();

      rungs_row_set_text (note, "step", problem->step);
      rungs_row_set_text (note, "text", problem->text);
      json_array_add_object_element (notes, note);
    }
  rungs_column_say (call, row, _ ("Version %s of “%s” was added.%s%s"), number, sequence->name,
                    *described ? "\n" : "", g_strchomp (described));
}

static gboolean
add_sequence (RungsInvocation *call, RungsDb *db, GError **error)
{
  g_autofree char *json = rungs_text_file_read (rungs_invocation_get_argument (call, 0), error);
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsSequence) sequence = NULL;
  JsonObject *row;
  gint64 id;

  id = json ? rungs_sequence_add (db, json, rungs_invocation_get_now (call), problems, error) : 0;
  sequence = id != 0 ? rungs_sequence_load (db, id, error) : NULL;
  row = sequence ? sequence_to_row (db, sequence, error) : NULL;
  if (row != NULL)
    say_added (call, row, sequence, problems);
  return row != NULL;
}

static gboolean
say_state (RungsInvocation *call, RungsDb *db, gint64 id, const char *format, GError **error)
{
  g_autoptr (RungsSequence) sequence = rungs_sequence_load (db, id, error);
  JsonObject *row = sequence ? sequence_to_row (db, sequence, error) : NULL;
  g_autofree char *sentence = row ? g_strdup_printf (format, sequence->name) : NULL;

  if (row != NULL)
    rungs_column_say (call, row, "%s", sentence);
  return row != NULL;
}

static gboolean
start_sequence (RungsInvocation *call, RungsDb *db, GError **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, 0, error);

  return sequence != NULL
         && rungs_sequence_start (db, sequence->id, rungs_invocation_get_now (call), error)
         && say_state (call, db, sequence->id, _ ("“%s” is live."), error);
}

static gboolean
pause_sequence (RungsInvocation *call, RungsDb *db, GError **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, 0, error);

  return sequence != NULL && rungs_sequence_pause (db, sequence->id, error)
         && say_state (call, db, sequence->id, _ ("“%s” stands still."), error);
}

/* ---- entering */

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
note_answer (Entrance *entrance, gint64 lead, RungsEnrolAnswer answer)
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
enter_batch (RungsDb *db, gpointer data, GError **error)
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
choose_leads (RungsDb *db, gpointer data, GError **error)
{
  Entrance *entrance = data;
  RungsInvocation *call = entrance->call;
  g_autoptr (RungsLeadList) list = NULL;
  RungsLeadQuery query = { NULL };

  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, i, error);

      if (lead == NULL)
        return FALSE;
      g_array_append_val (entrance->leads, lead->id);
    }
  if (!rungs_lead_selection_is_given (call))
    return TRUE;
  if (!rungs_lead_selection_read (call, db, &query, error))
    return FALSE;
  list = rungs_lead_list_load (db, &query, NULL, error);
  for (guint i = 0; list != NULL && i < rungs_lead_list_get_count (list); i++)
    {
      gint64 id = rungs_lead_list_get_id (list, i);

      g_array_append_val (entrance->leads, id);
    }
  return list != NULL;
}

static gboolean
enter_all (RungsDb *db, Entrance *entrance, GError **error)
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
enrol (RungsInvocation *call, RungsDb *db, GError **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, 0, error);
  g_auto (Entrance)
    entrance = { .call = call,
                 .leads = g_array_new (FALSE, FALSE, sizeof (gint64)),
                 .refused = json_array_new () };
  gint64 refused;

  if (rungs_invocation_count_arguments (call) == 1 && !rungs_lead_selection_is_given (call))
    {
      g_set_error_literal (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
                           _ ("“sequence enrol” needs EMAIL, or an option that chooses leads."));
      return FALSE;
    }
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

/* ---- leaving, and where they are */

static gboolean
stop_named (RungsInvocation *call,
            RungsDb *db,
            const RungsLead *lead,
            gint64 *stopped,
            GError **error)
{
  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    {
      g_autoptr (RungsSequence) sequence = load_argument (call, db, i, error);
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
stop (RungsInvocation *call, RungsDb *db, GError **error)
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
list_enrolments (RungsInvocation *call, RungsDb *db, GError **error)
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

const RungsCommand RUNGS_SEQUENCE_COMMANDS[] = {
  { "sequence list", "", N_ ("List the sequences with their counts"), RUNGS_COMMAND_READS,
    list_sequences, NULL, NULL },
  { "sequence show", "NAME", N_ ("Show a sequence with its steps"), RUNGS_COMMAND_READS,
    show_sequence, NULL, NULL },
  { "sequence versions", "NAME", N_ ("List the versions of a sequence"), RUNGS_COMMAND_READS,
    list_versions, NULL, NULL },
  { "sequence add", "FILE", N_ ("Add a sequence, or a version of one, from JSON"),
    RUNGS_COMMAND_WRITES, add_sequence, NULL,
    N_ ("A file “-” is standard input. A sequence whose name is known gets a new version; leads\n"
        "who walk an older one go on walking that.") },
  { "sequence start", "NAME", N_ ("Let leads walk it"), RUNGS_COMMAND_WRITES, start_sequence, NULL,
    NULL },
  { "sequence pause", "NAME", N_ ("Let everybody in it stand still"), RUNGS_COMMAND_WRITES,
    pause_sequence, NULL, NULL },
  { "sequence enrol", "NAME [EMAIL…]", N_ ("Let leads enter, by name or by a choice"),
    RUNGS_COMMAND_HOLDS, enrol, ENROL_OPTIONS, NULL },
  { "sequence stop", "EMAIL [NAME…]", N_ ("Take a lead out of all sequences, or of some"),
    RUNGS_COMMAND_WRITES, stop, NULL, NULL },
  { "sequence walks", "EMAIL", N_ ("List what a lead walks, and has walked"), RUNGS_COMMAND_READS,
    list_enrolments, NULL, NULL },
  { NULL },
};
