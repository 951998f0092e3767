/* rungs-outbox-claim-store.c: claims messages for sending, within the limits of the account,
 * after a last look at whether they may leave.
 *
 * A postponed message gets a later due time, so that it does not stand in the way of those behind
 * it. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "db/rungs-record.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-outbox-check-store.h"
#include "mail/rungs-outbox-limit-store.h"
#include "mail/rungs-outbox-private.h"
#include "mail/rungs-outbox-route-store.h"

#define CANDIDATES_AT_ONCE 64

/* What the checks go by: of a row o, its lead l and its message m. */
#define CANDIDATE                                                                                  \
  "SELECT o.id, o.lead, o.message, m.name,"                                                        \
  "   CASE WHEN o.broadcast IS NULL THEN m.version ELSE o.message_version END,"                    \
  "   m.kind = 'marketing', o.sells,"                                                              \
  "   o.message_id, l.email, l.bounced_at, o.enrolment, e.outcome, s.state, b.state,"              \
  "   o.broadcast IS NOT NULL AND EXISTS (SELECT 1 FROM outbox x WHERE x.lead = o.lead"            \
  "     AND x.broadcast = o.broadcast AND x.id <> o.id"                                            \
  "     AND x.state IN ('claimed', 'sent', 'doubt')),"                                             \
  "   coalesce (o.meant_at, o.due_at), o.late_hours, o.skip_hours, s.sending, l.zone,"             \
  "   o.claimed_at IS NOT NULL, e.held_by IS NOT NULL, l.quiet_until"

#define WITH_PERSON "  JOIN lead l ON l.id = o.lead JOIN message m ON m.id = o.message"

#define WITH_ORIGIN                                                                                \
  "  LEFT JOIN enrolment e ON e.id = o.enrolment LEFT JOIN sequence s ON s.id = e.sequence"        \
  "  LEFT JOIN broadcast b ON b.id = o.broadcast"

/* INDEXED BY is SQLite's own. Left to itself it takes the index of states,
 * and sorts all that is planned for each claim. */
static const char SQL_CANDIDATES[]
    = CANDIDATE "  FROM outbox o INDEXED BY outbox_due" WITH_PERSON WITH_ORIGIN
                " WHERE o.state = 'planned' AND o.due_at <= :now ORDER BY o.due_at, o.id"
                " LIMIT :limit";

/* Of those, by rules: what was chosen for an account. */
static const char SQL_CANDIDATES_BY[]
    = CANDIDATE "  FROM outbox o INDEXED BY outbox_route" WITH_PERSON WITH_ORIGIN
                " WHERE o.state = 'planned' AND o.routing = :number AND o.route = :account"
                "   AND o.due_at <= :now ORDER BY o.due_at, o.id LIMIT :limit";

static const char SQL_CANDIDATE[]
    = CANDIDATE "  FROM outbox o" WITH_PERSON WITH_ORIGIN " WHERE o.id = :id";

/* The row is not there: what it would say is nothing. */
static const char SQL_IMAGINED[]
    = CANDIDATE "  FROM lead l JOIN message m LEFT JOIN outbox o ON 0" WITH_ORIGIN
                " WHERE l.id = :lead AND m.id = :message";

static const char SQL_CLAIM[]
    = "UPDATE outbox SET state = 'claimed', claimed_at = :now, account = :account, email = :email,"
      "   message_version = :version, attempts = attempts + 1, reason = '', reply = '',"
      "   account_rule = iif (:by_rules, account_rule, NULL)"
      " WHERE id = :id";

/* What a turn claims for. */
typedef struct
{
  RungsDb *db;
  const RungsAccount *account;
  gint64 now;
  RungsOutboxChecks *checks;
  RungsOutboxRouting routing;
} Claiming;

void
rungs_outbox_candidate_free (RungsOutboxCandidate *candidate)
{
  g_clear_pointer (&candidate->claim, rungs_outbox_claim_free);
  g_free (candidate->message_name);
  g_free (candidate->given_email);
  g_free (candidate->sending);
  g_free (candidate->zone);
  g_free (candidate);
}

void
rungs_outbox_claim_free (RungsOutboxClaim *self)
{
  g_free (self->email);
  g_free (self->message_id);
  g_free (self);
}

static gpointer
candidate_from_row (RungsStatement *query)
{
  RungsOutboxCandidate *candidate = g_new0 (RungsOutboxCandidate, 1);
  RungsOutboxClaim *claim = g_new0 (RungsOutboxClaim, 1);
  const char *outcome = rungs_statement_get_text (query, 11);
  const char *state = rungs_statement_get_text (query, 12);
  const char *broadcast = rungs_statement_get_text (query, 13);

  claim->id = rungs_statement_get_int64 (query, 0);
  claim->lead = rungs_statement_get_int64 (query, 1);
  claim->message = rungs_statement_get_int64 (query, 2);
  claim->message_version = rungs_statement_get_int64 (query, 4);
  claim->marketing = rungs_statement_get_int64 (query, 5) != 0;
  claim->sells = rungs_statement_get_int64 (query, 6);
  claim->message_id = rungs_statement_dup_text (query, 7);
  claim->again = rungs_statement_get_int64 (query, 20) != 0;
  candidate->quiet_until = rungs_statement_get_int64 (query, 22);
  candidate->claim = claim;
  candidate->message_name = rungs_statement_dup_text (query, 3);
  candidate->given_email = rungs_statement_dup_text (query, 8);
  candidate->bounced = !rungs_statement_is_null (query, 9);
  candidate->enrolment = rungs_statement_get_int64 (query, 10);
  /* what was planned before the walk ended by itself still leaves: only a broken-off walk withholds
   * (a goal that is reached from elsewhere has withheld it already) */
  candidate->left = outcome != NULL && strcmp (outcome, "finished") != 0
                    && strcmp (outcome, "exit") != 0 && strcmp (outcome, "goal") != 0;
  candidate->paused = (state != NULL && strcmp (state, "live") != 0)
                      || g_strcmp0 (broadcast, "paused") == 0
                      || rungs_statement_get_int64 (query, 21) != 0;
  candidate->cancelled = g_strcmp0 (broadcast, "cancelled") == 0;
  candidate->had = rungs_statement_get_int64 (query, 14) != 0;
  candidate->meant_at = rungs_statement_is_null (query, 15)
                          ? G_MAXINT64
                          : rungs_statement_get_int64 (query, 15);
  candidate->late_hours = rungs_statement_is_null (query, 16)
                            ? RUNGS_OUTBOX_LATE_HOURS
                            : rungs_statement_get_int64 (query, 16);
  candidate->skip_hours
    = rungs_statement_is_null (query, 17) ? -1 : rungs_statement_get_int64 (query, 17);
  candidate->sending = rungs_statement_dup_text (query, 18);
  candidate->zone = rungs_statement_dup_text (query, 19);
  return candidate;
}

static GPtrArray *
load_candidates (Claiming *claiming,
                 guint     limit,
                 GError  **error)
{
  gboolean by_rules = claiming->routing.by_rules;
  g_autoptr (RungsStatement) query
      = rungs_db_prepare (claiming->db, by_rules ? SQL_CANDIDATES_BY : SQL_CANDIDATES, error);

  if (query == NULL)
    return NULL;
  if (by_rules)
    {
      rungs_statement_bind_int64 (query, ":number", claiming->routing.number);
      rungs_statement_bind_int64 (query, ":account", claiming->account->id);
    }
  rungs_statement_bind_int64 (query, ":now", claiming->now);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, candidate_from_row,
                            (GDestroyNotify) rungs_outbox_candidate_free, error);
}

static RungsOutboxCandidate *
load_one (RungsStatement  *query,
          GError         **error)
{
  RungsStep step = rungs_statement_step (query, error);

  if (step == RUNGS_DONE)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                         _ ("There is no such message or lead"));
  return step == RUNGS_ROW ? candidate_from_row (query) : NULL;
}

RungsOutboxCandidate *
rungs_outbox_candidate_load (RungsDb  *db,
                             gint64    id,
                             GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CANDIDATE, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", id);
  return load_one (query, error);
}

RungsOutboxCandidate *
rungs_outbox_candidate_imagine (RungsDb  *db,
                                gint64    lead,
                                gint64    message,
                                GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IMAGINED, error);
  RungsOutboxCandidate *candidate;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":message", message);
  candidate = load_one (query, error);
  if (candidate == NULL)
    return NULL;
  candidate->claim->lead = lead;
  candidate->claim->message = message;
  return candidate;
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
  rungs_statement_bind_int64 (update, ":by_rules", claiming->routing.by_rules);
  rungs_statement_bind_int64 (update, ":version", claim->message_version);
  rungs_statement_bind_int64 (update, ":id", claim->id);
  return rungs_statement_run (update, error);
}

static gboolean
withhold (Claiming             *claiming,
          RungsOutboxCandidate *candidate,
          const char           *reason,
          GError              **error)
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
settle (Claiming             *claiming,
        RungsOutboxCandidate *candidate,
        GPtrArray            *claims,
        RungsOutboxTurn      *turn,
        GError              **error)
{
  RungsOutboxAnswer answer;

  if (!rungs_outbox_check (claiming->checks, candidate, &answer, error))
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
      guint limit = MIN (want - (claims->len - before), CANDIDATES_AT_ONCE);
      g_autoptr (GPtrArray) candidates = load_candidates (claiming, limit, error);

      if (candidates == NULL)
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
      && (claiming->routing.by_rules || claiming->routing.standard == claiming->account->id)
      && (!rungs_outbox_room (claiming->db, claiming->account, claiming->now, &room, &turn->next_at,
                              error)
          || (room > 0 && !claim_up_to (claiming, (guint) room, claims, turn, error))))
    return FALSE;
  if (!rungs_outbox_next_due_by (claiming->db, claiming->account->id, &due, error))
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
  g_auto (RungsOutboxChecks) checks = { .db = db, .now = now, .business = business };
  Claiming claiming = { .db = db, .account = account, .now = now, .checks = &checks };

  return business != NULL && rungs_outbox_routing_load (db, &claiming.routing, error)
         && claim_within_limits (&claiming, want, claims, turn, error);
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

/* A day on which an account that warms up has sent counts. */
static gboolean
note_day (RungsDb       *db,
          const Turning *turning,
          GError       **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *day = NULL;

  if (turning->account->warm_start == 0 || turning->turn->sent + turning->turn->doubtful == 0)
    return TRUE;
  zone = rungs_business_zone (db, error);
  if (zone == NULL)
    return FALSE;
  day = rungs_time_format_day (turning->now, zone);
  return rungs_account_note_day (db, turning->account->id, day, error);
}

static gboolean
take_turn (RungsDb *db,
           gpointer data,
           GError **error)
{
  Turning *turning = data;

  return rungs_outbox_record (db, turning->results, turning->n_results, turning->now, turning->turn,
                              error)
         && note_day (db, turning, error)
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
