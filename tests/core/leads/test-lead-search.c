/* test-lead-search.c: what is typed becomes a query that cannot fail, and the index follows the
 * leads. */

#include "leads/rungs-lead-search-store.h"

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-store.h"
#include "rungs-fixture.h"

typedef struct
{
  const char *typed;
  const char *query; /* NULL: nothing to search for */
} QueryCase;

static const QueryCase QUERIES[] = {
  { NULL, NULL },
  { "", NULL },
  { "  @ - \" * ( ", NULL },
  { "ann", "\"ann\"*" },
  { " ann  smith ", "\"ann\"* AND \"smith\"*" },
  { "ann@ex", "\"ann@ex\"*" },
  { "a\"b", "\"a\"\"b\"*" },
  { "NOT OR AND", "\"NOT\"* AND \"OR\"* AND \"AND\"*" },
  { "email:ann*", "\"email:ann*\"*" },
  { "müller ß", "\"müller\"* AND \"ß\"*" },
};

static void
test_queries (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (QUERIES); i++)
    {
      g_autofree char *query = rungs_lead_search_query (QUERIES[i].typed);

      g_assert_cmpstr (query, ==, QUERIES[i].query);
    }
}

static const char SQL_HITS[] = "SELECT count (*) FROM lead_search WHERE lead_search MATCH :query";

static gint64
hits (RungsDb    *db,
      const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HITS, &error);
  g_autofree char *words = rungs_lead_search_query (typed);
  gint64 number;

  g_assert_no_error (error);
  rungs_statement_bind_text (query, ":query", words);
  rungs_statement_get_number (query, 0, &number, &error);
  g_assert_no_error (error);
  return number;
}

static void
test_finds (RungsFixture *f,
            RungsDb      *db)
{
  gint64 id = rungs_fixture_add_lead (f, "ann.mueller@example.com", "Änne");

  rungs_fixture_add_lead (f, "bob@example.org", "Bob");
  g_assert_true (rungs_lead_set_text (db, id, "company", "Smith & Sons \"X\"", 0, NULL));
  g_assert_cmpint (hits (db, "anne"), ==, 1);
  g_assert_cmpint (hits (db, "ÄN"), ==, 1);
  g_assert_cmpint (hits (db, "ann.mueller@ex"), ==, 1);
  g_assert_cmpint (hits (db, "mueller@example.c"), ==, 1);
  g_assert_cmpint (hits (db, "example"), ==, 2);
  g_assert_cmpint (hits (db, "example bo"), ==, 1);
  g_assert_cmpint (hits (db, "exemple"), ==, 0);
  g_assert_cmpint (hits (db, "smith sons"), ==, 1);
  g_assert_cmpint (hits (db, "s:m*i\"t(h"), ==, 0);
}

static void
test_follows (RungsFixture *f,
              RungsDb      *db)
{
  gint64 id = rungs_fixture_add_lead (f, "ann@example.com", "Ann");

  g_assert_true (rungs_lead_set_text (db, id, "first_name", "Berta", 0, NULL));
  g_assert_cmpint (hits (db, "berta"), ==, 1);
  g_assert_cmpint (hits (db, "ann"), ==, 1);
  g_assert_true (rungs_lead_set_text (db, id, "email", "berta@example.com", 0, NULL));
  g_assert_cmpint (hits (db, "ann"), ==, 0);
  g_assert_true (rungs_lead_search_check (db, NULL));
}

static void
test_rebuild (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  rungs_fixture_run (f, "UPDATE lead SET first_name = 'Eve'");
  g_assert_false (rungs_lead_search_check (db, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (rungs_lead_search_rebuild (db, &error));
  g_assert_true (rungs_lead_search_check (db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (hits (db, "eve"), ==, 1);
}

static const char SQL_RUN[]
    = "INSERT INTO import_run (id, file_name, on_match, mapping, started_at, finished_at)"
      " VALUES (1, 'leads.csv', 'fill', '{}', 1, 2)";
static const char SQL_NEW[] = "INSERT INTO lead (id, first_name, created_at, updated_at)"
                              " VALUES (11, 'Newa', 1, 1), (12, 'Newb', 1, 1)";
static const char SQL_CREATED[] = "INSERT INTO import_lead (run, lead, created)"
                                  " VALUES (1, 11, 1), (1, 12, 1), (1, 1, 0)";
static const char SQL_CHANGED[] = "INSERT INTO import_change (run, lead, field, before, after)"
                                  " VALUES (1, 1, 'city', '', 'Ulm'), (1, 1, 'phone', '', '1')";

static void
test_of_import (RungsFixture *f,
                RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_fixture_add_lead (f, "ann@example.com", "Ann"), ==, 1);
  rungs_fixture_run (f, SQL_RUN);
  rungs_fixture_run (f, SQL_NEW);
  rungs_fixture_run (f, SQL_CREATED);
  rungs_fixture_run (f, SQL_CHANGED);
  g_assert_true (rungs_lead_search_forget_changed (db, 1, &error));
  rungs_fixture_run (f, "UPDATE lead SET city = 'Ulm', phone = '1' WHERE id = 1");
  g_assert_true (rungs_lead_search_add_changed (db, 1, &error));
  g_assert_true (rungs_lead_search_add_created (db, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (hits (db, "new"), ==, 2);
  g_assert_cmpint (hits (db, "ulm ann"), ==, 1);
  g_assert_true (rungs_lead_search_check (db, &error));

  g_assert_true (rungs_lead_search_forget_created (db, 1, &error));
  rungs_fixture_run (f, "DELETE FROM lead WHERE id > 10");
  g_assert_cmpint (hits (db, "new"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lead-search/queries", test_queries);
  rungs_fixture_add_test ("/lead-search/finds", test_finds);
  rungs_fixture_add_test ("/lead-search/follows", test_follows);
  rungs_fixture_add_test ("/lead-search/rebuild", test_rebuild);
  rungs_fixture_add_test ("/lead-search/of-import", test_of_import);
  return g_test_run ();
}
