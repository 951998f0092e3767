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

G_END_DECLS
