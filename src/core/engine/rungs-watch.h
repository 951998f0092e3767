/* rungs-watch.h: a thread that does one kind of work when it is due. Part of rungs-engine.c.
 *
 * Each kind has a thread of its own, because a server that does not answer is waited for, and
 * sending must not wait for that. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsWatch RungsWatch;

/* Does what is due, on the thread, with a connection of its own and without a transaction.
 * `next_at` (out): when more will be; G_MAXINT64: not by itself. Errors: those of the file. */
typedef gboolean (*RungsWatchFunc) (RungsWatch  *watch,
                                    RungsDb     *db,
                                    gint64      *next_at,
                                    GError     **error);

/* Works on the file at `path` until it is stopped; for the holder of the lease. `name` is short.
 * `found` is called on that thread when something was found that the engine must look at. */
RungsWatch *rungs_watch_start (const char     *name,
                               const char     *path,
                               RungsClock     *clock,
                               RungsWatchFunc  work,
                               void (*found) (gpointer data),
                               gpointer        data);

/* Breaks the work off, and waits for the thread. */
void rungs_watch_stop (RungsWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWatch, rungs_watch_stop)

/* ---- for the work */

RungsClock *rungs_watch_get_clock (RungsWatch *self);
GCancellable *rungs_watch_get_cancellable (RungsWatch *self);

/* Says that something was found. */
void rungs_watch_tell (RungsWatch *self);

G_END_DECLS
