/* rungs-publish-load-store.c: what publishing a draft would do: who stands where, and what is in
 * the outbox. */

#include "sequences/rungs-publish-private.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "sequences/rungs-graph-private.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-store.h"

static const char SQL_GROUPS[] =
  "SELECT e.version, v.number, e.step, CASE WHEN e.visit = 0 THEN 2 ELSE e.in_front END AS place,"
  "       count(*), e.version = s.version, v.graph"
  "  FROM enrolment e JOIN sequence_version v ON v.id = e.version"
  "  JOIN sequence s ON s.id = e.sequence"
  " WHERE e.sequence = :id AND e.outcome IS NULL"
  " GROUP BY e.version, e.step, place"
  " ORDER BY v.number DESC, e.step, place";

static const char SQL_MAILS[] =
  "SELECT e.version, o.step, CASE WHEN e.outcome IS NULL THEN e.step END AS stands,"
  "       CASE WHEN e.visit = 0 THEN 2 ELSE e.in_front END AS place, count(*)"
  "  FROM outbox o JOIN enrolment e ON e.id = o.enrolment"
  " WHERE o.state = 'planned' AND e.sequence = :id"
  "   AND o.step NOT IN (SELECT j.value FROM json_each (:kept) j)"
  " GROUP BY e.version, o.step, stands, place ORDER BY o.step, e.version, stands, place";

static const char SQL_STANDING[] =
  "SELECT e.due_at, e.arrived_at, e.waits_for IS NULL, l.zone, count(*)"
  "  FROM enrolment e JOIN lead l ON l.id = e.lead"
  " WHERE e.sequence = :sequence AND e.version = :version AND e.step = :step AND e.outcome IS NULL"
  "   AND e.visit > 0 AND e.in_front = 0"
  " GROUP BY 1, 2, 3, 4";

static const char SQL_NUMBER[] = "SELECT v.number FROM sequence_version v WHERE v.id = :id";

static const char SQL_IN_USE[] =
  "SELECT v.graph FROM sequence s JOIN sequence_version v ON v.id = s.version WHERE s.id = :id";

/* What loading a plan shares. */
typedef struct
{
  RungsDb *db;
  gint64 now;
  RungsPublishPlan *plan;
  JsonNode *draft;        /* (owned) */
  GHashTable *versions;   /* (owned): id → Version (owned) */
  RungsPublishWait wait;
} Loading;

/* A version that somebody walks. */
typedef struct
{
  JsonNode *json;    /* (owned) */
  RungsGraph *graph; /* lent by the plan */
} Version;

static void
version_free (gpointer data)
{
  g_clear_pointer (&((Version *) data)->json, json_node_unref);
  g_free (data);
}

static JsonObject *
steps_of (JsonNode *graph)
{
  return json_object_get_object_member (json_node_get_object (graph), "steps");
}

/* ---- the draft */

static gboolean
load_draft (RungsPublishPlan  *plan,
            RungsDb           *db,
            GError           **error)
{
  g_autoptr (RungsSequenceDraft) draft = rungs_sequence_draft_load (db, plan->sequence, error);

  if (draft == NULL
      || !rungs_record_ask (db, SQL_NUMBER, draft->based_on, 0, &plan->based_on, error))
    return FALSE;
  plan->draft = g_strdup (draft->graph);
  plan->updated_at = draft->updated_at;
  plan->graph = rungs_graph_parse (draft->graph, plan->problems);
  return plan->graph == NULL || rungs_graph_check (plan->graph, db, plan->problems, error);
}

static gboolean
compare_with_use (RungsPublishPlan  *plan,
                  RungsDb           *db,
                  GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IN_USE, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", plan->sequence);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    {
      g_autoptr (JsonNode) in_use = json_from_string (rungs_statement_get_text (query, 0), NULL);
      g_autoptr (JsonNode) draft = json_from_string (plan->draft, NULL);

      plan->same = in_use != NULL && draft != NULL && json_node_equal (in_use, draft);
    }
  return step != RUNGS_FAILED;
}

/* A sequence may be called otherwise in its draft, but not as another one is. */
static gboolean
check_name (RungsPublishPlan  *plan,
            RungsDb           *db,
            GError           **error)
{
  gint64 other = 0;

  if (plan->graph == NULL)
    return TRUE;
  if (!rungs_sequence_find (db, plan->graph->name, &other, error))
    return FALSE;
  if (other != 0 && other != plan->sequence)
    rungs_graph_refuse (plan->problems, NULL, _ ("There is a sequence “%s” already"),
                        plan->graph->name);
  return TRUE;
}

/* ---- groups */

static Version *
get_version (Loading    *self,
             gint64      id,
             const char *json)
{
  Version *version = g_hash_table_lookup (self->versions, &id);
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();

  if (version != NULL)
    return version;
  version = g_new0 (Version, 1);
  version->json = json_from_string (json, NULL);
  version->graph = rungs_graph_parse (json, problems);
  if (version->graph != NULL)
    g_ptr_array_add (self->plan->graphs, version->graph);
  g_hash_table_insert (self->versions, g_memdup2 (&id, sizeof id), version);
  return version;
}

static void
add_group (Loading        *self,
           RungsStatement *row)
{
  RungsPublishGroup *group = rungs_publish_group_new ();
  Version *version = get_version (self, rungs_statement_get_int64 (row, 0),
                                  rungs_statement_get_text (row, 6));
  RungsPublishSide new = { self->plan->graph, steps_of (self->draft) };
  RungsPublishSide old = { version->graph,
                           version->graph != NULL ? steps_of (version->json) : NULL };

  group->version = rungs_statement_get_int64 (row, 0);
  group->number = rungs_statement_get_int64 (row, 1);
  group->graph = version->graph;
  group->step = rungs_statement_dup_text (row, 2);
  group->place = (RungsPublishPlace) rungs_statement_get_int64 (row, 3);
  group->leads = rungs_statement_get_int64 (row, 4);
  g_ptr_array_add (self->plan->groups, group);
  rungs_publish_group_compare (group, &old, &new, rungs_statement_get_int64 (row, 5) != 0);
}

static guint
index_of_step (const RungsPublishGroup *group)
{
  const RungsGraphStep *step
    = group->graph != NULL ? rungs_graph_find (group->graph, group->step) : NULL;
  guint index = 0;

  if (step != NULL)
    g_ptr_array_find (group->graph->steps, step, &index);
  return index;
}

/* The version in use first, then the newest; in the order of steps. */
static int
compare_groups (gconstpointer a,
                gconstpointer b,
                gpointer      plan)
{
  const RungsPublishGroup *one = *(RungsPublishGroup *const *) a;
  const RungsPublishGroup *other = *(RungsPublishGroup *const *) b;
  gint64 in_use = ((RungsPublishPlan *) plan)->version;
  guint index = index_of_step (one);
  guint other_index = index_of_step (other);

  if (one->version != other->version)
    {
      if (one->version == in_use || other->version == in_use)
        return one->version == in_use ? -1 : 1;
      return one->number > other->number ? -1 : 1;
    }
  if (index != other_index)
    return index < other_index ? -1 : 1;
  return (int) other->place - (int) one->place;
}

static gboolean
load_groups (Loading  *self,
             GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_GROUPS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", self->plan->sequence);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    add_group (self, query);
  if (!rungs_statement_done (query, error))
    return FALSE;
  g_ptr_array_sort_with_data (self->plan->groups, compare_groups, self->plan);
  return TRUE;
}

/* Counts who has waited long enough. */
static gboolean
count_at_once (Loading                  *self,
               const RungsPublishGroup  *group,
               RungsPublishWay          *way,
               GError                  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_STANDING, error);
  gboolean wakes = rungs_publish_step_wakes (rungs_graph_find (group->graph, group->step));

  if (query == NULL)
    return FALSE;
  self->wait.step = rungs_graph_find (self->plan->graph, way->target);
  self->wait.same = group->change == RUNGS_PUBLISH_SAME;
  rungs_statement_bind_int64 (query, ":sequence", self->plan->sequence);
  rungs_statement_bind_int64 (query, ":version", group->version);
  rungs_statement_bind_text (query, ":step", group->step);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gboolean woken = wakes && rungs_statement_get_int64 (query, 2) != 0;

      if (rungs_publish_wait_due (&self->wait, rungs_statement_get_int64 (query, 0),
                                  rungs_statement_get_int64 (query, 1), woken,
                                  rungs_statement_get_text (query, 3))
          <= self->now)
        way->at_once += rungs_statement_get_int64 (query, 4);
    }
  return rungs_statement_done (query, error);
}

static gboolean
count_all_at_once (Loading  *self,
                   GError  **error)
{
  for (guint i = 0; i < self->plan->groups->len; i++)
    {
      const RungsPublishGroup *group = g_ptr_array_index (self->plan->groups, i);

      for (guint j = 0; group->place == RUNGS_PUBLISH_AT && j < group->ways->len; j++)
        {
          RungsPublishWay *way = g_ptr_array_index (group->ways, j);

          if (way->fate == RUNGS_PUBLISH_CONTINUE
              && !rungs_publish_step_looks (rungs_graph_find (self->plan->graph, way->target))
              && !count_at_once (self, group, way, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gpointer
mail_from_row (RungsStatement *row)
{
  RungsPublishMail *mail = g_new0 (RungsPublishMail, 1);

  mail->version = rungs_statement_get_int64 (row, 0);
  mail->step = rungs_statement_dup_text (row, 1);
  mail->stands = rungs_statement_dup_text (row, 2);
  mail->place = (RungsPublishPlace) rungs_statement_get_int64 (row, 3);
  mail->messages = rungs_statement_get_int64 (row, 4);
  return mail;
}

static gboolean
load_mails (Loading  *self,
            GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_MAILS, error);
  g_autofree char *kept = rungs_publish_message_steps (self->plan->graph);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", self->plan->sequence);
  rungs_statement_bind_text (query, ":kept", kept);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (self->plan->mails, mail_from_row (query));
  return rungs_statement_done (query, error);
}

/* Who stands where, and what becomes of them. */
static gboolean
load_inside (RungsPublishPlan  *plan,
             RungsDb           *db,
             gint64             now,
             GError           **error)
{
  g_autoptr (JsonNode) draft = json_from_string (plan->draft, NULL);
  g_autoptr (RungsZones) zones = rungs_business_zones (db, error);
  g_autoptr (GHashTable) versions =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, version_free);
  Loading loading = {
    .db = db,
    .now = now,
    .plan = plan,
    .draft = draft,
    .versions = versions,
    .wait = { .now = now, .zones = zones },
  };

  return zones != NULL && load_groups (&loading, error) && count_all_at_once (&loading, error)
         && load_mails (&loading, error);
}

RungsPublishPlan *
rungs_publish_plan_load (RungsDb  *db,
                         gint64    sequence,
                         gint64    now,
                         GError  **error)
{
  g_autoptr (RungsPublishPlan) plan = rungs_publish_plan_new ();
  g_autoptr (RungsSequence) self = rungs_sequence_load (db, sequence, error);

  if (self == NULL)
    return NULL;
  plan->sequence = sequence;
  plan->name = g_strdup (self->name);
  plan->version = self->version;
  plan->number = self->number;
  if (!load_draft (plan, db, error) || !compare_with_use (plan, db, error)
      || !check_name (plan, db, error)
      || (plan->graph != NULL && !load_inside (plan, db, now, error)))
    return NULL;
  return g_steal_pointer (&plan);
}
