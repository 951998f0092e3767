/* rungs-task-store.h: what a person must do. Read this first in process/. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gint64 lead;     /* 0: about nobody */
  char *lead_name; /* (owned): name, else address; empty where there is none */
  char *title;     /* (owned) */
  gint64 due_at;
  gint64 done_at;  /* 0: open */
  gint64 created_at;
} RungsTask;

void rungs_task_free (RungsTask *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTask, rungs_task_free)

/* `lead` 0: about nobody. Adds the event task.added. Returns: the id; 0 on error: INVALID (no
 * title). */
gint64 rungs_task_add (RungsDb     *db,
                       gint64       lead,
                       const char  *title,
                       gint64       due_at,
                       gint64       now,
                       GError     **error);

/* Adds the event task.done; nothing where it is done already. Errors: NOT_FOUND. */
gboolean rungs_task_set_done (RungsDb  *db,
                              gint64    task,
                              gint64    now,
                              GError  **error);

/* Opens a task again that was marked as done. Adds the event task.reopened; nothing where it is
 * open. Errors: NOT_FOUND. */
gboolean rungs_task_reopen (RungsDb  *db,
                            gint64    task,
                            gint64    now,
                            GError  **error);

/* Takes back that a task was added: it goes, and its event with it; one that is done meanwhile
 * stays, for it was something that somebody did. */
gboolean rungs_task_take_back (RungsDb  *db,
                               gint64    task,
                               GError  **error);

/* How many open tasks are due at `until`. */
gboolean rungs_task_count_due (RungsDb  *db,
                               gint64    until,
                               gint64   *count,
                               GError  **error);

/* Returns: (transfer full) (element-type RungsTask): up to `limit` open tasks due at `until`, those
 * due longest first. */
GPtrArray *rungs_task_list_due (RungsDb  *db,
                                gint64    until,
                                guint     limit,
                                GError  **error);

/* Returns: (transfer full) (element-type RungsTask): those of a lead, open ones first. */
GPtrArray *rungs_task_list_of_lead (RungsDb  *db,
                                    gint64    lead,
                                    GError  **error);

G_END_DECLS
