/* rungs-file-header.c: what a file says of itself before SQLite touches it. */

#include "db/rungs-file-header.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

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

/* By SQLite's own layer of files: a file that this process has open elsewhere would lose its locks,
 * all of them, where it is closed by anybody else (fcntl(2)), and another program that opens it
 * would then take away the log that is in use. Returns: bytes; -1, with errno, on error. */
static gssize
read_begin (const char *path,
            guchar     *bytes)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);
  g_autofree sqlite3_file *file = g_malloc0 (vfs->szOsFile);
  sqlite3_filename name = sqlite3_create_filename (path, "", "", 0, NULL);
  sqlite3_int64 size = -1;
  int code = vfs->xOpen (vfs, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, NULL);

  errno = code == SQLITE_OK ? EIO : vfs->xGetLastError (vfs, 0, NULL);
  if (code == SQLITE_OK)
    {
      code = file->pMethods->xFileSize (file, &size);
      size = MIN (size, HEADER_SIZE);
    }
  if (code == SQLITE_OK && size > 0)
    code = file->pMethods->xRead (file, bytes, (int) size, 0);
  if (file->pMethods != NULL)
    file->pMethods->xClose (file);
  sqlite3_free_filename (name);
  return code == SQLITE_OK ? size : -1;
}

gboolean
rungs_file_header_read (const char        *path,
                        const RungsSchema *schema,
                        RungsFileHeader   *header,
                        GError           **error)
{
  guchar bytes[HEADER_SIZE];
  GStatBuf info;
  gssize size = -1;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (schema != NULL, FALSE);
  g_return_val_if_fail (header != NULL, FALSE);

  if (g_stat (path, &info) != 0)
    {
      if (errno == ENOENT)
        {
          header->kind = RUNGS_FILE_MISSING;
          return TRUE;
        }
    }
  else if (!S_ISREG (info.st_mode))
    errno = S_ISDIR (info.st_mode) ? EISDIR : EINVAL;
  else
    size = read_begin (path, bytes);
  if (size < 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("cannot read %s: %s"), path,
                 g_strerror (errno));
  else
    *header = judge (schema, bytes, size);
  return size >= 0;
}
