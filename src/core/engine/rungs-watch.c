/* rungs-watch.c: a thread that does one kind of work when it is due. */

#include "engine/rungs-watch.h"

#include "engine/rungs-business.h"

#define LOOK_EVERY_MS 1000
#define AGAIN_AFTER_MS 60000

struct _RungsWatch
{
  char *name;
  char *path;
  RungsClock *clock;
  RungsWatchFunc work;
  void (*found) (gpointer data);
  gpointer data;
  GCancellable *cancellable;
  GThread *thread;

  GMutex lock;
  GCond stopped;
};

/* Until so much time has passed, or it is stopped. */
static void
sleep_for (RungsWatch *self,
           gint64             milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  g_mutex_lock (&self->lock);
  while (!g_cancellable_is_cancelled (self->cancellable)
         && g_cond_wait_until (&self->stopped, &self->lock, end))
    continue;
  g_mutex_unlock (&self->lock);
}

/* Until more is due. Each commit of somebody else may have brought something. */
static void
wait_until (RungsWatch *self,
            RungsDb    *db,
            gint64      due)
{
  gint64 version = rungs_db_get_data_version (db);

  while (!g_cancellable_is_cancelled (self->cancellable) && rungs_clock_now (self->clock) < due
         && version == rungs_db_get_data_version (db))
    sleep_for (self, LOOK_EVERY_MS);
}

/* Until it is stopped, or the file cannot be used. */
static void
watch (RungsWatch *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_business_open_at (self->path, RUNGS_DB_WRITE, self->clock, &error);
  gint64 next_at = G_MAXINT64;

  while (db != NULL && !g_cancellable_is_cancelled (self->cancellable)
         && self->work (self, db, &next_at, &error))
    wait_until (self, db, next_at);
  if (error != NULL)
    g_debug ("%s: nothing is done for a minute: %s", self->name, error->message);
}

static gpointer
run (gpointer data)
{
  RungsWatch *self = data;

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      watch (self);
      sleep_for (self, AGAIN_AFTER_MS);
    }
  return NULL;
}

RungsWatch *
rungs_watch_start (const char    *name,
                   const char    *path,
                   RungsClock    *clock,
                   RungsWatchFunc work,
                   void (*found) (gpointer data),
                   gpointer       data)
{
  RungsWatch *self = g_new0 (RungsWatch, 1);

  self->name = g_strdup (name);
  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);
  self->work = work;
  self->found = found;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->stopped);
  self->thread = g_thread_new (self->name, run, self);
  return self;
}

void
rungs_watch_stop (RungsWatch *self)
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
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

RungsClock *
rungs_watch_get_clock (RungsWatch *self)
{
  return self->clock;
}

GCancellable *
rungs_watch_get_cancellable (RungsWatch *self)
{
  return self->cancellable;
}

void
rungs_watch_tell (RungsWatch *self)
{
  self->found (self->data);
}
