/* rungs-zip.c: the parts of a ZIP file, as spreadsheets are made of them.
 *
 * libarchive reads the whole directory of a ZIP file into memory before it tells the first name,
 * and believes no count in it. So how many bytes that directory can have is found out first, from
 * the record at the end of the file (APPNOTE 4.3.16) and the file's size.
 *
 * libarchive goes through a file once, so each part is read by an archive of its own. */

#include "tables/rungs-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rungs-error.h"

#define BLOCK_SIZE (64 * 1024)
#define DIRECTORY_MAX (4 * 1024 * 1024)
#define END_SIZE 22
#define END64_LOCATOR_SIZE 20
#define END64_SIZE 56
#define COMMENT_MAX 65535

struct _RungsZip
{
  char *path;       /* (owned) */
  gint64 size;
  GPtrArray *names; /* (owned) (element-type utf8): folded, as find_part() wants them */
};

struct _RungsZipPart
{
  struct archive *archive; /* (owned) */
  gint64 file_size;
  gint64 size;
  gint64 position;
};

static void
archive_done (struct archive *archive)
{
  archive_read_free (archive);
}

typedef struct archive RungsArchive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsArchive, archive_done)

static gboolean
fail (GError    **error,
      const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
fail_damaged (GError **error)
{
  return fail (error, _ ("The file is damaged. Open it in a spreadsheet, save it anew, and import"
                      " that."));
}

static guint64
little_endian (const guint8 *at,
               gsize         size)
{
  guint64 number = 0;

  while (size-- > 0)
    number = number << 8 | at[size];
  return number;
}

/* Where the directory begins, by the record of a file of more than 4 GB whose place stands before
 * the usual one. */
static guint64
directory_of_64 (int    fd,
                 gint64 end)
{
  guint8 locator[END64_LOCATOR_SIZE];
  guint8 record[END64_SIZE];

  if (pread (fd, locator, sizeof locator, end - END64_LOCATOR_SIZE) != sizeof locator
      || memcmp (locator, "PK\6\7", 4) != 0
      || pread (fd, record, sizeof record, (off_t) (little_endian (locator + 8, 8) & G_MAXINT64))
             != sizeof record
      || memcmp (record, "PK\6\6", 4) != 0)
    return 0;
  return little_endian (record + 48, 8);
}

/* Whether the directory is small enough to be read. */
static gboolean
check_directory (int      fd,
                 gint64   size,
                 GError **error)
{
  gsize length = MIN (size, END_SIZE + COMMENT_MAX);
  g_autofree guint8 *tail = g_malloc (length + 1);
  gsize at;
  gint64 end;
  guint64 begin;

  if (length < END_SIZE || pread (fd, tail, length, size - length) != (gssize) length)
    return fail_damaged (error);
  for (at = length - END_SIZE; memcmp (tail + at, "PK\5\6", 4) != 0; at--)
    if (at == 0)
      return fail_damaged (error);

  end = size - length + at;
  begin = little_endian (tail + at + 16, 4);
  if (begin == G_MAXUINT32)
    begin = directory_of_64 (fd, end);
  if (begin > (guint64) end)
    return fail_damaged (error);
  if (end - begin > DIRECTORY_MAX || little_endian (tail + at + 12, 4) > DIRECTORY_MAX)
    return fail (error, _ ("The file has too many parts to be a spreadsheet."));
  return TRUE;
}

static gboolean
look_at_end (RungsZip *self,
             GError  **error)
{
  struct stat info;
  gboolean good = FALSE;
  int fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    {
      g_set_error (error, RUNGS_ERROR,
                   errno == ENOENT ? RUNGS_ERROR_NOT_FOUND : RUNGS_ERROR_FAILED,
                   _ ("“%s” cannot be read: %s"), self->path, g_strerror (errno));
      return FALSE;
    }
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    fail_damaged (error);
  else
    {
      self->size = info.st_size;
      good = check_directory (fd, info.st_size, error);
    }
  close (fd);
  return good;
}

static char *
fold_name (const char *name)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);

  g_strdelimit (folded, "\\", '/');
  return g_strdup (folded + strspn (folded, "/"));
}

static RungsArchive *
open_archive (const char *path,
              GError    **error)
{
  g_autoptr (RungsArchive) archive = archive_read_new ();

  if (archive != NULL && archive_read_support_format_zip_seekable (archive) == ARCHIVE_OK
      && archive_read_open_filename (archive, path, BLOCK_SIZE) == ARCHIVE_OK)
    return g_steal_pointer (&archive);
  fail_damaged (error);
  return NULL;
}

/* The folded name of the next part; NULL with `failed` set, or at the end. */
static char *
next_name (RungsArchive          *archive,
           struct archive_entry **entry,
           gboolean              *failed)
{
  int result = archive_read_next_header (archive, entry);
  const char *name;

  *failed = result < ARCHIVE_WARN;
  if (*failed || result == ARCHIVE_EOF)
    return NULL;
  name = archive_entry_pathname_utf8 (*entry);
  return fold_name (name != NULL ? name : "");
}

static gboolean
read_names (RungsZip *self,
            GError  **error)
{
  g_autoptr (RungsArchive) archive = open_archive (self->path, error);
  struct archive_entry *entry;
  gboolean failed;
  char *name;

  if (archive == NULL)
    return FALSE;
  while ((name = next_name (archive, &entry, &failed)) != NULL)
    g_ptr_array_add (self->names, name);
  return failed ? fail_damaged (error) : TRUE;
}

RungsZip *
rungs_zip_open (const char *path,
                GError    **error)
{
  g_autoptr (RungsZip) self = g_new0 (RungsZip, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->names = g_ptr_array_new_with_free_func (g_free);
  if (!look_at_end (self, error) || !read_names (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rungs_zip_free (RungsZip *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->names);
  g_free (self->path);
  g_free (self);
}

gboolean
rungs_zip_has (RungsZip   *self,
               const char *name)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  folded = fold_name (name);
  return g_ptr_array_find_with_equal_func (self->names, folded, g_str_equal, NULL);
}

gboolean
rungs_zip_has_prefix (RungsZip   *self,
                      const char *prefix)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && prefix != NULL, FALSE);

  folded = fold_name (prefix);
  for (guint i = 0; i < self->names->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (self->names, i), folded))
      return TRUE;
  return FALSE;
}

static gboolean
check_size (gint64   file_size,
            gint64   bytes,
            GError **error)
{
  if (bytes <= RUNGS_ZIP_PART_MAX
      && (bytes <= RUNGS_ZIP_RATIO_FROM || bytes / RUNGS_ZIP_RATIO_MAX <= file_size))
    return TRUE;
  return fail (error, _ ("The file unpacks to far more than a list of leads has; it is not read."));
}

gboolean
rungs_zip_check_size (RungsZip *self,
                      gint64    bytes,
                      GError  **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return check_size (self->size, bytes, error);
}

/* Goes to the part. */
static gboolean
find_part (RungsArchive          *archive,
           const char            *name,
           struct archive_entry **entry,
           GError               **error)
{
  g_autofree char *wanted = fold_name (name);
  gboolean failed;

  for (;;)
    {
      g_autofree char *folded = next_name (archive, entry, &failed);

      if (failed)
        return fail_damaged (error);
      if (folded == NULL)
        break;
      if (strcmp (folded, wanted) == 0)
        return TRUE;
    }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
               _ ("The file is damaged: the part “%s” is missing."), name);
  return FALSE;
}

RungsZipPart *
rungs_zip_open_part (RungsZip   *self,
                     const char *name,
                     GError    **error)
{
  g_autoptr (RungsArchive) archive = NULL;
  struct archive_entry *entry;
  RungsZipPart *part;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  archive = open_archive (self->path, error);
  if (archive == NULL || !find_part (archive, name, &entry, error))
    return NULL;
  if (archive_entry_is_encrypted (entry))
    {
      fail (error, _ ("The file is protected with a password. Open it, save a copy without a"
                   " password, and import that."));
      return NULL;
    }
  part = g_new0 (RungsZipPart, 1);
  part->archive = g_steal_pointer (&archive);
  part->file_size = self->size;
  part->size = archive_entry_size_is_set (entry) ? MAX (archive_entry_size (entry), 0) : 0;
  return part;
}

void
rungs_zip_part_free (RungsZipPart *self)
{
  if (self == NULL)
    return;
  archive_read_free (self->archive);
  g_free (self);
}

gssize
rungs_zip_part_read (RungsZipPart *self,
                     void         *buffer,
                     gsize         size,
                     GError      **error)
{
  la_ssize_t count;

  g_return_val_if_fail (self != NULL && buffer != NULL, -1);

  do
    count = archive_read_data (self->archive, buffer, size);
  while (count == ARCHIVE_RETRY);
  if (count < 0)
    {
      fail_damaged (error);
      return -1;
    }
  self->position += count;
  return check_size (self->file_size, self->position, error) ? count : -1;
}

gint64
rungs_zip_part_get_position (RungsZipPart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->position;
}

gint64
rungs_zip_part_get_size (RungsZipPart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}
