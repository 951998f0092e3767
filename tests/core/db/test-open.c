/* test-open.c: which files are opened, and that a refused one stays as it is. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/rungs-error.h"
#include "db/rungs-backup.h"
#include "db/rungs-db.h"
#include "db/rungs-migrations.h"

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("rungs-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_folder (char *folder)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (folder);
}

static void
exec (const char *path,
      const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
assert_refused (const char *path,
                RungsDbMode mode,
                RungsError  code)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_size = 0, after_size = 0;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &before, &before_size, NULL);
  g_assert_null (rungs_db_open (path, mode, &error));
  g_assert_error (error, RUNGS_ERROR, (int) code);
  g_file_get_contents (path, &after, &after_size, NULL);
  g_assert_cmpmem (before, before_size, after, after_size);
}

static void
test_created_private (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "new", "rungs.db", NULL);
  g_autoptr (GError) error = NULL;
  RungsDb *db;
  GStatBuf info;

  assert_refused (path, RUNGS_DB_WRITE, RUNGS_ERROR_NOT_FOUND);
  db = rungs_db_open (path, RUNGS_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  rungs_db_close (db);
  db = rungs_db_open (path, RUNGS_DB_READ, &error);
  g_assert_no_error (error);
  rungs_db_close (db);
  remove_folder (folder);
}

static void
test_refused (void)
{
  char *folder = make_folder ();
  g_autofree char *newer = g_build_filename (folder, "newer.db", NULL);
  g_autofree char *other = g_build_filename (folder, "other.db", NULL);
  g_autofree char *text = g_build_filename (folder, "text.db", NULL);
  g_autofree char *stamp
      = g_strdup_printf ("PRAGMA user_version = %d",
                         rungs_migrations_get_newest (rungs_schema_of_business ()) + 1);
  RungsDb *db = rungs_db_open (newer, RUNGS_DB_CREATE, NULL);

  g_assert_nonnull (db);
  rungs_db_close (db);
  exec (newer, stamp);
  assert_refused (newer, RUNGS_DB_WRITE, RUNGS_ERROR_TOO_NEW);
  assert_refused (newer, RUNGS_DB_READ, RUNGS_ERROR_TOO_NEW);

  exec (other, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  assert_refused (other, RUNGS_DB_CREATE, RUNGS_ERROR_INVALID);
  g_file_set_contents (text, "Dear diary, …", -1, NULL);
  assert_refused (text, RUNGS_DB_CREATE, RUNGS_ERROR_INVALID);
  assert_refused (folder, RUNGS_DB_CREATE, RUNGS_ERROR_FAILED);
  remove_folder (folder);
}

static void
test_damaged_names_the_backup (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "rungs.db", NULL);
  g_autoptr (GError) error = NULL;
  RungsDb *db = rungs_db_open (path, RUNGS_DB_CREATE, &error);

  g_assert_true (rungs_backup_keep_daily (db, 0, NULL, &error));
  rungs_db_close (db);

  g_file_set_contents (path, "", 0, NULL);
  assert_refused (path, RUNGS_DB_CREATE, RUNGS_ERROR_DAMAGED);
  g_file_set_contents (path, "garbage", -1, NULL);
  g_assert_null (rungs_db_open (path, RUNGS_DB_WRITE, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "rungs.db-1970-01-01.db"));
  remove_folder (folder);
}

/* A page of the middle is destroyed, and a log is left as after a crash:
 * the check at opening finds it. */
static void
test_corrupt_page_after_unclean_end (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "rungs.db", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  g_autofree char *log = g_build_filename (folder, "copy.db-wal", NULL);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  RungsDb *db = rungs_db_open (path, RUNGS_DB_CREATE, NULL);

  rungs_db_close (db);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  memset (bytes + 4096 * 3, 0xa5, 4096 * 4);
  g_assert_true (g_file_set_contents (copy, bytes, size, NULL));
  g_assert_true (g_file_set_contents (log, "left behind", -1, NULL));
  assert_refused (copy, RUNGS_DB_WRITE, RUNGS_ERROR_DAMAGED);
  remove_folder (folder);
}

/* Whether this process holds SQLite's lock of those who read (the bytes from SHARED_FIRST on), as
 * another process sees it: it is asked by one that is made for it. */
static gboolean
is_locked (const char *path)
{
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000002,
                            .l_len = 510 };
      int fd = open (path, O_RDWR | O_CLOEXEC);

      _exit (fd >= 0 && fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

/* Without it another program of SQLite that looks into the file takes away the log in use. */
static void
test_keeps_its_locks (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_db_open (path, RUNGS_DB_CREATE, &error);
  RungsDb *reader;

  g_assert_no_error (error);
  g_assert_true (is_locked (path));
  reader = rungs_db_open (path, RUNGS_DB_READ, &error);
  g_assert_no_error (error);
  g_assert_true (is_locked (path));
  rungs_db_close (reader);
  g_assert_true (is_locked (path));
  g_clear_pointer (&db, rungs_db_close);
  g_assert_false (is_locked (path));
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/open/created-private", test_created_private);
  g_test_add_func ("/open/keeps-its-locks", test_keeps_its_locks);
  g_test_add_func ("/open/refused", test_refused);
  g_test_add_func ("/open/damaged-names-the-backup", test_damaged_names_the_backup);
  g_test_add_func ("/open/corrupt-page", test_corrupt_page_after_unclean_end);
  return g_test_run ();
}
