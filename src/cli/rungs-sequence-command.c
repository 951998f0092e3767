/* rungs-sequence-command.c: sequences and their versions. */

#include <glib/gi18n.h>

#include "ladder/rungs-product-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-text-file.h"
#include "sequences/rungs-sequence-store.h"

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

static gboolean
set_sells (JsonObject           *row,
           RungsDb              *db,
           const RungsSequence  *sequence,
           GError              **error)
{
  g_autoptr (RungsProduct) product =
      sequence->sells != 0 ? rungs_product_load (db, sequence->sells, error) : NULL;

  rungs_row_set_text (row, "sells", product ? product->sku : NULL);
  return sequence->sells == 0 || product != NULL;
}

static JsonObject *
sequence_to_row (RungsDb              *db,
                 const RungsSequence  *sequence,
                 GError              **error)
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
list_sequences (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
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
load_argument (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  return rungs_sequence_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
}

static JsonObject *
step_to_row (const RungsGraphStep          *step,
             const RungsSequenceStepCounts *counts)
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
add_steps (JsonObject           *row,
           RungsDb              *db,
           const RungsSequence  *sequence,
           GError              **error)
{
  JsonArray *steps = rungs_row_set_array (row, "steps");
  g_autoptr (RungsGraph) graph = NULL;
  g_autoptr (GHashTable) counts = NULL;

  if (sequence->version == 0)
    return TRUE;
  graph = rungs_sequence_load_graph (db, sequence->version, error);
  counts = graph ? rungs_sequence_step_counts (db, sequence->id, error) : NULL;
  if (counts == NULL)
    return FALSE;
  for (guint i = 0; i < graph->steps->len; i++)
    {
      const RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      json_array_add_object_element (steps,
                                     step_to_row (step, g_hash_table_lookup (counts, step->id)));
    }
  return TRUE;
}

static gboolean
show_sequence (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, error);
  g_autoptr (JsonObject) row = sequence ? sequence_to_row (db, sequence, error) : NULL;

  if (row == NULL || !add_steps (row, db, sequence, error))
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
list_versions (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, error);
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
add_sequence (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
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
say_state (RungsInvocation  *call,
           RungsDb          *db,
           gint64            id,
           const char       *format,
           GError          **error)
{
  g_autoptr (RungsSequence) sequence = rungs_sequence_load (db, id, error);
  JsonObject *row = sequence ? sequence_to_row (db, sequence, error) : NULL;
  g_autofree char *sentence = row ? g_strdup_printf (format, sequence->name) : NULL;

  if (row != NULL)
    rungs_column_say (call, row, "%s", sentence);
  return row != NULL;
}

static gboolean
start_sequence (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, error);

  return sequence != NULL
         && rungs_sequence_start (db, sequence->id, rungs_invocation_get_now (call), error)
         && say_state (call, db, sequence->id, _ ("“%s” is live."), error);
}

static gboolean
pause_sequence (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, error);

  return sequence != NULL && rungs_sequence_pause (db, sequence->id, error)
         && say_state (call, db, sequence->id, _ ("“%s” stands still."), error);
}

const RungsCommand RUNGS_SEQUENCE_COMMANDS[] = {
  { "sequence list", "", N_ ("List the sequences with their counts"), RUNGS_COMMAND_READS,
    list_sequences, NULL, NULL,
    "[id, name, state, sells, number, active, bought, goal, finished, exited, stopped, "
    "failed, sent, created_at]" },
  { "sequence show", "NAME", N_ ("Show a sequence with its steps"), RUNGS_COMMAND_READS,
    show_sequence, NULL, NULL,
    "{id, name, state, sells, number, active, bought, goal, finished, exited, stopped, "
    "failed, sent, created_at, steps: [leads_to, step, kind, message, waiting, walked, "
    "sent]}" },
  { "sequence versions", "NAME", N_ ("List the versions of a sequence"), RUNGS_COMMAND_READS,
    list_versions, NULL, NULL, "[id, number, created_at, active, in_use]" },
  { "sequence add", "FILE", N_ ("Add a sequence, or a version of one, from JSON"),
    RUNGS_COMMAND_WRITES, add_sequence, NULL,
    N_ ("A file “-” is standard input. A sequence whose name is known gets a new version; leads\n"
        "who walk an older one go on walking that.") },
  { "sequence start", "NAME", N_ ("Let leads walk it"), RUNGS_COMMAND_WRITES, start_sequence, NULL,
    NULL },
  { "sequence pause", "NAME", N_ ("Let everybody in it stand still"), RUNGS_COMMAND_WRITES,
    pause_sequence, NULL, NULL },
  { NULL },
};
