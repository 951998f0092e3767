/* rungs-wilson.h: how far a share that was seen may lie from the true one. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Both between 0 and 1. */
typedef struct
{
  double low;
  double high;
} RungsInterval;

/* The score interval of Wilson for `hits` of `n` cases, 0 <= hits <= n, at 95 % (z = 1.959964); 0
 * to 1 where n is 0. E. B. Wilson, Probable Inference, the Law of Succession, and Statistical
 * Inference, Journal of the American Statistical Association 22 (1927), 209-212. */
RungsInterval rungs_wilson (gint64 hits,
                            gint64 n);

/* By how much the true share of the first lies above that of the second, between -1 and 1, at 95 %;
 * -1 to 1 where there are no cases of one. Method 10 of R. G. Newcombe, Interval Estimation for the
 * Difference Between Independent Proportions, Statistics in Medicine 17 (1998), 873-890: it is made
 * of the two intervals above, and as sound as they are with few cases. */
RungsInterval rungs_wilson_difference (gint64 hits,
                                       gint64 n,
                                       gint64 other_hits,
                                       gint64 other_n);

G_END_DECLS
