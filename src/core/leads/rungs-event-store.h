/* rungs-event-store.h: adds events, follows them, and reads the timeline of a lead. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-event.h"

G_BEGIN_DECLS

/* Writes a fact down, in the transaction in which it became one. `lead` and `ref` are 0 where
 * there is none; `detail` may be NULL. Returns: the id of the event; 0 on error. */
gint64 rungs_event_add (RungsDb     *db,
                        gint64       lead,
                        const char  *kind,
                        gint64       at,
                        gint64       ref,
                        const char  *detail,
                        GError     **error);

/* As rungs_event_add(), with the import that wrote it. */
gint64 rungs_event_add_of_run (RungsDb     *db,
                               gint64       lead,
                               const char  *kind,
                               gint64       at,
                               gint64       ref,
                               const char  *detail,
                               gint64       run,
                               GError     **error);

/* Reacts to an event. It may write, and add events: those are followed too. FALSE undoes
 * everything. */
typedef gboolean (*RungsEventFunc) (RungsDb           *db,
                                    const RungsEvent  *event,
                                    gpointer           data,
                                    GError           **error);

/* Calls `func` for each event after the cursor `name` whose kind is among `kinds`
 * (NULL-terminated; NULL: all kinds), in the order of their ids, until none is left, and moves the
 * cursor behind them all. In a write transaction. A cursor that does not exist yet stands before
 * the first event. */
gboolean rungs_event_follow (RungsDb            *db,
                             const char         *name,
                             const char *const  *kinds,
                             RungsEventFunc      func,
                             gpointer            data,
                             GError            **error);

/* Moves the cursor `name` behind all events there are. In a write transaction. */
gboolean rungs_event_skip (RungsDb     *db,
                           const char  *name,
                           GError     **error);

/* Errors: NOT_FOUND. */
RungsEvent *rungs_event_load (RungsDb  *db,
                              gint64    id,
                              GError  **error);

/* A page of a lead's timeline, newest first, the imports that brought or changed it among the
 * events: up to `limit` rows that come after the row `after` (nullable: from the newest). Returns:
 * (transfer full) (element-type RungsEvent). */
GPtrArray *rungs_timeline_page (RungsDb           *db,
                                gint64             lead,
                                const RungsEvent  *after,
                                guint              limit,
                                GError           **error);

/* The same, but only what belongs to `groups` (bits of RungsEventGroups). */
GPtrArray *rungs_timeline_page_of (RungsDb           *db,
                                   gint64             lead,
                                   guint              groups,
                                   const RungsEvent  *after,
                                   guint              limit,
                                   GError           **error);

G_END_DECLS
