/* rungs-arrow.h: an offer that stands, as the next offer weighs it. */

#pragma once

#include "base/rungs-money.h"
#include "ladder/rungs-offer-store.h"

G_BEGIN_DECLS

/* As many cases as the mean of the ladder counts for beside an offer's own; and the mean, in
 * millionths, of a ladder on which nothing has been counted. rungs-arrow.c says why. */
#define RUNGS_PRIOR_CASES 100
#define RUNGS_PRIOR_CONVERSION 10000

/* What one more lead who is made the offer may be expected to bring. */
typedef struct
{
  RungsMoney margin; /* of one sale: the price less the cost, less what an affiliate gets */
  gint64 cases;      /* leads who came to where it leaves from */
  gint64 hits;       /* of these, those who bought what it leads to afterwards */
  gint64 conversion; /* in millionths, drawn towards the mean of the ladder */
  RungsMoney value;  /* the margin times the conversion, to the minor unit */
  gint64 weight;     /* the same in millionths of minor units: what is compared */
  gboolean comparable; /* the margin is in the currency of the business; where it has a currency of
                        * report, the margin could be told in that */
} RungsExpectation;

typedef struct
{
  gint64 offer;
  gint64 from_product; /* 0: to leads who own nothing */
  gint64 to_product;
  int from; /* the place of the product in the ladder; -1: none */
  int to;
  RungsOfferKind kind;
  gint64 priority;
  gint64 after_days;
  gint64 rung;        /* of the product it leads to; 0: beside the ladder */
  gint64 valid_from;  /* 0: from ever */
  gint64 valid_until; /* 0: for ever */
  gint64 cap;         /* 0: none */
  gint64 fallback;    /* the offer that is made in its place; 0: none */
  char *condition;    /* (owned) (nullable): a rule */
  char *fault;        /* (owned) (nullable): why the condition cannot be asked */
  RungsExpectation expected;
} RungsArrow;

void rungs_arrow_free (RungsArrow *self);

/* Works out what each arrow may be expected to bring, from its margin, cases and hits, and puts
 * them (element-type RungsArrow) in the order in which they are tried. */
void rungs_arrows_rank (GPtrArray *arrows);

/**
 * RungsRank: by what one arrow comes before another.
 */
typedef enum
{
  RUNGS_RANK_PRIORITY,
  RUNGS_RANK_MARGIN,
  RUNGS_RANK_CURRENCY,
  RUNGS_RANK_KIND,
  RUNGS_RANK_RUNG,
  RUNGS_RANK_AGE,
  RUNGS_RANK_UNTRIED,
} RungsRank;

/* Below 0 where `a` is tried before `b`. `by` (out) (nullable): by what. */
int rungs_arrow_compare (const RungsArrow *a,
                         const RungsArrow *b,
                         RungsRank        *by);

/* The range in which the conversion of the arrow lies, as hits and cases of which an interval can
 * be made: its own with what the prior adds. */
void rungs_expectation_get_cases (const RungsExpectation *self,
                                  gint64                 *hits,
                                  gint64                 *cases);

G_END_DECLS
