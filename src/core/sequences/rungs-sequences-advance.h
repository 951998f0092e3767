/* rungs-sequences-advance.h: walks the due enrolments. How stands at the head of
 * rungs-sequences-advance.c. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Takes up to `limit` enrolments of live sequences that are due at `now`, those due longest first,
 * and walks each as far as it goes without waiting; messages go into the outbox, due now. In a
 * write transaction: a batch counts whole or not at all. `advanced` says how many were walked;
 * 0: none is left. */
gboolean rungs_sequences_advance (RungsDb  *db,
                                  gint64    now,
                                  guint     limit,
                                  guint    *advanced,
                                  GError  **error);

/* When the next enrolment of a live sequence is due; G_MAXINT64 where none is. */
gboolean rungs_sequences_next_due (RungsDb  *db,
                                   gint64   *due,
                                   GError  **error);

G_END_DECLS
