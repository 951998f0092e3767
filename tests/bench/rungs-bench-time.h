/* rungs-bench-time.h: how long something took by the clock, and of it how long this thread had the
 * processor: on a machine that does other things too, the second tells more. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Milliseconds. */
typedef struct
{
  double clock;
  double work;
} RungsBenchTime;

RungsBenchTime rungs_bench_time_now (void);

/* A list of how long each try took. */
GArray *rungs_bench_times_new (void);

/* Adds the time since `began`, divided by `n`: how often it was done meanwhile. */
void rungs_bench_times_add (GArray          *self,
                            RungsBenchTime   began,
                            guint            n);

/* By the clock and by work, each for itself. */
RungsBenchTime rungs_bench_times_get_median (GArray *self);

/* Prints both medians of two lists, and their ratios: "12.1 ms, by hand 11.0 ms: 1.10 x; work
 * 10.1 ms, by hand 9.2 ms: 1.10 x". */
void rungs_bench_times_compare (GArray *own,
                                GArray *by_hand);

G_END_DECLS
