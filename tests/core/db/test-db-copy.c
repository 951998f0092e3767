/* test-db-copy.c: a private copy holds what the file holds, and is nobody else's. */

#include "db/rungs-db-copy.h"
#include "db/rungs-statement.h"
#include "rungs-fixture.h"

static const char SQL_COUNT[] = "SELECT count (*) FROM tag";

static gint64
count_tags (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT, NULL);
  gint64 n = -1;

  g_assert_true (rungs_statement_get_number (query, -1, &n, NULL));
  return n;
}

static gboolean
add_tag (RungsDb  *db,
         gpointer  name,
         GError  **error)
{
  g_autoptr (RungsStatement) insert
      = rungs_db_prepare (db, "INSERT INTO tag (name) VALUES (:name)", error);

  rungs_statement_bind_text (insert, ":name", name);
  return rungs_statement_run (insert, error);
}

static void
test_is_apart (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) copy = NULL;

  g_assert_true (rungs_db_write (fixture->db, add_tag, (gpointer) "one", NULL));
  copy = rungs_db_copy (fixture->db, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_tags (copy), ==, 1);
  g_assert_cmpstr (rungs_db_get_path (copy), ==, "");

  g_assert_true (rungs_db_write (copy, add_tag, (gpointer) "two", &error));
  g_assert_true (rungs_db_write (copy, add_tag, (gpointer) "three", &error));
  g_assert_false (rungs_db_write (copy, add_tag, (gpointer) "three", &error));
  g_assert_cmpint (count_tags (copy), ==, 3);
  g_assert_cmpint (count_tags (fixture->db), ==, 1);
}

/* A reader's connection will do. */
static void
test_of_a_reader (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) reader = rungs_db_open (fixture->path, RUNGS_DB_READ, &error);
  g_autoptr (RungsDb) copy = rungs_db_copy (reader, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (rungs_db_write (copy, add_tag, (gpointer) "one", &error));
}

/* Writes that are committed together are there one after the other; where one fails, none of them
 * ever was, nor what was made of them. */
static void
test_together (void)
{
  static const char *const TABLES[] = { "tag", NULL };
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (RungsDb) copy = rungs_db_copy (fixture->db, NULL, NULL, NULL, NULL);

  g_assert_true (rungs_db_commit_together (copy, 3, NULL));
  g_assert_true (rungs_db_write (copy, add_tag, (gpointer) "one", NULL));
  g_assert_true (rungs_db_write (copy, add_tag, (gpointer) "two", NULL));
  g_assert_cmpint (count_tags (copy), ==, 2);
  g_assert_true (rungs_db_write (copy, add_tag, (gpointer) "three", NULL));
  g_assert_true (rungs_db_write (copy, add_tag, (gpointer) "four", NULL));
  rungs_db_keep (copy, "tags", TABLES, g_strdup ("with four"), g_free);
  g_assert_false (rungs_db_write (copy, add_tag, (gpointer) "one", NULL));
  g_assert_cmpint (count_tags (copy), ==, 3);
  g_assert_null (rungs_db_get_kept (copy, "tags"));

  g_assert_true (rungs_db_write (copy, add_tag, (gpointer) "five", NULL));
  g_assert_true (rungs_db_commit_together (copy, 0, NULL));
  g_assert_false (rungs_db_write (copy, add_tag, (gpointer) "one", NULL));
  g_assert_cmpint (count_tags (copy), ==, 4);
}

static void
count_cb (gint64   done,
          gint64   all,
          gpointer data)
{
  g_assert_cmpint (done, <=, all);
  ++*(guint *) data;
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint told = 0;
  g_autoptr (RungsDb) copy = rungs_db_copy (fixture->db, count_cb, &told, cancellable, &error);

  g_assert_no_error (error);
  g_assert_cmpint (told, >, 0);
  g_cancellable_cancel (cancellable);
  g_assert_null (rungs_db_copy (fixture->db, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/db/db-copy/is-apart", test_is_apart);
  g_test_add_func ("/db/db-copy/of-a-reader", test_of_a_reader);
  g_test_add_func ("/db/db-copy/together", test_together);
  g_test_add_func ("/db/db-copy/progress-and-cancel", test_progress_and_cancel);
  return g_test_run ();
}
