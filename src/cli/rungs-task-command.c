/* rungs-task-command.c: what a person must do. */

#include <glib/gi18n.h>

#include "process/rungs-task-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"

#define LIST_ROWS 1000
#define MOST_ROWS 100000000

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "due_at", N_ ("Due"), RUNGS_COLUMN_TIME, NULL },
  { "title", N_ ("Task"), RUNGS_COLUMN_TEXT, NULL },
  { "lead_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "done_at", N_ ("Done"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static JsonObject *
task_to_row (const RungsTask *task)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", task->id);
  rungs_row_set_id (row, "lead", task->lead);
  rungs_row_set_text (row, "lead_name", *task->lead_name ? task->lead_name : NULL);
  rungs_row_set_text (row, "title", task->title);
  rungs_row_set_time (row, "due_at", task->due_at);
  rungs_row_set_time (row, "done_at", task->done_at);
  rungs_row_set_time (row, "created_at", task->created_at);
  return row;
}

static GPtrArray *
load_tasks (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsLead) lead = NULL;
  gint64 until = G_MAXINT64, limit = LIST_ROWS;

  if (!rungs_invocation_get_time (call, "until", &until, error)
      || !rungs_invocation_get_number (call, "limit", 1, MOST_ROWS, &limit, error))
    return NULL;
  if (rungs_invocation_count_arguments (call) == 0)
    return rungs_task_list_due (db, until, limit, error);
  lead = rungs_lead_argument (call, db, 0, error);
  return lead ? rungs_task_list_of_lead (db, lead->id, error) : NULL;
}

static gboolean
list_tasks (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (GPtrArray) tasks = load_tasks (call, db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (tasks == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    rungs_listing_add (listing, task_to_row (g_ptr_array_index (tasks, i)));
  rungs_listing_end (listing, _ ("There are no tasks."));
  return TRUE;
}

static gboolean
add_task (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  const char *title = rungs_invocation_get_argument (call, 1);
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  gint64 now = rungs_invocation_get_now (call), due = now, id;
  JsonObject *row;

  if (lead == NULL || !rungs_invocation_get_time (call, "due", &due, error))
    return FALSE;
  id = rungs_task_add (db, lead->id, title, due, now, error);
  if (id == 0)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", id);
  rungs_row_set_number (row, "lead", lead->id);
  rungs_row_set_text (row, "title", title);
  rungs_row_set_time (row, "due_at", due);
  rungs_column_say (call, row, _ ("The task “%s” was added."), title);
  return TRUE;
}

static gboolean
finish_task (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  JsonObject *row;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || !rungs_task_set_done (db, id, rungs_invocation_get_now (call), error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", id);
  rungs_column_say (call, row, _ ("The task is done."));
  return TRUE;
}

static gboolean
reopen_task (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  JsonObject *row;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || !rungs_task_reopen (db, id, rungs_invocation_get_now (call), error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", id);
  rungs_column_say (call, row, _ ("The task is open again."));
  return TRUE;
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("until", N_ ("TIME"), N_ ("Only those due by then")),
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the first N; 1000 where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("due", N_ ("TIME"), N_ ("When it is due; now where nothing is said")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_TASK_COMMANDS[] = {
  { "task list", "[EMAIL]", N_ ("List the open tasks, or all tasks about one lead"),
    RUNGS_COMMAND_READS, list_tasks, LIST_OPTIONS, NULL,
    "[id, lead, lead_name, title, due_at, done_at, created_at]" },
  { "task add", "EMAIL TITLE", N_ ("Add a task about a lead"), RUNGS_COMMAND_WRITES, add_task,
    ADD_OPTIONS, NULL },
  { "task done", "NUMBER", N_ ("A task is done"), RUNGS_COMMAND_WRITES, finish_task, NULL, NULL },
  { "task reopen", "NUMBER", N_ ("A task is not done after all"), RUNGS_COMMAND_WRITES, reopen_task,
    NULL, NULL },
  { NULL },
};
