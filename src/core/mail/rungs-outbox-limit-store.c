/* rungs-outbox-limit-store.c: how much more may leave by an account now. */

#include "mail/rungs-outbox-limit-store.h"

#include "base/rungs-clock.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"

/* The message that must leave the last `span` before another may follow: the limit-th newest. */
static const char SQL_NTH_SINCE[]
    = "SELECT ended_at FROM outbox WHERE account = :account AND state IN ('sent', 'doubt')"
      "   AND ended_at > :since ORDER BY ended_at DESC LIMIT 1 OFFSET :n";
static const char SQL_COUNT_SINCE[]
    = "SELECT count (*) FROM (SELECT 1 FROM outbox WHERE account = :account"
      "   AND state IN ('sent', 'doubt') AND ended_at > :since LIMIT :limit)";
static const char SQL_COUNT_CLAIMED[]
    = "SELECT count (*) FROM outbox WHERE state = 'claimed' AND account = :account";

typedef struct
{
  RungsDb *db;
  gint64 account;
  gint64 now;
  gint64 claimed; /* messages that are under way by it */
} Limits;

/* How many more may leave within `span`, given that at most `limit` may; where none,
 * when the next may. */
static gboolean
room_in_span (const Limits *limits,
              gint64        limit,
              gint64        span,
              gint64       *room,
              gint64       *next_at,
              GError      **error)
{
  g_autoptr (RungsStatement) count = rungs_db_prepare (limits->db, SQL_COUNT_SINCE, error);
  g_autoptr (RungsStatement) nth = rungs_db_prepare (limits->db, SQL_NTH_SINCE, error);
  gint64 used = 0, oldest = 0;

  if (limit == 0)
    return TRUE;
  if (count == NULL || nth == NULL)
    return FALSE;
  rungs_statement_bind_int64 (count, ":account", limits->account);
  rungs_statement_bind_int64 (count, ":since", limits->now - span);
  rungs_statement_bind_int64 (count, ":limit", limit);
  if (!rungs_statement_get_number (count, 0, &used, error))
    return FALSE;
  *room = MIN (*room, MAX (0, limit - used - limits->claimed));
  if (*room > 0)
    return TRUE;

  rungs_statement_bind_int64 (nth, ":account", limits->account);
  rungs_statement_bind_int64 (nth, ":since", limits->now - span);
  rungs_statement_bind_int64 (nth, ":n", MAX (0, limit - 1 - limits->claimed));
  if (!rungs_statement_get_number (nth, limits->now, &oldest, error))
    return FALSE;
  *next_at = MAX (*next_at, MAX (oldest + span, limits->now + 1));
  return TRUE;
}

/* How many more may leave today by an account that warms up; where none, tomorrow is next. How far
 * the warm-up has come is read anew: a run of a sender may last longer than a day. */
static gboolean
room_of_day (const Limits *limits,
             gint64       *room,
             gint64       *next_at,
             GError      **error)
{
  g_autoptr (RungsAccount) account = rungs_account_load (limits->db, limits->account, error);
  g_autoptr (GTimeZone) zone = account ? rungs_business_zone (limits->db, error) : NULL;
  g_autoptr (RungsStatement) count = rungs_db_prepare (limits->db, SQL_COUNT_SINCE, error);
  g_autofree char *today = zone ? rungs_time_format_day (limits->now, zone) : NULL;
  gint64 limit, used = 0;

  if (today == NULL || count == NULL)
    return FALSE;
  limit = rungs_account_get_limit_on (account, today);
  if (limit == 0)
    return TRUE;
  rungs_statement_bind_int64 (count, ":account", limits->account);
  rungs_statement_bind_int64 (count, ":since", rungs_time_day_start (limits->now, zone, 0) - 1);
  rungs_statement_bind_int64 (count, ":limit", limit);
  if (!rungs_statement_get_number (count, 0, &used, error))
    return FALSE;
  *room = MIN (*room, MAX (0, limit - used - limits->claimed));
  if (*room == 0)
    *next_at = MAX (*next_at, rungs_time_day_start (limits->now, zone, 1));
  return TRUE;
}

gboolean
rungs_outbox_room (RungsDb            *db,
                   const RungsAccount *account,
                   gint64              now,
                   gint64             *room,
                   gint64             *next_at,
                   GError            **error)
{
  Limits limits = { .db = db, .account = account->id, .now = now };
  g_autoptr (RungsStatement) query = NULL;

  if (account->per_second == 0 && account->per_hour == 0 && account->per_day == 0
      && account->warm_start == 0)
    return TRUE;
  query = rungs_db_prepare (db, SQL_COUNT_CLAIMED, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":account", account->id);
  return rungs_statement_get_number (query, 0, &limits.claimed, error)
         && room_in_span (&limits, account->per_second, RUNGS_SECOND, room, next_at, error)
         && room_in_span (&limits, account->per_hour, RUNGS_HOUR, room, next_at, error)
         && room_in_span (&limits, account->per_day, RUNGS_DAY, room, next_at, error)
         && (account->warm_start == 0 || room_of_day (&limits, room, next_at, error));
}
