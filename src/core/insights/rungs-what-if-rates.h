/* rungs-what-if-rates.h: at which rates people bought in the period, and how sure that is; for
 * rungs-what-if.c, which says how they are made. */

#pragma once

#include "insights/rungs-what-if-basis.h"
#include "insights/rungs-wilson.h"

G_BEGIN_DECLS

/* A share, and in which range it lies. */
typedef struct
{
  double cases; /* it rests on; 0: nothing is known */
  gint64 hits;
  double share;
  RungsInterval range;
  gboolean too_few; /* cases to tell a share */
} RungsWhatIfShare;

/* Of an arrow. */
typedef struct
{
  RungsWhatIfShare share; /* who goes by it within two years */
  double open;    /* share of those who come to its beginning who do not have its end */
  double at_once; /* of those who go by it: on the same day */
  double later[RUNGS_WHAT_IF_OLD]; /* and in each month; all of it together is 1 */
  double tail;    /* share of those who came longer ago who go by it in a month */
} RungsWhatIfArrowRates;

/* Of a product. */
typedef struct
{
  RungsWhatIfShare renewals;
  RungsWhatIfShare refunds; /* of money; without a range */
  double repeats;           /* pieces that an owner buys again in a month */
  RungsInterval repeats_range;
} RungsWhatIfProductRates;

typedef struct
{
  RungsWhatIfArrowRates *arrows;     /* (owned) as in the basis */
  RungsWhatIfProductRates *products; /* (owned) as in the basis */
} RungsWhatIfRates;

RungsWhatIfRates *rungs_what_if_rates_new (const RungsWhatIfBasis *basis);
void rungs_what_if_rates_free (RungsWhatIfRates *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWhatIfRates, rungs_what_if_rates_free)

G_END_DECLS
