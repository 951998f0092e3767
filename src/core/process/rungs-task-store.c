/* rungs-task-store.c: reads and writes what a person must do. */

#include "process/rungs-task-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "process/rungs-task-private.h"

static const char SQL_ADD[] = "INSERT INTO task (lead, title, due_at, event, created_at)"
                              " VALUES (:lead, :title, :due_at, :event, :now)";

static const char SQL_LOOK[] = "SELECT t.lead, t.title, t.done_at FROM task t WHERE t.id = :id";

static const char SQL_SET_DONE[] = "UPDATE task SET done_at = :done_at WHERE id = :id";

static const char SQL_FORGET_ADDED[] =
    "DELETE FROM event WHERE kind = '" RUNGS_EVENT_TASK_ADDED "' AND ref = :id"
    "   AND EXISTS (SELECT 1 FROM task t WHERE t.id = :id AND t.done_at IS NULL)"
    "   AND lead IS (SELECT t.lead FROM task t WHERE t.id = :id)";

static const char SQL_DELETE_OPEN[] = "DELETE FROM task WHERE id = :id AND done_at IS NULL";

static const char SQL_COUNT_DUE[] =
    "SELECT count(*) FROM task WHERE done_at IS NULL AND due_at <= :until";

#define ROW                                                                                        \
  "SELECT t.id, t.lead,"                                                                           \
  "   coalesce (nullif (trim (l.first_name || ' ' || l.last_name), ''), l.email, ''),"             \
  "   t.title, t.due_at, t.done_at, t.created_at"                                                  \
  "  FROM task t LEFT JOIN lead l ON l.id = t.lead"

static const char SQL_LIST_DUE[] =
    ROW " WHERE t.done_at IS NULL AND t.due_at <= :until ORDER BY t.due_at, t.id LIMIT :limit";

static const char SQL_LIST_OF_LEAD[] =
    ROW " WHERE t.lead = :lead ORDER BY t.done_at IS NOT NULL, t.done_at DESC, t.due_at, t.id";

void
rungs_task_free (RungsTask *self)
{
  if (self == NULL)
    return;
  g_free (self->lead_name);
  g_free (self->title);
  g_free (self);
}

gint64
rungs_task_insert (RungsDb     *db,
                   gint64       lead,
                   const char  *title,
                   gint64       due_at,
                   gint64       event,
                   gint64       now,
                   GError     **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD, error);
  gint64 id;

  if (insert == NULL)
    return 0;
  rungs_statement_bind_id (insert, ":lead", lead);
  rungs_statement_bind_text (insert, ":title", title);
  rungs_statement_bind_int64 (insert, ":due_at", due_at);
  rungs_statement_bind_id (insert, ":event", event);
  rungs_statement_bind_int64 (insert, ":now", now);
  if (!rungs_statement_run (insert, error))
    return 0;
  id = rungs_db_get_last_id (db);
  return rungs_event_add (db, lead, RUNGS_EVENT_TASK_ADDED, now, id, title, error) != 0 ? id : 0;
}

gint64
rungs_task_add (RungsDb     *db,
                gint64       lead,
                const char  *title,
                gint64       due_at,
                gint64       now,
                GError     **error)
{
  g_autofree char *text = g_strstrip (g_strdup (title ? title : ""));

  if (*text == '\0')
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("A task needs a title"));
      return 0;
    }
  return rungs_task_insert (db, lead, text, due_at, 0, now, error);
}

/* Sets when it was done, 0: not, and adds an event of that kind; nothing where it is so already. */
static gboolean
set_done_at (RungsDb     *db,
             gint64       task,
             gint64       done_at,
             const char  *kind,
             gint64       now,
             GError     **error)
{
  g_autoptr (RungsStatement) look = rungs_db_prepare (db, SQL_LOOK, error);
  g_autoptr (RungsStatement) update = look ? rungs_db_prepare (db, SQL_SET_DONE, error) : NULL;
  RungsStep step;

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (look, ":id", task);
  step = rungs_statement_step (look, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no such task"));
  if (step != RUNGS_ROW)
    return FALSE;
  if (rungs_statement_is_null (look, 2) == (done_at == 0))
    return TRUE;

  rungs_statement_bind_int64 (update, ":id", task);
  rungs_statement_bind_id (update, ":done_at", done_at);
  return rungs_statement_run (update, error)
         && rungs_event_add (db, rungs_statement_get_int64 (look, 0), kind, now, task,
                             rungs_statement_get_text (look, 1), error)
                != 0;
}

gboolean
rungs_task_set_done (RungsDb  *db,
                     gint64    task,
                     gint64    now,
                     GError  **error)
{
  return set_done_at (db, task, now, RUNGS_EVENT_TASK_DONE, now, error);
}

gboolean
rungs_task_reopen (RungsDb  *db,
                   gint64    task,
                   gint64    now,
                   GError  **error)
{
  return set_done_at (db, task, 0, RUNGS_EVENT_TASK_REOPENED, now, error);
}

gboolean
rungs_task_take_back (RungsDb  *db,
                      gint64    task,
                      GError  **error)
{
  return rungs_record_run (db, SQL_FORGET_ADDED, task, error)
         && rungs_record_run (db, SQL_DELETE_OPEN, task, error);
}

gboolean
rungs_task_count_due (RungsDb  *db,
                      gint64    until,
                      gint64   *count,
                      GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT_DUE, error);

  g_return_val_if_fail (count != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":until", until);
  return rungs_statement_get_number (query, 0, count, error);
}

static gpointer
task_from_row (RungsStatement *row)
{
  RungsTask *task = g_new0 (RungsTask, 1);

  task->id = rungs_statement_get_int64 (row, 0);
  task->lead = rungs_statement_get_int64 (row, 1);
  task->lead_name = rungs_statement_dup_text (row, 2);
  task->title = rungs_statement_dup_text (row, 3);
  task->due_at = rungs_statement_get_int64 (row, 4);
  task->done_at = rungs_statement_get_int64 (row, 5);
  task->created_at = rungs_statement_get_int64 (row, 6);
  return task;
}

GPtrArray *
rungs_task_list_due (RungsDb  *db,
                     gint64    until,
                     guint     limit,
                     GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST_DUE, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":until", until);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, task_from_row, (GDestroyNotify) rungs_task_free, error);
}

GPtrArray *
rungs_task_list_of_lead (RungsDb  *db,
                         gint64    lead,
                         GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST_OF_LEAD, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  return rungs_record_list (query, task_from_row, (GDestroyNotify) rungs_task_free, error);
}
