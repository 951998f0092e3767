/* rungs-odds.c: how likely it is that chance alone brings about what was seen.
 *
 * Tails are summed from the term that is nearest to the middle on, each made of the one before it;
 * that one is the only one that needs factorials. So it is the largest: where it is too small for a
 * number, the tail is nothing. */

#include "partners/rungs-odds.h"

#include <math.h>

/* A term that changes a sum no more. */
#define NOTHING 1e-18

static double
log_factorial (gint64 n)
{
  int sign;

  return lgamma_r ((double) n + 1, &sign);
}

/* In how many ways `k` are chosen of `n`. */
static double
log_choices (gint64 n,
             gint64 k)
{
  return log_factorial (n) - log_factorial (k) - log_factorial (n - k);
}

/* By how much the term of `i` + 1 hits is larger than that of `i`. */
typedef double (*RatioFunc) (const double *figures,
                             double        i);

/* The sum of `term`, which is that of `from` hits, and of those after it. */
static double
sum_up (double        term,
        double        from,
        double        to,
        RatioFunc     ratio,
        const double *figures)
{
  double sum = 0;

  for (double i = from; i <= to && term > NOTHING * sum; i++)
    {
      sum += term;
      term *= ratio (figures, i);
    }
  return MIN (sum, 1);
}

/* The same downwards. */
static double
sum_down (double        term,
          double        from,
          RatioFunc     ratio,
          const double *figures)
{
  double sum = 0;

  for (double i = from; i >= 0 && term > NOTHING * sum; i--)
    {
      sum += term;
      term /= ratio (figures, i - 1);
    }
  return MIN (sum, 1);
}

/* n, share */
static double
ratio_of_share (const double *figures,
                double        i)
{
  return (figures[0] - i) / (i + 1) * figures[1] / (1 - figures[1]);
}

double
rungs_odds_of_share (gint64 hits,
                     gint64 n,
                     double share)
{
  const double figures[] = { (double) n, share };
  gboolean is_few = (double) hits <= share * (double) n;
  gint64 first = is_few ? hits - 1 : hits;
  double term;

  g_return_val_if_fail (hits >= 0 && hits <= n, 1);
  g_return_val_if_fail (share > 0 && share < 1, 1);

  if (hits == 0)
    return 1;
  term = exp (log_choices (n, first) + (double) first * log (share)
              + (double) (n - first) * log1p (-share));
  return is_few ? 1 - sum_down (term, (double) first, ratio_of_share, figures)
                : sum_up (term, (double) first, (double) n, ratio_of_share, figures);
}

/* all hits, n, all */
static double
ratio_of_more (const double *figures,
               double        i)
{
  return (figures[0] - i) / (i + 1) * (figures[1] - i)
         / (figures[2] - figures[0] - figures[1] + i + 1);
}

double
rungs_odds_of_more (gint64 hits,
                    gint64 n,
                    gint64 other_hits,
                    gint64 other_n)
{
  gint64 all_hits = hits + other_hits;
  gint64 all = n + other_n;
  const double figures[] = { (double) all_hits, (double) n, (double) all };
  gboolean is_few = (double) hits * (double) all <= (double) all_hits * (double) n;
  gint64 first = is_few ? hits - 1 : hits;
  double term;

  g_return_val_if_fail (hits >= 0 && hits <= n, 1);
  g_return_val_if_fail (other_hits >= 0 && other_hits <= other_n, 1);

  if (hits == 0 || n - first > all - all_hits)
    return 1;
  term = exp (log_choices (all_hits, first) + log_choices (all - all_hits, n - first)
              - log_choices (all, n));
  return is_few ? 1 - sum_down (term, (double) first, ratio_of_more, figures)
                : sum_up (term, (double) first, (double) MIN (n, all_hits), ratio_of_more, figures);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/* How far the shares of values up to some value are apart, where they are it most. */
static double
find_distance (GArray *sample,
               GArray *other)
{
  double most = 0;
  guint i = 0, k = 0;

  while (i < sample->len && k < other->len)
    {
      gint64 value
          = MIN (g_array_index (sample, gint64, i), g_array_index (other, gint64, k));

      while (i < sample->len && g_array_index (sample, gint64, i) == value)
        i++;
      while (k < other->len && g_array_index (other, gint64, k) == value)
        k++;
      most = MAX (most, fabs ((double) i / sample->len - (double) k / other->len));
    }
  return most;
}

double
rungs_odds_of_distance (GArray *sample,
                        GArray *other,
                        double *distance)
{
  double cases, lambda, sum = 0;

  g_return_val_if_fail (sample != NULL && other != NULL && distance != NULL, 1);

  *distance = 0;
  if (sample->len == 0 || other->len == 0)
    return 1;
  g_array_sort (sample, compare_cb);
  g_array_sort (other, compare_cb);
  *distance = find_distance (sample, other);
  cases = sqrt ((double) sample->len * other->len / ((double) sample->len + other->len));
  lambda = (cases + 0.12 + 0.11 / cases) * *distance;
  if (lambda < 0.3) /* where the series below needs many terms, and the answer is 1 */
    return 1;
  for (int i = 1; i <= 20; i++)
    sum += (i % 2 == 1 ? 2 : -2) * exp (-2.0 * i * i * lambda * lambda);
  return CLAMP (sum, 0, 1);
}
