/* rungs-backup.c: copies of the file, made while it is in use.
 *
 * A copy is written under another name by SQLite's backup, from a connection of its own that reads
 * one moment of the file; it is flushed to disk and only then takes its name. */

#include "db/rungs-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-db-private.h"

#define FOLDER "backups"
#define DAYS 7
#define WEEKS 4
#define MONTHS 12
#define UNFINISHED_DAYS 2

static gboolean
fail (const char *doing,
      const char *path,
      GError    **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, "%s %s: %s", doing, path,
               g_strerror (errno));
  return FALSE;
}

/* Flushes a file, or the folder that names it, to disk. */
static gboolean
flush_to_disk (const char *path,
               GError    **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean flushed = fd >= 0 && fsync (fd) == 0;

  if (!flushed)
    fail (_ ("cannot flush"), path, error);
  if (fd >= 0)
    close (fd);
  return flushed;
}

static gboolean
copy_into (sqlite3    *from,
           const char *path,
           GError    **error)
{
  sqlite3 *to = NULL;
  sqlite3_backup *backup = NULL;
  int code = sqlite3_open_v2 (path, &to, SQLITE_OPEN_READWRITE, NULL);

  if (code == SQLITE_OK)
    {
      backup = sqlite3_backup_init (to, "main", from, "main");
      code = backup ? sqlite3_backup_step (backup, -1) : sqlite3_errcode (to);
      sqlite3_backup_finish (backup);
    }
  /* a copy stands alone: no log beside it */
  if (code == SQLITE_DONE)
    code = sqlite3_exec (to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  if (code != SQLITE_OK)
    rungs_sqlite_fail (to, code, _ ("making a backup"), error);
  sqlite3_close (to);
  return code == SQLITE_OK;
}

gboolean
rungs_backup_write (RungsDb    *db,
                    const char *path,
                    GError    **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *draft = NULL;
  gboolean written;
  int fd;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  folder = g_path_get_dirname (path);
  draft = g_strconcat (path, ".XXXXXX", NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (_ ("cannot make the folder"), folder, error);
  fd = g_mkstemp_full (draft, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (_ ("cannot make"), draft, error);
  close (fd);

  written = copy_into (rungs_db_get_handle (db), draft, error) && flush_to_disk (draft, error)
            && (g_rename (draft, path) == 0 || fail (_ ("cannot name"), path, error))
            && flush_to_disk (folder, error);
  if (!written)
    g_unlink (draft);
  return written;
}

char *
rungs_backup_get_folder (const char *path)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  folder = g_path_get_dirname (path);
  return g_build_filename (folder, FOLDER, NULL);
}

/* "rungs.db-2026-11-21.db": the copy of a day. */
static char *
daily_name (const char *path,
            const char *day)
{
  g_autofree char *base = g_path_get_basename (path);

  return g_strdup_printf ("%s-%s.db", base, day);
}

static int
compare_descending (gconstpointer a,
                    gconstpointer b)
{
  return -strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
rungs_backup_list (const char *path)
{
  g_autofree char *folder = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *base = NULL;
  g_autoptr (GDir) dir = NULL;
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_return_val_if_fail (path != NULL, found);

  folder = rungs_backup_get_folder (path);
  base = g_path_get_basename (path);
  prefix = g_strconcat (base, "-", NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".db")
        && g_ascii_isdigit (name[strlen (prefix)]))
      g_ptr_array_add (found, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (found, compare_descending);
  return found;
}

/* Whether a copy of that age in days is one of those that stay: the newest of its day,
 * week or month. */
static gboolean
is_kept (GDate       *day,
         const GDate *today,
         GHashTable  *kept)
{
  int age = g_date_days_between (day, today);
  g_autofree char *slot = NULL;

  if (age < DAYS)
    return TRUE;
  if (age < WEEKS * 7 + DAYS)
    slot = g_strdup_printf ("week %d", (int) (g_date_get_julian (day) / 7));
  else if (age < MONTHS * 31)
    slot = g_strdup_printf ("month %d-%d", g_date_get_year (day), g_date_get_month (day));
  return slot != NULL && g_hash_table_add (kept, g_steal_pointer (&slot));
}

/* The day in the name of a daily copy; not valid where there is none. */
static void
read_day (const char *copy,
          GDate      *day)
{
  gsize length = strlen (copy);

  g_date_clear (day, 1);
  if (length > strlen ("YYYY-MM-DD.db"))
    {
      g_autofree char *text
          = g_strndup (copy + length - strlen ("YYYY-MM-DD.db"), strlen ("YYYY-MM-DD"));

      g_date_set_parse (day, text);
    }
}

static void
set_date (GDate *date,
          gint64 now)
{
  g_autofree char *day = rungs_time_format_day (now, NULL);

  g_date_clear (date, 1);
  g_date_set_parse (date, day);
}

void
rungs_backup_copy_free (RungsBackupCopy *self)
{
  g_free (self->path);
  g_free (self);
}

static gint64
instant_of (const GDate *date)
{
  return ((gint64) g_date_get_julian (date) - 719163) * RUNGS_DAY;
}

/* Nothing where there is no such file. */
static void
add_copy (GPtrArray      *copies,
          const char     *path,
          RungsBackupKind kind)
{
  RungsBackupCopy *copy;
  GStatBuf info;
  GDate day;

  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return;
  copy = g_new0 (RungsBackupCopy, 1);
  copy->path = g_strdup (path);
  copy->kind = kind;
  copy->written_at = info.st_mtime * G_GINT64_CONSTANT (1000);
  copy->bytes = info.st_size;
  read_day (path, &day);
  /* whoever copied the folder may have changed the time of the file */
  if (kind == RUNGS_BACKUP_DAILY && g_date_valid (&day))
    copy->written_at = MIN (copy->written_at, instant_of (&day) + RUNGS_DAY - 1);
  else if (kind == RUNGS_BACKUP_BEFORE)
    copy->kept_until = copy->written_at + MONTHS * 31 * RUNGS_DAY;
  else if (kind == RUNGS_BACKUP_UNFINISHED)
    copy->kept_until = copy->written_at + UNFINISHED_DAYS * RUNGS_DAY;
  g_ptr_array_add (copies, copy);
}

/* What follows the file's name and a "-". Only names that Rungs itself gives count; while it writes
 * one they end in a dot and six letters or digits (g_mkstemp()). */
static RungsBackupKind
kind_of (const char *rest)
{
  static const struct
  {
    const char *pattern;
    RungsBackupKind kind;
  } names[] = {
    { "^\\d{4}-\\d\\d-\\d\\d\\.db$", RUNGS_BACKUP_DAILY },
    { "^before-\\d{3}\\.db$", RUNGS_BACKUP_BEFORE },
    { "^(\\d{4}-\\d\\d-\\d\\d|before-\\d{3})\\.db\\.[A-Za-z0-9]{6}$", RUNGS_BACKUP_UNFINISHED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_regex_match_simple (names[i].pattern, rest, G_REGEX_DOLLAR_ENDONLY, 0))
      return names[i].kind;
  return RUNGS_BACKUP_OWN;
}

static void
add_copies_of_folder (GPtrArray  *copies,
                      const char *path)
{
  g_autofree char *folder = rungs_backup_get_folder (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, "-", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      {
        g_autofree char *copy = g_build_filename (folder, name, NULL);

        add_copy (copies, copy, kind_of (name + strlen (prefix)));
      }
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const RungsBackupCopy *one = *(const RungsBackupCopy *const *) a;
  const RungsBackupCopy *other = *(const RungsBackupCopy *const *) b;

  if (one->written_at != other->written_at)
    return one->written_at > other->written_at ? -1 : 1;
  return strcmp (other->path, one->path);
}

/* Lets the days to come pass, each with a new copy, until all of `copies` that are daily are gone:
 * which goes when depends on those beside it. */
static void
foresee (GPtrArray *copies,
         gint64     now)
{
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func ((GDestroyNotify) g_date_free);
  g_autoptr (GPtrArray) owners = g_ptr_array_new ();
  GDate today;

  set_date (&today, now);
  for (guint i = 0; i < copies->len; i++)
    {
      RungsBackupCopy *copy = g_ptr_array_index (copies, i);
      GDate day;

      read_day (copy->path, &day);
      if (copy->kind != RUNGS_BACKUP_DAILY || !g_date_valid (&day))
        continue;
      g_ptr_array_add (days, g_date_copy (&day));
      g_ptr_array_add (owners, copy);
    }
  for (guint passed = 0; passed <= MONTHS * 31 && owners->len > 0; passed++)
    {
      g_autoptr (GHashTable) kept
          = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      g_date_add_days (&today, 1);
      g_ptr_array_insert (days, 0, g_date_copy (&today));
      g_ptr_array_insert (owners, 0, NULL);
      for (guint i = 0; i < days->len;)
        {
          RungsBackupCopy *owner = g_ptr_array_index (owners, i);

          if (is_kept (g_ptr_array_index (days, i), &today, kept))
            {
              i++;
              continue;
            }
          if (owner != NULL)
            owner->kept_until = instant_of (&today);
          g_ptr_array_remove_index (days, i);
          g_ptr_array_remove_index (owners, i);
        }
    }
}

GPtrArray *
rungs_backup_list_copies (const char *path,
                          gint64      now)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_backup_copy_free);
  g_autofree char *replaced = NULL;
  g_autofree char *restoring = NULL;

  g_return_val_if_fail (path != NULL, copies);

  replaced = g_strconcat (path, ".replaced", NULL);
  restoring = g_strconcat (path, ".restoring", NULL);
  add_copies_of_folder (copies, path);
  add_copy (copies, replaced, RUNGS_BACKUP_REPLACED);
  add_copy (copies, restoring, RUNGS_BACKUP_UNFINISHED);
  g_ptr_array_sort (copies, compare_newest_first);
  foresee (copies, now);
  return copies;
}

/* A daily one by those beside it, the others by their age. */
static gboolean
may_stay (const RungsBackupCopy *copy,
          gint64                 now,
          const GDate           *today,
          GHashTable            *kept)
{
  GDate day;

  if (copy->kind != RUNGS_BACKUP_DAILY)
    return copy->kept_until == 0 || copy->kept_until > now;
  read_day (copy->path, &day);
  return !g_date_valid (&day) || is_kept (&day, today, kept);
}

static void
remove_old (const char *path,
            gint64      now)
{
  g_autoptr (GPtrArray) copies
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_backup_copy_free);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GDate today;

  set_date (&today, now);
  add_copies_of_folder (copies, path);
  g_ptr_array_sort (copies, compare_newest_first);
  for (guint i = 0; i < copies->len; i++)
    {
      const RungsBackupCopy *copy = g_ptr_array_index (copies, i);

      if (!may_stay (copy, now, &today, kept))
        g_unlink (copy->path);
    }
}

gboolean
rungs_backup_keep_daily (RungsDb  *db,
                         gint64    now,
                         gboolean *made,
                         GError  **error)
{
  g_autofree char *day = rungs_time_format_day (now, NULL);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *copy = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  folder = rungs_backup_get_folder (rungs_db_get_path (db));
  name = daily_name (rungs_db_get_path (db), day);
  copy = g_build_filename (folder, name, NULL);
  if (made != NULL)
    *made = FALSE;
  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!rungs_backup_write (db, copy, error))
    return FALSE;

  if (made != NULL)
    *made = TRUE;
  remove_old (rungs_db_get_path (db), now);
  return TRUE;
}

static gboolean
put_aside (const char *path,
           const char *suffix,
           GError    **error)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (path, ".replaced", suffix, NULL);

  return g_rename (from, to) == 0 || errno == ENOENT || fail (_ ("cannot put aside"), from, error);
}

gboolean
rungs_backup_restore (const char *backup,
                      const char *path,
                      GError    **error)
{
  g_autoptr (RungsFileLock) lock = NULL;
  g_autoptr (GFile) from = NULL;
  g_autoptr (GFile) to = NULL;
  g_autofree char *draft = NULL;
  g_autofree char *shm = NULL;

  g_return_val_if_fail (backup != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  lock = rungs_file_lock_new (path, "-open", error);
  if (lock == NULL || !rungs_file_lock_take (lock, FALSE, 0, error))
    return FALSE;
  draft = g_strconcat (path, ".restoring", NULL);
  shm = g_strconcat (path, "-shm", NULL);
  from = g_file_new_for_path (backup);
  to = g_file_new_for_path (draft);
  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error)
      || !flush_to_disk (draft, error) || !put_aside (path, "", error)
      || !put_aside (path, "-wal", error))
    return FALSE;
  g_unlink (shm);
  return g_rename (draft, path) == 0 || fail (_ ("cannot name"), path, error);
}
