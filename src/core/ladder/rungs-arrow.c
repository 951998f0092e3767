/* rungs-arrow.c: which of the offers that stand is tried first.
 *
 * A smaller priority comes first: that is the owner's word. Among equals comes first what may be
 * expected to bring most: the margin of one sale times the share of those asked who buy.
 *
 * The margin is the price less the cost, less the affiliate's share of the price; what nobody has
 * said counts as nothing. Of a subscription it is that of one period.
 *
 * The share is not hits by cases, for of three cases one hit says next to nothing. It is drawn
 * towards the mean of the ladder, all hits by all cases, as if the arrow had had RUNGS_PRIOR_CASES
 * more cases of which that mean bought. (Those who own nothing are other people than customers: the
 * offers to them have a mean of their own.)
 *
 *   conversion = (hits + prior × mean) / (cases + prior)
 *
 * which is the posterior mean of a binomial share whose prior is the Beta distribution with that
 * mean and that strength (A. Gelman and others, Bayesian Data Analysis, 3rd ed. 2013, 2.4 and 5.3;
 * B. Efron and C. Morris, Data Analysis Using Stein's Estimator and Its Generalizations, Journal of
 * the American Statistical Association 70 (1975), 311-319, on why it errs less). The strength is
 * ours: at a mean of 3 %, a hundred cases say that the true shares of offers lie about half of the
 * mean apart (a standard deviation of 1.7 %), and an arrow with a hundred cases of its own is
 * believed as much as the ladder. Of a ladder without cases the mean is 1 %, which direct traffic
 * seldom passes.
 *
 * Margins are told in the currency of the report, at the rate of the day. Without one, margins in
 * several currencies cannot be compared: an arrow whose product is not priced in the currency of
 * the business, or has no rate, comes behind those of the same priority that are, and such arrows
 * stand among themselves by kind (next, upsell, cross-sell, downsell), then the higher rung. Where
 * all that is equal the older arrow comes first. It is all done in whole numbers: the order is the
 * same everywhere. */

#include "ladder/rungs-arrow.h"

#define MILLION G_GINT64_CONSTANT (1000000)

void
rungs_arrow_free (RungsArrow *self)
{
  g_free (self->condition);
  g_free (self->fault);
  g_free (self);
}

/* a × b / c, rounded half to even, and kept within gint64. */
static gint64
multiply_divide (gint64 a,
                 gint64 b,
                 gint64 c)
{
  __int128 product = (__int128) a * b;
  __int128 quotient = product / c;
  __int128 rest = product % c;
  int sign = product < 0 ? -1 : 1;

  rest = rest < 0 ? -rest : rest;
  if (2 * rest > c || (2 * rest == c && quotient % 2 != 0))
    quotient += sign;
  return (gint64) CLAMP (quotient, G_MININT64, G_MAXINT64);
}

/* The share of all who were asked on this ladder and bought, in millionths: of those who owned
 * nothing, or of the others. */
static gint64
get_mean (GPtrArray *arrows,
          gboolean   from_nothing)
{
  gint64 cases = 0;
  gint64 hits = 0;

  for (guint i = 0; i < arrows->len; i++)
    {
      const RungsArrow *arrow = arrows->pdata[i];

      if ((arrow->from_product == 0) != from_nothing)
        continue;
      cases += arrow->expected.cases;
      hits += arrow->expected.hits;
    }
  return cases > 0 ? multiply_divide (hits, MILLION, cases) : RUNGS_PRIOR_CONVERSION;
}

static void
expect (RungsArrow *arrow,
        gint64      mean)
{
  RungsExpectation *expected = &arrow->expected;
  gint64 hits = expected->hits * MILLION + RUNGS_PRIOR_CASES * mean;

  expected->conversion = multiply_divide (hits, 1, expected->cases + RUNGS_PRIOR_CASES);
  expected->value = rungs_money (
      multiply_divide (expected->margin.minor, expected->conversion, MILLION),
      expected->margin.currency);
  expected->weight = multiply_divide (expected->margin.minor, expected->conversion, 1);
}

static int
order (gint64 a,
       gint64 b)
{
  return (a > b) - (a < b);
}

int
rungs_arrow_compare (const RungsArrow *a,
                     const RungsArrow *b,
                     RungsRank        *by)
{
  gboolean comparable = a->expected.comparable && b->expected.comparable;
  const int orders[] = {
    [RUNGS_RANK_PRIORITY] = order (a->priority, b->priority),
    [RUNGS_RANK_MARGIN] = comparable ? order (b->expected.weight, a->expected.weight) : 0,
    [RUNGS_RANK_CURRENCY] = order (b->expected.comparable, a->expected.comparable),
    [RUNGS_RANK_KIND] = comparable ? 0 : order (a->kind, b->kind),
    [RUNGS_RANK_RUNG] = comparable ? 0 : order (b->rung, a->rung),
    [RUNGS_RANK_AGE] = order (a->offer, b->offer),
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i] != 0)
      {
        if (by != NULL)
          *by = i;
        return orders[i];
      }
  return 0;
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  return rungs_arrow_compare (*(RungsArrow *const *) a, *(RungsArrow *const *) b, NULL);
}

void
rungs_arrows_rank (GPtrArray *arrows)
{
  gint64 means[2];

  g_return_if_fail (arrows != NULL);

  means[FALSE] = get_mean (arrows, FALSE);
  means[TRUE] = get_mean (arrows, TRUE);
  for (guint i = 0; i < arrows->len; i++)
    expect (arrows->pdata[i], means[((RungsArrow *) arrows->pdata[i])->from_product == 0]);
  g_ptr_array_sort (arrows, compare_cb);
}

void
rungs_expectation_get_cases (const RungsExpectation *self,
                             gint64                 *hits,
                             gint64                 *cases)
{
  g_return_if_fail (self != NULL && hits != NULL && cases != NULL);

  *cases = self->cases + RUNGS_PRIOR_CASES;
  *hits = multiply_divide (self->conversion, *cases, MILLION);
}
