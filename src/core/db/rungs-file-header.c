/* rungs-file-header.c: what a file says of itself before SQLite touches it. */

#include "db/rungs-file-header.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rungs-error.h"

#define HEADER_SIZE 100
#define MAGIC "SQLite format 3"
#define AT_USER_VERSION 60
#define AT_APPLICATION_ID 68

static guint32
big_endian (const guchar *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static RungsFileHeader
judge (const RungsSchema *schema,
       const guchar      *bytes,
       gssize             size)
{
  RungsFileHeader header = { .kind = RUNGS_FILE_NO_DATABASE };

  if (size == 0)
    header.kind = RUNGS_FILE_EMPTY;
  else if (size == HEADER_SIZE && memcmp (bytes, MAGIC, sizeof MAGIC) == 0)
    {
      header.kind = big_endian (bytes + AT_APPLICATION_ID) == schema->application_id
                      ? RUNGS_FILE_OURS
                      : RUNGS_FILE_OTHER;
      header.version = (int) big_endian (bytes + AT_USER_VERSION);
    }
  return header;
}

gboolean
rungs_file_header_read (const char        *path,
                        const RungsSchema *schema,
                        RungsFileHeader   *header,
                        GError           **error)
{
  guchar bytes[HEADER_SIZE];
  struct stat info;
  gssize size = -1;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (schema != NULL, FALSE);
  g_return_val_if_fail (header != NULL, FALSE);

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0 && errno == ENOENT)
    {
      header->kind = RUNGS_FILE_MISSING;
      return TRUE;
    }
  if (fd >= 0 && fstat (fd, &info) == 0)
    {
      if (!S_ISREG (info.st_mode))
        errno = S_ISDIR (info.st_mode) ? EISDIR : EINVAL;
      else
        size = read (fd, bytes, sizeof bytes);
    }
  if (size < 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("cannot read %s: %s"), path,
                 g_strerror (errno));
  else
    *header = judge (schema, bytes, size);
  if (fd >= 0)
    close (fd);
  return size >= 0;
}
