/* rungs-rehearsal-csv.h: a rehearsal as a table for a spreadsheet. */

#pragma once

#include "engine/rungs-rehearsal.h"

G_BEGIN_DECLS

/* RFC 4180: a row for each message that would leave, with its times as a clock in `zone` shows
 * them. */
char *rungs_rehearsal_to_csv (RungsRehearsal *self,
                              GTimeZone      *zone);

G_END_DECLS
