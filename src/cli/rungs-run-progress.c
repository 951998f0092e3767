/* rungs-run-progress.c: how far sending is, while it goes on. */

#include "rungs-run-progress.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "mail/rungs-outbox-store.h"
#include "rungs-progress-line.h"

#define LOOK_EVERY_MS 1000

struct _RungsRunProgress
{
  char *path;         /* (owned) */
  GCancellable *done; /* (owned) ends the thread */
  GThread *thread;    /* (owned) */
};

/* Since the first look. */
typedef struct
{
  gint64 begun;  /* monotonic, in microseconds */
  gint64 before; /* messages that had left then */
} Start;

static void
show (const Start  *start,
      const gint64 *counts)
{
  gint64 left = counts[RUNGS_OUTBOX_SENT] - start->before;
  double seconds = (g_get_monotonic_time () - start->begun) / 1e6;

  rungs_progress_line_show (_ ("%.0f messages sent, %.0f a second, %.0f wait…"), (double) left,
                            seconds > 0 ? left / seconds : 0,
                            (double) counts[RUNGS_OUTBOX_PLANNED]);
}

/* Whether it is to end, after a while. */
static gboolean
wait_a_while (RungsRunProgress *self)
{
  GPollFD poll = { 0 };

  if (g_cancellable_make_pollfd (self->done, &poll))
    {
      g_poll (&poll, 1, LOOK_EVERY_MS);
      g_cancellable_release_fd (self->done);
    }
  return g_cancellable_is_cancelled (self->done);
}

/* What cannot be read is not shown; the engine tells what is wrong. */
static gpointer
look (gpointer data)
{
  RungsRunProgress *self = data;
  g_autoptr (RungsDb) db = rungs_db_open (self->path, RUNGS_DB_READ, NULL);
  gint64 counts[RUNGS_OUTBOX_DOUBT + 1] = { 0 };
  Start start = { .begun = g_get_monotonic_time () };

  if (db == NULL || !rungs_outbox_count (db, counts, NULL))
    return NULL;
  start.before = counts[RUNGS_OUTBOX_SENT];
  while (!wait_a_while (self) && rungs_outbox_count (db, counts, NULL))
    if (counts[RUNGS_OUTBOX_SENT] > start.before)
      show (&start, counts);
  return NULL;
}

RungsRunProgress *
rungs_run_progress_new (const char *path)
{
  RungsRunProgress *self;

  if (!isatty (STDERR_FILENO))
    return NULL;
  rungs_progress_line_show ("%s", _ ("Running; Ctrl+C stops it after the messages under way…"));
  self = g_new0 (RungsRunProgress, 1);
  self->path = g_strdup (path);
  self->done = g_cancellable_new ();
  self->thread = g_thread_new ("progress", look, self);
  return self;
}

void
rungs_run_progress_free (RungsRunProgress *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->done);
  g_thread_join (self->thread);
  rungs_progress_line_clear ();
  g_object_unref (self->done);
  g_free (self->path);
  g_free (self);
}
