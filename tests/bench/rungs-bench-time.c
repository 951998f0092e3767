/* rungs-bench-time.c: how long something took, by the clock and by the processor. */

#include "rungs-bench-time.h"

#include <time.h>

static double
milliseconds (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

RungsBenchTime
rungs_bench_time_now (void)
{
  return (RungsBenchTime) { .clock = milliseconds (CLOCK_MONOTONIC),
                            .work = milliseconds (CLOCK_THREAD_CPUTIME_ID) };
}

GArray *
rungs_bench_times_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (RungsBenchTime));
}

void
rungs_bench_times_add (GArray          *self,
                       RungsBenchTime   began,
                       guint            n)
{
  RungsBenchTime time = rungs_bench_time_now ();

  time.clock = (time.clock - began.clock) / n;
  time.work = (time.work - began.work) / n;
  g_array_append_val (self, time);
}

static int
compare_clock (gconstpointer a,
               gconstpointer b)
{
  const RungsBenchTime *x = a;
  const RungsBenchTime *y = b;

  return (x->clock > y->clock) - (x->clock < y->clock);
}

static int
compare_work (gconstpointer a,
              gconstpointer b)
{
  const RungsBenchTime *x = a;
  const RungsBenchTime *y = b;

  return (x->work > y->work) - (x->work < y->work);
}

RungsBenchTime
rungs_bench_times_get_median (GArray *self)
{
  RungsBenchTime median = { 0 };

  g_return_val_if_fail (self->len > 0, median);

  g_array_sort (self, compare_clock);
  median.clock = g_array_index (self, RungsBenchTime, self->len / 2).clock;
  g_array_sort (self, compare_work);
  median.work = g_array_index (self, RungsBenchTime, self->len / 2).work;
  return median;
}

void
rungs_bench_times_compare (GArray *own,
                           GArray *by_hand)
{
  RungsBenchTime ours = rungs_bench_times_get_median (own);
  RungsBenchTime theirs = rungs_bench_times_get_median (by_hand);

  g_print ("%.3g ms, by hand %.3g ms: %.2f x; work %.3g ms, by hand %.3g ms: %.2f x", ours.clock,
           theirs.clock, ours.clock / theirs.clock, ours.work, theirs.work,
           ours.work / theirs.work);
}
