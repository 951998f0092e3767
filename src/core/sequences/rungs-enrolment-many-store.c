/* rungs-enrolment-many-store.c: puts many leads into a sequence, takes many out, undoes either. */

#include "sequences/rungs-enrolment-many-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "mail/rungs-outbox.h"
#include "sequences/rungs-entrance.h"

static const char SQL_ACTIVE[] = "SELECT e.id FROM enrolment e WHERE e.lead = :lead"
                                 "   AND e.sequence = :sequence AND e.outcome IS NULL";

static const char SQL_LEAD[] = "SELECT e.lead FROM enrolment e WHERE e.id = :id";

static const char SQL_HAS_LEFT[]
    = "SELECT EXISTS (SELECT 1 FROM outbox o WHERE o.enrolment = :id AND o.state <> 'planned')";

static const char SQL_UNPLAN[] = "DELETE FROM outbox WHERE enrolment = :id";

static const char SQL_UNMAKE[] = "DELETE FROM enrolment WHERE id = :id";

static const char SQL_WALKING[]
    = "SELECT e.id, e.lead, coalesce (e.due_at, 0), e.waits_for, e.why"
      "  FROM (SELECT DISTINCT value AS lead FROM json_each (:leads)) j"
      "  JOIN enrolment e ON e.lead = j.lead"
      " WHERE e.outcome IS NULL AND (:sequence IS NULL OR e.sequence = :sequence) ORDER BY e.id";

static const char SQL_RESUME[]
    = "UPDATE enrolment SET outcome = NULL, ended_at = NULL, due_at = :due_at,"
      "       waits_for = :waits_for, why = :why"
      " WHERE id = :id AND outcome = 'stopped'"
      "   AND NOT EXISTS (SELECT 1 FROM enrolment x WHERE x.lead = enrolment.lead"
      "                      AND x.sequence = enrolment.sequence AND x.outcome IS NULL)";

static const char SQL_PLAN_AGAIN[]
    = "UPDATE outbox SET state = 'planned', reason = '', ended_at = NULL"
      " WHERE enrolment = :id AND state = 'withheld' AND reason = :reason"
      "   AND ended_at = :stopped_at";

static const char SQL_TELL_RESUMED[]
    = "INSERT INTO event (lead, kind, at, ref, detail)"
      " SELECT e.lead, :kind, :now, e.id, s.name"
      "   FROM enrolment e JOIN sequence s ON s.id = e.sequence WHERE e.id = :id";

/* ---- in */

static gboolean
find_active (RungsDb *db,
             gint64   lead,
             gint64   sequence,
             gint64  *enrolment,
             GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ACTIVE, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":sequence", sequence);
  return rungs_statement_get_number (query, 0, enrolment, error);
}

gboolean
rungs_enrolments_enter (RungsDb    *db,
                        GArray     *leads,
                        gint64      sequence,
                        const char *why,
                        gint64      now,
                        gint64      counts[RUNGS_ENROL_SUPPRESSED + 1],
                        GArray     *entered,
                        GError    **error)
{
  g_autoptr (RungsEntrance) entrance = rungs_entrance_load (db, sequence, error);

  g_return_val_if_fail (leads != NULL, FALSE);
  g_return_val_if_fail (why != NULL, FALSE);

  if (entrance == NULL)
    return FALSE;
  for (guint i = 0; i < leads->len; i++)
    {
      gint64 lead = g_array_index (leads, gint64, i);
      RungsEnrolAnswer answer;
      gint64 enrolment = 0;

      if (!rungs_entrance_enter (entrance, db, lead, FALSE, why, now, &answer, error))
        return FALSE;
      counts[answer]++;
      if (answer != RUNGS_ENROL_OK || entered == NULL)
        continue;
      if (!find_active (db, lead, sequence, &enrolment, error))
        return FALSE;
      g_array_append_val (entered, enrolment);
    }
  return TRUE;
}

static gboolean
run_for (RungsDb    *db,
         const char *sql,
         gint64      id,
         GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_int64 (statement, ":id", id);
  return rungs_statement_run (statement, error);
}

static gboolean
ask_for (RungsDb    *db,
         const char *sql,
         gint64      id,
         gint64     *number,
         GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", id);
  return rungs_statement_get_number (query, 0, number, error);
}

static gboolean
unmake (RungsDb *db,
        gint64   enrolment,
        gint64   now,
        GError **error)
{
  gint64 lead = 0;
  gint64 has_left = 0;

  if (!ask_for (db, SQL_LEAD, enrolment, &lead, error)
      || !ask_for (db, SQL_HAS_LEFT, enrolment, &has_left, error))
    return FALSE;
  if (lead == 0)
    return TRUE; /* the lead was deleted meanwhile */
  if (has_left != 0)
    return rungs_enrolment_end (db, enrolment, lead, "stopped", "undone", RUNGS_OUTBOX_LEFT, now,
                                error);
  return run_for (db, SQL_UNPLAN, enrolment, error) && run_for (db, SQL_UNMAKE, enrolment, error)
         && rungs_event_add (db, lead, RUNGS_EVENT_SEQUENCE_LEFT, now, enrolment, "stopped", error)
                != 0;
}

gboolean
rungs_enrolments_unmake (RungsDb *db,
                         GArray  *enrolments,
                         guint    first,
                         guint    n,
                         gint64   now,
                         GError **error)
{
  g_return_val_if_fail (enrolments != NULL && first + n <= enrolments->len, FALSE);

  for (guint i = first; i < first + n; i++)
    if (!unmake (db, g_array_index (enrolments, gint64, i), now, error))
      return FALSE;
  return TRUE;
}

/* ---- out */

/* Returns: (element-type RungsEnrolmentStop): who walks now. */
static GArray *
find_walking (RungsDb *db,
              GArray  *leads,
              gint64   sequence,
              gint64   now,
              GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_WALKING, error);
  g_autoptr (GArray) walking = g_array_new (FALSE, FALSE, sizeof (RungsEnrolmentStop));
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; i < leads->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (leads, gint64, i));
  g_string_append_c (json, ']');
  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":leads", json->str);
  rungs_statement_bind_id (query, ":sequence", sequence);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const RungsEnrolmentStop stop = {
        .enrolment = rungs_statement_get_int64 (query, 0),
        .lead = rungs_statement_get_int64 (query, 1),
        .due_at = rungs_statement_get_int64 (query, 2),
        .stopped_at = now,
        .waits_for = g_intern_string (rungs_statement_get_text (query, 3)),
        .why = g_intern_string (rungs_statement_get_text (query, 4)),
      };

      g_array_append_val (walking, stop);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&walking) : NULL;
}

gboolean
rungs_enrolments_stop (RungsDb    *db,
                       GArray     *leads,
                       gint64      sequence,
                       const char *why,
                       gint64      now,
                       GArray     *stopped,
                       GError    **error)
{
  g_autoptr (GArray) walking = NULL;

  g_return_val_if_fail (leads != NULL && stopped != NULL, FALSE);
  g_return_val_if_fail (why != NULL, FALSE);

  walking = find_walking (db, leads, sequence, now, error);
  if (walking == NULL)
    return FALSE;
  for (guint i = 0; i < walking->len; i++)
    {
      const RungsEnrolmentStop *stop = &g_array_index (walking, RungsEnrolmentStop, i);

      if (!rungs_enrolment_end (db, stop->enrolment, stop->lead, "stopped", why, RUNGS_OUTBOX_LEFT,
                                now, error))
        return FALSE;
      g_array_append_vals (stopped, stop, 1);
    }
  return TRUE;
}

static gboolean
plan_again (RungsDb                  *db,
            const RungsEnrolmentStop *stop,
            gint64                    now,
            GError                  **error)
{
  g_autoptr (RungsStatement) plan = rungs_db_prepare (db, SQL_PLAN_AGAIN, error);
  g_autoptr (RungsStatement) tell = plan ? rungs_db_prepare (db, SQL_TELL_RESUMED, error) : NULL;

  if (tell == NULL)
    return FALSE;
  rungs_statement_bind_int64 (plan, ":id", stop->enrolment);
  rungs_statement_bind_text (plan, ":reason", RUNGS_OUTBOX_LEFT);
  rungs_statement_bind_int64 (plan, ":stopped_at", stop->stopped_at);
  rungs_statement_bind_int64 (tell, ":id", stop->enrolment);
  rungs_statement_bind_text (tell, ":kind", RUNGS_EVENT_SEQUENCE_ENTERED);
  rungs_statement_bind_int64 (tell, ":now", now);
  return rungs_statement_run (plan, error) && rungs_statement_run (tell, error);
}

static gboolean
resume (RungsDb                  *db,
        const RungsEnrolmentStop *stop,
        gint64                    now,
        GError                  **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_RESUME, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", stop->enrolment);
  rungs_statement_bind_id (update, ":due_at", stop->due_at);
  rungs_statement_bind_text (update, ":waits_for", stop->waits_for);
  rungs_statement_bind_text (update, ":why", stop->why);
  if (!rungs_statement_run (update, error))
    return FALSE;
  return rungs_db_get_changes (db) == 0 || plan_again (db, stop, now, error);
}

gboolean
rungs_enrolments_resume (RungsDb *db,
                         GArray  *stopped,
                         guint    first,
                         guint    n,
                         gint64   now,
                         GError **error)
{
  g_return_val_if_fail (stopped != NULL && first + n <= stopped->len, FALSE);

  for (guint i = first; i < first + n; i++)
    if (!resume (db, &g_array_index (stopped, RungsEnrolmentStop, i), now, error))
      return FALSE;
  return TRUE;
}
