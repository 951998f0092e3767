/* rungs-outbox-time-store.c: whether it is the time for a message to leave. */

#include "mail/rungs-outbox-time-store.h"

#include "base/rungs-clock.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-holiday-store.h"

#define SPREAD (30 * RUNGS_MINUTE)
#define NEVER_LOOK RUNGS_DAY

/* Two kinds of hours must agree: they are asked in turn until both do. */
#define MAX_TURNS 800

/* What is under way counts: it may arrive. */
#define TO_LEAD_SINCE                                                                             \
  " FROM outbox o JOIN message m ON m.id = o.message"                                             \
  " WHERE o.lead = :lead AND o.state IN ('sent', 'doubt', 'claimed') AND m.kind = 'marketing'"     \
  "   AND coalesce (o.ended_at, o.claimed_at) > :since"

static const char SQL_NTH_SINCE[]
  = "SELECT coalesce (o.ended_at, o.claimed_at)" TO_LEAD_SINCE
    " ORDER BY coalesce (o.ended_at, o.claimed_at) DESC LIMIT 1 OFFSET :cap - 1";

static const char SQL_COUNT_SINCE[] = "SELECT count (*)" TO_LEAD_SINCE;

/* ---- the hours that hold for a message */

typedef struct
{
  const RungsSendingHours *hours;
  RungsZone *zone; /* (unowned) */
} Rule;

typedef struct
{
  Rule rules[2];
  guint n;
} Rules;

static void
add_rule (Rules                      *rules,
          RungsOutboxChecks          *checks,
          const RungsOutboxCandidate *candidate,
          const RungsSendingHours    *hours)
{
  Rule *rule = &rules->rules[rules->n++];

  rule->hours = hours;
  rule->zone = rungs_zones_get (checks->zones, hours->lead_zone ? candidate->zone : "");
}

/* The hours of the business, with the holidays from some days ago on: of what is older, nobody
 * asks what was allowed. */
static gboolean
load_business_hours (RungsOutboxChecks  *checks,
                     GError            **error)
{
  const RungsBusiness *business = checks->business;
  g_autofree char *from = NULL;

  if (checks->holidays != NULL)
    return TRUE;
  from = rungs_time_format_day (checks->now - 60 * RUNGS_DAY, NULL);
  checks->holidays = rungs_holiday_load_set (checks->db, from, error);
  checks->hours = (RungsSendingHours) {
    .weekdays = business->window_days,
    .from = business->window_from,
    .to = business->window_to,
    .lead_zone = business->window_of_lead,
    .holidays = checks->holidays,
  };
  return checks->holidays != NULL;
}

/* The hours of a sequence; NULL where the text cannot be read, which publishing has refused. */
static const RungsSendingHours *
get_sending (RungsOutboxChecks *checks,
             const char        *text)
{
  RungsSendingHours *hours;
  g_autoptr (JsonNode) node = NULL;

  if (checks->sendings == NULL)
    checks->sendings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  hours = g_hash_table_lookup (checks->sendings, text);
  if (hours != NULL)
    return hours;
  hours = g_new0 (RungsSendingHours, 1);
  node = json_from_string (text, NULL);
  if (!rungs_sending_hours_read (hours, node, NULL))
    *hours = (RungsSendingHours) { .from = -1, .to = -1 };
  g_hash_table_insert (checks->sendings, g_strdup (text), hours);
  return hours;
}

static gboolean
load_zones (RungsOutboxChecks  *checks,
            GError            **error)
{
  if (checks->zones == NULL)
    checks->zones = rungs_business_zones (checks->db, error);
  return checks->zones != NULL;
}

static gboolean
find_rules (RungsOutboxChecks           *checks,
            const RungsOutboxCandidate  *candidate,
            Rules                       *rules,
            GError                     **error)
{
  rules->n = 0;
  if (!load_zones (checks, error))
    return FALSE;
  if (candidate->claim->marketing)
    {
      if (!load_business_hours (checks, error))
        return FALSE;
      if (checks->hours.weekdays != 0 || checks->hours.from >= 0
          || g_hash_table_size (checks->holidays) > 0)
        add_rule (rules, checks, candidate, &checks->hours);
    }
  if (candidate->sending != NULL)
    add_rule (rules, checks, candidate, get_sending (checks, candidate->sending));
  return TRUE;
}

static const char *
reason_of (RungsSendingAnswer answer)
{
  if (answer == RUNGS_SENDING_HOLIDAY)
    return RUNGS_OUTBOX_HOLIDAY;
  return answer == RUNGS_SENDING_WEEKDAY ? RUNGS_OUTBOX_WEEKDAY : RUNGS_OUTBOX_WINDOW;
}

/* The first instant not before `at` that all of them allow; G_MAXINT64: none. `why` (nullable) gets
 * what forbids `at` itself, and is left alone where nothing does. */
static gint64
next_allowed (const Rules  *rules,
              gint64        at,
              const char  **why)
{
  guint agreed = 0;

  for (guint i = 0; agreed < rules->n && i < MAX_TURNS; i++)
    {
      const Rule *rule = &rules->rules[i % rules->n];
      RungsSendingAnswer answer = rungs_sending_hours_ask (rule->hours, at, rule->zone);

      agreed = answer == RUNGS_SENDING_OPEN ? agreed + 1 : 1;
      if (answer == RUNGS_SENDING_OPEN)
        continue;
      if (why != NULL && i < rules->n && *why == NULL)
        *why = reason_of (answer);
      at = rungs_sending_hours_next (rule->hours, at, rule->zone);
      if (at == G_MAXINT64)
        return at;
    }
  return agreed >= rules->n ? at : G_MAXINT64;
}

/* When a message that waits for `at` is looked at again: up to half an hour after, so that not all
 * leave in one second, and the same each time that it is asked. */
static gint64
spread (const Rules                *rules,
        const RungsOutboxCandidate *candidate,
        gint64                      at)
{
  guint64 chance = (guint64) candidate->claim->lead * 0x9e3779b97f4a7c15u
                   + (guint64) candidate->claim->message * 0xd1342543de82ef95u;
  gint64 later = at + (gint64) ((chance >> 20) % (guint64) SPREAD);

  return next_allowed (rules, later, NULL) == later ? later : at;
}

static void
postpone (RungsOutboxChecks          *checks,
          const RungsOutboxCandidate *candidate,
          const Rules                *rules,
          RungsOutboxAnswer          *answer,
          const char                 *why,
          gint64                      at)
{
  gint64 next = next_allowed (rules, at, NULL);

  answer->postponed = why;
  answer->until
    = next == G_MAXINT64 ? checks->now + NEVER_LOOK : spread (rules, candidate, next);
}

/* ---- the checks */

gboolean
rungs_outbox_check_hours (RungsOutboxChecks     *checks,
                          RungsOutboxCandidate  *candidate,
                          RungsOutboxAnswer     *answer,
                          GError               **error)
{
  Rules rules;
  const char *why = NULL;

  if (!find_rules (checks, candidate, &rules, error))
    return FALSE;
  if (next_allowed (&rules, checks->now, &why) != checks->now)
    postpone (checks, candidate, &rules, answer, why, checks->now);
  return TRUE;
}

/* How late it is, where that may be more than `hours`; else 0. */
static gboolean
find_lateness (RungsOutboxChecks           *checks,
               const RungsOutboxCandidate  *candidate,
               gint64                       hours,
               gint64                      *late,
               GError                     **error)
{
  Rules rules;

  *late = 0;
  if (checks->now - candidate->meant_at <= hours * RUNGS_HOUR)
    return TRUE;
  if (!find_rules (checks, candidate, &rules, error))
    return FALSE;
  *late = MAX (0, checks->now - next_allowed (&rules, candidate->meant_at, NULL));
  return TRUE;
}

gboolean
rungs_outbox_check_late (RungsOutboxChecks     *checks,
                         RungsOutboxCandidate  *candidate,
                         RungsOutboxAnswer     *answer,
                         GError               **error)
{
  gint64 late = 0;

  if (candidate->skip_hours < 0)
    return TRUE;
  if (!find_lateness (checks, candidate, candidate->skip_hours, &late, error))
    return FALSE;
  if (late > candidate->skip_hours * RUNGS_HOUR)
    answer->withheld = RUNGS_OUTBOX_LATE;
  return TRUE;
}

gboolean
rungs_outbox_check_spacing (RungsOutboxChecks     *checks,
                            RungsOutboxCandidate  *candidate,
                            RungsOutboxAnswer     *answer,
                            GError               **error)
{
  g_autoptr (RungsStatement) query = NULL;
  GTimeZone *zone;
  gint64 late = 0, others = 0;
  Rules rules;

  if (!candidate->claim->marketing)
    return TRUE;
  if (!find_lateness (checks, candidate, candidate->late_hours, &late, error))
    return FALSE;
  if (late <= candidate->late_hours * RUNGS_HOUR)
    return TRUE;
  query = rungs_db_prepare (checks->db, SQL_COUNT_SINCE, error);
  if (query == NULL)
    return FALSE;
  zone = rungs_zones_get (checks->zones, candidate->zone)->zone;
  rungs_statement_bind_int64 (query, ":lead", candidate->claim->lead);
  rungs_statement_bind_int64 (query, ":since", rungs_time_day_start (checks->now, zone, 0) - 1);
  if (!rungs_statement_get_number (query, 0, &others, error)
      || !find_rules (checks, candidate, &rules, error))
    return FALSE;
  if (others > 0)
    postpone (checks, candidate, &rules, answer, RUNGS_OUTBOX_SPACED,
              rungs_time_day_start (checks->now, zone, 1));
  return TRUE;
}

gboolean
rungs_outbox_check_cap (RungsOutboxChecks     *checks,
                        RungsOutboxCandidate  *candidate,
                        RungsOutboxAnswer     *answer,
                        GError               **error)
{
  const RungsBusiness *business = checks->business;
  g_autoptr (RungsStatement) query = NULL;
  gint64 span = business->cap_days * RUNGS_DAY;
  gint64 earliest = 0;

  if (!candidate->claim->marketing || business->cap_messages == 0)
    return TRUE;
  query = rungs_db_prepare (checks->db, SQL_NTH_SINCE, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", candidate->claim->lead);
  rungs_statement_bind_int64 (query, ":since", checks->now - span);
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
