/* rungs-clock.c: the real and the pretended clock. */

#include "base/rungs-clock.h"

struct _RungsClock
{
  GObject parent_instance;

  gboolean pretended;
  gint64 now; /* atomic; only where pretended */
};

G_DEFINE_FINAL_TYPE (RungsClock, rungs_clock, G_TYPE_OBJECT)

static void
rungs_clock_class_init (RungsClockClass *klass)
{
}

static void
rungs_clock_init (RungsClock *self)
{
}

RungsClock *
rungs_clock_new (void)
{
  return g_object_new (RUNGS_TYPE_CLOCK, NULL);
}

RungsClock *
rungs_clock_new_pretended (gint64 now)
{
  RungsClock *self = g_object_new (RUNGS_TYPE_CLOCK, NULL);

  self->pretended = TRUE;
  self->now = now;
  return self;
}

gint64
rungs_clock_now (RungsClock *self)
{
  g_return_val_if_fail (RUNGS_IS_CLOCK (self), 0);

  if (self->pretended)
    return __atomic_load_n (&self->now, __ATOMIC_RELAXED);
  return g_get_real_time () / 1000;
}

gboolean
rungs_clock_is_pretended (RungsClock *self)
{
  g_return_val_if_fail (RUNGS_IS_CLOCK (self), FALSE);

  return self->pretended;
}

void
rungs_clock_set (RungsClock *self,
                 gint64      now)
{
  g_return_if_fail (RUNGS_IS_CLOCK (self));
  g_return_if_fail (self->pretended);

  __atomic_store_n (&self->now, now, __ATOMIC_RELAXED);
}
