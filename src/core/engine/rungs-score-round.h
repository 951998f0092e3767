/* rungs-score-round.h: lets the scores change by which time has passed or another rule holds. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* How many leads are counted in one transaction: others who write wait no longer. */
#define RUNGS_SCORE_BATCH 2500

/* As rungs_scores_advance(), and has watched segments look at those whose score is another. In a
 * write transaction. */
gboolean rungs_score_round (RungsDb *db,
                            gint64   now,
                            guint    limit,
                            guint   *counted,
                            GError **error);

/* Told after each batch; `done` of `all` where all are counted anew, both 0 otherwise. */
typedef void (*RungsScoreProgressFunc) (gint64 done, gint64 all, gpointer data);

/* Rounds, each in a transaction of its own, until nothing is left. `counted` (out): of how many
 * leads. Cancelling ends it between two rounds, with G_IO_ERROR_CANCELLED; what was done stays,
 * and the rest is done later. */
gboolean rungs_scores_work_off (RungsDb                *db,
                                gint64                  now,
                                RungsScoreProgressFunc  progress,
                                gpointer                progress_data,
                                GCancellable           *cancellable,
                                gint64                 *counted,
                                GError                **error);

G_END_DECLS
