/* rungs-task-private.h: for the files of this folder. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* As rungs_task_add(), of a task that an event asked for (0: none). Returns: its id; 0 on error. */
gint64 rungs_task_insert (RungsDb     *db,
                          gint64       lead,
                          const char  *title,
                          gint64       due_at,
                          gint64       event,
                          gint64       now,
                          GError     **error);

G_END_DECLS
