/* rungs-rehearsal-limits.h: how many messages the mail accounts may send on each day of a
 * rehearsal. Part of rungs-rehearsal.c. */

#pragma once

#include "engine/rungs-rehearsal.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type RungsAccount): the default account, and those that rules
 * name. */
GPtrArray *rungs_rehearsal_load_accounts (RungsDb  *db,
                                          GError  **error);

/* Returns: (transfer full) (element-type gint64): for each day of the business from that of `from`
 * to that of `until` what `accounts`, as they were at the beginning, may send together; 0: there is
 * no limit. `mails` (element-type RungsRehearsalMail), in the order of leaving, tell on which days
 * an account that warms up sent. */
GArray *rungs_rehearsal_count_limits (GPtrArray *accounts,
                                      GArray    *mails,
                                      GTimeZone *zone,
                                      gint64     from,
                                      gint64     until);

G_END_DECLS
