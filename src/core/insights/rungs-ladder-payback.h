/* rungs-ladder-payback.h: on which day what a source cost was paid back; for
 * rungs-ladder-figures.c. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The days of a zone, from the first on that matters until now. */
typedef struct _RungsLadderDays RungsLadderDays;

/* Twenty years before `now` at most: what was earlier counts as of the first day. */
RungsLadderDays *rungs_ladder_days_new (gint64     first,
                                        gint64     now,
                                        GTimeZone *zone);
void rungs_ladder_days_free (RungsLadderDays *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderDays, rungs_ladder_days_free)

guint rungs_ladder_days_count (const RungsLadderDays *self);

/* On which of them the instant lies. */
guint rungs_ladder_days_find (const RungsLadderDays *self,
                              gint64                 at);

/* The day since whose end the sum of what `amounts` has for each day has been at least `spend`
 * (above 0), as "2026-11-22"; "" where it is less at the end of the last one. */
void rungs_ladder_days_pay_back (const RungsLadderDays *self,
                                 const gint64          *amounts,
                                 gint64                 spend,
                                 char                   day[11]);

G_END_DECLS
