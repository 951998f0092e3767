/* rungs-clock.h: what time it is, really or for a rehearsal. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RUNGS_SECOND G_GINT64_CONSTANT (1000)
#define RUNGS_MINUTE (60 * RUNGS_SECOND)
#define RUNGS_HOUR (60 * RUNGS_MINUTE)
#define RUNGS_DAY (24 * RUNGS_HOUR)

#define RUNGS_TYPE_CLOCK (rungs_clock_get_type ())

/* Instants are milliseconds since 1970-01-01T00:00:00Z. A clock may be read from any thread. */
G_DECLARE_FINAL_TYPE (RungsClock, rungs_clock, RUNGS, CLOCK, GObject)

/* The machine's clock. */
RungsClock *rungs_clock_new (void);

/* A clock that stands at `now` until it is set. */
RungsClock *rungs_clock_new_pretended (gint64 now);

gint64 rungs_clock_now (RungsClock *self);
gboolean rungs_clock_is_pretended (RungsClock *self);

/* Sets a pretended clock; never backwards is the caller's promise. */
void rungs_clock_set (RungsClock *self,
                      gint64      now);

G_END_DECLS
