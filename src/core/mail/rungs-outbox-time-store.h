/* rungs-outbox-time-store.h: whether it is the time for a message to leave: how late it is, how
 * much the lead got lately, and the hours and days on which messages leave. Part of
 * rungs-outbox-check-store.c.
 *
 * A message is as late as it leaves after the first time at which it might have left, by its plan
 * and by the hours, days and holidays; what paused, capped or slept in between counts. */

#pragma once

#include "mail/rungs-outbox-check-store.h"

G_BEGIN_DECLS

/* Too late for what its plan says: withheld. */
gboolean rungs_outbox_check_late (RungsOutboxChecks     *checks,
                                  RungsOutboxCandidate  *candidate,
                                  RungsOutboxAnswer     *answer,
                                  GError               **error);

/* Not more than so many marketing messages in so many days: postponed. */
gboolean rungs_outbox_check_cap (RungsOutboxChecks     *checks,
                                 RungsOutboxCandidate  *candidate,
                                 RungsOutboxAnswer     *answer,
                                 GError               **error);

/* Outside the hours of the business (marketing) or of its sequence, or on a holiday: postponed,
 * and spread over half an hour of the next time within. */
gboolean rungs_outbox_check_hours (RungsOutboxChecks     *checks,
                                   RungsOutboxCandidate  *candidate,
                                   RungsOutboxAnswer     *answer,
                                   GError               **error);

/* Late, marketing, and the lead got another such message on this day: postponed to another. */
gboolean rungs_outbox_check_spacing (RungsOutboxChecks     *checks,
                                     RungsOutboxCandidate  *candidate,
                                     RungsOutboxAnswer     *answer,
                                     GError               **error);

G_END_DECLS
