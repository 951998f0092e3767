/* test-backup.c: copies are consistent, old ones go by rule, and one can take the file's place. */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "db/rungs-backup.h"
#include "db/rungs-db.h"
#include "db/rungs-statement.h"

static void
remove_folder (char *folder)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (folder);
}

static gboolean
add_tag (RungsDb *db,
         gpointer name,
         GError **error)
{
  g_autoptr (RungsStatement) insert
      = rungs_db_prepare (db, "INSERT INTO tag (name) VALUES (:name)", error);

  rungs_statement_bind_text (insert, ":name", name);
  return rungs_statement_run (insert, error);
}

static gint64
count_tags (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, "SELECT count(*) FROM tag", NULL);
  gint64 number = -1;

  rungs_statement_get_number (query, 0, &number, NULL);
  return number;
}

static void
test_copy_and_restore (void)
{
  char *folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rungs.db", NULL);
  g_autofree char *copy = g_build_filename (folder, "deep", "copy.db", NULL);
  g_autofree char *aside = g_build_filename (folder, "rungs.db.replaced", NULL);
  g_autoptr (GError) error = NULL;
  RungsDb *db = rungs_db_open (path, RUNGS_DB_CREATE, &error);
  GStatBuf info;

  rungs_db_write (db, add_tag, "kept", &error);
  g_assert_true (rungs_backup_write (db, copy, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  rungs_db_write (db, add_tag, "later", &error);
  g_assert_cmpint (count_tags (db), ==, 2);

  g_assert_false (rungs_backup_restore (copy, path, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_BUSY);
  g_clear_error (&error);
  rungs_db_close (db);
  g_assert_true (rungs_backup_restore (copy, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  g_assert_cmpint (count_tags (db), ==, 1);
  rungs_db_close (db);
  remove_folder (folder);
}

static void
test_retention (void)
{
  char *folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rungs.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  RungsDb *db = rungs_db_open (path, RUNGS_DB_CREATE, &error);
  gboolean made = FALSE;

  for (int day = 0; day < 500; day++)
    g_assert_true (rungs_backup_keep_daily (db, day * RUNGS_DAY, &made, &error));
  g_assert_true (made);
  g_assert_true (rungs_backup_keep_daily (db, 499 * RUNGS_DAY, &made, &error));
  g_assert_false (made);
  copies = rungs_backup_list (path);
  /* 7 days, 4 or 5 weeks that reach beyond them, and the months of a year */
  g_assert_cmpint (copies->len, >=, 7 + 4 + 10);
  g_assert_cmpint (copies->len, <=, 7 + 5 + 12);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (copies, 0), "rungs.db-1971-05-15.db"));
  rungs_db_close (db);
  remove_folder (folder);
}

static RungsBackupCopy *
find_copy (GPtrArray  *copies,
           const char *name)
{
  for (guint i = 0; i < copies->len; i++)
    {
      RungsBackupCopy *copy = g_ptr_array_index (copies, i);

      if (g_str_has_suffix (copy->path, name))
        return copy;
    }
  return NULL;
}

/* When a copy goes is foretold, and so it goes. */
static void
test_foretold (void)
{
  char *folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rungs.db", NULL);
  g_autoptr (GHashTable) foretold = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  RungsDb *db = rungs_db_open (path, RUNGS_DB_CREATE, NULL);

  for (int day = 0; day < 40; day++)
    g_assert_true (rungs_backup_keep_daily (db, day * RUNGS_DAY, NULL, NULL));
  {
    g_autoptr (GPtrArray) copies = rungs_backup_list_copies (path, 39 * RUNGS_DAY);

    for (guint i = 0; i < copies->len; i++)
      {
        RungsBackupCopy *copy = g_ptr_array_index (copies, i);

        g_assert_cmpint (copy->kind, ==, RUNGS_BACKUP_DAILY);
        g_assert_cmpint (copy->kept_until, >, 39 * RUNGS_DAY);
        g_hash_table_insert (foretold, g_strdup (copy->path),
                             g_memdup2 (&copy->kept_until, sizeof copy->kept_until));
      }
  }
  for (int day = 40; day < 100; day++)
    {
      GHashTableIter iter;
      gpointer copy, until;

      g_assert_true (rungs_backup_keep_daily (db, day * RUNGS_DAY, NULL, NULL));
      g_hash_table_iter_init (&iter, foretold);
      while (g_hash_table_iter_next (&iter, &copy, &until))
        g_assert_cmpint (g_file_test (copy, G_FILE_TEST_EXISTS), ==,
                         day * RUNGS_DAY < *(gint64 *) until);
    }
  rungs_db_close (db);
  remove_folder (folder);
}

/* What somebody put there, or called so, is never removed; what a crash left of ours is. */
static void
test_own_copies (void)
{
  static const struct
  {
    const char *name;
    RungsBackupKind kind;
    gboolean goes;
  } files[] = {
    { "rungs.db-mine.db", RUNGS_BACKUP_OWN, FALSE },
    { "rungs.db-2020-01-01-mine.db", RUNGS_BACKUP_OWN, FALSE },
    { "rungs.db-2020-01-01.db.old", RUNGS_BACKUP_OWN, FALSE },
    { "rungs.db-before-the-move.db", RUNGS_BACKUP_OWN, FALSE },
    { "rungs.db-before-the-move.db.AbC12d", RUNGS_BACKUP_OWN, FALSE },
    { "rungs.db-before-003.db", RUNGS_BACKUP_BEFORE, TRUE },
    { "rungs.db-2020-01-01.db", RUNGS_BACKUP_DAILY, TRUE },
    { "rungs.db-2020-01-01.db.AbC12d", RUNGS_BACKUP_UNFINISHED, TRUE },
    { "rungs.db-before-003.db.AbC12d", RUNGS_BACKUP_UNFINISHED, TRUE },
  };
  char *folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rungs.db", NULL);
  g_autofree char *backups = rungs_backup_get_folder (path);
  gint64 now = g_get_real_time () / 1000 + 500 * RUNGS_DAY;
  RungsDb *db = rungs_db_open (path, RUNGS_DB_CREATE, NULL);
  g_autoptr (GPtrArray) copies = NULL;

  g_mkdir_with_parents (backups, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = g_build_filename (backups, files[i].name, NULL);

      g_assert_true (g_file_set_contents (file, "x", -1, NULL));
    }
  copies = rungs_backup_list_copies (path, now);
  g_assert_cmpint (copies->len, ==, G_N_ELEMENTS (files));
  g_assert_true (rungs_backup_keep_daily (db, now, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      RungsBackupCopy *copy = find_copy (copies, files[i].name);

      g_assert_cmpint (copy->kind, ==, files[i].kind);
      g_assert_cmpint (copy->kept_until != 0, ==, files[i].goes);
      g_assert_cmpint (g_file_test (copy->path, G_FILE_TEST_EXISTS), ==, !files[i].goes);
    }
  rungs_db_close (db);
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backup/copy-and-restore", test_copy_and_restore);
  g_test_add_func ("/backup/retention", test_retention);
  g_test_add_func ("/backup/foretold", test_foretold);
  g_test_add_func ("/backup/own-copies", test_own_copies);
  return g_test_run ();
}
