/* rungs-publish-undo-store.c: takes back what was published last.
 *
 * Who has not walked on since is seen by their rows: the same visit, waiting for the same event, or
 * ended by the publishing and not entered again. Their ids are written into a temporary table, and
 * all that was changed for them is put back by a statement each. */

#include "sequences/rungs-publish.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "sequences/rungs-publish-private.h"
#include "sequences/rungs-sequence-private.h"

static const char SQL_NEWEST[] =
  "SELECT p.id, p.version, p.before, p.name FROM sequence_publish p"
  " WHERE p.sequence = :id AND p.undone_at IS NULL ORDER BY p.id DESC LIMIT 1";

static const char SQL_MAKE_BACK[] =
  "CREATE TEMP TABLE IF NOT EXISTS publish_back"
  " (enrolment INTEGER PRIMARY KEY, visit INTEGER NOT NULL, now_visit INTEGER NOT NULL,"
  "  ended INTEGER NOT NULL)";

static const char SQL_CLEAR_BACK[] = "DELETE FROM temp.publish_back";

static const char SQL_FIND_BACK[] =
  "INSERT INTO temp.publish_back (enrolment, visit, now_visit, ended)"
  " SELECT e.id, e.stood ->> '$[0].visit', e.stood ->> '$[0].now_visit', e.outcome IS NOT NULL"
  "   FROM enrolment e"
  "  WHERE e.moved_by = :publish AND (e.stood ->> '$[0].publish') = :publish"
  "    AND CASE WHEN e.outcome IS NULL"
  "             THEN e.version = :version AND e.visit = (e.stood ->> '$[0].now_visit')"
  "                  AND e.waits_for IS (e.stood ->> '$[0].now_waits_for')"
  "             ELSE e.why = 'publish:' || :publish"
  "                  AND NOT EXISTS (SELECT 1 FROM enrolment x WHERE x.lead = e.lead"
  "                                     AND x.sequence = e.sequence AND x.outcome IS NULL) END";

static const char SQL_COUNT_BACK[] = "SELECT count(*) FROM temp.publish_back";

static const char SQL_COUNT_MOVED[] = "SELECT count(*) FROM enrolment e WHERE e.moved_by = :id";

static const char SQL_FORGET_STAY[] =
  "DELETE FROM enrolment_step"
  " WHERE (enrolment, visit) IN (SELECT b.enrolment, b.now_visit FROM temp.publish_back b"
  "                               WHERE b.now_visit > b.visit)";

static const char SQL_STAND_AGAIN[] =
  "UPDATE enrolment_step SET result = ''"
  "  FROM temp.publish_back b JOIN enrolment e ON e.id = b.enrolment"
  " WHERE enrolment_step.enrolment = b.enrolment AND enrolment_step.visit = b.visit"
  "   AND enrolment_step.result = 'edited' AND (e.stood ->> '$[0].in_front') = 0";

static const char SQL_PLAN_AGAIN[] =
  "UPDATE outbox SET state = 'planned', reason = '', ended_at = NULL"
  " WHERE state = 'withheld' AND reason IN ('edited', 'left')"
  "   AND id IN (SELECT j.value FROM sequence_publish p JOIN json_each (p.withheld) j"
  "               WHERE p.id = :publish)"
  "   AND enrolment IN (SELECT e.id FROM enrolment e"
  "                      WHERE e.sequence = :id AND e.moved_by IS NOT :publish"
  "                     UNION ALL SELECT b.enrolment FROM temp.publish_back b)";

static const char SQL_PUT_BACK[] =
  "UPDATE enrolment SET version = stood ->> '$[0].version', step = stood ->> '$[0].step',"
  "       visit = stood ->> '$[0].visit', due_at = stood ->> '$[0].due_at',"
  "       waits_for = stood ->> '$[0].waits_for', arrived_at = stood ->> '$[0].arrived_at',"
  "       in_front = stood ->> '$[0].in_front', why = stood ->> '$[0].why', outcome = NULL,"
  "       ended_at = NULL, moved_by = stood ->> '$[1].publish',"
  "       stood = nullif (json_remove (stood, '$[0]'), '[]')"
  " WHERE id IN (SELECT b.enrolment FROM temp.publish_back b)";

static const char SQL_SELL[] =
  "UPDATE outbox SET sells = (SELECT s.sells FROM sequence s WHERE s.id = :id)"
  " WHERE state = 'planned'"
  "   AND enrolment IN (SELECT b.enrolment FROM temp.publish_back b)";

static const char SQL_TELL_BACK[] =
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT e.lead, :kind, :now, e.id, s.name"
  "   FROM temp.publish_back b JOIN enrolment e ON e.id = b.enrolment"
  "   JOIN sequence s ON s.id = e.sequence WHERE b.ended = 1 ORDER BY e.id";

/* Before they are put back. */
static const char SQL_TELL_MOVED[] =
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT e.lead, '" RUNGS_EVENT_SEQUENCE_MOVED "', :now, e.id, s.name"
  "   FROM temp.publish_back b JOIN enrolment e ON e.id = b.enrolment"
  "   JOIN sequence s ON s.id = e.sequence"
  "  WHERE b.ended = 0 AND" RUNGS_PUBLISH_STANDS_OTHERWISE " ORDER BY e.id";

static const char SQL_PUT_DRAFT[] =
  "INSERT INTO sequence_draft (sequence, graph, based_on, created_at, updated_at)"
  " SELECT p.sequence, p.draft ->> '$[0]', p.draft ->> '$[1]', p.draft ->> '$[2]',"
  "        p.draft ->> '$[3]'"
  "   FROM sequence_publish p WHERE p.id = :publish"
  " ON CONFLICT (sequence) DO NOTHING";

/* Its old name, unless another has that now, or it was given a third. */
static const char SQL_RENAME[] =
  "UPDATE sequence SET name = :name"
  " WHERE id = :id AND name <> :name"
  "   AND name = (SELECT v.graph ->> '$.name' FROM sequence_version v WHERE v.id = :version)"
  "   AND NOT EXISTS (SELECT 1 FROM sequence s WHERE s.name = :name)";

static const char SQL_MARK[] = "UPDATE sequence_publish SET undone_at = :now WHERE id = :publish";

/* What was published last. */
typedef struct
{
  RungsDb *db;
  RungsSequence *sequence; /* (owned) */
  gint64 publish;          /* 0: nothing that could be undone */
  gint64 version;
  gint64 before; /* 0: none */
  char *name;    /* (owned) */
  gint64 now;
} Undoing;

static void
undoing_clear (Undoing *self)
{
  g_clear_pointer (&self->sequence, rungs_sequence_free);
  g_clear_pointer (&self->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Undoing, undoing_clear)

static gboolean
load_newest (Undoing  *self,
             gint64    sequence,
             GError  **error)
{
  g_autoptr (RungsStatement) query = NULL;
  RungsStep step;

  self->sequence = rungs_sequence_load (self->db, sequence, error);
  query = self->sequence ? rungs_db_prepare (self->db, SQL_NEWEST, error) : NULL;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", sequence);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    {
      self->publish = rungs_statement_get_int64 (query, 0);
      self->version = rungs_statement_get_int64 (query, 1);
      self->before = rungs_statement_get_int64 (query, 2);
      self->name = rungs_statement_dup_text (query, 3);
    }
  return step != RUNGS_FAILED;
}

static gboolean
check (const Undoing  *self,
       GError        **error)
{
  if (self->publish == 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("Nothing was published of “%s” that could be taken back"),
                 self->sequence->name);
  else if (self->version != self->sequence->version)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("What was published last of “%s” is not in use any more"),
                 self->sequence->name);
  else if (self->before == 0 && self->sequence->state != RUNGS_SEQUENCE_DRAFT)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("“%s” was started, and there is no version before this one"),
                 self->sequence->name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
run (Undoing     *self,
     const char  *sql,
     GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_offer_int64 (statement, ":id", self->sequence->id);
  rungs_statement_offer_int64 (statement, ":publish", self->publish);
  rungs_statement_offer_int64 (statement, ":version", self->version);
  rungs_statement_offer_int64 (statement, ":now", self->now);
  if (rungs_statement_has (statement, ":name"))
    rungs_statement_bind_text (statement, ":name", self->name);
  if (rungs_statement_has (statement, ":kind"))
    rungs_statement_bind_text (statement, ":kind", RUNGS_EVENT_SEQUENCE_ENTERED);
  return rungs_statement_run (statement, error);
}

static gboolean
use_before (Undoing             *self,
            RungsPublishUndone  *undone,
            GError             **error)
{
  g_autoptr (RungsGraph) graph = NULL;
  g_autoptr (RungsSequence) now = NULL;

  if (self->before != 0)
    {
      graph = rungs_sequence_load_graph (self->db, self->before, error);
      if (graph == NULL)
        return FALSE;
    }
  if (!rungs_sequence_use_version (self->db, self->sequence->id, self->before,
                                   graph ? graph->sells : NULL, error))
    return FALSE;
  now = rungs_sequence_load (self->db, self->sequence->id, error);
  undone->number = now ? now->number : 0;
  return now != NULL;
}

static gboolean
count_back (Undoing  *self,
            gint64   *back,
            GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_COUNT_BACK, error);

  return query != NULL && rungs_statement_get_number (query, 0, back, error);
}

static gboolean
put_back (Undoing             *self,
          RungsPublishUndone  *undone,
          GError             **error)
{
  static const char *const STEPS[] = {
    SQL_FORGET_STAY, SQL_STAND_AGAIN, SQL_PLAN_AGAIN, SQL_TELL_MOVED, SQL_PUT_BACK, SQL_SELL,
    SQL_TELL_BACK,   SQL_PUT_DRAFT,   SQL_RENAME,     SQL_CLEAR_BACK, SQL_MARK,
  };
  gint64 moved = 0;

  if (!run (self, SQL_MAKE_BACK, error) || !run (self, SQL_CLEAR_BACK, error)
      || !run (self, SQL_FIND_BACK, error)
      || !count_back (self, &undone->back, error)
      || !rungs_record_ask (self->db, SQL_COUNT_MOVED, self->publish, 0, &moved, error))
    return FALSE;
  undone->gone = moved - undone->back;
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    if (!run (self, STEPS[i], error))
      return FALSE;
  return TRUE;
}

gboolean
rungs_publish_undo (RungsDb             *db,
                    gint64               sequence,
                    gint64               now,
                    RungsPublishUndone  *undone,
                    GError             **error)
{
  g_auto (Undoing) undoing = { .db = db, .now = now };

  g_return_val_if_fail (undone != NULL, FALSE);

  *undone = (RungsPublishUndone){ 0 };
  return load_newest (&undoing, sequence, error) && check (&undoing, error)
         && use_before (&undoing, undone, error) && put_back (&undoing, undone, error)
         && rungs_event_add (db, 0, RUNGS_EVENT_SEQUENCE_UNPUBLISHED, now, undoing.publish,
                             undoing.sequence->name, error)
                != 0;
}

gboolean
rungs_publish_can_undo (RungsDb   *db,
                        gint64     sequence,
                        gboolean  *can,
                        GError   **error)
{
  g_auto (Undoing) undoing = { .db = db };

  g_return_val_if_fail (can != NULL, FALSE);

  if (!load_newest (&undoing, sequence, error))
    return FALSE;
  *can = check (&undoing, NULL);
  return TRUE;
}
