/* rungs-enrolment-store.c: enters leads into sequences, takes them out, and lists who walks
 * where. */

#include "sequences/rungs-enrolment-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "mail/rungs-outbox.h"
#include "sequences/rungs-entrance.h"

static const char *const ANSWERS[] = { "ok",   "not-started", "active",     "reentry",
                                       "owns", "no-address",  "no-consent", "suppressed" };

static const char SQL_ACTIVE[] =
    "SELECT e.id FROM enrolment e"
    " WHERE e.lead = :lead AND e.outcome IS NULL AND (:sequence IS NULL OR e.sequence = :sequence)"
    " ORDER BY e.id";

#define ROW                                                                                        \
  "SELECT e.id, e.lead,"                                                                           \
  "   coalesce (nullif (trim (l.first_name || ' ' || l.last_name), ''), l.email, ''),"             \
  "   e.sequence, s.name, e.version, e.step, e.visit, e.due_at, e.waits_for, e.outcome, e.why,"    \
  "   e.entered_at, e.arrived_at, e.ended_at"                                                      \
  "  FROM enrolment e JOIN lead l ON l.id = e.lead JOIN sequence s ON s.id = e.sequence"

static const char SQL_OF_LEAD[] =
    ROW " WHERE e.lead = :lead ORDER BY e.outcome IS NOT NULL, e.entered_at DESC, e.id DESC";

static const char SQL_OF_SEQUENCE[] =
    ROW " WHERE e.sequence = :sequence AND e.outcome IS NULL AND e.id > :after"
        " ORDER BY e.id LIMIT :limit";

static const char SQL_AT_STEP[] =
    ROW " WHERE e.sequence = :sequence AND e.step = :step AND e.outcome IS NULL AND e.id > :after"
        " ORDER BY e.id LIMIT :limit";

static const char SQL_HISTORY[] = "SELECT w.visit, w.step, w.at, w.result FROM enrolment_step w"
                                  " WHERE w.enrolment = :id ORDER BY w.visit";

const char *
rungs_enrol_answer_to_text (RungsEnrolAnswer answer)
{
  g_return_val_if_fail ((guint) answer < G_N_ELEMENTS (ANSWERS), NULL);

  return ANSWERS[answer];
}

gboolean
rungs_enrolment_check (RungsDb           *db,
                       gint64             lead,
                       gint64             sequence,
                       gint64             now,
                       RungsEnrolAnswer  *answer,
                       GError           **error)
{
  g_autoptr (RungsEntrance) entrance = rungs_entrance_load (db, sequence, error);

  return entrance != NULL && rungs_entrance_ask (entrance, db, lead, FALSE, now, answer, error);
}

gboolean
rungs_enrolment_add (RungsDb           *db,
                     gint64             lead,
                     gint64             sequence,
                     const char        *why,
                     gint64             now,
                     RungsEnrolAnswer  *answer,
                     GError           **error)
{
  g_autoptr (RungsEntrance) entrance = rungs_entrance_load (db, sequence, error);

  g_return_val_if_fail (why != NULL, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  return entrance != NULL
         && rungs_entrance_enter (entrance, db, lead, FALSE, why, now, answer, error);
}

static GArray *
load_active (RungsDb  *db,
             gint64    lead,
             gint64    sequence,
             GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ACTIVE, error);
  g_autoptr (GArray) enrolments = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_id (query, ":sequence", sequence);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);

      g_array_append_val (enrolments, id);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&enrolments) : NULL;
}

gboolean
rungs_enrolment_stop (RungsDb     *db,
                      gint64       lead,
                      gint64       sequence,
                      const char  *why,
                      gint64       now,
                      gint64      *stopped,
                      GError     **error)
{
  g_autoptr (GArray) enrolments = load_active (db, lead, sequence, error);

  g_return_val_if_fail (why != NULL, FALSE);

  if (enrolments == NULL)
    return FALSE;
  for (guint i = 0; i < enrolments->len; i++)
    if (!rungs_enrolment_end (db, g_array_index (enrolments, gint64, i), lead, "stopped", why,
                              RUNGS_OUTBOX_LEFT, now, error))
      return FALSE;
  if (stopped != NULL)
    *stopped = enrolments->len;
  return TRUE;
}

void
rungs_enrolment_free (RungsEnrolment *self)
{
  if (self == NULL)
    return;
  g_free (self->lead_name);
  g_free (self->sequence_name);
  g_free (self->step);
  g_free (self->waits_for);
  g_free (self->outcome);
  g_free (self->why);
  g_free (self);
}

static gpointer
enrolment_from_row (RungsStatement *row)
{
  RungsEnrolment *self = g_new0 (RungsEnrolment, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->lead = rungs_statement_get_int64 (row, 1);
  self->lead_name = rungs_statement_dup_text (row, 2);
  self->sequence = rungs_statement_get_int64 (row, 3);
  self->sequence_name = rungs_statement_dup_text (row, 4);
  self->version = rungs_statement_get_int64 (row, 5);
  self->step = rungs_statement_dup_text (row, 6);
  self->visit = rungs_statement_get_int64 (row, 7);
  self->due_at = rungs_statement_get_int64 (row, 8);
  self->waits_for = rungs_statement_dup_text (row, 9);
  self->outcome = rungs_statement_dup_text (row, 10);
  self->why = rungs_statement_dup_text (row, 11);
  self->entered_at = rungs_statement_get_int64 (row, 12);
  self->arrived_at = rungs_statement_get_int64 (row, 13);
  self->ended_at = rungs_statement_get_int64 (row, 14);
  return self;
}

static GPtrArray *
read_enrolments (RungsStatement  *query,
                 GError         **error)
{

  return rungs_record_list (query, enrolment_from_row, (GDestroyNotify) rungs_enrolment_free,
                            error);
}

GPtrArray *
rungs_enrolment_list_of_lead (RungsDb  *db,
                              gint64    lead,
                              GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_OF_LEAD, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  return read_enrolments (query, error);
}

GPtrArray *
rungs_enrolment_list_at_step (RungsDb     *db,
                              gint64       sequence,
                              const char  *step,
                              gint64       after,
                              guint        limit,
                              GError     **error)
{
  g_autoptr (RungsStatement) query =
      rungs_db_prepare (db, step ? SQL_AT_STEP : SQL_OF_SEQUENCE, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":sequence", sequence);
  if (step != NULL)
    rungs_statement_bind_text (query, ":step", step);
  rungs_statement_bind_int64 (query, ":after", after);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return read_enrolments (query, error);
}

void
rungs_enrolment_step_free (RungsEnrolmentStep *self)
{
  if (self == NULL)
    return;
  g_free (self->step);
  g_free (self->result);
  g_free (self);
}

GPtrArray *
rungs_enrolment_history (RungsDb  *db,
                         gint64    enrolment,
                         GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HISTORY, error);
  g_autoptr (GPtrArray) steps =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_enrolment_step_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", enrolment);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsEnrolmentStep *step = g_new0 (RungsEnrolmentStep, 1);

      step->visit = rungs_statement_get_int64 (query, 0);
      step->step = rungs_statement_dup_text (query, 1);
      step->at = rungs_statement_get_int64 (query, 2);
      step->result = rungs_statement_dup_text (query, 3);
      g_ptr_array_add (steps, step);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&steps) : NULL;
}
