/* rungs-outbox-check-store.h: the last look at whether a message may leave. Part of
 * rungs-outbox-claim-store.c.
 *
 * The checks, in this order; the first that says no is written down:
 *
 *   withheld   no address · bounced · suppressed · no consent, or a pause that was asked for
 *              (marketing) · owned · left the sequence, or the broadcast was cancelled · no text
 *   postponed  sequence or broadcast paused
 *   withheld   too late, where its plan says how late it may be
 *   postponed  frequency cap (marketing) · hours, weekdays and holidays of the business (marketing)
 *              and of the sequence · late, and the lead got another one today (marketing) */

#pragma once

#include "leads/rungs-business-store.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-sending-hours.h"

G_BEGIN_DECLS

/* A planned message that is due, and what its checks go by. */
typedef struct
{
  RungsOutboxClaim *claim; /* (owned) (nullable) once it was claimed */
  char *message_name;
  char *given_email; /* (nullable) */
  gboolean bounced;
  gint64 quiet_until; /* the lead asked for a pause; 0: it did not */
  gint64 enrolment;
  gboolean left;
  gboolean paused;
  gboolean cancelled; /* its broadcast was */
  gboolean had;       /* the lead got this broadcast already: as another lead, before a merge */
  gint64 meant_at;   /* when its plan wanted it to leave; G_MAXINT64: it is not planned */
  gint64 late_hours; /* up to so many late it leaves at once */
  gint64 skip_hours; /* more than so many late, not at all; -1: however late */
  char *sending;     /* (nullable): the hours of its sequence, as JSON */
  char *zone;        /* of the lead; empty: not known */
} RungsOutboxCandidate;

void rungs_outbox_candidate_free (RungsOutboxCandidate *candidate);

/* What the checks go by for one message of the outbox, in whatever state; and for one that is not
 * there, as if it were of no sequence. Errors: NOT_FOUND. */
RungsOutboxCandidate *rungs_outbox_candidate_load (RungsDb  *db,
                                                   gint64    id,
                                                   GError  **error);
RungsOutboxCandidate *rungs_outbox_candidate_imagine (RungsDb  *db,
                                                      gint64    lead,
                                                      gint64    message,
                                                      GError  **error);

/* What holds for all messages of a turn. */
typedef struct
{
  RungsDb *db;                   /* (unowned) */
  gint64 now;
  const RungsBusiness *business; /* (unowned) */

  /* Until a check asked for them, NULL. */
  RungsZones *zones;       /* (owned) (nullable) */
  GHashTable *sendings;    /* (owned) (nullable): JSON → RungsSendingHours */
  GHashTable *holidays;    /* (owned) (nullable): a set of days */
  RungsSendingHours hours; /* of the business, once there are holidays */
} RungsOutboxChecks;

void rungs_outbox_checks_clear (RungsOutboxChecks *checks);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsOutboxChecks, rungs_outbox_checks_clear)

/* What they say: neither withheld nor postponed is a yes. */
typedef struct
{
  const char *withheld;  /* (nullable): why */
  const char *postponed; /* (nullable): why … */
  gint64 until;          /* … and until when */
} RungsOutboxAnswer;

/* What one check says by itself. */
typedef struct
{
  const char *check; /* its name: "address", "consent", … */
  RungsOutboxAnswer answer;
} RungsOutboxChecked;

/* Asks all of them, also those after the first that says no. Returns: (transfer full) (element-type
 * RungsOutboxChecked). */
GArray *rungs_outbox_check_every (RungsOutboxChecks     *checks,
                                  RungsOutboxCandidate  *candidate,
                                  GError               **error);

/* Also sets the address of the claim, as SMTP wants it. */
gboolean rungs_outbox_check (RungsOutboxChecks    *checks,
                             RungsOutboxCandidate *candidate,
                             RungsOutboxAnswer    *answer,
                             GError              **error);

/* The checks that ask about the lead alone: address, consent, ownership. Of the claim only lead,
 * marketing and sells are asked. */
gboolean rungs_outbox_check_lead (RungsOutboxChecks    *checks,
                                  RungsOutboxCandidate *candidate,
                                  RungsOutboxAnswer    *answer,
                                  GError              **error);

G_END_DECLS
