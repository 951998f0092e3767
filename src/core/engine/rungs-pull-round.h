/* rungs-pull-round.h: asks providers for what they would push. */

#pragma once

#include "base/rungs-clock.h"
#include "engine/rungs-watch.h"
#include "web/rungs-web-apply.h"
#include "web/rungs-web-pull-store.h"

G_BEGIN_DECLS

/* What a look found. */
typedef struct
{
  gint64 taken; /* that was new */
  RungsWebResult result;
} RungsPullReport;

/* Asks the provider of an endpoint all that its file knows to ask, with `key`. What a page brings
 * and where the next one is are written in one transaction, so that whatever ends the program the
 * next look goes on there. How far it was asked, and why that failed, stands with the endpoint.
 * `only_due`: leaves out what was asked a short while ago; who asked us to wait is not asked in any
 * case. `next_at` (out): when something is due next; G_MAXINT64: never. Nothing is done yet of what
 * is taken. Blocks; without a transaction, on a worker thread. Errors: those of the file, INVALID
 * where the provider cannot be asked, and G_IO_ERROR_CANCELLED; trouble with the provider is none
 * of them. */
gboolean rungs_pull_round (RungsDb                 *db,
                           RungsClock              *clock,
                           const RungsWebPullPlan  *plan,
                           const char              *key,
                           gboolean                 only_due,
                           GCancellable            *cancellable,
                           RungsPullReport         *report,
                           gint64                  *next_at,
                           GError                 **error);

/* The same of one endpoint, now, with `key` (nullable: the one of the keyring), and does what was
 * taken. Errors: as above; NOT_FOUND, it is not asked; LOCKED, AUTH: the keyring does not give the
 * key. */
gboolean rungs_pull_now (RungsDb          *db,
                         RungsClock       *clock,
                         gint64            endpoint,
                         const char       *key,
                         GCancellable     *cancellable,
                         RungsPullReport  *report,
                         GError          **error);

/* When the endpoint is asked next; 0: never. */
gboolean rungs_pull_next_at (RungsDb                 *db,
                             const RungsWebPullPlan  *plan,
                             gint64                   now,
                             gint64                  *next_at,
                             GError                 **error);

/* The same of all that are due, with their keys from the keyring: for rungs_watch_start(). */
gboolean rungs_pull_watch (RungsWatch  *watch,
                           RungsDb     *db,
                           gint64      *next_at,
                           GError     **error);

G_END_DECLS
