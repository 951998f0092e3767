/* rungs-pull-now.c: asks the provider of an endpoint, at once, on a thread and a connection of its
 * own: it waits for the network and the keyring. */

#include "rungs-pull-now.h"

#include <glib/gi18n.h>

#include "engine/rungs-business.h"
#include "engine/rungs-pull-round.h"

typedef struct
{
  char *path; /* (owned) */
  gint64 endpoint;
  RungsPullReport report; /* (out) */
  char *trouble;          /* (out) (owned) (nullable) what the provider refused */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_free (self->path);
  g_free (self->trouble);
  g_free (self);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      data,
     GCancellable *cancellable)
{
  Job *self = data;
  g_auto (RungsWebPullState) state = { 0 };
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  GError *error = NULL;
  g_autoptr (RungsDb) db = rungs_business_open (self->path, RUNGS_DB_WRITE, &error);

  if (db == NULL
      || !rungs_pull_now (db, clock, self->endpoint, NULL, cancellable, &self->report, &error)
      || !rungs_web_pull_state_load (db, self->endpoint, &state, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->trouble = g_steal_pointer (&state.trouble);
  g_task_return_boolean (task, TRUE);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  RungsPage *page = RUNGS_PAGE (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      rungs_page_notify_error (page, error);
      return;
    }
  if (job->trouble != NULL && *job->trouble != '\0')
    words = g_strdup_printf (_ ("The provider could not be asked: %s"), job->trouble);
  else
    words = g_strdup_printf (g_dngettext (NULL, "%d new delivery", "%d new deliveries",
                                          (gulong) job->report.taken),
                             (int) job->report.taken);
  rungs_page_notify (page, words);
  rungs_page_queue_refresh (page);
}

void
rungs_pull_now_start (RungsPage *page,
                      gint64     endpoint)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = g_task_new (page, NULL, ended_cb, NULL);

  g_return_if_fail (RUNGS_IS_PAGE (page));

  job->path = g_strdup (rungs_store_get_path (rungs_page_get_store (page)));
  job->endpoint = endpoint;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run);
}
