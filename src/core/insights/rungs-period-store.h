/* rungs-period-store.h: what happened between two moments. Read this first in insights/. */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"
#include "ladder/rungs-exchange.h"

G_BEGIN_DECLS

/* What came in and what went out. */
typedef struct
{
  gint64 leads;    /* that became known */
  gint64 messages; /* that were sent */
  gint64 orders;
  GArray *revenue;   /* (owned) (element-type RungsMoney): one a currency, A-Z: orders less what was
                      * given back in the same time; empty: neither */
  GArray *converted; /* (owned) (element-type RungsMoney): what of it was paid otherwise */
} RungsPeriod;

void rungs_period_free (RungsPeriod *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPeriod, rungs_period_free)

/* What happened from `from` on, and before `until`. `exchange` (nullable) tells amounts in one
 * currency, what was given back at the rate of its order. */
RungsPeriod *rungs_period_load (RungsDb              *db,
                                gint64                from,
                                gint64                until,
                                const RungsExchange  *exchange,
                                GError              **error);

/* How far a business has been set up: how much there is of each. */
typedef struct
{
  gint64 leads;
  gint64 products;
  gint64 messages;
  gint64 sequences; /* that are live */
} RungsExtent;

gboolean rungs_extent_load (RungsDb      *db,
                            RungsExtent  *extent,
                            GError      **error);

G_END_DECLS
