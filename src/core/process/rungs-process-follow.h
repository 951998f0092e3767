/* rungs-process-follow.h: makes the tasks that were asked for, and those that events mean. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Reads the timeline after the cursor "process", in the transaction that wrote it: task.asked makes
 * a task, and mail.replied the task to answer. `now` is the time of the clock. */
gboolean rungs_process_follow (RungsDb  *db,
                               gint64    now,
                               GError  **error);

G_END_DECLS
