/* rungs-retention-store.h: how long what happened is kept.
 *
 * For a kind of event it can be said for how many months it is kept; nothing is said at first, and
 * all is kept. What is older is removed, for ever, when somebody has seen how much that is. Orders,
 * refunds, the evidence of consent and the do-not-send list can never be named, nor does anything
 * go that tells of a merge that can still be undone, or that a part of the program has not followed
 * yet. Rules about what happened then answer as if it had not; scores lose the points of it; a lead
 * that somebody worked on stays when the import that brought it is undone, as before. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

#define RUNGS_RETENTION_MOST_MONTHS 1200

typedef struct
{
  const char *kind;
  const char *label; /* translated */
  gint64 months;     /* 0: for ever */
  gint64 goes;       /* how many events are older by now */
  gint64 ran_at;     /* when it was last seen to; 0: not yet */
} RungsRetention;

/* Returns: (transfer full) (element-type RungsRetention): one for each kind that can be named. */
GPtrArray *rungs_retention_list (RungsDb  *db,
                                 gint64    now,
                                 GError  **error);

/* How many events would go at once if that kind were kept for `months`. Errors: INVALID where the
 * kind cannot be named, or the months are none. */
gboolean rungs_retention_preview (RungsDb     *db,
                                  const char  *kind,
                                  gint64       months,
                                  gint64       now,
                                  gint64      *goes,
                                  GError     **error);

/* From now on; 0 months: for ever. It is seen to by rungs_retention_step(). In a write transaction.
 * Errors: INVALID as above. */
gboolean rungs_retention_set (RungsDb     *db,
                              const char  *kind,
                              gint64       months,
                              GError     **error);

/* Has all of it seen to at once. In a write transaction. */
gboolean rungs_retention_hasten (RungsDb  *db,
                                 GError  **error);

/* When something is to be seen to: each kind once a day; 0: now, G_MAXINT64: never. */
gboolean rungs_retention_next_due (RungsDb  *db,
                                   gint64   *at,
                                   GError  **error);

/* Removes up to `limit` events of a kind that is due. `removed` (out): how many; `left` (out):
 * whether there is more to do. In a write transaction. */
gboolean rungs_retention_step (RungsDb   *db,
                               gint64     now,
                               guint      limit,
                               gint64    *removed,
                               gboolean  *left,
                               GError   **error);

/* Works off what is due, batch by batch, each in a transaction of its own, until it is done or
 * cancelled. `removed` may be NULL. */
gboolean rungs_retention_run (RungsDb       *db,
                              gint64         now,
                              GCancellable  *cancellable,
                              gint64        *removed,
                              GError       **error);

G_END_DECLS
