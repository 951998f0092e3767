/* rungs-process-follow.h: makes the tasks that were asked for. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Reads the timeline after the cursor "process", in the transaction that wrote it: task.asked makes
 * a task. `now` is the time of the clock. */
gboolean rungs_process_follow (RungsDb  *db,
                               gint64    now,
                               GError  **error);

G_END_DECLS
