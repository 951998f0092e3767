/* rungs-outbox-check-store.c: the last look at whether a message may leave. */

#include "mail/rungs-outbox-check-store.h"

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "db/rungs-record.h"
#include "ladder/rungs-ownership-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-outbox-time-store.h"

#define PAUSED_LOOK (15 * RUNGS_MINUTE)
#define UNDER_WAY_LOOK RUNGS_MINUTE
#define UNDER_WAY -1

static const char SQL_CONFIRMS[] = "SELECT count (*) FROM opt_in_pending WHERE outbox = :id";

/* Whoever had unsubscribed and enters their address in a form again is asked whether it was they:
 * only so can they take back what nobody else can. */
static gboolean
check_suppressed (RungsOutboxChecks          *checks,
                  const RungsOutboxCandidate *candidate,
                  gboolean                   *suppressed,
                  GError                    **error)
{
  RungsSuppressed reason = RUNGS_SUPPRESSED_NOT;
  gint64 confirms = 0;

  if (!rungs_suppression_check (checks->db, candidate->given_email, &reason, error)
      || (reason == RUNGS_SUPPRESSED_UNSUBSCRIBED
          && !rungs_record_ask (checks->db, SQL_CONFIRMS, candidate->claim->id, 0, &confirms,
                                error)))
    return FALSE;
  *suppressed = reason != RUNGS_SUPPRESSED_NOT && confirms == 0;
  return TRUE;
}

/* What is under way counts as well: it is claimed before others of the same lead are looked at, and
 * has left before it is known that it has. */
static gboolean
check_address (RungsOutboxChecks    *checks,
               RungsOutboxCandidate *candidate,
               RungsOutboxAnswer    *answer,
               GError              **error)
{
  gboolean suppressed = FALSE;

  if (candidate->given_email != NULL)
    candidate->claim->email = rungs_email_for_smtp (candidate->given_email, NULL);
  if (candidate->claim->email == NULL)
    answer->withheld = RUNGS_OUTBOX_NO_ADDRESS;
  else if (candidate->bounced)
    answer->withheld = RUNGS_OUTBOX_BOUNCED;
  else if (!check_suppressed (checks, candidate, &suppressed, error))
    return FALSE;
  if (suppressed)
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
  else if (candidate->claim->marketing && candidate->quiet_until > checks->now)
    answer->withheld = RUNGS_OUTBOX_QUIET;
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
  { "late", rungs_outbox_check_late },
  { "cap", rungs_outbox_check_cap },
  { "window", rungs_outbox_check_hours },
  { "spacing", rungs_outbox_check_spacing },
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
  g_clear_pointer (&checks->zones, rungs_zones_unref);
  g_clear_pointer (&checks->sendings, g_hash_table_unref);
  g_clear_pointer (&checks->holidays, g_hash_table_unref);
}
