/* rungs-terms-trial-store.h: what other terms would have made of sales that were.
 *
 * Each line of the orders of a time that were credited to partners of a programme is decided again
 * by the terms that are tried, and comes to what the buyer has kept of it today: nothing of it is
 * written. It stands beside what the book has of the same orders. What is earned through others (a
 * second tier) is counted with whoever earns it. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"
#include "partners/rungs-terms.h"

G_BEGIN_DECLS

/* Of one partner in one currency. */
typedef struct
{
  gint64 partner; /* 0: all of them */
  char *name;     /* (owned) (nullable): NULL of all */
  char currency[4];
  gint64 orders;  /* that were credited to the partner */
  gint64 earned;  /* minor units, by the terms as they were */
  gint64 would;   /* by those that are tried */
} RungsTermsTrialRow;

void rungs_terms_trial_row_free (RungsTermsTrialRow *self);

/* Of orders from `from` on and before `until`. Returns: (transfer full) (element-type
 * RungsTermsTrialRow): by currency and name, all of a currency after those of it; empty where
 * nothing was credited to anybody. Errors: CANCELLED of GIO. */
GPtrArray *rungs_terms_trial (RungsDb           *db,
                              gint64             programme,
                              const RungsTerms  *terms,
                              gint64             from,
                              gint64             until,
                              GCancellable      *cancellable,
                              GError           **error);

/* The quarter of the calendar before that of `now`, in `zone`. */
void rungs_terms_trial_last_quarter (GTimeZone *zone,
                                     gint64     now,
                                     gint64    *from,
                                     gint64    *until);

G_END_DECLS
