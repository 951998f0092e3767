/* rungs-outbox-claim-store.c: claims messages for sending,
 * after a last look at whether they may leave.
 *
 * The checks, in this order; the first that says no is written down:
 *
 *   withheld   no address · bounced · suppressed · no consent (marketing) · owned · left the
 *              sequence · no text
 *   postponed  sequence paused · frequency cap (marketing) · sending window (marketing)
 *
 * A postponed message gets a later due time, so that it does not stand in the way of those behind
 * it. The limits of the account are counted from what the outbox says it sent, so that they hold
 * across restarts: within any second, hour and day no more leaves than they allow. */

#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-ownership-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-outbox-private.h"

#define PAUSED_LOOK (15 * RUNGS_MINUTE)
#define CANDIDATES_AT_ONCE 64

/* INDEXED BY is SQLite's own. Left to itself it takes the index of states,
 * and sorts all that is planned for each claim. */
static const char SQL_CANDIDATES[]
  = "SELECT o.id, o.lead, o.message, m.name, m.version, m.kind = 'marketing', o.sells,"
    "   o.message_id, l.email, l.bounced_at, o.enrolment, e.outcome, s.state"
    "  FROM outbox o INDEXED BY outbox_due"
    "  JOIN lead l ON l.id = o.lead JOIN message m ON m.id = o.message"
    "  LEFT JOIN enrolment e ON e.id = o.enrolment LEFT JOIN sequence s ON s.id = e.sequence"
    " WHERE o.state = 'planned' AND o.due_at <= :now ORDER BY o.due_at, o.id LIMIT :limit";

static const char SQL_CLAIM[]
    = "UPDATE outbox SET state = 'claimed', claimed_at = :now, account = :account, email = :email,"
      "   message_version = :version, attempts = attempts + 1, reason = '', reply = ''"
      " WHERE id = :id";

static const char SQL_MARKETING_SINCE[]
    = "SELECT o.ended_at FROM outbox o JOIN message m ON m.id = o.message"
      " WHERE o.lead = :lead AND o.state IN ('sent', 'doubt') AND o.ended_at > :since"
      "   AND m.kind = 'marketing' ORDER BY o.ended_at DESC LIMIT 1 OFFSET :cap - 1";

/* The message that must leave the last `span` before another may follow: the limit-th newest. */
static const char SQL_NTH_SINCE[]
    = "SELECT ended_at FROM outbox WHERE account = :account AND state IN ('sent', 'doubt')"
      "   AND ended_at > :since ORDER BY ended_at DESC LIMIT 1 OFFSET :n";
static const char SQL_COUNT_SINCE[]
    = "SELECT count (*) FROM (SELECT 1 FROM outbox WHERE account = :account"
      "   AND state IN ('sent', 'doubt') AND ended_at > :since LIMIT :limit)";
static const char SQL_COUNT_CLAIMED[]
    = "SELECT count (*) FROM outbox WHERE state = 'claimed' AND account = :account";

/* A planned message that is due, and what its checks go by. */
typedef struct
{
  RungsOutboxClaim *claim; /* (owned) (nullable) once it was claimed */
  char *message_name;
  char *given_email; /* (nullable) */
  gboolean bounced;
  gint64 enrolment;
  gboolean left;
  gboolean paused;
} Candidate;

/* What holds for all messages of a turn. */
typedef struct
{
  RungsDb *db;
  const RungsAccount *account;
  gint64 now;
  RungsBusiness *business;
  GTimeZone *zone; /* (nullable) until a check asked for it: GLib reads it from a file each time */
} Claiming;

/* A check's answer: neither withheld nor postponed is a yes. */
typedef struct
{
  const char *withheld;  /* (nullable): why */
  const char *postponed; /* (nullable): why … */
  gint64 until;          /* … and until when */
} Answer;

static void
candidate_free (Candidate *candidate)
{
  g_clear_pointer (&candidate->claim, rungs_outbox_claim_free);
  g_free (candidate->message_name);
  g_free (candidate->given_email);
  g_free (candidate);
}

void
rungs_outbox_claim_free (RungsOutboxClaim *self)
{
  g_free (self->email);
  g_free (self->message_id);
  g_free (self);
}

static Candidate *
candidate_from_row (RungsStatement *query)
{
  Candidate *candidate = g_new0 (Candidate, 1);
  RungsOutboxClaim *claim = g_new0 (RungsOutboxClaim, 1);
  const char *outcome = rungs_statement_get_text (query, 11);
  const char *state = rungs_statement_get_text (query, 12);

  claim->id = rungs_statement_get_int64 (query, 0);
  claim->lead = rungs_statement_get_int64 (query, 1);
  claim->message = rungs_statement_get_int64 (query, 2);
  claim->message_version = rungs_statement_get_int64 (query, 4);
  claim->marketing = rungs_statement_get_int64 (query, 5) != 0;
  claim->sells = rungs_statement_get_int64 (query, 6);
  claim->message_id = rungs_statement_dup_text (query, 7);
  candidate->claim = claim;
  candidate->message_name = rungs_statement_dup_text (query, 3);
  candidate->given_email = rungs_statement_dup_text (query, 8);
  candidate->bounced = !rungs_statement_is_null (query, 9);
  candidate->enrolment = rungs_statement_get_int64 (query, 10);
  /* what was planned before the walk ended by itself still leaves: only a broken-off walk withholds
   * (a goal that is reached from elsewhere has withheld it already) */
  candidate->left = outcome != NULL && strcmp (outcome, "finished") != 0
                    && strcmp (outcome, "exit") != 0 && strcmp (outcome, "goal") != 0;
  candidate->paused = state != NULL && strcmp (state, "live") != 0;
  return candidate;
}

static gboolean
load_candidates (RungsDb   *db,
                 gint64     now,
                 guint      limit,
                 GPtrArray *candidates,
                 GError   **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CANDIDATES, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":now", now);
  rungs_statement_bind_int64 (query, ":limit", limit);
  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    g_ptr_array_add (candidates, candidate_from_row (query));
  return step == RUNGS_DONE;
}

/* ---- the checks */

static gboolean
check_address (Claiming  *claiming,
               Candidate *candidate,
               Answer    *answer,
               GError   **error)
{
  RungsSuppressed suppressed = RUNGS_SUPPRESSED_NOT;

  if (candidate->given_email != NULL)
    candidate->claim->email = rungs_email_for_smtp (candidate->given_email, NULL);
  if (candidate->claim->email == NULL)
    answer->withheld = RUNGS_OUTBOX_NO_ADDRESS;
  else if (candidate->bounced)
    answer->withheld = RUNGS_OUTBOX_BOUNCED;
  else if (!rungs_suppression_check (claiming->db, candidate->given_email, &suppressed, error))
    return FALSE;
  if (suppressed != RUNGS_SUPPRESSED_NOT)
    answer->withheld = RUNGS_OUTBOX_SUPPRESSED;
  return TRUE;
}

static gboolean
check_consent (Claiming  *claiming,
               Candidate *candidate,
               Answer    *answer,
               GError   **error)
{
  RungsConsentState state = RUNGS_CONSENT_GIVEN;

  if (candidate->claim->marketing
      && !rungs_consent_state (claiming->db, candidate->claim->lead, RUNGS_PURPOSE_MARKETING,
                               RUNGS_CHANNEL_EMAIL, &state, error))
    return FALSE;
  if (state != RUNGS_CONSENT_GIVEN)
    answer->withheld = RUNGS_OUTBOX_NO_CONSENT;
  return TRUE;
}

static gboolean
check_ownership (Claiming  *claiming,
                 Candidate *candidate,
                 Answer    *answer,
                 GError   **error)
{
  gboolean owns = FALSE;

  if (candidate->claim->sells != 0
      && !rungs_ownership_has (claiming->db, candidate->claim->lead, candidate->claim->sells,
                               claiming->now, &owns, error))
    return FALSE;
  if (owns)
    answer->withheld = RUNGS_OUTBOX_OWNED;
  return TRUE;
}

static gboolean
check_sequence (Claiming  *claiming,
                Candidate *candidate,
                Answer    *answer,
                GError   **error)
{
  if (candidate->enrolment != 0 && candidate->left)
    answer->withheld = RUNGS_OUTBOX_LEFT;
  else if (candidate->claim->message_version == 0)
    answer->withheld = RUNGS_OUTBOX_NO_TEXT;
  else if (candidate->enrolment != 0 && candidate->paused)
    {
      answer->postponed = RUNGS_OUTBOX_PAUSED;
      answer->until = claiming->now + PAUSED_LOOK;
    }
  return TRUE;
}

static gboolean
check_cap (Claiming  *claiming,
           Candidate *candidate,
           Answer    *answer,
           GError   **error)
{
  RungsBusiness *business = claiming->business;
  g_autoptr (RungsStatement) query = NULL;
  gint64 span = business->cap_days * RUNGS_DAY;
  gint64 earliest = 0;

  if (!candidate->claim->marketing || business->cap_messages == 0)
    return TRUE;
  query = rungs_db_prepare (claiming->db, SQL_MARKETING_SINCE, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", candidate->claim->lead);
  rungs_statement_bind_int64 (query, ":since", claiming->now - span);
  rungs_statement_bind_int64 (query, ":cap", business->cap_messages);
  if (!rungs_statement_get_number (query, 0, &earliest, error))
    return FALSE;
  if (earliest != 0)
    {
      answer->postponed = RUNGS_OUTBOX_CAP;
      answer->until = earliest + span + 1;
    }
  return TRUE;
}

/* The minutes from `from` to `to`, which may span midnight. */
static gboolean
is_in_window (int minute,
              int from,
              int to)
{
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

static gboolean
check_window (Claiming  *claiming,
              Candidate *candidate,
              Answer    *answer,
              GError   **error)
{
  RungsBusiness *business = claiming->business;
  g_autoptr (GDateTime) local = NULL;
  int minute;

  if (!candidate->claim->marketing || business->window_from < 0)
    return TRUE;
  if (claiming->zone == NULL)
    claiming->zone = rungs_time_zone (business->zone);
  local = rungs_time_in_zone (claiming->now, claiming->zone);
  minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  if (!is_in_window (minute, business->window_from, business->window_to))
    {
      answer->postponed = RUNGS_OUTBOX_WINDOW;
      answer->until = rungs_time_next_minute_of_day (claiming->now, claiming->zone,
                                                     business->window_from, 0);
    }
  return TRUE;
}

typedef gboolean (*Check) (Claiming  *claiming,
                           Candidate *candidate,
                           Answer    *answer,
                           GError   **error);

static const Check CHECKS[] = { check_address,  check_consent, check_ownership,
                                check_sequence, check_cap,     check_window };

static gboolean
ask_all (Claiming  *claiming,
         Candidate *candidate,
         Answer    *answer,
         GError   **error)
{
  *answer = (Answer) { 0 };
  for (size_t i = 0; i < G_N_ELEMENTS (CHECKS); i++)
    {
      if (!CHECKS[i] (claiming, candidate, answer, error))
        return FALSE;
      if (answer->withheld != NULL || answer->postponed != NULL)
        return TRUE;
    }
  return TRUE;
}

/* ---- claiming */

static gboolean
write_claim (Claiming         *claiming,
             RungsOutboxClaim *claim,
             GError          **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (claiming->db, SQL_CLAIM, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":now", claiming->now);
  rungs_statement_bind_int64 (update, ":account", claiming->account->id);
  rungs_statement_bind_text (update, ":email", claim->email);
  rungs_statement_bind_int64 (update, ":version", claim->message_version);
  rungs_statement_bind_int64 (update, ":id", claim->id);
  return rungs_statement_run (update, error);
}

static gboolean
withhold (Claiming   *claiming,
          Candidate  *candidate,
          const char *reason,
          GError    **error)
{
  RungsOutboxEnd end = {
    .id = candidate->claim->id,
    .lead = candidate->claim->lead,
    .message_name = candidate->message_name,
    .state = RUNGS_OUTBOX_WITHHELD,
    .reason = reason,
  };

  return rungs_outbox_end (claiming->db, &end, claiming->now, error);
}

static gboolean
settle (Claiming        *claiming,
        Candidate       *candidate,
        GPtrArray       *claims,
        RungsOutboxTurn *turn,
        GError         **error)
{
  Answer answer;

  if (!ask_all (claiming, candidate, &answer, error))
    return FALSE;
  if (answer.withheld != NULL)
    {
      turn->withheld++;
      return withhold (claiming, candidate, answer.withheld, error);
    }
  if (answer.postponed != NULL)
    {
      turn->postponed++;
      return rungs_outbox_put_back (claiming->db, candidate->claim->id, answer.until,
                                    answer.postponed, NULL, FALSE, error);
    }
  if (!write_claim (claiming, candidate->claim, error))
    return FALSE;
  g_ptr_array_add (claims, g_steal_pointer (&candidate->claim));
  return TRUE;
}

/* ---- the account's limits */

/* How many more may leave within `span`, given that at most `limit` may; where none,
 * when the next may. */
static gboolean
room_in_span (Claiming *claiming,
              gint64    limit,
              gint64    span,
              gint64    claimed,
              gint64   *room,
              gint64   *next_at,
              GError  **error)
{
  g_autoptr (RungsStatement) count = rungs_db_prepare (claiming->db, SQL_COUNT_SINCE, error);
  g_autoptr (RungsStatement) nth = rungs_db_prepare (claiming->db, SQL_NTH_SINCE, error);
  gint64 used = 0, oldest = 0;

  if (limit == 0)
    return TRUE;
  if (count == NULL || nth == NULL)
    return FALSE;
  rungs_statement_bind_int64 (count, ":account", claiming->account->id);
  rungs_statement_bind_int64 (count, ":since", claiming->now - span);
  rungs_statement_bind_int64 (count, ":limit", limit);
  if (!rungs_statement_get_number (count, 0, &used, error))
    return FALSE;
  *room = MIN (*room, MAX (0, limit - used - claimed));
  if (*room > 0)
    return TRUE;

  rungs_statement_bind_int64 (nth, ":account", claiming->account->id);
  rungs_statement_bind_int64 (nth, ":since", claiming->now - span);
  rungs_statement_bind_int64 (nth, ":n", MAX (0, limit - 1 - claimed));
  if (!rungs_statement_get_number (nth, claiming->now, &oldest, error))
    return FALSE;
  *next_at = MAX (*next_at, MAX (oldest + span, claiming->now + 1));
  return TRUE;
}

static gboolean
room_of_account (Claiming *claiming,
                 gint64   *room,
                 gint64   *next_at,
                 GError  **error)
{
  const RungsAccount *account = claiming->account;
  g_autoptr (RungsStatement) query = NULL;
  gint64 claimed = 0;

  if (account->per_second == 0 && account->per_hour == 0 && account->per_day == 0)
    return TRUE;
  query = rungs_db_prepare (claiming->db, SQL_COUNT_CLAIMED, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":account", account->id);
  return rungs_statement_get_number (query, 0, &claimed, error)
         && room_in_span (claiming, account->per_second, RUNGS_SECOND, claimed, room, next_at,
                          error)
         && room_in_span (claiming, account->per_hour, RUNGS_HOUR, claimed, room, next_at, error)
         && room_in_span (claiming, account->per_day, RUNGS_DAY, claimed, room, next_at, error);
}

static gboolean
claim_up_to (Claiming        *claiming,
             guint            want,
             GPtrArray       *claims,
             RungsOutboxTurn *turn,
             GError         **error)
{
  guint before = claims->len;
  gboolean more = TRUE;

  while (more && claims->len - before < want)
    {
      g_autoptr (GPtrArray) candidates
          = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
      guint limit = MIN (want - (claims->len - before), CANDIDATES_AT_ONCE);

      if (!load_candidates (claiming->db, claiming->now, limit, candidates, error))
        return FALSE;
      for (guint i = 0; i < candidates->len; i++)
        if (!settle (claiming, g_ptr_array_index (candidates, i), claims, turn, error))
          return FALSE;
      more = candidates->len == limit;
    }
  return TRUE;
}

static gboolean
claim_within_limits (Claiming        *claiming,
                     guint            want,
                     GPtrArray       *claims,
                     RungsOutboxTurn *turn,
                     GError         **error)
{
  gint64 room = want;
  gint64 due = G_MAXINT64;

  turn->next_at = 0;
  if (claiming->account->paused_at == 0
      && (!room_of_account (claiming, &room, &turn->next_at, error)
          || (room > 0 && !claim_up_to (claiming, (guint) room, claims, turn, error))))
    return FALSE;
  if (!rungs_outbox_next_due (claiming->db, &due, error))
    return FALSE;
  turn->next_at = MAX (turn->next_at, due);
  return TRUE;
}

gboolean
rungs_outbox_claim (RungsDb            *db,
                    const RungsAccount *account,
                    guint               want,
                    gint64              now,
                    GPtrArray          *claims,
                    RungsOutboxTurn    *turn,
                    GError            **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  Claiming claiming = { .db = db, .account = account, .now = now, .business = business };
  gboolean claimed;

  if (business == NULL)
    return FALSE;
  claimed = claim_within_limits (&claiming, want, claims, turn, error);
  g_clear_pointer (&claiming.zone, g_time_zone_unref);
  return claimed;
}

typedef struct
{
  const RungsAccount *account;
  const RungsOutboxResult *results;
  guint n_results;
  guint want;
  gint64 now;
  GPtrArray *claims;
  RungsOutboxTurn *turn;
} Turning;

static gboolean
take_turn (RungsDb *db,
           gpointer data,
           GError **error)
{
  Turning *turning = data;

  return rungs_outbox_record (db, turning->results, turning->n_results, turning->now, turning->turn,
                              error)
         && rungs_outbox_claim (db, turning->account, turning->want, turning->now, turning->claims,
                                turning->turn, error);
}

gboolean
rungs_outbox_take_turn (RungsDb                 *db,
                        const RungsAccount      *account,
                        const RungsOutboxResult *results,
                        guint                    n_results,
                        guint                    want,
                        gint64                   now,
                        GPtrArray               *claims,
                        RungsOutboxTurn         *turn,
                        GError                 **error)
{
  guint before;
  Turning turning = {
    .account = account,
    .results = results,
    .n_results = n_results,
    .want = want,
    .now = now,
    .claims = claims,
    .turn = turn,
  };

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (account != NULL, FALSE);
  g_return_val_if_fail (claims != NULL, FALSE);
  g_return_val_if_fail (turn != NULL, FALSE);

  before = claims->len;
  *turn = (RungsOutboxTurn) { 0 };
  if (rungs_db_write (db, take_turn, &turning, error))
    return TRUE;
  g_ptr_array_set_size (claims, before); /* what was not committed was not claimed */
  return FALSE;
}
