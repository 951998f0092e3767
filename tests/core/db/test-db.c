/* test-db.c: writes are whole, followed and counted; nothing is written outside of one. */

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/rungs-error.h"
#include "db/rungs-db-private.h"
#include "db/rungs-statement.h"

typedef struct
{
  char *folder;
  char *path;
  RungsDb *db;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("rungs-XXXXXX", &error);
  fixture->path = g_build_filename (fixture->folder, "rungs.db", NULL);
  fixture->db = rungs_db_open (fixture->path, RUNGS_DB_CREATE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  g_clear_pointer (&fixture->db, rungs_db_close);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gint64
count (RungsDb    *db,
       const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, &error);
  gint64 number = 0;

  g_assert_no_error (error);
  g_assert_true (rungs_statement_get_number (query, 0, &number, &error));
  return number;
}

static gboolean
add_tag (RungsDb *db,
         gpointer name,
         GError **error)
{
  g_autoptr (RungsStatement) insert
      = rungs_db_prepare (db, "INSERT INTO tag (name) VALUES (:name)", error);

  g_assert_nonnull (insert);
  rungs_statement_bind_text (insert, ":name", name);
  return rungs_statement_run (insert, error);
}

static gboolean
add_event (RungsDb *db,
           gpointer name,
           GError **error)
{
  g_autoptr (RungsStatement) insert
      = rungs_db_prepare (db, "INSERT INTO event (kind, at) VALUES ('test', 0)", error);

  return add_tag (db, name, error) && rungs_statement_run (insert, error);
}

static gboolean
refuse (RungsDb *db,
        gpointer data,
        GError **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "no");
  return FALSE;
}

static gboolean
add_then_refuse (RungsDb *db,
                 gpointer name,
                 GError **error)
{
  return add_tag (db, name, error) && refuse (db, NULL, error);
}

static void
test_write_is_whole (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_db_write (fixture->db, add_tag, "one", &error));
  g_assert_false (rungs_db_write (fixture->db, add_then_refuse, "two", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_cmpint (count (fixture->db, "SELECT count(*) FROM tag"), ==, 1);
}

/* How many flushes fail from now on: stands before that of the C library. */
static int failing_flushes;

int
fdatasync (int fd)
{
  if (failing_flushes == 0)
    return (int) syscall (SYS_fdatasync, fd);
  failing_flushes--;
  errno = EIO;
  return -1;
}

/* Opens what a crash of the machine would leave now. */
static gint64
count_tags_after_crash (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.db", NULL);
  g_autofree char *command
      = g_strdup_printf ("sh -c \"rm -f '%s'*; cp '%s' '%s'; cp '%s-wal' '%s-wal'\"", copy,
                         fixture->path, copy, fixture->path, copy);
  g_autoptr (RungsDb) db = NULL;

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  db = rungs_db_open (copy, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  return count (db, "SELECT count(*) FROM tag");
}

static void
test_failed_flush (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) doubt = NULL;

  g_assert_true (rungs_db_write (fixture->db, add_tag, "one", NULL));
  failing_flushes = 1;
  g_assert_false (rungs_db_write (fixture->db, add_tag, "two", &error));
  g_assert_cmpstr (error->message, ==, "writing to disk: the disk does not work");
  g_assert_cmpint (count_tags_after_crash (fixture), ==, 1);

  failing_flushes = 2;
  g_assert_false (rungs_db_write (fixture->db, add_tag, "two", &doubt));
  g_assert_nonnull (strstr (doubt->message, "may turn out to have been written"));
  g_assert_cmpint (count (fixture->db, "SELECT count(*) FROM tag"), ==, 1);
  g_assert_true (rungs_db_write (fixture->db, add_tag, "three", NULL));
  g_assert_cmpint (count_tags_after_crash (fixture), ==, 2);
}

/* What could not be bound is not taken for NULL. */
static void
test_too_long (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strnfill (2000, 'x');

  sqlite3_limit (rungs_db_get_handle (fixture->db), SQLITE_LIMIT_LENGTH, 1000);
  g_assert_false (rungs_db_write (fixture->db, add_tag, name, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (rungs_db_write (fixture->db, add_tag, "short", &error));
}

static void
test_no_write_outside (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (add_tag (fixture->db, "one", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_cmpint (count (fixture->db, "SELECT count(*) FROM tag"), ==, 0);
}

static void
test_conflict (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_db_write (fixture->db, add_tag, "one", NULL));
  g_assert_false (rungs_db_write (fixture->db, add_tag, "ONE", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
test_follower_is_part_of_the_write (Fixture      *fixture,
                                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rungs_db_set_follower (fixture->db, add_tag, "followed", NULL);
  g_assert_true (rungs_db_write (fixture->db, add_tag, "no event", NULL));
  g_assert_cmpint (count (fixture->db, "SELECT count(*) FROM tag"), ==, 1);
  g_assert_true (rungs_db_write (fixture->db, add_event, "event", NULL));
  g_assert_cmpint (count (fixture->db, "SELECT count(*) FROM tag"), ==, 3);

  rungs_db_set_follower (fixture->db, refuse, NULL, NULL);
  g_assert_false (rungs_db_write (fixture->db, add_event, "undone", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_cmpint (count (fixture->db, "SELECT count(*) FROM tag"), ==, 3);
}

static gboolean
tag_a_lead (RungsDb *db,
            gpointer data,
            GError **error)
{
  const char *const sql[] = {
    "INSERT INTO lead (id, created_at, updated_at) VALUES (1, 0, 0)",
    "INSERT INTO tag (id, name) VALUES (1, 'a')",
    "INSERT INTO lead_tag (lead, tag, added_at) VALUES (1, 1, 0)",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      g_autoptr (RungsStatement) insert = rungs_db_prepare (db, sql[i], error);

      if (insert == NULL || !rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_changed_tables (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (GHashTable) changed = NULL;
  g_autoptr (GHashTable) none = NULL;

  g_assert_true (rungs_db_write (fixture->db, tag_a_lead, NULL, NULL));
  g_assert_false (rungs_db_write (fixture->db, add_then_refuse, "x", NULL));
  changed = rungs_db_take_changed_tables (fixture->db);
  g_assert_true (g_hash_table_contains (changed, "lead"));
  g_assert_true (g_hash_table_contains (changed, "lead_tag")); /* has no rowid */
  g_assert_cmpint (g_hash_table_size (changed), ==, 3);
  none = rungs_db_take_changed_tables (fixture->db);
  g_assert_cmpint (g_hash_table_size (none), ==, 0);
}

static void
test_columns (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = NULL;

  query = rungs_db_prepare (fixture->db, "SELECT 'x', 7, NULL", &error);
  g_assert_cmpint (rungs_statement_step (query, &error), ==, RUNGS_ROW);
  g_assert_cmpstr (rungs_statement_get_text (query, 0), ==, "x");
  g_assert_cmpint (rungs_statement_get_int64 (query, 1), ==, 7);
  g_assert_true (rungs_statement_is_null (query, 2));
  g_assert_cmpint (rungs_statement_step (query, &error), ==, RUNGS_DONE);
  g_assert_true (rungs_statement_done (query, &error));
}

#define WRITERS 4
#define ROUNDS 50

static gboolean
count_up (RungsDb *db,
          gpointer data,
          GError **error)
{
  g_autoptr (RungsStatement) read
      = rungs_db_prepare (db, "SELECT event FROM cursor WHERE name = 'count'", error);
  g_autoptr (RungsStatement) write = rungs_db_prepare (
      db,
      "INSERT INTO cursor (name, event) VALUES ('count', :event)"
      " ON CONFLICT (name) DO UPDATE SET event = excluded.event",
      error);
  gint64 number = 0;

  if (!rungs_statement_get_number (read, 0, &number, error))
    return FALSE;
  rungs_statement_bind_int64 (write, ":event", number + 1);
  return rungs_statement_run (write, error);
}

static gpointer
count_in_thread (gpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_db_open (path, RUNGS_DB_WRITE, &error);

  g_assert_no_error (error);
  for (int i = 0; i < ROUNDS; i++)
    g_assert_true (rungs_db_write (db, count_up, NULL, &error));
  return NULL;
}

static void
test_writers_take_turns (Fixture      *fixture,
                         gconstpointer data)
{
  GThread *threads[WRITERS];

  for (int i = 0; i < WRITERS; i++)
    threads[i] = g_thread_new ("counter", count_in_thread, fixture->path);
  for (int i = 0; i < WRITERS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (count (fixture->db, "SELECT event FROM cursor"), ==, WRITERS * ROUNDS);
}

static void
test_check (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;

  none = rungs_db_check (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (none->len, ==, 0);
  /* a lead that the search index does not know */
  g_assert_true (rungs_db_write (fixture->db, tag_a_lead, NULL, &error));
  one = rungs_db_check (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (one->len, ==, 1);
}

#define ADD(name, func) \
  g_test_add ("/db/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("write-is-whole", test_write_is_whole);
  ADD ("failed-flush", test_failed_flush);
  ADD ("too-long", test_too_long);
  ADD ("no-write-outside", test_no_write_outside);
  ADD ("conflict", test_conflict);
  ADD ("follower", test_follower_is_part_of_the_write);
  ADD ("changed-tables", test_changed_tables);
  ADD ("columns", test_columns);
  ADD ("writers-take-turns", test_writers_take_turns);
  ADD ("check", test_check);
  return g_test_run ();
}
