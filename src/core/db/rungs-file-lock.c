/* rungs-file-lock.c: locks between processes and threads. */

#include "db/rungs-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/rungs-error.h"

struct _RungsFileLock
{
  char *path;
  int fd;
};

RungsFileLock *
rungs_file_lock_new (const char *path,
                     const char *suffix,
                     GError    **error)
{
  g_autoptr (RungsFileLock) self = g_new0 (RungsFileLock, 1);

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (suffix != NULL, NULL);

  self->path = g_strconcat (path, suffix, NULL);
  self->fd = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("cannot open the lock file %s: %s"),
                   self->path, g_strerror (errno));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
rungs_file_lock_free (RungsFileLock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

gboolean
rungs_file_lock_take (RungsFileLock *self,
                      gboolean       shared,
                      guint          wait,
                      GError       **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) wait * 1000;
  gulong pause = 200;

  g_return_val_if_fail (self != NULL, FALSE);

  while (flock (self->fd, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("cannot lock %s: %s"), self->path,
                       g_strerror (errno));
          return FALSE;
        }
      if (g_get_monotonic_time () >= end)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_BUSY, _ ("another program holds %s"),
                       self->path);
          return FALSE;
        }
      g_usleep (pause);
      pause = MIN (pause * 2, 20000);
    }
  return TRUE;
}

void
rungs_file_lock_give (RungsFileLock *self)
{
  g_return_if_fail (self != NULL);

  flock (self->fd, LOCK_UN);
}
