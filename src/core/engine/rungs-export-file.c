/* rungs-export-file.c: a file that is being exported, written line by line. */

#include "engine/rungs-export-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/rungs-error.h"

#define LONG_BYTES (256 * 1024)

struct _RungsExportFile
{
  char *path; /* (owned) */
  int fd;
  GString *buffer; /* (owned) */
};

static gboolean
fail (RungsExportFile  *self,
      GError          **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("%s cannot be written: %s"), self->path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
write_buffer (RungsExportFile  *self,
              GError          **error)
{
  gsize done = 0;

  while (done < self->buffer->len)
    {
      gssize n = write (self->fd, self->buffer->str + done, self->buffer->len - done);

      if (n < 0 && errno != EINTR)
        return fail (self, error);
      done += MAX (n, 0);
    }
  g_string_truncate (self->buffer, 0);
  return TRUE;
}

RungsExportFile *
rungs_export_file_new (const char  *folder,
                       const char  *name,
                       const char  *ending,
                       GError     **error)
{
  g_autoptr (RungsExportFile) self = g_new0 (RungsExportFile, 1);
  g_autofree char *file_name = g_strconcat (name, ending, NULL);

  self->path = g_build_filename (folder, file_name, NULL);
  self->buffer = g_string_sized_new (LONG_BYTES);
  self->fd = g_open (self->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      fail (self, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

GString *
rungs_export_file_get_buffer (RungsExportFile *self)
{
  return self->buffer;
}

gboolean
rungs_export_file_write (RungsExportFile  *self,
                         GError          **error)
{
  return self->buffer->len < LONG_BYTES || write_buffer (self, error);
}

gboolean
rungs_export_file_finish (RungsExportFile  *self,
                          GError          **error)
{
  return write_buffer (self, error) && (fsync (self->fd) == 0 || fail (self, error));
}

void
rungs_export_file_free (RungsExportFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_string_free (self->buffer, TRUE);
  g_free (self->path);
  g_free (self);
}
