/* rungs-progress.c: how far long work is; set by the thread that works, read by the one that shows
 * it. */

#include "rungs-progress.h"

struct _RungsProgress
{
  GMutex lock;
  gint64 done;
  gint64 total;
  char *note; /* (owned) (nullable) */
};

static void
clear (gpointer data)
{
  RungsProgress *self = data;

  g_mutex_clear (&self->lock);
  g_free (self->note);
}

RungsProgress *
rungs_progress_new (void)
{
  RungsProgress *self = g_atomic_rc_box_new0 (RungsProgress);

  g_mutex_init (&self->lock);
  return self;
}

RungsProgress *
rungs_progress_ref (RungsProgress *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rungs_progress_unref (RungsProgress *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
rungs_progress_set (RungsProgress *self,
                    gint64         done,
                    gint64         total)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->done = done;
  self->total = total;
  g_mutex_unlock (&self->lock);
}

void
rungs_progress_set_note (RungsProgress *self,
                         const char    *note)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  g_free (self->note);
  self->note = g_strdup (note);
  g_mutex_unlock (&self->lock);
}

void
rungs_progress_get (RungsProgress  *self,
                    gint64         *done,
                    gint64         *total,
                    char          **note)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  *done = self->done;
  *total = self->total;
  *note = g_strdup (self->note);
  g_mutex_unlock (&self->lock);
}
