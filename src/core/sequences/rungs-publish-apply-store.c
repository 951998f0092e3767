/* rungs-publish-apply-store.c: publishes a draft.
 *
 * Each group is a few statements, however many leads are in it. What each lead stood like before is
 * written into its row by the same statement that moves it, so that undoing is a few statements
 * too. Where a changed wait ends is another instant for each, by the day they arrived and their
 * time zone: that is computed here and handed back to the file as lists, a part of the group at a
 * time. */

#include "sequences/rungs-publish-private.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-event-store.h"
#include "mail/rungs-outbox.h"
#include "sequences/rungs-graph-private.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-private.h"

/* How many leads a list has at most. */
#define LIST_LENGTH 20000

static const char SQL_RECORD[] =
  "INSERT INTO sequence_publish (sequence, version, before, name, draft, published_at)"
  " SELECT s.id, :version, :before, :name,"
  "        json_array (d.graph, d.based_on, d.created_at, d.updated_at), :now"
  "   FROM sequence s JOIN sequence_draft d ON d.sequence = s.id WHERE s.id = :id"
  " RETURNING id";

static const char SQL_RENAME[] = "UPDATE sequence SET name = :name WHERE id = :id";

/* How a row stands, put before how it stood earlier. */
#define REMEMBER(visit_now, waits_for_now)                                                         \
  "moved_by = :publish,"                                                                           \
  " stood = '[' || json_object ('publish', :publish, 'version', version, 'step', step,"            \
  "   'visit', visit, 'due_at', due_at, 'waits_for', waits_for, 'arrived_at', arrived_at,"         \
  "   'in_front', in_front, 'why', why, 'now_visit', " visit_now ", 'now_waits_for', "             \
  waits_for_now ") || CASE WHEN stood IS NULL THEN ']' ELSE ',' || substr (stood, 2) END"

#define IN_GROUP                                                                                   \
  " WHERE sequence = :sequence AND step = :step AND outcome IS NULL AND version = :version"        \
  "   AND CASE WHEN visit = 0 THEN 2 ELSE in_front END = :place"

static const char SQL_STAY[] =
  "UPDATE enrolment SET " REMEMBER ("visit", "waits_for") ", version = :new, step = :target"
  IN_GROUP;

static const char SQL_GO[] =
  "UPDATE enrolment SET " REMEMBER ("visit", "NULL") ", version = :new, step = :target,"
  "       in_front = 1, due_at = :now, waits_for = NULL"
  IN_GROUP;

static const char SQL_END[] =
  "UPDATE enrolment SET " REMEMBER ("visit", "NULL") ", outcome = :outcome,"
  "       why = 'publish:' || :publish, ended_at = :now, due_at = NULL, waits_for = NULL"
  IN_GROUP;

static const char SQL_STANDING[] =
  "SELECT e.id, e.due_at, e.arrived_at, e.waits_for IS NULL, l.zone"
  "  FROM enrolment e JOIN lead l ON l.id = e.lead"
  " WHERE e.sequence = :sequence AND e.step = :step AND e.outcome IS NULL AND e.version = :version"
  "   AND e.visit > 0 AND e.in_front = 0";

/* Of a list of [enrolment, due, woken]. */
#define DUE_OF                                                                                     \
  " FROM (SELECT value ->> 0 AS enrolment, value ->> 1 AS due, value ->> 2 AS woken"               \
  "         FROM json_each (:dues)) j"                                                             \
  " WHERE enrolment.id = j.enrolment"

#define WAITS_FOR "CASE WHEN j.woken THEN NULL ELSE :waits_for END"

static const char SQL_WAIT_HERE[] =
  "UPDATE enrolment SET " REMEMBER ("visit", WAITS_FOR) ", version = :new,"
  "       due_at = j.due, waits_for = " WAITS_FOR
  DUE_OF;

/* A new stay: at another step, or from now on. */
static const char SQL_WAIT_ANEW[] =
  "UPDATE enrolment SET " REMEMBER ("visit + 1", WAITS_FOR) ", version = :new, step = :target,"
  "       visit = visit + 1, due_at = j.due, waits_for = " WAITS_FOR ","
  "       arrived_at = CASE WHEN :again THEN :now ELSE arrived_at END"
  DUE_OF;

#define MOVED " e.moved_by = :publish AND (e.stood ->> '$[0].publish') = :publish"

/* The history of those who left the step where they stood says so. */
static const char SQL_NOTE_LEFT[] =
  "UPDATE enrolment_step SET result = 'edited'"
  "  FROM (SELECT e.id AS enrolment, e.stood ->> '$[0].visit' AS visit FROM enrolment e"
  "         WHERE" MOVED
  "           AND (e.outcome IS NOT NULL OR e.in_front = 1"
  "                OR e.visit > (e.stood ->> '$[0].visit'))) j"
  " WHERE enrolment_step.enrolment = j.enrolment AND enrolment_step.visit = j.visit"
  "   AND enrolment_step.result = ''";

static const char SQL_NOTE_STAY[] =
  "INSERT INTO enrolment_step (enrolment, visit, step, at, result)"
  " SELECT e.id, e.visit, e.step, :now, '' FROM enrolment e"
  "  WHERE" MOVED " AND e.outcome IS NULL AND e.visit > (e.stood ->> '$[0].visit')";

static const char SQL_TELL_LEFT[] =
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT e.lead, :kind, :now, e.id, e.outcome FROM enrolment e"
  "  WHERE" MOVED " AND e.outcome IS NOT NULL ORDER BY e.id";

/* Whose walk goes on from elsewhere, or at another time. */
static const char SQL_TELL_MOVED[] =
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT e.lead, :kind, :now, e.id, s.name"
  "   FROM enrolment e JOIN sequence s ON s.id = e.sequence"
  "  WHERE" MOVED " AND e.outcome IS NULL AND" RUNGS_PUBLISH_STANDS_OTHERWISE " ORDER BY e.id";

/* What may not leave any more: of those whose walk was ended, and of steps that send nothing. */
#define WITHHELD                                                                                   \
  "(SELECT o.id AS id, o.lead AS lead,"                                                            \
  "        CASE WHEN e.moved_by = :publish AND e.outcome = 'stopped'"                              \
  "               AND e.why = 'publish:' || :publish THEN 'left' ELSE 'edited' END AS reason"      \
  "   FROM outbox o JOIN enrolment e ON e.id = o.enrolment"                                        \
  "  WHERE o.state = 'planned' AND e.sequence = :sequence"                                         \
  "    AND ((e.moved_by = :publish AND e.outcome = 'stopped' AND e.why = 'publish:' || :publish)"  \
  "         OR ((e.moved_by = :publish OR (e.outcome IS NOT NULL AND e.version = :before))"        \
  "             AND o.step NOT IN (SELECT k.value FROM json_each (:kept) k))))"

static const char SQL_RECORD_WITHHELD[] =
  "UPDATE sequence_publish SET withheld = (SELECT json_group_array (w.id) FROM " WITHHELD " w)"
  " WHERE id = :publish";

static const char SQL_TELL_WITHHELD[] =
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT w.lead, :kind, :now, w.id, w.reason FROM " WITHHELD " w ORDER BY w.id";

static const char SQL_WITHHOLD[] =
  "UPDATE outbox SET state = 'withheld', reason = w.reason, ended_at = :now"
  "  FROM " WITHHELD " w WHERE outbox.id = w.id";

/* What is on its way sells what the sequence sells now. */
static const char SQL_SELL[] =
  "UPDATE outbox SET sells = (SELECT s.sells FROM sequence s WHERE s.id = :sequence)"
  " WHERE state = 'planned'"
  "   AND enrolment IN (SELECT e.id FROM enrolment e WHERE" MOVED " AND e.outcome IS NULL)";

/* What publishing shares. */
typedef struct
{
  RungsDb *db;
  const RungsPublishPlan *plan;
  gint64 publish; /* id of the record */
  gint64 version; /* of the new one */
  gint64 now;
  RungsPublishWait wait;
} Publishing;

static void
list_free (gpointer list)
{
  g_string_free (list, TRUE);
}

/* Runs the statement with those of the values that it has parameters for. */
static gboolean
run (Publishing               *self,
     const char               *sql,
     const RungsPublishGroup  *group,
     const RungsPublishWay    *way,
     GError                  **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_int64 (statement, ":publish", self->publish);
  rungs_statement_bind_int64 (statement, ":sequence", self->plan->sequence);
  rungs_statement_bind_text (statement, ":step", group->step);
  rungs_statement_bind_int64 (statement, ":version", group->version);
  rungs_statement_bind_int64 (statement, ":place", group->place);
  if (rungs_statement_has (statement, ":new"))
    rungs_statement_bind_int64 (statement, ":new", self->version);
  if (rungs_statement_has (statement, ":target"))
    rungs_statement_bind_text (statement, ":target", way->target);
  if (rungs_statement_has (statement, ":now"))
    rungs_statement_bind_int64 (statement, ":now", self->now);
  if (rungs_statement_has (statement, ":outcome"))
    rungs_statement_bind_text (statement, ":outcome",
                               way->fate == RUNGS_PUBLISH_END ? "stopped" : "finished");
  return rungs_statement_run (statement, error);
}

/* ---- changed waits */

static gboolean
put_dues (Publishing               *self,
          const RungsPublishGroup  *group,
          const RungsPublishWay    *way,
          GString                  *dues,
          GError                  **error)
{
  gboolean again = way->fate == RUNGS_PUBLISH_AGAIN;
  gboolean anew = again || !g_str_equal (way->target, group->step);
  g_autoptr (RungsStatement) update =
    rungs_db_prepare (self->db, anew ? SQL_WAIT_ANEW : SQL_WAIT_HERE, error);

  if (update == NULL)
    return FALSE;
  g_string_append_c (dues, ']');
  rungs_statement_bind_text (update, ":dues", dues->str);
  rungs_statement_bind_int64 (update, ":publish", self->publish);
  rungs_statement_bind_int64 (update, ":new", self->version);
  rungs_statement_bind_text (update, ":waits_for", rungs_graph_step_waits_for (self->wait.step));
  if (anew)
    {
      rungs_statement_bind_text (update, ":target", way->target);
      rungs_statement_bind_int64 (update, ":again", again);
      rungs_statement_bind_int64 (update, ":now", self->now);
    }
  g_string_assign (dues, "[");
  return rungs_statement_run (update, error);
}

static void
add_due (Publishing     *self,
         RungsStatement *row,
         gboolean        wakes,
         GString        *dues)
{
  gboolean woken = wakes && !self->wait.again && rungs_statement_get_int64 (row, 3) != 0;
  gint64 due = rungs_publish_wait_due (&self->wait, rungs_statement_get_int64 (row, 1),
                                       rungs_statement_get_int64 (row, 2), woken,
                                       rungs_statement_get_text (row, 4));

  g_string_append_printf (dues, "%s[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%d]",
                          dues->len > 1 ? "," : "", rungs_statement_get_int64 (row, 0), due, woken);
}

/* The query must be read to its end before its rows are written. */
static GPtrArray *
list_dues (Publishing               *self,
           const RungsPublishGroup  *group,
           GError                  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_STANDING, error);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (list_free);
  gboolean wakes = rungs_publish_step_wakes (rungs_graph_find (group->graph, group->step));

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":sequence", self->plan->sequence);
  rungs_statement_bind_int64 (query, ":version", group->version);
  rungs_statement_bind_text (query, ":step", group->step);
  for (guint n = 0; rungs_statement_step (query, error) == RUNGS_ROW; n++)
    {
      if (n % LIST_LENGTH == 0)
        g_ptr_array_add (lists, g_string_new ("["));
      add_due (self, query, wakes, g_ptr_array_index (lists, lists->len - 1));
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&lists) : NULL;
}

static gboolean
let_wait (Publishing               *self,
          const RungsPublishGroup  *group,
          const RungsPublishWay    *way,
          GError                  **error)
{
  g_autoptr (GPtrArray) lists = NULL;

  self->wait.step = rungs_graph_find (self->plan->graph, way->target);
  self->wait.again = way->fate == RUNGS_PUBLISH_AGAIN;
  self->wait.same = FALSE;
  lists = list_dues (self, group, error);
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    if (!put_dues (self, group, way, g_ptr_array_index (lists, i), error))
      return FALSE;
  return lists != NULL;
}

/* ---- groups */

static gboolean
move_group (Publishing               *self,
            const RungsPublishGroup  *group,
            GError                  **error)
{
  const RungsPublishWay *way = rungs_publish_group_get_way (group);

  switch (way->fate)
    {
    case RUNGS_PUBLISH_KEEP:
      return TRUE;
    case RUNGS_PUBLISH_END:
      return run (self, SQL_END, group, way, error);
    case RUNGS_PUBLISH_GO:
      return run (self, way->target != NULL ? SQL_GO : SQL_END, group, way, error);
    case RUNGS_PUBLISH_CONTINUE:
      if (group->place == RUNGS_PUBLISH_NOT_BEGUN || group->change == RUNGS_PUBLISH_SAME)
        return run (self, SQL_STAY, group, way, error);
      return let_wait (self, group, way, error);
    case RUNGS_PUBLISH_AGAIN:
    default:
      return let_wait (self, group, way, error);
    }
}

static gboolean
run_for_all (Publishing  *self,
             const char  *sql,
             const char  *kind,
             GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (self->db, sql, error);
  g_autofree char *kept = NULL;

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_int64 (statement, ":publish", self->publish);
  if (rungs_statement_has (statement, ":now"))
    rungs_statement_bind_int64 (statement, ":now", self->now);
  if (rungs_statement_has (statement, ":kind"))
    rungs_statement_bind_text (statement, ":kind", kind);
  if (rungs_statement_has (statement, ":sequence"))
    rungs_statement_bind_int64 (statement, ":sequence", self->plan->sequence);
  if (rungs_statement_has (statement, ":before"))
    rungs_statement_bind_id (statement, ":before", self->plan->version);
  if (rungs_statement_has (statement, ":kept"))
    {
      kept = rungs_publish_message_steps (self->plan->graph);
      rungs_statement_bind_text (statement, ":kept", kept);
    }
  return rungs_statement_run (statement, error);
}

static gboolean
move_all (Publishing  *self,
          GError     **error)
{
  for (guint i = 0; i < self->plan->groups->len; i++)
    if (!move_group (self, g_ptr_array_index (self->plan->groups, i), error))
      return FALSE;
  return run_for_all (self, SQL_NOTE_LEFT, NULL, error)
         && run_for_all (self, SQL_NOTE_STAY, NULL, error)
         && run_for_all (self, SQL_TELL_LEFT, RUNGS_EVENT_SEQUENCE_LEFT, error)
         && run_for_all (self, SQL_TELL_MOVED, RUNGS_EVENT_SEQUENCE_MOVED, error)
         && run_for_all (self, SQL_RECORD_WITHHELD, NULL, error)
         && run_for_all (self, SQL_TELL_WITHHELD, RUNGS_EVENT_MAIL_WITHHELD, error)
         && run_for_all (self, SQL_WITHHOLD, NULL, error)
         && run_for_all (self, SQL_SELL, NULL, error);
}

/* ---- the version */

static gboolean
record (Publishing  *self,
        GError     **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (self->db, SQL_RECORD, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":id", self->plan->sequence);
  rungs_statement_bind_int64 (insert, ":version", self->version);
  rungs_statement_bind_id (insert, ":before", self->plan->version);
  rungs_statement_bind_text (insert, ":name", self->plan->name);
  rungs_statement_bind_int64 (insert, ":now", self->now);
  return rungs_statement_get_number (insert, 0, &self->publish, error);
}

static gboolean
rename_sequence (Publishing  *self,
                 GError     **error)
{
  g_autoptr (RungsStatement) update = NULL;

  if (g_str_equal (self->plan->graph->name, self->plan->name))
    return TRUE;
  update = rungs_db_prepare (self->db, SQL_RENAME, error);
  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", self->plan->sequence);
  rungs_statement_bind_text (update, ":name", self->plan->graph->name);
  return rungs_statement_run (update, error);
}

static gboolean
publish (Publishing  *self,
         GError     **error)
{
  const RungsPublishPlan *plan = self->plan;

  return rungs_sequence_put_version (self->db, plan->sequence, plan->draft, plan->graph, self->now,
                                     &self->version, error)
         && record (self, error) && rename_sequence (self, error) && move_all (self, error)
         && rungs_sequence_draft_discard (self->db, plan->sequence, error)
         && rungs_event_add (self->db, 0, RUNGS_EVENT_SEQUENCE_PUBLISHED, self->now, self->publish,
                             plan->graph->name, error)
                != 0;
}

/* ---- the choices */

static gboolean
is_same_group (const RungsPublishGroup *one,
               const RungsPublishGroup *other)
{
  return one->version == other->version && one->place == other->place
         && g_str_equal (one->step, other->step);
}

static void
take_choice (RungsPublishGroup      *group,
             const RungsPublishPlan *shown)
{
  for (guint i = 0; i < shown->groups->len; i++)
    {
      const RungsPublishGroup *other = g_ptr_array_index (shown->groups, i);

      if (is_same_group (group, other) && other->ways->len == group->ways->len)
        group->chosen = other->chosen;
    }
}

/* The draft decides which ways there are, so those of a group are the same in both. */
static gboolean
take_choices (RungsPublishPlan        *plan,
              const RungsPublishPlan  *shown,
              GError                 **error)
{
  if (shown == NULL)
    return TRUE;
  if (plan->version != shown->version || g_strcmp0 (plan->draft, shown->draft) != 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("“%s” was changed meanwhile: look at what happens once more"), plan->name);
      return FALSE;
    }
  for (guint i = 0; i < plan->groups->len; i++)
    take_choice (g_ptr_array_index (plan->groups, i), shown);
  return TRUE;
}

gboolean
rungs_publish_apply (RungsDb                 *db,
                     gint64                   sequence,
                     const RungsPublishPlan  *shown,
                     gint64                   now,
                     GError                 **error)
{
  g_autoptr (RungsPublishPlan) plan = rungs_publish_plan_load (db, sequence, now, error);
  g_autoptr (RungsZones) zones = NULL;
  Publishing publishing = { .db = db, .plan = plan, .now = now };

  if (plan == NULL || !take_choices (plan, shown, error) || !rungs_publish_plan_check (plan, error))
    return FALSE;
  zones = rungs_business_zones (db, error);
  publishing.wait = (RungsPublishWait){ .now = now, .zones = zones };
  return zones != NULL && publish (&publishing, error);
}
