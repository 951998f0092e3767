/* rungs-entrance-store.c: who may enter a sequence, and entering. */

#include "sequences/rungs-entrance.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-ownership-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-outbox-store.h"

/* How soon a lead can enter the same sequence again by itself. */
#define AUTOMATIC_PAUSE RUNGS_HOUR

static const char SQL_SEQUENCE[] =
    "SELECT s.version, s.sells, s.state, s.name FROM sequence s WHERE s.id = :id";

static const char SQL_MESSAGE[] = "SELECT m.kind = 'marketing' FROM message m WHERE m.name = :name";

static const char SQL_STANDING[] =
    "SELECT (SELECT count(*) FROM enrolment e"
    "         WHERE e.lead = l.id AND e.sequence = :sequence AND e.outcome IS NULL),"
    "       (SELECT max (e.ended_at) FROM enrolment e"
    "         WHERE e.lead = l.id AND e.sequence = :sequence AND e.outcome IS NOT NULL),"
    "       (SELECT max (e.entered_at) FROM enrolment e"
    "         WHERE e.lead = l.id AND e.sequence = :sequence),"
    "       l.email, l.bounced_at"
    "  FROM lead l WHERE l.id = :lead";

static const char SQL_ENTER[] =
    "INSERT INTO enrolment (lead, sequence, version, step, due_at, why, entered_at, arrived_at)"
    " VALUES (:lead, :sequence, :version, :step, :now, :why, :now, :now)";

/* The same questions as ask_in_order(), of all hits at once. :ended_after and :entered_after are
 * the instants after which an earlier walk stands in the way. Orders that an import brings are
 * history, unless it says that sequences begin with them. */
static const char SQL_ENTER_HITS[] =
    "INSERT INTO enrolment (lead, sequence, version, step, due_at, why, entered_at, arrived_at)"
    " SELECT h.lead, :sequence, :version, :step, :now, 'event:' || min (h.event), :now, :now"
    "   FROM temp.hit h JOIN lead l ON l.id = h.lead"
    "  WHERE NOT EXISTS (SELECT 1 FROM event v JOIN order_import o ON o.run = v.run"
    "                     WHERE v.id = h.event AND NOT o.starts)"
    "    AND (:mails = 0 OR (coalesce (l.email, '') <> '' AND l.bounced_at IS NULL))"
    "    AND NOT EXISTS (SELECT 1 FROM enrolment e"
    "                     WHERE e.lead = h.lead AND e.sequence = :sequence"
    "                       AND (e.outcome IS NULL OR e.ended_at > :ended_after"
    "                            OR e.entered_at > :entered_after))"
    "    AND (:sells IS NULL"
    "         OR NOT EXISTS (SELECT 1 FROM owned w"
    "                         WHERE w.lead = h.lead AND +w.product = :sells"
    "                           AND (w.paid_until IS NULL OR w.paid_until > :now)))"
    "    AND (:marketing = 0"
    "         OR coalesce ((SELECT c.action = 'given' FROM consent c"
    "                        WHERE c.lead = h.lead AND c.purpose = 'marketing'"
    "                          AND c.channel = 'email' AND c.action <> 'annulled'"
    "                          AND NOT EXISTS (SELECT 1 FROM consent a"
    "                                           WHERE a.lead = c.lead AND a.purpose = c.purpose"
    "                                             AND a.channel = c.channel AND a.annuls = c.id)"
    "                        ORDER BY c.id DESC LIMIT 1), 0))"
    "  GROUP BY h.lead";

static const char SQL_NEWEST[] = "SELECT coalesce (max (id), 0) FROM enrolment";

static const char SQL_TELL_ENTERED[] = "INSERT INTO event (lead, kind, at, ref, detail)"
                                       " SELECT e.lead, 'sequence.entered', :now, e.id, :name"
                                       "   FROM enrolment e WHERE e.id > :newest ORDER BY e.id";

static const char SQL_END[] =
    "UPDATE enrolment"
    "   SET outcome = :outcome, why = :why, due_at = NULL, waits_for = NULL, held_by = NULL,"
    "       ended_at = :now"
    " WHERE id = :id AND outcome IS NULL";

void
rungs_entrance_free (RungsEntrance *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->start);
  g_free (self);
}

gboolean
rungs_graph_look_at_messages (RungsGraph  *graph,
                              RungsDb     *db,
                              gboolean    *mails,
                              gboolean    *marketing,
                              GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_MESSAGE, error);

  if (query == NULL)
    return FALSE;
  *mails = FALSE;
  *marketing = FALSE;
  for (guint i = 0; i < graph->steps->len && !*marketing; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (graph->steps, i);
      gint64 answer = 0;

      if (step->kind != RUNGS_GRAPH_MESSAGE)
        continue;
      rungs_statement_bind_text (query, ":name", step->message);
      if (!rungs_statement_get_number (query, 0, &answer, error))
        return FALSE;
      *mails = TRUE;
      *marketing = answer != 0;
    }
  return TRUE;
}

static gboolean
load_sequence (RungsEntrance  *self,
               RungsDb        *db,
               gint64          sequence,
               GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SEQUENCE, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", sequence);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no such sequence"));
  if (step != RUNGS_ROW)
    return FALSE;

  self->sequence = sequence;
  self->version = rungs_statement_get_int64 (query, 0);
  self->sells = rungs_statement_get_int64 (query, 1);
  self->state = rungs_sequence_state_from_text (rungs_statement_get_text (query, 2));
  self->name = rungs_statement_dup_text (query, 3);
  return TRUE;
}

RungsEntrance *
rungs_entrance_load (RungsDb  *db,
                     gint64    sequence,
                     GError  **error)
{
  g_autoptr (RungsEntrance) self = g_new0 (RungsEntrance, 1);
  g_autoptr (RungsGraph) graph = NULL;

  if (!load_sequence (self, db, sequence, error))
    return NULL;
  if (self->version == 0) /* nothing is published: nobody enters */
    return g_steal_pointer (&self);
  graph = rungs_sequence_load_graph (db, self->version, error);
  if (graph == NULL
      || !rungs_graph_look_at_messages (graph, db, &self->mails, &self->marketing, error))
    return NULL;
  self->start = g_strdup (graph->start);
  self->reentry = graph->reentry;
  self->reentry_days = graph->reentry_days;
  return g_steal_pointer (&self);
}

/* What the file says about a lead and the sequence. */
typedef struct
{
  gboolean active;
  gboolean walked;
  gint64 ended_at;   /* of the last walk that ended */
  gint64 entered_at; /* of the last walk; G_MININT64: never */
  char *email;       /* (owned) (nullable) */
  gboolean bounced;
} Standing;

static gboolean
load_standing (RungsEntrance  *self,
               RungsDb        *db,
               gint64          lead,
               Standing       *standing,
               GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_STANDING, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":sequence", self->sequence);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no such lead"));
  if (step != RUNGS_ROW)
    return FALSE;

  standing->active = rungs_statement_get_int64 (query, 0) != 0;
  standing->walked = !rungs_statement_is_null (query, 1);
  standing->ended_at = rungs_statement_get_int64 (query, 1);
  standing->entered_at =
      rungs_statement_is_null (query, 2) ? G_MININT64 : rungs_statement_get_int64 (query, 2);
  standing->email = rungs_statement_dup_text (query, 3);
  standing->bounced = !rungs_statement_is_null (query, 4);
  return TRUE;
}

/* An earlier walk that ended after this stands in the way. */
static gint64
ended_after (RungsEntrance *self,
             gint64         now)
{
  switch (self->reentry)
    {
    case RUNGS_GRAPH_AFTER_END:
      return G_MAXINT64;
    case RUNGS_GRAPH_AFTER_DAYS:
      return now - self->reentry_days * RUNGS_DAY;
    case RUNGS_GRAPH_NEVER:
    default:
      return G_MININT64;
    }
}

/* In this order; the first that says no is the answer. */
static const RungsEnrolAnswer QUESTIONS[RUNGS_ENTRANCE_QUESTIONS] = {
  RUNGS_ENROL_NOT_STARTED, RUNGS_ENROL_ACTIVE,     RUNGS_ENROL_OWNS,       RUNGS_ENROL_REENTRY,
  RUNGS_ENROL_NO_ADDRESS,  RUNGS_ENROL_SUPPRESSED, RUNGS_ENROL_NO_CONSENT,
};

/* What is asked about. */
typedef struct
{
  RungsDb *db;
  gint64 lead;
  Standing standing;
  gboolean automatic;
  gint64 now;
} Asking;

static gboolean
ask_suppression (const RungsEntrance  *self,
                 const Asking         *asking,
                 gboolean             *no,
                 GError              **error)
{
  const char *email = asking->standing.email;
  RungsSuppressed suppressed = RUNGS_SUPPRESSED_NOT;

  if (self->mails && email != NULL && *email != '\0'
      && !rungs_suppression_check (asking->db, email, &suppressed, error))
    return FALSE;
  *no = suppressed != RUNGS_SUPPRESSED_NOT;
  return TRUE;
}

static gboolean
ask_consent (const RungsEntrance  *self,
             const Asking         *asking,
             gboolean             *no,
             GError              **error)
{
  RungsConsentState consent = RUNGS_CONSENT_GIVEN;

  if (self->marketing
      && !rungs_consent_state (asking->db, asking->lead, RUNGS_PURPOSE_MARKETING,
                               RUNGS_CHANNEL_EMAIL, &consent, error))
    return FALSE;
  *no = consent != RUNGS_CONSENT_GIVEN;
  return TRUE;
}

static gboolean
has_address (const Standing *standing)
{
  return !standing->bounced && standing->email != NULL && *standing->email != '\0';
}

static gboolean
stands_in_the_way (RungsEntrance *self,
                   const Asking  *asking)
{
  const Standing *standing = &asking->standing;

  return (standing->walked && standing->ended_at > ended_after (self, asking->now))
         || (asking->automatic && standing->entered_at > asking->now - AUTOMATIC_PAUSE);
}

/* Whether the question says no. */
static gboolean
ask (RungsEntrance     *self,
     const Asking      *asking,
     RungsEnrolAnswer   question,
     gboolean          *no,
     GError           **error)
{
  *no = FALSE;
  switch (question)
    {
    case RUNGS_ENROL_NOT_STARTED:
      *no = self->state == RUNGS_SEQUENCE_DRAFT;
      return TRUE;
    case RUNGS_ENROL_ACTIVE:
      *no = asking->standing.active;
      return TRUE;
    case RUNGS_ENROL_OWNS:
      return self->sells == 0
             || rungs_ownership_has (asking->db, asking->lead, self->sells, asking->now, no,
                                     error);
    case RUNGS_ENROL_REENTRY:
      *no = stands_in_the_way (self, asking);
      return TRUE;
    case RUNGS_ENROL_NO_ADDRESS:
      *no = self->mails && !has_address (&asking->standing);
      return TRUE;
    case RUNGS_ENROL_SUPPRESSED:
      return ask_suppression (self, asking, no, error);
    case RUNGS_ENROL_NO_CONSENT:
      return ask_consent (self, asking, no, error);
    case RUNGS_ENROL_OK:
    default:
      return TRUE;
    }
}

static gboolean
ask_in_order (RungsEntrance     *self,
              const Asking      *asking,
              RungsEnrolAnswer  *answer,
              GError           **error)
{
  *answer = RUNGS_ENROL_OK;
  for (guint i = 0; i < RUNGS_ENTRANCE_QUESTIONS && *answer == RUNGS_ENROL_OK; i++)
    {
      gboolean no;

      if (!ask (self, asking, QUESTIONS[i], &no, error))
        return FALSE;
      if (no)
        *answer = QUESTIONS[i];
    }
  return TRUE;
}

RungsEnrolAnswer
rungs_entrance_question (guint place)
{
  g_return_val_if_fail (place < RUNGS_ENTRANCE_QUESTIONS, RUNGS_ENROL_OK);

  return QUESTIONS[place];
}

gboolean
rungs_entrance_ask_one (RungsEntrance     *self,
                        RungsDb           *db,
                        gint64             lead,
                        RungsEnrolAnswer   question,
                        gint64             now,
                        gboolean          *no,
                        GError           **error)
{
  Asking asking = { .db = db, .lead = lead, .now = now };
  gboolean asked;

  g_return_val_if_fail (no != NULL, FALSE);

  asked = load_standing (self, db, lead, &asking.standing, error)
          && ask (self, &asking, question, no, error);
  g_free (asking.standing.email);
  return asked;
}

gboolean
rungs_entrance_ask (RungsEntrance     *self,
                    RungsDb           *db,
                    gint64             lead,
                    gboolean           automatic,
                    gint64             now,
                    RungsEnrolAnswer  *answer,
                    GError           **error)
{
  Asking asking = { .db = db, .lead = lead, .automatic = automatic, .now = now };
  gboolean asked;

  g_return_val_if_fail (answer != NULL, FALSE);

  asked = load_standing (self, db, lead, &asking.standing, error)
          && ask_in_order (self, &asking, answer, error);
  g_free (asking.standing.email);
  return asked;
}

gboolean
rungs_entrance_enter (RungsEntrance     *self,
                      RungsDb           *db,
                      gint64             lead,
                      gboolean           automatic,
                      const char        *why,
                      gint64             now,
                      RungsEnrolAnswer  *answer,
                      GError           **error)
{
  g_autoptr (RungsStatement) insert = NULL;

  if (!rungs_entrance_ask (self, db, lead, automatic, now, answer, error))
    return FALSE;
  if (*answer != RUNGS_ENROL_OK)
    return TRUE;

  insert = rungs_db_prepare (db, SQL_ENTER, error);
  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":lead", lead);
  rungs_statement_bind_int64 (insert, ":sequence", self->sequence);
  rungs_statement_bind_int64 (insert, ":version", self->version);
  rungs_statement_bind_text (insert, ":step", self->start);
  rungs_statement_bind_text (insert, ":why", why);
  rungs_statement_bind_int64 (insert, ":now", now);
  return rungs_statement_run (insert, error)
         && rungs_event_add (db, lead, RUNGS_EVENT_SEQUENCE_ENTERED, now, rungs_db_get_last_id (db),
                             self->name, error)
                != 0;
}

static gboolean
tell_entered (RungsEntrance  *self,
              RungsDb        *db,
              gint64          newest,
              gint64          now,
              GError        **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_TELL_ENTERED, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":newest", newest);
  rungs_statement_bind_int64 (insert, ":now", now);
  rungs_statement_bind_text (insert, ":name", self->name);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_entrance_enter_hits (RungsEntrance  *self,
                           RungsDb        *db,
                           gint64          now,
                           gint64         *entered,
                           GError        **error)
{
  g_autoptr (RungsStatement) newest = rungs_db_prepare (db, SQL_NEWEST, error);
  g_autoptr (RungsStatement) insert = newest ? rungs_db_prepare (db, SQL_ENTER_HITS, error) : NULL;
  gint64 before;

  if (insert == NULL || !rungs_statement_get_number (newest, 0, &before, error))
    return FALSE;
  rungs_statement_bind_int64 (insert, ":sequence", self->sequence);
  rungs_statement_bind_int64 (insert, ":version", self->version);
  rungs_statement_bind_text (insert, ":step", self->start);
  rungs_statement_bind_int64 (insert, ":now", now);
  rungs_statement_bind_int64 (insert, ":mails", self->mails);
  rungs_statement_bind_int64 (insert, ":marketing", self->marketing);
  rungs_statement_bind_id (insert, ":sells", self->sells);
  rungs_statement_bind_int64 (insert, ":ended_after", ended_after (self, now));
  rungs_statement_bind_int64 (insert, ":entered_after", now - AUTOMATIC_PAUSE);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  *entered = rungs_db_get_changes (db);
  return *entered == 0 || tell_entered (self, db, before, now, error);
}

gboolean
rungs_enrolment_end (RungsDb     *db,
                     gint64       enrolment,
                     gint64       lead,
                     const char  *outcome,
                     const char  *why,
                     const char  *withhold,
                     gint64       now,
                     GError     **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_END, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", enrolment);
  rungs_statement_bind_text (update, ":outcome", outcome);
  rungs_statement_bind_text (update, ":why", why);
  rungs_statement_bind_int64 (update, ":now", now);
  if (!rungs_statement_run (update, error))
    return FALSE;
  if (rungs_db_get_changes (db) == 0)
    return TRUE;
  return (withhold == NULL
          || rungs_outbox_withhold_enrolment (db, enrolment, withhold, now, NULL, error))
         && rungs_event_add (db, lead, RUNGS_EVENT_SEQUENCE_LEFT, now, enrolment, outcome, error)
                != 0;
}
