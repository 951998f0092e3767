/* rungs-outbox-check-store.c: the last look at whether a message may leave. */

#include "mail/rungs-outbox-check-store.h"

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-ownership-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-suppression-store.h"

#define PAUSED_LOOK (15 * RUNGS_MINUTE)
#define UNDER_WAY_LOOK RUNGS_MINUTE
#define UNDER_WAY -1

/* What is under way counts as well: it is claimed before others of the same lead are looked at, and
 * has left before it is known that it has. */
static const char SQL_MARKETING_SINCE[]
    = "SELECT CASE o.state WHEN 'claimed' THEN -1 ELSE o.ended_at END"
      "  FROM outbox o JOIN message m ON m.id = o.message"
      " WHERE o.lead = :lead AND m.kind = 'marketing'"
      "   AND (o.state = 'claimed' OR (o.state IN ('sent', 'doubt') AND o.ended_at > :since))"
      " ORDER BY o.state <> 'claimed', o.ended_at DESC LIMIT 1 OFFSET :cap - 1";

static gboolean
check_address (RungsOutboxChecks    *checks,
               RungsOutboxCandidate *candidate,
               RungsOutboxAnswer    *answer,
               GError              **error)
{
  RungsSuppressed suppressed = RUNGS_SUPPRESSED_NOT;

  if (candidate->given_email != NULL)
    candidate->claim->email = rungs_email_for_smtp (candidate->given_email, NULL);
  if (candidate->claim->email == NULL)
    answer->withheld = RUNGS_OUTBOX_NO_ADDRESS;
  else if (candidate->bounced)
    answer->withheld = RUNGS_OUTBOX_BOUNCED;
  else if (!rungs_suppression_check (checks->db, candidate->given_email, &suppressed, error))
    return FALSE;
  if (suppressed != RUNGS_SUPPRESSED_NOT)
    answer->withheld = RUNGS_OUTBOX_SUPPRESSED;
  return TRUE;
}

static gboolean
check_consent (RungsOutboxChecks    *checks,
               RungsOutboxCandidate *candidate,
               RungsOutboxAnswer    *answer,
               GError              **error)
{
  RungsConsentState state = RUNGS_CONSENT_GIVEN;

  if (candidate->claim->marketing
      && !rungs_consent_state (checks->db, candidate->claim->lead, RUNGS_PURPOSE_MARKETING,
                               RUNGS_CHANNEL_EMAIL, &state, error))
    return FALSE;
  if (state != RUNGS_CONSENT_GIVEN)
    answer->withheld = RUNGS_OUTBOX_NO_CONSENT;
  return TRUE;
}

static gboolean
check_ownership (RungsOutboxChecks    *checks,
                 RungsOutboxCandidate *candidate,
                 RungsOutboxAnswer    *answer,
                 GError              **error)
{
  gboolean owns = FALSE;

  if (candidate->claim->sells != 0
      && !rungs_ownership_has (checks->db, candidate->claim->lead, candidate->claim->sells,
                               checks->now, &owns, error))
    return FALSE;
  if (owns)
    answer->withheld = RUNGS_OUTBOX_OWNED;
  return TRUE;
}

static gboolean
check_sequence (RungsOutboxChecks    *checks,
                RungsOutboxCandidate *candidate,
                RungsOutboxAnswer    *answer,
                GError              **error)
{
  if (candidate->enrolment != 0 && candidate->left)
    answer->withheld = RUNGS_OUTBOX_LEFT;
  else if (candidate->cancelled)
    answer->withheld = RUNGS_OUTBOX_CANCELLED;
  else if (candidate->had)
    answer->withheld = RUNGS_OUTBOX_MERGED;
  else if (candidate->claim->message_version == 0)
    answer->withheld = RUNGS_OUTBOX_NO_TEXT;
  else if (candidate->paused)
    {
      answer->postponed = RUNGS_OUTBOX_PAUSED;
      answer->until = checks->now + PAUSED_LOOK;
    }
  return TRUE;
}

static gboolean
check_cap (RungsOutboxChecks    *checks,
           RungsOutboxCandidate *candidate,
           RungsOutboxAnswer    *answer,
           GError              **error)
{
  const RungsBusiness *business = checks->business;
  g_autoptr (RungsStatement) query = NULL;
  gint64 span = business->cap_days * RUNGS_DAY;
  gint64 earliest = 0;

  if (!candidate->claim->marketing || business->cap_messages == 0)
    return TRUE;
  query = rungs_db_prepare (checks->db, SQL_MARKETING_SINCE, error);
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
      answer->until
          = earliest == UNDER_WAY ? checks->now + UNDER_WAY_LOOK : earliest + span + 1;
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
check_window (RungsOutboxChecks    *checks,
              RungsOutboxCandidate *candidate,
              RungsOutboxAnswer    *answer,
              GError              **error)
{
  const RungsBusiness *business = checks->business;
  g_autoptr (GDateTime) local = NULL;
  int minute;

  if (!candidate->claim->marketing || business->window_from < 0)
    return TRUE;
  if (checks->zone == NULL)
    checks->zone = rungs_time_zone (business->zone);
  local = rungs_time_in_zone (checks->now, checks->zone);
  minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  if (!is_in_window (minute, business->window_from, business->window_to))
    {
      answer->postponed = RUNGS_OUTBOX_WINDOW;
      answer->until = rungs_time_next_minute_of_day (checks->now, checks->zone,
                                                     business->window_from, 0);
    }
  return TRUE;
}

typedef gboolean (*Check) (RungsOutboxChecks *checks,
                           RungsOutboxCandidate *candidate,
                           RungsOutboxAnswer *answer,
                           GError   **error);

/* In the order of asking. */
static const struct
{
  const char *name;
  Check check;
} CHECKS[] = {
  { "address", check_address },
  { "consent", check_consent },
  { "ownership", check_ownership },
  { "sequence", check_sequence },
  { "cap", check_cap },
  { "window", check_window },
};

/* How many of them, from the first, ask about the lead alone. */
#define CHECKS_OF_LEAD 3

static gboolean
check_first (size_t                n,
             RungsOutboxChecks    *checks,
             RungsOutboxCandidate *candidate,
             RungsOutboxAnswer    *answer,
             GError              **error)
{
  *answer = (RungsOutboxAnswer) { 0 };
  for (size_t i = 0; i < n; i++)
    {
      if (!CHECKS[i].check (checks, candidate, answer, error))
        return FALSE;
      if (answer->withheld != NULL || answer->postponed != NULL)
        return TRUE;
    }
  return TRUE;
}

gboolean
rungs_outbox_check (RungsOutboxChecks    *checks,
                    RungsOutboxCandidate *candidate,
                    RungsOutboxAnswer    *answer,
                    GError              **error)
{
  return check_first (G_N_ELEMENTS (CHECKS), checks, candidate, answer, error);
}

gboolean
rungs_outbox_check_lead (RungsOutboxChecks    *checks,
                         RungsOutboxCandidate *candidate,
                         RungsOutboxAnswer    *answer,
                         GError              **error)
{
  return check_first (CHECKS_OF_LEAD, checks, candidate, answer, error);
}

GArray *
rungs_outbox_check_every (RungsOutboxChecks     *checks,
                          RungsOutboxCandidate  *candidate,
                          GError               **error)
{
  g_autoptr (GArray) every = g_array_new (FALSE, FALSE, sizeof (RungsOutboxChecked));

  for (size_t i = 0; i < G_N_ELEMENTS (CHECKS); i++)
    {
      RungsOutboxChecked checked = { .check = CHECKS[i].name };

      if (!CHECKS[i].check (checks, candidate, &checked.answer, error))
        return NULL;
      g_array_append_val (every, checked);
    }
  return g_steal_pointer (&every);
}

void
rungs_outbox_checks_clear (RungsOutboxChecks *checks)
{
  g_clear_pointer (&checks->zone, g_time_zone_unref);
}
