/* rungs-sequence-store.c: reads and writes sequences and their versions. */

#include "sequences/rungs-sequence-store.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "mail/rungs-outbox-store.h"
#include "segments/rungs-segments-follow.h"
#include "sequences/rungs-sequence-private.h"

#define KEPT_GRAPHS "graphs of sequences"
#define MOST_KEPT_GRAPHS 500

static const char *const STATES[] = { "draft", "live", "paused" };

static const char SQL_FIND[] = "SELECT s.id FROM sequence s WHERE s.name = :name";

static const char SQL_ADD[] =
    "INSERT INTO sequence (name, created_at) VALUES (:name, :now) RETURNING id";

static const char SQL_CURRENT_GRAPH[] =
    "SELECT v.graph FROM sequence s JOIN sequence_version v ON v.id = s.version WHERE s.id = :id";

static const char SQL_ADD_VERSION[] =
    "INSERT INTO sequence_version (sequence, number, graph, created_at)"
    " SELECT :sequence, coalesce (max (v.number), 0) + 1, :graph, :now"
    "   FROM sequence_version v WHERE v.sequence = :sequence"
    " RETURNING id";

/* As publishing a draft is recorded (data/schema/028-publishing.sql), so that it is undone so. */
static const char SQL_RECORD_ADDED[] =
    "INSERT INTO sequence_publish (sequence, version, before, name, draft, published_at)"
    " SELECT s.id, :version, s.version, s.name, json_array (:graph, s.version, :now, :now), :now"
    "   FROM sequence s WHERE s.id = :id"
    " RETURNING id";

static const char SQL_USE_VERSION[] =
    "UPDATE sequence"
    "   SET version = :version, sells = (SELECT p.id FROM product p WHERE p.sku = :sells)"
    " WHERE id = :id";

static const char SQL_LOAD[] =
    "WITH walk AS ("
    "  SELECT e.sequence AS sequence, sum (e.outcome IS NULL) AS active,"
    "         sum (e.outcome = 'finished') AS finished, sum (e.outcome = 'goal') AS goal,"
    "         sum (e.outcome = 'bought') AS bought, sum (e.outcome = 'exit') AS exited,"
    "         sum (e.outcome = 'stopped') AS stopped, sum (e.outcome = 'error') AS failed"
    "    FROM enrolment e WHERE :id IS NULL OR e.sequence = :id GROUP BY e.sequence),"
    " mail AS ("
    "  SELECT e.sequence AS sequence, count(*) AS sent"
    "    FROM outbox o JOIN enrolment e ON e.id = o.enrolment"
    "   WHERE o.state = 'sent' AND (:id IS NULL OR e.sequence = :id) GROUP BY e.sequence)"
    " SELECT s.id, s.name, s.sells, p.name, s.state, s.version, v.number, s.created_at,"
    "        w.active, w.finished, w.goal, w.bought, w.exited, w.stopped, w.failed, m.sent"
    "   FROM sequence s"
    "   LEFT JOIN product p ON p.id = s.sells"
    "   LEFT JOIN sequence_version v ON v.id = s.version"
    "   LEFT JOIN walk w ON w.sequence = s.id"
    "   LEFT JOIN mail m ON m.sequence = s.id"
    "  WHERE :id IS NULL OR s.id = :id"
    "  ORDER BY s.name COLLATE NOCASE, s.id";

static const char SQL_SET_STATE[] = "UPDATE sequence SET state = :state WHERE id = :id";

static const char SQL_GRAPH[] = "SELECT v.graph FROM sequence_version v WHERE v.id = :id";

static const char SQL_VERSIONS[] =
    "SELECT v.id, v.number, v.created_at,"
    "       (SELECT count(*) FROM enrolment e"
    "         WHERE e.sequence = v.sequence AND e.version = v.id AND e.outcome IS NULL)"
    "  FROM sequence_version v WHERE v.sequence = :id ORDER BY v.number DESC";

static const char SQL_STEP_COUNTS[] =
    "SELECT e.step, count(*), 0, 0 FROM enrolment e"
    " WHERE e.sequence = :id AND e.outcome IS NULL GROUP BY e.step"
    " UNION ALL "
    "SELECT w.step, 0, count(*), 0 FROM enrolment e JOIN enrolment_step w ON w.enrolment = e.id"
    " WHERE e.sequence = :id GROUP BY w.step"
    " UNION ALL "
    "SELECT o.step, 0, 0, count(*) FROM enrolment e JOIN outbox o ON o.enrolment = e.id"
    " WHERE e.sequence = :id AND o.state = 'sent' GROUP BY o.step";

const char *
rungs_sequence_state_to_text (RungsSequenceState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (STATES), NULL);

  return STATES[state];
}

RungsSequenceState
rungs_sequence_state_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (g_strcmp0 (STATES[i], text) == 0)
      return (RungsSequenceState) i;
  return RUNGS_SEQUENCE_DRAFT;
}

void
rungs_sequence_free (RungsSequence *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->sells_name);
  g_free (self);
}

gboolean
rungs_sequence_find (RungsDb     *db,
                     const char  *name,
                     gint64      *id,
                     GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);

  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":name", name);
  return rungs_statement_get_number (query, 0, id, error);
}

/* The graph as it is stored: without space, so that equal graphs are equal texts and a word in it
 * can be searched for. */
static char *
compact (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  return json_to_string (node, FALSE);
}

static gboolean
add_or_find (RungsDb     *db,
             const char  *name,
             gint64       now,
             gint64      *id,
             GError     **error)
{
  g_autoptr (RungsStatement) insert = NULL;

  if (!rungs_sequence_find (db, name, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;

  insert = rungs_db_prepare (db, SQL_ADD, error);
  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":name", name);
  rungs_statement_bind_int64 (insert, ":now", now);
  return rungs_statement_get_number (insert, 0, id, error);
}

static gboolean
is_current (RungsDb     *db,
            gint64       sequence,
            const char  *graph,
            gboolean    *current,
            GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CURRENT_GRAPH, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", sequence);
  step = rungs_statement_step (query, error);
  *current = step == RUNGS_ROW && g_strcmp0 (rungs_statement_get_text (query, 0), graph) == 0;
  return step != RUNGS_FAILED;
}

static gboolean
add_version (RungsDb     *db,
             gint64       sequence,
             const char  *graph,
             gint64       now,
             gint64      *version,
             GError     **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD_VERSION, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":sequence", sequence);
  rungs_statement_bind_text (insert, ":graph", graph);
  rungs_statement_bind_int64 (insert, ":now", now);
  return rungs_statement_get_number (insert, 0, version, error);
}

gboolean
rungs_sequence_use_version (RungsDb     *db,
                            gint64       sequence,
                            gint64       version,
                            const char  *sells,
                            GError     **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_USE_VERSION, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", sequence);
  rungs_statement_bind_id (update, ":version", version);
  rungs_statement_bind_text (update, ":sells", sells);
  return rungs_statement_run (update, error);
}

static void
set_invalid (GPtrArray  *problems,
             GError    **error)
{
  g_autofree char *text = rungs_graph_problems_describe (problems);

  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "%s", text);
}

/* Whoever waits for leads to come into a live segment needs to be told. */
static gboolean
watch (RungsDb          *db,
       RungsGraphEvent  *event,
       gint64            now,
       GError          **error)
{
  g_autoptr (RungsSegment) segment = NULL;

  if (event == NULL || event->on != RUNGS_GRAPH_ON_SEGMENT)
    return TRUE;
  segment = rungs_segment_find (db, event->name, error);
  return segment != NULL
         && (segment->kind == RUNGS_SEGMENT_FIXED
             || rungs_segment_watch (db, segment->id, TRUE, now, error));
}

static gboolean
watch_segments (RungsDb     *db,
                RungsGraph  *graph,
                gint64       now,
                GError     **error)
{
  for (guint i = 0; i < graph->triggers->len; i++)
    if (!watch (db, g_ptr_array_index (graph->triggers, i), now, error))
      return FALSE;
  for (guint i = 0; i < graph->steps->len; i++)
    if (!watch (db, ((RungsGraphStep *) g_ptr_array_index (graph->steps, i))->event, now, error))
      return FALSE;
  return TRUE;
}

static gboolean
use_added (RungsDb     *db,
           gint64       sequence,
           gint64       version,
           RungsGraph  *graph,
           gint64       now,
           GError     **error)
{
  return rungs_sequence_use_version (db, sequence, version, graph->sells, error)
         && watch_segments (db, graph, now, error);
}

gboolean
rungs_sequence_put_version (RungsDb     *db,
                            gint64       sequence,
                            const char  *text,
                            RungsGraph  *graph,
                            gint64       now,
                            gint64      *version,
                            GError     **error)
{
  return add_version (db, sequence, text, now, version, error)
         && use_added (db, sequence, *version, graph, now, error);
}

/* Nobody who walks is moved by it. */
static gboolean
publish_added (RungsDb     *db,
               gint64       sequence,
               const char  *text,
               RungsGraph  *graph,
               gint64       now,
               GError     **error)
{
  g_autoptr (RungsStatement) record = rungs_db_prepare (db, SQL_RECORD_ADDED, error);
  gint64 version = 0;
  gint64 publish = 0;

  if (record == NULL || !add_version (db, sequence, text, now, &version, error))
    return FALSE;
  rungs_statement_bind_int64 (record, ":id", sequence);
  rungs_statement_bind_int64 (record, ":version", version);
  rungs_statement_bind_text (record, ":graph", text);
  rungs_statement_bind_int64 (record, ":now", now);
  return rungs_statement_get_number (record, 0, &publish, error)
         && use_added (db, sequence, version, graph, now, error)
         && rungs_event_add (db, 0, RUNGS_EVENT_SEQUENCE_PUBLISHED, now, publish, graph->name,
                             error)
                != 0;
}

gint64
rungs_sequence_add (RungsDb     *db,
                    const char  *json,
                    gint64       now,
                    GPtrArray   *problems,
                    GError     **error)
{
  g_autoptr (GPtrArray) found = problems ? g_ptr_array_ref (problems) : rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = NULL;
  g_autofree char *text = NULL;
  gboolean current = FALSE;
  gint64 sequence = 0;

  g_return_val_if_fail (json != NULL, 0);

  graph = rungs_graph_parse (json, found);
  if (graph != NULL && !rungs_graph_check (graph, db, found, error))
    return 0;
  if (rungs_graph_problems_are_fatal (found))
    {
      set_invalid (found, error);
      return 0;
    }

  text = compact (json);
  if (!add_or_find (db, graph->name, now, &sequence, error)
      || !is_current (db, sequence, text, &current, error))
    return 0;
  return current || publish_added (db, sequence, text, graph, now, error) ? sequence : 0;
}

static gpointer
sequence_from_row (RungsStatement *row)
{
  RungsSequence *self = g_new0 (RungsSequence, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->name = rungs_statement_dup_text (row, 1);
  self->sells = rungs_statement_get_int64 (row, 2);
  self->sells_name = rungs_statement_dup_text (row, 3);
  self->state = rungs_sequence_state_from_text (rungs_statement_get_text (row, 4));
  self->version = rungs_statement_get_int64 (row, 5);
  self->number = rungs_statement_get_int64 (row, 6);
  self->created_at = rungs_statement_get_int64 (row, 7);
  self->active = rungs_statement_get_int64 (row, 8);
  self->finished = rungs_statement_get_int64 (row, 9);
  self->goal = rungs_statement_get_int64 (row, 10);
  self->bought = rungs_statement_get_int64 (row, 11);
  self->exited = rungs_statement_get_int64 (row, 12);
  self->stopped = rungs_statement_get_int64 (row, 13);
  self->failed = rungs_statement_get_int64 (row, 14);
  self->sent = rungs_statement_get_int64 (row, 15);
  return self;
}

/* One sequence, or all where `id` is 0. */
static GPtrArray *
load (RungsDb  *db,
      gint64    id,
      GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_id (query, ":id", id);
  return rungs_record_list (query, sequence_from_row, (GDestroyNotify) rungs_sequence_free, error);
}

RungsSequence *
rungs_sequence_load (RungsDb  *db,
                     gint64    id,
                     GError  **error)
{
  g_autoptr (GPtrArray) sequences = load (db, id, error);

  if (sequences == NULL)
    return NULL;
  if (id == 0 || sequences->len == 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no such sequence"));
      return NULL;
    }
  return g_ptr_array_steal_index (sequences, 0);
}

RungsSequence *
rungs_sequence_load_by_name (RungsDb     *db,
                             const char  *name,
                             GError     **error)
{
  gint64 id;

  if (!rungs_sequence_find (db, name, &id, error))
    return NULL;
  if (id == 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no sequence “%s”"),
                   name);
      return NULL;
    }
  return rungs_sequence_load (db, id, error);
}

GPtrArray *
rungs_sequence_list (RungsDb  *db,
                     GError  **error)
{
  return load (db, 0, error);
}

static gboolean
set_state (RungsDb             *db,
           gint64               sequence,
           RungsSequenceState   state,
           GError             **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_SET_STATE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", sequence);
  rungs_statement_bind_text (update, ":state", rungs_sequence_state_to_text (state));
  return rungs_statement_run (update, error);
}

gboolean
rungs_sequence_start (RungsDb  *db,
                      gint64    sequence,
                      gint64    now,
                      GError  **error)
{
  g_autoptr (RungsSequence) self = rungs_sequence_load (db, sequence, error);
  g_autoptr (RungsGraph) graph = NULL;
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();

  if (self == NULL)
    return FALSE;
  if (self->version == 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("Nothing of “%s” was published yet"), self->name);
      return FALSE;
    }
  graph = rungs_sequence_load_graph (db, self->version, error);
  if (graph == NULL || !rungs_graph_check (graph, db, problems, error))
    return FALSE;
  if (rungs_graph_problems_are_fatal (problems))
    {
      set_invalid (problems, error);
      return FALSE;
    }
  return watch_segments (db, graph, now, error)
         && set_state (db, sequence, RUNGS_SEQUENCE_LIVE, error)
         && rungs_outbox_release_sequence (db, sequence, now, error);
}

gboolean
rungs_sequence_pause (RungsDb  *db,
                      gint64    sequence,
                      GError  **error)
{
  g_autoptr (RungsSequence) self = rungs_sequence_load (db, sequence, error);

  if (self == NULL)
    return FALSE;
  if (self->state == RUNGS_SEQUENCE_DRAFT)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("“%s” was never started"),
                   self->name);
      return FALSE;
    }
  return set_state (db, sequence, RUNGS_SEQUENCE_PAUSED, error);
}

char *
rungs_sequence_load_text (RungsDb  *db,
                          gint64    version,
                          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_GRAPH, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", version);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no such version"));
  return step == RUNGS_ROW ? g_strdup (rungs_statement_get_text (query, 0)) : NULL;
}

static RungsGraph *
read_graph (RungsDb  *db,
            gint64    version,
            GError  **error)
{
  g_autofree char *json = rungs_sequence_load_text (db, version, error);
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = NULL;

  if (json == NULL)
    return NULL;
  graph = rungs_graph_parse (json, problems);
  if (graph == NULL)
    {
      g_autofree char *text = rungs_graph_problems_describe (problems);

      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                   _ ("A stored sequence cannot be read: %s"), text);
    }
  return g_steal_pointer (&graph);
}

/* Those that the connection has read lately: a version never changes, and reading one takes longer
 * than a walk. */
static GHashTable *
get_kept_graphs (RungsDb *db)
{
  static const char *const TABLES[] = { "sequence_version", NULL };
  GHashTable *graphs = rungs_db_get_kept (db, KEPT_GRAPHS);

  if (graphs != NULL && g_hash_table_size (graphs) < MOST_KEPT_GRAPHS)
    return g_hash_table_ref (graphs);
  graphs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                  (GDestroyNotify) rungs_graph_unref);
  rungs_db_keep (db, KEPT_GRAPHS, TABLES, g_hash_table_ref (graphs),
                 (GDestroyNotify) g_hash_table_unref);
  return graphs;
}

RungsGraph *
rungs_sequence_load_graph (RungsDb  *db,
                           gint64    version,
                           GError  **error)
{
  g_autoptr (GHashTable) graphs = get_kept_graphs (db);
  RungsGraph *graph = g_hash_table_lookup (graphs, &version);

  if (graph == NULL)
    {
      graph = read_graph (db, version, error);
      if (graph == NULL)
        return NULL;
      g_hash_table_insert (graphs, g_memdup2 (&version, sizeof version), graph);
    }
  return rungs_graph_ref (graph);
}

GPtrArray *
rungs_sequence_versions (RungsDb  *db,
                         gint64    sequence,
                         GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_VERSIONS, error);
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (g_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", sequence);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsSequenceVersion *version = g_new0 (RungsSequenceVersion, 1);

      version->id = rungs_statement_get_int64 (query, 0);
      version->number = rungs_statement_get_int64 (query, 1);
      version->created_at = rungs_statement_get_int64 (query, 2);
      version->active = rungs_statement_get_int64 (query, 3);
      g_ptr_array_add (versions, version);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&versions) : NULL;
}

static void
step_counts_free (RungsSequenceStepCounts *counts)
{
  g_free (counts->step);
  g_free (counts);
}

GHashTable *
rungs_sequence_step_counts (RungsDb  *db,
                            gint64    sequence,
                            GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_STEP_COUNTS, error);
  g_autoptr (GHashTable) steps =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) step_counts_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", sequence);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const char *step = rungs_statement_get_text (query, 0);
      RungsSequenceStepCounts *counts = g_hash_table_lookup (steps, step);

      if (counts == NULL)
        {
          counts = g_new0 (RungsSequenceStepCounts, 1);
          counts->step = g_strdup (step);
          g_hash_table_insert (steps, counts->step, counts);
        }
      counts->waiting += rungs_statement_get_int64 (query, 1);
      counts->walked += rungs_statement_get_int64 (query, 2);
      counts->sent += rungs_statement_get_int64 (query, 3);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&steps) : NULL;
}
