/* rungs-mailbox-watch.c: a thread that looks into the mailboxes, and asks providers, when they are
 * due.
 *
 * It is a thread of its own, because a server that does not answer is waited for, and sending must
 * not wait for that. */

#include "engine/rungs-mailbox-watch.h"

#include <gio/gio.h>

#include "engine/rungs-business.h"
#include "engine/rungs-provider-round.h"

#define LOOK_EVERY_MS 1000
#define AGAIN_AFTER_MS 60000

struct _RungsMailboxWatch
{
  char *path;
  RungsClock *clock;
  void (*found) (gpointer data);
  gpointer data;
  GCancellable *cancellable;
  GThread *thread;

  GMutex lock;
  GCond stopped;
};

/* Until so much time has passed, or it is stopped. */
static void
sleep_for (RungsMailboxWatch *self,
           gint64             milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  g_mutex_lock (&self->lock);
  while (!g_cancellable_is_cancelled (self->cancellable)
         && g_cond_wait_until (&self->stopped, &self->lock, end))
    continue;
  g_mutex_unlock (&self->lock);
}

/* Until the next one is due. Each commit of somebody else may have brought a mailbox. */
static void
wait_until (RungsMailboxWatch *self,
            RungsDb           *db,
            gint64             due)
{
  gint64 version = rungs_db_get_data_version (db);

  while (!g_cancellable_is_cancelled (self->cancellable) && rungs_clock_now (self->clock) < due
         && version == rungs_db_get_data_version (db))
    sleep_for (self, LOOK_EVERY_MS);
}

/* Until it is stopped, or the file cannot be used. */
static void
watch (RungsMailboxWatch *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_business_open_at (self->path, RUNGS_DB_WRITE, self->clock, &error);
  gint64 next_at = 0;
  RungsMailboxReport report = { 0 };

  while (db != NULL && !g_cancellable_is_cancelled (self->cancellable)
         && rungs_returns_work_off (db, self->clock, self->cancellable, &report, &next_at, &error))
    {
      if (report.taken + report.unclear > 0)
        self->found (self->data);
      report = (RungsMailboxReport){ 0 };
      wait_until (self, db, next_at);
    }
  if (error != NULL)
    g_debug ("the mailboxes are not watched for a minute: %s", error->message);
}

static gpointer
run (gpointer data)
{
  RungsMailboxWatch *self = data;

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      watch (self);
      sleep_for (self, AGAIN_AFTER_MS);
    }
  return NULL;
}

RungsMailboxWatch *
rungs_mailbox_watch_start (const char *path,
                           RungsClock *clock,
                           void (*found) (gpointer data),
                           gpointer    data)
{
  RungsMailboxWatch *self = g_new0 (RungsMailboxWatch, 1);

  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);
  self->found = found;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->stopped);
  self->thread = g_thread_new ("mailboxes", run, self);
  return self;
}

void
rungs_mailbox_watch_stop (RungsMailboxWatch *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  g_cancellable_cancel (self->cancellable);
  g_cond_broadcast (&self->stopped);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->stopped);
  g_object_unref (self->cancellable);
  g_object_unref (self->clock);
  g_free (self->path);
  g_free (self);
}
