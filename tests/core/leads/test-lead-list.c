/* test-lead-list.c: the browser's lists: every filter, every column, few leads and many. */

#include "leads/rungs-lead-list-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"
#include "leads/rungs-touch-store.h"
#include "rungs-fixture.h"

#define MANY 4500

static RungsLeadList *
load (RungsFixture         *f,
      const RungsLeadQuery *query,
      RungsLeadList        *all)
{
  g_autoptr (GError) error = NULL;
  RungsLeadList *list = rungs_lead_list_load (f->db, query, all, &error);

  g_assert_no_error (error);
  return list;
}

static char *
ids_of (RungsLeadList *list)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < rungs_lead_list_get_count (list); i++)
    g_string_append_printf (ids, "%" G_GINT64_FORMAT " ", rungs_lead_list_get_id (list, i));
  return g_string_free (ids, FALSE);
}

static void
assert_ids (RungsFixture         *f,
            const RungsLeadQuery *query,
            const char           *expected)
{
  g_autoptr (RungsLeadList) list = load (f, query, NULL);
  g_autofree char *ids = ids_of (list);
  gint64 count;

  g_assert_cmpstr (ids, ==, expected);
  g_assert_true (rungs_lead_list_count (f->db, query, &count, NULL));
  if (query->limit == 0)
    g_assert_cmpint (count, ==, rungs_lead_list_get_count (list));
}

static gint64
add (RungsFixture *f,
     const char   *email,
     const char   *first_name,
     const char   *last_name,
     const char   *company)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  rungs_lead_set (lead, "email", email);
  rungs_lead_set (lead, "first_name", first_name);
  rungs_lead_set (lead, "last_name", last_name);
  rungs_lead_set (lead, "company", company);
  id = rungs_lead_add (f->db, lead, "test", rungs_fixture_now (f), &error);
  g_assert_no_error (error);
  rungs_fixture_pass (f, 1);
  return id;
}

static void
add_some (RungsFixture *f)
{
  add (f, "carl@example.com", "Carl", "adams", "");
  add (f, NULL, "", "", "Zeta");
  add (f, "ann@example.com", "Ann", "Baker", "acme");
  add (f, "bob@example.com", "Bob", "Adams", "Acme");
  add (f, NULL, "Dora", "", "");
}

typedef struct
{
  RungsLeadSort sort;
  const char *rising, *falling;
} SortCase;

static const SortCase SORTS[] = {
  { RUNGS_LEAD_SORT_CREATED, "1 2 3 4 5 ", "5 4 3 2 1 " },
  { RUNGS_LEAD_SORT_NAME, "5 4 1 3 2 ", "3 1 4 5 2 " },
  { RUNGS_LEAD_SORT_EMAIL, "3 4 1 2 5 ", "1 4 3 2 5 " },
  { RUNGS_LEAD_SORT_COMPANY, "3 4 2 1 5 ", "2 4 3 1 5 " },
};

static void
test_sorts (RungsFixture *f,
            RungsDb      *db)
{
  add_some (f);
  for (size_t i = 0; i < G_N_ELEMENTS (SORTS); i++)
    for (int descending = FALSE; descending <= TRUE; descending++)
      {
        const char *expected = descending ? SORTS[i].falling : SORTS[i].rising;
        RungsLeadQuery query = { .sort = SORTS[i].sort, .descending = descending };
        g_autofree char *first = g_strndup (expected, 4);

        assert_ids (f, &query, expected);
        query.limit = 2;
        assert_ids (f, &query, first);
      }
}

/* What a few leads are sorted by must agree with what all are. */
static void
test_sorts_of_few (RungsFixture *f,
                   RungsDb      *db)
{
  gint64 tag = rungs_tag_ensure (db, "all", NULL);

  add_some (f);
  for (gint64 lead = 1; lead <= 5; lead++)
    g_assert_true (rungs_lead_add_tag (db, lead, tag, 1, NULL));
  for (size_t i = 0; i < G_N_ELEMENTS (SORTS); i++)
    {
      RungsLeadQuery query = { .sort = SORTS[i].sort, .tag = tag };

      assert_ids (f, &query, SORTS[i].rising);
      query.descending = TRUE;
      assert_ids (f, &query, SORTS[i].falling);
    }
}

static void
test_filters (RungsFixture *f,
              RungsDb      *db)
{
  gint64 vip = rungs_tag_ensure (db, "vip", NULL);
  gint64 ads = rungs_source_ensure (db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);
  gint64 book = rungs_fixture_add_product (f, "book", 100);

  add_some (f);
  rungs_lead_add_tag (db, 1, vip, 1, NULL);
  rungs_lead_add_tag (db, 4, vip, 1, NULL);
  rungs_touch_add (db, 4, ads, RUNGS_PATH_DIRECT, 1, NULL, NULL);
  rungs_touch_add (db, 4, ads, RUNGS_PATH_DIRECT, 2, NULL, NULL);
  rungs_touch_add (db, 5, ads, RUNGS_PATH_DIRECT, 2, NULL, NULL);
  rungs_fixture_add_order (f, 3, book);

  assert_ids (f, &(RungsLeadQuery) { .tag = vip }, "1 4 ");
  assert_ids (f, &(RungsLeadQuery) { .source = ads }, "4 5 ");
  assert_ids (f, &(RungsLeadQuery) { .source = ads, .tag = vip }, "4 ");
  assert_ids (f, &(RungsLeadQuery) { .product = book, .now = rungs_fixture_now (f) }, "3 ");
  assert_ids (f, &(RungsLeadQuery) { .product = book, .now = rungs_fixture_now (f) - 1 }, "");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "adams" }, "1 4 ");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "ADAMS b" }, "4 ");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "ann@ex" }, "3 ");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "\"" }, "1 2 3 4 5 ");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "nobody" }, "");
  assert_ids (f, &(RungsLeadQuery){ .words = (char *) "acme", .tag = vip, .descending = TRUE },
              "4 ");
  assert_ids (f, &(RungsLeadQuery) { .tag = 99 }, "");
  assert_ids (f, &(RungsLeadQuery) { .sequence = 99 }, "");
}

static void
test_reach (RungsFixture *f,
            RungsDb      *db)
{
  gint64 mistake;

  add_some (f);
  for (gint64 lead = 1; lead <= 3; lead++)
    rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 1, "form", "",
                        NULL);
  rungs_consent_give (db, 5, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_PHONE, 1, "form", "", NULL);
  rungs_consent_withdraw (db, 2, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 2, "mail", NULL);
  mistake
    = rungs_consent_withdraw (db, 3, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 2, "mail", NULL);
  rungs_consent_annul (db, mistake, 3, "by hand", NULL);

  assert_ids (f, &(RungsLeadQuery) { .reach = RUNGS_LEAD_REACH_CONSENTED }, "1 3 ");
  assert_ids (f, &(RungsLeadQuery) { .reach = RUNGS_LEAD_REACH_WITHDRAWN }, "2 ");
  assert_ids (f, &(RungsLeadQuery) { .reach = RUNGS_LEAD_REACH_UNASKED }, "4 5 ");
}

static const char SQL_RUN[]
    = "INSERT INTO import_run (id, file_name, on_match, mapping, started_at, finished_at)"
      " VALUES (7, 'leads.csv', 'fill', '{}', 1, 2)";
static const char SQL_SEQUENCE[]
    = "INSERT INTO sequence (id, name, created_at) VALUES (3, 'Sell', 0)";
static const char SQL_VERSION[]
  = "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
    " VALUES (1, 3, 1, '{}', 0)";
static const char SQL_ENROL[]
    = "INSERT INTO enrolment (lead, sequence, version, step, outcome, entered_at, arrived_at)"
      " VALUES (2, 3, 1, 's', NULL, 1, 1), (4, 3, 1, 's', 'finished', 1, 1)";

static void
test_run_and_sequence (RungsFixture *f,
                       RungsDb      *db)
{
  add_some (f);
  rungs_fixture_run (f, SQL_RUN);
  rungs_fixture_run (f, "INSERT INTO import_lead (run, lead, created) VALUES (7, 1, 1), (7, 2, 0)");
  rungs_fixture_run (
    f, "INSERT INTO import_change (run, lead, field, after) VALUES (7, 2, 'city', 'x'),"
       " (7, 3, 'city', 'x')");
  rungs_fixture_run (f, SQL_SEQUENCE);
  rungs_fixture_run (f, SQL_VERSION);
  rungs_fixture_run (f, SQL_ENROL);
  assert_ids (f, &(RungsLeadQuery) { .run = 7 }, "1 2 3 ");
  assert_ids (f, &(RungsLeadQuery) { .sequence = 3 }, "2 ");
}

static void
test_rows (RungsFixture *f,
           RungsDb      *db)
{
  gint64 vip = rungs_tag_ensure (db, "vip", NULL);
  gint64 new = rungs_tag_ensure (db, "New", NULL);
  gint64 ads = rungs_source_ensure (db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);
  gint64 fair = rungs_source_ensure (db, RUNGS_SOURCE_OTHER, "Fair", 1, NULL);
  RungsLeadQuery query = { .sort = RUNGS_LEAD_SORT_CREATED };
  g_autoptr (RungsLeadList) list = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) page = NULL;
  RungsLeadRow *row;

  add_some (f);
  rungs_lead_add_tag (db, 3, vip, 1, NULL);
  rungs_lead_add_tag (db, 3, new, 1, NULL);
  rungs_touch_add (db, 3, ads, RUNGS_PATH_DIRECT, 20, NULL, NULL);
  rungs_touch_add (db, 3, fair, RUNGS_PATH_IN_PERSON, 10, NULL, NULL);
  list = load (f, &query, NULL);
  rungs_fixture_run (f, "INSERT INTO lead_search (lead_search, rowid, email, first_name, last_name,"
                        " company, city, phone) SELECT 'delete', id, email, first_name, last_name,"
                        " company, city, phone FROM lead WHERE id = 4");
  rungs_fixture_run (f, "DELETE FROM lead WHERE id = 4");
  rows = rungs_lead_list_rows (db, list, 2, 100, NULL);
  g_assert_cmpuint (rows->len, ==, 3);
  row = rows->pdata[0];
  g_assert_cmpstr (row->lead->email, ==, "ann@example.com");
  g_assert_cmpstr (row->tags, ==, "New, vip");
  g_assert_cmpstr (row->source, ==, "Fair");
  g_assert_null (rows->pdata[1]);
  row = rows->pdata[2];
  g_assert_cmpstr (row->lead->first_name, ==, "Dora");
  g_assert_cmpstr (row->tags, ==, "");
  g_assert_cmpstr (row->source, ==, "");

  page = rungs_lead_list_page (db, &query, 1, 2, NULL);
  g_assert_cmpuint (page->len, ==, 2);
  row = page->pdata[1];
  g_assert_cmpint (row->lead->id, ==, 3);
}

static void
test_find (RungsFixture *f,
           RungsDb      *db)
{
  RungsLeadQuery query = { .sort = RUNGS_LEAD_SORT_NAME };
  g_autoptr (RungsLeadList) list = NULL;
  guint position;

  add_some (f);
  list = load (f, &query, NULL);
  g_assert_true (rungs_lead_list_find (list, 3, &position));
  g_assert_cmpuint (position, ==, 3);
  g_assert_false (rungs_lead_list_find (list, 9, &position));
}

static const char SQL_MANY[]
    = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4500)"
      "INSERT INTO lead (email, email_key, first_name, last_name, company, city, score,"
      "                  created_at, updated_at)"
      " SELECT iif (i % 7 = 0, NULL, 'u' || (i * 7919 % 4507) || '@example.com'),"
      "        iif (i % 7 = 0, NULL, 'u' || (i * 7919 % 4507) || '@example.com'),"
      "        iif (i % 3 = 0, '', 'Ann' || (i % 10)), iif (i % 5 = 0, '', 'Lee' || (i % 17)),"
      "        iif (i % 2 = 0, '', char (65 + i % 26) || 'cme'), iif (i % 11 = 0, '', 'Ulm'),"
      "        i % 100, i * 31 % 1000, 1 FROM n";
static const char SQL_TAGGED[] = "INSERT INTO lead_tag (lead, tag, added_at)"
                                 " SELECT id, 1, 1 FROM lead WHERE id % 50 <> 0"
                                 " UNION ALL SELECT id, 2, 1 FROM lead WHERE id % 50 = 0";

/* The leads of `all` that are tagged (id % 50 <> 0) or not, in their order. */
static char *
expected_of (RungsLeadList *all,
             gboolean       tagged)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < rungs_lead_list_get_count (all); i++)
    {
      gint64 id = rungs_lead_list_get_id (all, i);

      if ((id % 50 != 0) == tagged)
        g_string_append_printf (ids, "%" G_GINT64_FORMAT " ", id);
    }
  return g_string_free (ids, FALSE);
}

static void
assert_agree (RungsFixture *f,
              RungsLeadSort sort,
              gboolean      descending)
{
  RungsLeadQuery query = { .sort = sort, .descending = descending };
  RungsLeadQuery turned = { .sort = sort, .descending = !descending };
  g_autoptr (RungsLeadList) all = load (f, &query, NULL);
  g_autoptr (RungsLeadList) turned_all = load (f, &turned, NULL);
  g_autoptr (RungsLeadList) again = load (f, &query, turned_all);
  g_autoptr (RungsLeadList) many = NULL;
  g_autoptr (RungsLeadList) many_of_turned = NULL;
  g_autoptr (RungsLeadList) few = NULL;
  g_autofree char *many_expected = expected_of (all, TRUE);
  g_autofree char *few_expected = expected_of (all, FALSE);
  g_autofree char *all_ids = ids_of (all);
  g_autofree char *again_ids = ids_of (again);
  g_autofree char *many_ids = NULL;
  g_autofree char *turned_ids = NULL;
  g_autofree char *few_ids = NULL;

  g_assert_cmpuint (rungs_lead_list_get_count (all), ==, MANY);
  query.tag = 1;
  many = load (f, &query, NULL);
  many_of_turned = load (f, &query, turned_all);
  query.tag = 2;
  few = load (f, &query, NULL);
  many_ids = ids_of (many);
  turned_ids = ids_of (many_of_turned);
  few_ids = ids_of (few);
  g_assert_cmpstr (many_ids, ==, many_expected);
  g_assert_cmpstr (few_ids, ==, few_expected);
  g_assert_cmpstr (turned_ids, ==, many_expected);
  g_assert_cmpstr (again_ids, ==, all_ids);
}

static void
test_many (RungsFixture *f,
           RungsDb      *db)
{
  g_assert_cmpint (rungs_tag_ensure (db, "most", NULL), ==, 1);
  g_assert_cmpint (rungs_tag_ensure (db, "rest", NULL), ==, 2);
  rungs_fixture_run (f, SQL_MANY);
  rungs_fixture_run (f, SQL_TAGGED);
  rungs_fixture_run (f, "INSERT INTO lead_search (lead_search) VALUES ('rebuild')");
  for (RungsLeadSort sort = RUNGS_LEAD_SORT_CREATED; sort <= RUNGS_LEAD_SORT_SCORE; sort++)
    {
      assert_agree (f, sort, FALSE);
      assert_agree (f, sort, TRUE);
    }
}

/* A reading connection that searches before anything else: the index declares itself there. */
static void
test_reader (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  RungsLeadQuery query = { .words = (char *) "ann" };
  g_autoptr (RungsDb) reader = NULL;
  g_autoptr (RungsLeadList) list = NULL;
  g_autoptr (GError) error = NULL;

  reader = rungs_db_open (f->path, RUNGS_DB_READ, &error);
  g_assert_no_error (error);
  list = rungs_lead_list_load (reader, &query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rungs_lead_list_get_count (list), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/lead-list/sorts", test_sorts);
  rungs_fixture_add_test ("/lead-list/sorts-of-few", test_sorts_of_few);
  rungs_fixture_add_test ("/lead-list/filters", test_filters);
  rungs_fixture_add_test ("/lead-list/reach", test_reach);
  rungs_fixture_add_test ("/lead-list/run-and-sequence", test_run_and_sequence);
  rungs_fixture_add_test ("/lead-list/rows", test_rows);
  rungs_fixture_add_test ("/lead-list/find", test_find);
  rungs_fixture_add_test ("/lead-list/many", test_many);
  g_test_add_func ("/lead-list/reader", test_reader);
  return g_test_run ();
}
