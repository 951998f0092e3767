/* rungs-broadcast-plan-store.h: what the engine does for broadcasts: fixes the audience, puts the
 * messages into the outbox, ends what is done. Each call that writes is short: it is one batch of a
 * transaction of its caller's. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-broadcast.h"

G_BEGIN_DECLS

/* How many leads a batch has, and how many messages of a broadcast wait in the outbox at most. */
#define RUNGS_BROADCAST_BATCH 1000
#define RUNGS_BROADCAST_AHEAD 5000

/* When something is to be done; G_MAXINT64: nothing is under way. */
gboolean rungs_broadcasts_next_due (RungsDb  *db,
                                    gint64    now,
                                    gint64   *due,
                                    GError  **error);

/* Lets those begin that are due; of those that are long overdue a person is asked. */
gboolean rungs_broadcasts_start (RungsDb  *db,
                                 gint64    now,
                                 GError  **error);

/* The id of a broadcast whose audience is to be fixed; 0: there is none. */
gboolean rungs_broadcasts_find_unfixed (RungsDb  *db,
                                        gint64   *broadcast,
                                        GError  **error);

/* For whom its rule holds at one moment, in an order that chance gives. */
typedef struct _RungsBroadcastAudience RungsBroadcastAudience;

RungsBroadcastAudience *rungs_broadcast_audience_new (RungsDb  *db,
                                                      gint64    broadcast,
                                                      gint64    now,
                                                      GError  **error);
void rungs_broadcast_audience_free (RungsBroadcastAudience *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBroadcastAudience, rungs_broadcast_audience_free)

/* Writes down the next of them, the first time after removing what a crash left half done; `done`:
 * that was the last, and the audience is fixed, or the broadcast was stopped meanwhile. */
gboolean rungs_broadcast_audience_write (RungsBroadcastAudience  *self,
                                         RungsDb                 *db,
                                         gboolean                *done,
                                         GError                 **error);

/* Gives some of the rest the subject that won, and a time. `n`: how many; 0: nobody waits. */
gboolean rungs_broadcasts_give (RungsDb  *db,
                                gint64    now,
                                guint    *n,
                                GError  **error);

/* Puts some of what is due into the outbox. `n`: how many leads were looked at; 0: none is due, or
 * enough wait in the outbox. */
gboolean rungs_broadcasts_plan (RungsDb  *db,
                                gint64    now,
                                guint    *n,
                                GError  **error);

/* Whether there is one of which nothing is left to leave. */
gboolean rungs_broadcasts_have_ended (RungsDb   *db,
                                      gboolean  *have,
                                      GError   **error);

/* Ends those of which nothing is left to leave. */
gboolean rungs_broadcasts_finish (RungsDb  *db,
                                  gint64    now,
                                  GError  **error);

/* Those whose test is over. Returns: (transfer full) (element-type gint64). */
GArray *rungs_broadcasts_list_tested (RungsDb  *db,
                                      gint64    now,
                                      GError  **error);

G_END_DECLS
