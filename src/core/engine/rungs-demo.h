/* rungs-demo.h: fills a new file with the demo business: a pottery studio and its year. */

#pragma once

#include "base/rungs-clock.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Makes the file of the demo business; it is opened as by rungs_business_open_at(). Errors:
 * CONFLICT where there is a business at `path` already, and those of rungs_db_open(). */
RungsDb *rungs_demo_create (const char  *path,
                            RungsClock  *clock,
                            GError     **error);

/* Writes the demo business into the file of a new business, in one write transaction. Its history
 * ends at `now`, and no follower reacts to it; what comes next (a letter tomorrow, a call today) is
 * due from `now` on. Errors: CONFLICT where there are leads. */
gboolean rungs_demo_fill (RungsDb  *db,
                          gint64    now,
                          GError  **error);

G_END_DECLS
