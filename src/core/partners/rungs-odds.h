/* rungs-odds.h: how likely it is that chance alone brings about what was seen.
 *
 * All answers are between 0 and 1, and right for few cases, too. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* That of `n` cases `hits` or more are hits where each is one with the chance `share`: the upper
 * tail of the binomial distribution, as in C. J. Clopper and E. S. Pearson, The Use of Confidence
 * or Fiducial Limits Illustrated in the Case of the Binomial, Biometrika 26 (1934), 404-413.
 * 0 <= hits <= n, 0 < share < 1. */
double rungs_odds_of_share (gint64 hits,
                            gint64 n,
                            double share);

/* That `hits` or more of all hits, which are `hits` and `other_hits`, fall on these `n` cases and
 * not on the `other_n` others: the exact test of R. A. Fisher, The Logic of Inductive Inference,
 * Journal of the Royal Statistical Society 98 (1935), 39-82. 0 <= hits <= n, 0 <= other_hits <=
 * other_n. */
double rungs_odds_of_more (gint64 hits,
                           gint64 n,
                           gint64 other_hits,
                           gint64 other_n);

/* That two samples (element-type gint64) from one and the same distribution lie as far apart as
 * these: the test of Kolmogorov and Smirnov, with the approximation of M. A. Stephens, Use of the
 * Kolmogorov-Smirnov, Cramér-Von Mises and Related Statistics Without Extensive Tables, Journal of
 * the Royal Statistical Society B 32 (1970), 115-122. It is sound from about 5 cases each on;
 * values that are the same make it careful. 1 where one is empty. `distance` (out): how far,
 * between 0 and 1. Sorts both. */
double rungs_odds_of_distance (GArray *sample,
                               GArray *other,
                               double *distance);

G_END_DECLS
