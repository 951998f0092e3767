/* rungs-what-if-rates.c: at which rates people bought in the period, and how sure that is. */

#include "insights/rungs-what-if-rates.h"

#include <math.h>

#include "insights/rungs-ladder-figures.h"
#include "ladder/rungs-arrow.h"

/* Of one product nobody orders more pieces again in a month. */
#define MOST_REPEATS 10.0
#define Z 1.959964
#define DAYS_A_MONTH 30.4375

/* Nobody goes by an arrow of which that is the share in a month for longer than two years. */
#define MOST_TAIL (1.0 / 12)

static RungsWhatIfShare
share_new (double cases,
           gint64 hits)
{
  RungsWhatIfShare share = { .cases = cases, .hits = hits, .range = { 0, 1 } };

  share.too_few = cases < RUNGS_LADDER_FEW;
  if (cases <= 0)
    return share;
  share.share = MIN ((double) hits / cases, 1);
  share.range = rungs_wilson (MIN (hits, llround (cases)), llround (cases));
  return share;
}

/* ---- arrows */

static gint64
count_hits (const RungsWhatIfArrow *arrow)
{
  gint64 hits = arrow->at_once;

  for (guint age = 0; age < RUNGS_WHAT_IF_OLD; age++)
    hits += arrow->later[age];
  return hits;
}

/* How many of those who came could go by the arrow: counted as much as they lived, within the
 * period, at the ages at which people go by it. */
static double
count_cases (const RungsWhatIfArrow *arrow,
             const RungsWhatIfPlace *place,
             double                  open)
{
  gint64 hits = count_hits (arrow);
  double cases = (double) arrow->at_once * (double) place->came;

  if (hits == 0)
    return (double) place->came * open;
  for (guint age = 0; age < RUNGS_WHAT_IF_OLD; age++)
    cases += (double) arrow->later[age] * place->lived[age];
  return MAX (cases * open / (double) hits, (double) hits);
}

static void
measure_arrow (const RungsWhatIfBasis *basis,
               guint                   index,
               RungsWhatIfArrowRates  *rates)
{
  const RungsWhatIfArrow *arrow = rungs_what_if_basis_get_arrow (basis, index);
  const RungsWhatIfPlace *place = rungs_what_if_basis_get_place (basis, arrow);
  double old = (double) arrow->later[RUNGS_WHAT_IF_OLD];

  rates->open = place->came > 0 ? 1 - (double) arrow->before / (double) place->came : 1;
  rates->share = share_new (count_cases (arrow, place, rates->open), count_hits (arrow));
  if (old > 0)
    rates->tail = old / MAX (place->lived[RUNGS_WHAT_IF_OLD], old / MOST_TAIL);
}

/* Arrows that lead to the same product from products, or from sources by the same path, are
 * alike. */
static gboolean
are_alike (const RungsWhatIfBasis *basis,
           guint                   one,
           guint                   other)
{
  const RungsWhatIfArrow *a = rungs_what_if_basis_get_arrow (basis, one);
  const RungsWhatIfArrow *b = rungs_what_if_basis_get_arrow (basis, other);

  if (a->to != b->to || (a->entry < 0) != (b->entry < 0))
    return FALSE;
  return a->entry < 0
         || g_array_index (basis->entries, RungsWhatIfEntry, a->entry).path
                == g_array_index (basis->entries, RungsWhatIfEntry, b->entry).path;
}

/* When people go by an arrow by which nobody went: as by those that are alike; where nobody did so
 * either, when the offer is made. */
static void
shape_arrow (const RungsWhatIfBasis *basis,
             guint                   index,
             RungsWhatIfArrowRates  *rates)
{
  const RungsWhatIfArrow *arrow = rungs_what_if_basis_get_arrow (basis, index);
  gboolean own = count_hits (arrow) > 0;
  double all = 0;

  for (guint i = 0; i < basis->arrows->len; i++)
    {
      const RungsWhatIfArrow *other = rungs_what_if_basis_get_arrow (basis, i);

      if (i != index && (own || !are_alike (basis, index, i)))
        continue;
      rates->at_once += (double) other->at_once;
      for (guint age = 0; age < RUNGS_WHAT_IF_OLD; age++)
        rates->later[age] += (double) other->later[age];
      all += (double) count_hits (other);
    }
  if (all <= 0)
    {
      guint age = (guint) MIN ((double) arrow->after_days / DAYS_A_MONTH, RUNGS_WHAT_IF_OLD - 1);

      *(arrow->after_days > 0 ? &rates->later[age] : &rates->at_once) = all = 1;
    }
  rates->at_once /= all;
  for (guint age = 0; age < RUNGS_WHAT_IF_OLD; age++)
    rates->later[age] /= all;
}

/* Draws the share towards that of the other arrows that are alike. */
static void
draw_arrow (const RungsWhatIfBasis      *basis,
            const RungsWhatIfArrowRates *measured,
            guint                        index,
            RungsWhatIfShare            *share)
{
  double cases = 0, hits = 0, prior;

  for (guint i = 0; i < basis->arrows->len; i++)
    if (i != index && are_alike (basis, index, i))
      {
        cases += measured[i].share.cases;
        hits += (double) measured[i].share.hits;
      }
  prior = MIN (cases, RUNGS_PRIOR_CASES);
  if (share->cases <= 0 || prior <= 0)
    return;
  hits = (double) share->hits + hits / cases * prior;
  cases = share->cases + prior;
  share->share = MIN (hits / cases, 1);
  share->range = rungs_wilson (MIN (llround (hits), llround (cases)), llround (cases));
}

/* What arrows that are alike bring together stays what it was. */
static void
scale_arrow (const RungsWhatIfBasis      *basis,
             const RungsWhatIfArrowRates *drawn,
             guint                        index,
             RungsWhatIfShare            *share)
{
  double hits = 0, expected = 0;

  for (guint i = 0; i < basis->arrows->len; i++)
    if (are_alike (basis, index, i))
      {
        hits += (double) drawn[i].share.hits;
        expected += drawn[i].share.share * drawn[i].share.cases;
      }
  if (expected > 0 && hits > 0)
    {
      share->share = MIN (share->share * hits / expected, 1);
      share->range.low = MIN (share->range.low * hits / expected, share->share);
      share->range.high = CLAMP (share->range.high * hits / expected, share->share, 1);
    }
}

static RungsWhatIfArrowRates *
measure_arrows (const RungsWhatIfBasis *basis)
{
  guint n = basis->arrows->len;
  RungsWhatIfArrowRates *rates = g_new0 (RungsWhatIfArrowRates, n + 1);
  g_autofree RungsWhatIfArrowRates *before = NULL;

  for (guint i = 0; i < n; i++)
    {
      measure_arrow (basis, i, &rates[i]);
      shape_arrow (basis, i, &rates[i]);
    }
  before = g_memdup2 (rates, n * sizeof *rates);
  for (guint i = 0; i < n; i++)
    draw_arrow (basis, before, i, &rates[i].share);
  g_free (before);
  before = g_memdup2 (rates, n * sizeof *rates);
  for (guint i = 0; i < n; i++)
    scale_arrow (basis, before, i, &rates[i].share);
  return rates;
}

/* ---- products */

/* The money of a product in its own currency; of one that was sold in others only, in the first. */
static void
measure_refunds (const RungsWhatIfProduct *product,
                 RungsWhatIfShare         *refunds)
{
  const RungsWhatIfSales *chosen = NULL;

  for (guint i = 0; i < product->sales->len; i++)
    {
      const RungsWhatIfSales *sales = &g_array_index (product->sales, RungsWhatIfSales, i);

      if (sales->amount > 0
          && (chosen == NULL || g_str_equal (sales->currency, product->price.currency)))
        chosen = sales;
    }
  if (chosen == NULL)
    return;
  refunds->cases = (double) chosen->pieces;
  refunds->too_few = chosen->pieces < RUNGS_LADDER_FEW;
  refunds->share = MIN ((double) chosen->refunded / (double) chosen->amount, 1);
  refunds->range = (RungsInterval) { refunds->share, refunds->share };
}

/* How often something that happens by chance is seen varies by the square root of that. */
static void
measure_product (const RungsWhatIfProduct *product,
                 RungsWhatIfProductRates  *rates)
{
  double repeats = (double) product->repeats;

  rates->renewals = share_new ((double) product->due, product->renewed);
  measure_refunds (product, &rates->refunds);
  if (repeats <= 0)
    return;
  rates->repeats = repeats / MAX (product->owned_months, repeats / MOST_REPEATS);
  rates->repeats_range.low = rates->repeats * MAX (1 - Z / sqrt (repeats), 0);
  rates->repeats_range.high = rates->repeats * (1 + Z / sqrt (repeats));
}

RungsWhatIfRates *
rungs_what_if_rates_new (const RungsWhatIfBasis *basis)
{
  RungsWhatIfRates *self = g_new0 (RungsWhatIfRates, 1);

  self->arrows = measure_arrows (basis);
  self->products = g_new0 (RungsWhatIfProductRates, basis->products->len + 1);
  for (guint i = 0; i < basis->products->len; i++)
    measure_product (rungs_what_if_basis_get_product (basis, i), &self->products[i]);
  return self;
}

void
rungs_what_if_rates_free (RungsWhatIfRates *self)
{
  g_free (self->arrows);
  g_free (self->products);
  g_free (self);
}
