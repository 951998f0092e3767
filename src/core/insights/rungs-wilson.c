/* rungs-wilson.c: the score interval of a share.
 *
 *   (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n)    with p = hits / n
 *
 * It stays within 0 and 1, and is right also for few cases and for shares near 0, as conversion
 * rates are. */

#include "insights/rungs-wilson.h"

#include <math.h>

#define Z 1.959964

RungsInterval
rungs_wilson (gint64 hits,
              gint64 n)
{
  double cases = (double) n;
  double share, middle, half, scale;

  g_return_val_if_fail (hits >= 0 && hits <= n, ((RungsInterval) { 0, 1 }));

  if (n == 0)
    return (RungsInterval) { 0, 1 };
  share = (double) hits / cases;
  scale = 1 + Z * Z / cases;
  middle = (share + Z * Z / (2 * cases)) / scale;
  half = Z * sqrt (share * (1 - share) / cases + Z * Z / (4 * cases * cases)) / scale;
  return (RungsInterval) { hits == 0 ? 0 : MAX (middle - half, 0),
                           hits == n ? 1 : MIN (middle + half, 1) };
}

RungsInterval
rungs_wilson_difference (gint64 hits,
                         gint64 n,
                         gint64 other_hits,
                         gint64 other_n)
{
  RungsInterval one = rungs_wilson (hits, n);
  RungsInterval other = rungs_wilson (other_hits, other_n);
  double share, other_share;

  if (n == 0 || other_n == 0)
    return (RungsInterval) { -1, 1 };
  share = (double) hits / (double) n;
  other_share = (double) other_hits / (double) other_n;
  return (RungsInterval) {
    share - other_share - hypot (share - one.low, other.high - other_share),
    share - other_share + hypot (one.high - share, other_share - other.low),
  };
}
