/* test-store.c: work on the store's threads ends on the main loop, and changes are announced. */

#include "base/rungs-error.h"
#include "db/rungs-store.h"
#include "db/rungs-statement.h"

typedef struct
{
  char *folder;
  char *path;
  RungsStore *store;
  GAsyncResult *result; /* (nullable): of the last call */
  GHashTable *changed;  /* (nullable): the last announcement */
} Fixture;

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Fixture *fixture = data;

  g_set_object (&fixture->result, result);
}

static void
changed_cb (RungsStore *store,
            GHashTable *tables,
            gpointer    data)
{
  Fixture *fixture = data;

  g_clear_pointer (&fixture->changed, g_hash_table_unref);
  fixture->changed = g_hash_table_ref (tables);
}

static void
wait_for_result (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "rungs.db", NULL);
  rungs_store_open_async (fixture->path, RUNGS_DB_CREATE, rungs_db_open, NULL, ended_cb, fixture);
  wait_for_result (fixture);
  fixture->store = rungs_store_open_finish (fixture->result, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  rungs_store_close (fixture->store);
  g_clear_object (&fixture->result);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->store);
  g_clear_pointer (&fixture->changed, g_hash_table_unref);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gpointer
add_tag (RungsDb      *db,
         gpointer      name,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (RungsStatement) insert
      = rungs_db_prepare (db, "INSERT INTO tag (name) VALUES (:name)", error);

  rungs_statement_bind_text (insert, ":name", name);
  return rungs_statement_run (insert, error) ? g_strdup ("added") : NULL;
}

static gpointer
count_tags (RungsDb      *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, "SELECT count(*) FROM tag", error);
  gint64 number = 0;

  rungs_statement_get_number (query, 0, &number, error);
  return GINT_TO_POINTER ((int) number);
}

static gpointer
count_for_ever (RungsDb      *db,
                gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
      db,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
      error);
  gint64 number = 0;

  g_atomic_int_set ((gint *) data, 1);
  rungs_statement_get_number (query, 0, &number, error);
  return NULL;
}

static void
test_write_then_read (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *result = NULL;

  rungs_store_write_async (fixture->store, add_tag, g_strdup ("one"), g_free, g_free, NULL,
                           ended_cb, fixture);
  wait_for_result (fixture);
  result = rungs_store_write_finish (fixture->store, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result, ==, "added");
  while (fixture->changed == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (rungs_store_change_touches (fixture->changed, "tag"));
  g_assert_false (rungs_store_change_touches (fixture->changed, "lead"));

  g_clear_object (&fixture->result);
  rungs_store_read_async (fixture->store, count_tags, NULL, NULL, NULL, NULL, ended_cb, fixture);
  wait_for_result (fixture);
  g_assert_cmpint (
    GPOINTER_TO_INT (rungs_store_read_finish (fixture->store, fixture->result, NULL)), ==, 1);
}

static void
test_failed_write_is_undone (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 2; i++)
    {
      g_clear_object (&fixture->result);
      rungs_store_write_async (fixture->store, add_tag, (gpointer) "same", NULL, g_free, NULL,
                               ended_cb, fixture);
      wait_for_result (fixture);
    }
  g_assert_null (rungs_store_write_finish (fixture->store, fixture->result, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
test_cancel_interrupts (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint running = 0;

  rungs_store_read_async (fixture->store, count_for_ever, &running, NULL, NULL, cancellable,
                          ended_cb, fixture);
  while (!g_atomic_int_get (&running))
    g_usleep (1000);
  g_usleep (20000);
  g_cancellable_cancel (cancellable);
  wait_for_result (fixture);
  g_assert_null (rungs_store_read_finish (fixture->store, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
add_for_ever (RungsDb      *db,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  g_free (add_tag (db, (gpointer) "half", NULL, error));
  return count_for_ever (db, data, NULL, error);
}

static gpointer
add_and_cancel (RungsDb      *db,
                gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  gpointer added = add_tag (db, data, NULL, error);

  g_cancellable_cancel (cancellable);
  return added;
}

/* A write that is cancelled leaves nothing; one that was done before is told as done. */
static void
test_cancel_write (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) late = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *added = NULL;
  gint running = 0;

  rungs_store_write_async (fixture->store, add_for_ever, &running, NULL, NULL, cancellable,
                           ended_cb, fixture);
  while (!g_atomic_int_get (&running))
    g_usleep (1000);
  g_usleep (20000);
  g_cancellable_cancel (cancellable);
  wait_for_result (fixture);
  g_assert_null (rungs_store_write_finish (fixture->store, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_object (&fixture->result);

  rungs_store_write_async (fixture->store, add_and_cancel, (gpointer) "whole", NULL, g_free, late,
                           ended_cb, fixture);
  wait_for_result (fixture);
  added = rungs_store_write_finish (fixture->store, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (added, ==, "added");
  g_clear_object (&fixture->result);

  rungs_store_read_async (fixture->store, count_tags, NULL, NULL, NULL, NULL, ended_cb, fixture);
  wait_for_result (fixture);
  g_assert_cmpint (
      GPOINTER_TO_INT (rungs_store_read_finish (fixture->store, fixture->result, &error)), ==, 1);
}

static gboolean
add_elsewhere (RungsDb *db,
               gpointer data,
               GError **error)
{
  g_free (add_tag (db, (gpointer) "elsewhere", NULL, error));
  return TRUE;
}

/* How many tags there are after somebody else added one, of those there were before. */
static gpointer
count_while_another_adds (RungsDb      *db,
                          gpointer      other,
                          GCancellable *cancellable,
                          GError      **error)
{
  gpointer before = count_tags (db, NULL, cancellable, error);

  g_assert_true (rungs_db_write (other, add_elsewhere, NULL, error));
  rungs_db_hand_over (other);
  g_assert_true (count_tags (db, NULL, cancellable, error) == before);
  return GINT_TO_POINTER (1);
}

static void
test_reads_one_moment (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (RungsDb) other = rungs_db_open (fixture->path, RUNGS_DB_WRITE, NULL);
  g_autoptr (GError) error = NULL;

  rungs_db_hand_over (other);
  rungs_store_read_async (fixture->store, count_while_another_adds, other, NULL, NULL, NULL,
                          ended_cb, fixture);
  wait_for_result (fixture);
  g_assert_nonnull (rungs_store_read_finish (fixture->store, fixture->result, &error));
  g_assert_no_error (error);
}

static void
test_sees_other_connections (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (RungsDb) other = rungs_db_open (fixture->path, RUNGS_DB_WRITE, NULL);

  g_assert_true (rungs_db_write (other, add_elsewhere, NULL, NULL));
  while (fixture->changed == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (rungs_store_change_touches (fixture->changed, "lead"));
}

static void
test_closed_store_refuses (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rungs_store_close (fixture->store);
  rungs_store_read_async (fixture->store, count_tags, NULL, NULL, NULL, NULL, ended_cb, fixture);
  wait_for_result (fixture);
  g_assert_null (rungs_store_read_finish (fixture->store, fixture->result, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_BUSY);
}

#define ADD(name, func) \
  g_test_add ("/store/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("write-then-read", test_write_then_read);
  ADD ("failed-write", test_failed_write_is_undone);
  ADD ("cancel", test_cancel_interrupts);
  ADD ("cancel-write", test_cancel_write);
  ADD ("one-moment", test_reads_one_moment);
  ADD ("other-connections", test_sees_other_connections);
  ADD ("closed", test_closed_store_refuses);
  return g_test_run ();
}
