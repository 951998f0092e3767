/* rungs-warm-up.c: limits that rise by day. */

#include "mail/rungs-warm-up.h"

#include <glib/gi18n.h>

const RungsWarmUpPreset RUNGS_WARM_UP_PRESETS[] = {
  { "careful", N_ ("Careful: an address that never wrote to many"), 20, 20 },
  { "usual", N_ ("Usual: a domain that people know"), 50, 35 },
  { "quick", N_ ("Quick: a move from another sender"), 500, 50 },
  { NULL, NULL, 0, 0 },
};

gint64
rungs_warm_up_limit (gint64 start,
                     gint64 growth,
                     gint64 days,
                     gint64 most)
{
  gint64 top = most != 0 ? MIN (most, RUNGS_WARM_UP_MOST) : RUNGS_WARM_UP_MOST;
  gint64 limit = start;

  if (start == 0)
    return most;
  for (gint64 i = 0; i < days && limit < top; i++)
    limit = MAX (limit + 1, limit * (100 + growth) / 100);
  return MIN (limit, top);
}

gboolean
rungs_warm_up_goes_on (gint64 start,
                       gint64 growth,
                       gint64 days,
                       gint64 most)
{
  return rungs_warm_up_limit (start, growth, days, most)
         < rungs_warm_up_limit (start, growth, days + 1, most);
}
