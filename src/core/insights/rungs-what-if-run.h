/* rungs-what-if-run.h: lets a group of leads go on up the ladder for a year; for rungs-what-if.c,
 * which says how. */

#pragma once

#include "insights/rungs-what-if-rates.h"

G_BEGIN_DECLS

/* At what people buy in that year. */
typedef struct
{
  double *leads;    /* (owned) by entry: that come in a month */
  double *shares;   /* (owned) by arrow: who goes by it within two years */
  double *tails;    /* (owned) by arrow: of those who came longer ago, in a month */
  double *renewals; /* (owned) by product */
  double *repeats;  /* (owned) by product */
} RungsWhatIfPace;

RungsWhatIfPace *rungs_what_if_pace_new (const RungsWhatIfBasis *basis);
void rungs_what_if_pace_free (RungsWhatIfPace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWhatIfPace, rungs_what_if_pace_free)

/* Who goes up it. */
typedef enum
{
  RUNGS_WHAT_IF_OTHERS,   /* those who are here and those who come, but */
  RUNGS_WHAT_IF_REFERRED, /* those whom affiliates and joint ventures referred */
  RUNGS_WHAT_IF_COHORT,   /* those who come from one source in the first month */
} RungsWhatIfGroup;

/* What they order, by product and month. */
typedef struct
{
  double (*buyers)[RUNGS_WHAT_IF_MONTHS]; /* (owned) first orders */
  double (*pieces)[RUNGS_WHAT_IF_MONTHS]; /* (owned) of first orders, renewals and repeated ones */
} RungsWhatIfOrders;

/* `source` is the place of the source of COHORT; else not looked at. */
RungsWhatIfOrders *rungs_what_if_run (const RungsWhatIfBasis *basis,
                                      const RungsWhatIfRates *rates,
                                      const RungsWhatIfPace  *pace,
                                      RungsWhatIfGroup        group,
                                      int                     source);
void rungs_what_if_orders_free (RungsWhatIfOrders *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWhatIfOrders, rungs_what_if_orders_free)

G_END_DECLS
