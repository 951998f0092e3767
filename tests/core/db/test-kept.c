/* test-kept.c: what a connection keeps is never of rows that are others by now. */

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "rungs-fixture.h"

static const char *const TABLES[] = { "tag", "source", NULL };
static const char NAME[] = "made of tags";

static void
keep (RungsDb    *db,
      const char *value)
{
  rungs_db_keep (db, NAME, TABLES, g_strdup (value), g_free);
}

static gboolean
add (RungsDb    *db,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (rungs_statement_run (insert, &error));
  g_assert_no_error (error);
  return TRUE;
}

static gboolean
add_tag (RungsDb   *db,
         gpointer   name,
         GError   **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO tag (name) VALUES ('%s')", (char *) name);

  return add (db, sql);
}

static gboolean
add_event (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  return add (db, "INSERT INTO event (kind, at) VALUES ('test', 0)");
}

static void
test_own_writes (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();

  g_assert_null (rungs_db_get_kept (f->db, NAME));
  keep (f->db, "one");
  g_assert_true (rungs_db_write (f->db, add_event, NULL, NULL));
  g_assert_cmpstr (rungs_db_get_kept (f->db, NAME), ==, "one");
  keep (f->db, "two");
  g_assert_cmpstr (rungs_db_get_kept (f->db, NAME), ==, "two");
  g_assert_true (rungs_db_write (f->db, add_tag, "a", NULL));
  g_assert_null (rungs_db_get_kept (f->db, NAME));
}

/* It could be of rows that are never committed. */
static gboolean
add_and_keep (RungsDb   *db,
              gpointer   name,
              GError   **error)
{
  add_tag (db, name, error);
  keep (db, "of what is not committed");
  g_assert_null (rungs_db_get_kept (db, NAME));
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "no");
  return FALSE;
}

/* It is of rows that were committed, whatever else the transaction does. */
static gboolean
keep_and_fail (RungsDb   *db,
               gpointer   data,
               GError   **error)
{
  add_event (db, NULL, error);
  keep (db, "of before");
  g_assert_cmpstr (rungs_db_get_kept (db, NAME), ==, "of before");
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "no");
  return FALSE;
}

static void
test_undone_writes (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();

  g_assert_false (rungs_db_write (f->db, add_and_keep, "a", NULL));
  g_assert_null (rungs_db_get_kept (f->db, NAME));
  g_assert_false (rungs_db_write (f->db, keep_and_fail, NULL, NULL));
  g_assert_cmpstr (rungs_db_get_kept (f->db, NAME), ==, "of before");
}

static void
test_writes_of_others (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) other
    = rungs_db_open (rungs_db_get_path (f->db), RUNGS_DB_WRITE, &error);

  g_assert_no_error (error);
  keep (f->db, "one");
  g_assert_true (rungs_db_write (other, add_tag, "a", NULL));
  g_assert_null (rungs_db_get_kept (f->db, NAME));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kept/own-writes", test_own_writes);
  g_test_add_func ("/kept/undone-writes", test_undone_writes);
  g_test_add_func ("/kept/writes-of-others", test_writes_of_others);
  return g_test_run ();
}
