/* test-lead-list.c: the browser's lists: every column, few leads and many, all or some. */

#include "leads/rungs-lead-list-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-field-store.h"
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

/* Every lead of the file whose id leaves that remainder. */
static RungsLeadSet *
set_of (gint64 highest,
        gint64 every,
        gint64 remainder)
{
  RungsLeadSet *set = rungs_lead_set_new (highest);

  for (gint64 lead = 1; lead <= highest; lead++)
    if (lead % every == remainder)
      rungs_lead_set_add (set, lead);
  return set;
}

/* What a few leads are sorted by must agree with what all are. */
static void
test_sorts_of_few (RungsFixture *f,
                   RungsDb      *db)
{
  g_autoptr (RungsLeadSet) all = set_of (5, 1, 0);

  add_some (f);
  for (size_t i = 0; i < G_N_ELEMENTS (SORTS); i++)
    {
      RungsLeadQuery query = { .sort = SORTS[i].sort, .within = all };

      assert_ids (f, &query, SORTS[i].rising);
      query.descending = TRUE;
      assert_ids (f, &query, SORTS[i].falling);
    }
}

static void
test_words (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (RungsLeadSet) some = set_of (4, 3, 1);
  g_autoptr (RungsLeadSet) none = rungs_lead_set_new (0);

  add_some (f);
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "adams" }, "1 4 ");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "ADAMS b" }, "4 ");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "ann@ex" }, "3 ");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "\"" }, "1 2 3 4 5 ");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "nobody" }, "");
  assert_ids (f, &(RungsLeadQuery) { .within = some }, "1 4 ");
  assert_ids (f,
              &(RungsLeadQuery) { .words = (char *) "acme", .within = some, .descending = TRUE },
              "4 ");
  assert_ids (f, &(RungsLeadQuery) { .within = none }, "");
  assert_ids (f, &(RungsLeadQuery) { .words = (char *) "adams", .within = none }, "");
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
assert_same_value (const RungsFieldValue *value,
                   const RungsFieldValue *expected)
{
  g_assert_cmpint (value->field, ==, expected->field);
  g_assert_cmpint (value->kind, ==, expected->kind);
  g_assert_cmpint (value->retired, ==, expected->retired);
  g_assert_cmpstr (value->key, ==, expected->key);
  g_assert_cmpstr (value->label, ==, expected->label);
  g_assert_cmpstr (value->currency, ==, expected->currency);
  g_assert_cmpstr (value->value, ==, expected->value);
  g_assert_cmpstr (value->text, ==, expected->text);
}

/* Read for all rows at once they are what they are read one by one. */
static void
test_values (RungsFixture *f,
             RungsDb      *db)
{
  gint64 old = rungs_field_add (db, "old", "Old", RUNGS_FIELD_TEXT, 1, NULL);
  gint64 size = rungs_field_add (db, "size", "Size", RUNGS_FIELD_NUMBER, 1, NULL);
  gint64 budget = rungs_field_add (db, "budget", "Budget", RUNGS_FIELD_MONEY, 1, NULL);
  RungsLeadQuery query = { .sort = RUNGS_LEAD_SORT_CREATED };
  g_autoptr (RungsLeadList) list = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint n_values = 0;

  add_some (f);
  g_assert_true (rungs_field_set_value (db, 1, budget, "12.50", 1, NULL));
  g_assert_true (rungs_field_set_value (db, 3, size, "7", 1, NULL));
  g_assert_true (rungs_field_set_value (db, 3, old, "was", 1, NULL));
  g_assert_true (rungs_field_set_value (db, 3, budget, "3", 1, NULL));
  g_assert_true (rungs_field_retire (db, old, 2, NULL));
  list = load (f, &query, NULL);
  rows = rungs_lead_list_rows (db, list, 0, 100, NULL);
  g_assert_true (rungs_lead_list_add_values (db, rows, NULL));
  for (guint i = 0; i < rows->len; i++)
    {
      const RungsLeadRow *row = rows->pdata[i];
      g_autoptr (GPtrArray) expected = rungs_field_values (db, row->lead->id, NULL);

      g_assert_cmpuint (row->values->len, ==, expected->len);
      for (guint k = 0; k < expected->len; k++, n_values++)
        assert_same_value (row->values->pdata[k], expected->pdata[k]);
    }
  g_assert_cmpuint (n_values, ==, 4);
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

/* Fields of the business's own: numbers as numbers, choices as they stand, those without last. */
static void
test_sorts_by_field (RungsFixture *f,
                     RungsDb      *db)
{
  static const struct
  {
    RungsFieldKind kind;
    gint64 field;
    const char *rising, *falling;
  } CASES[] = {
    { RUNGS_FIELD_TEXT, 1, "3 1 4 2 5 ", "4 1 3 2 5 " },
    { RUNGS_FIELD_NUMBER, 2, "4 2 5 1 3 ", "1 5 2 4 3 " },
    { RUNGS_FIELD_ONE, 3, "2 5 1 3 4 ", "1 5 2 3 4 " },
  };
  g_autoptr (RungsLeadSet) all = set_of (5, 1, 0);

  add_some (f);
  rungs_fixture_run (f, "INSERT INTO field (id, key, label, kind, created_at) VALUES"
                        " (1, 't', 'T', 'text', 1), (2, 'n', 'N', 'number', 1),"
                        " (3, 'o', 'O', 'one', 1)");
  rungs_fixture_run (f, "INSERT INTO field_choice (field, key, label, position) VALUES"
                        " (3, 'z', 'Z', 1), (3, 'a', 'A', 2)");
  rungs_fixture_run (f, "INSERT INTO lead_value (lead, field, value) VALUES"
                        " (1, 1, 'b'), (3, 1, 'A'), (4, 1, 'C'),"
                        " (1, 2, '100'), (2, 2, '9'), (4, 2, '-20'), (5, 2, '9.5'),"
                        " (2, 3, 'z'), (5, 3, 'z'), (1, 3, 'a')");
  for (size_t i = 0; i < G_N_ELEMENTS (CASES); i++)
    for (int few = FALSE; few <= TRUE; few++)
      {
        RungsLeadQuery query = { .field = CASES[i].field, .within = few ? all : NULL };

        g_assert_true (rungs_lead_sort_of_kind (CASES[i].kind, &query.sort));
        assert_ids (f, &query, CASES[i].rising);
        query.descending = TRUE;
        assert_ids (f, &query, CASES[i].falling);
      }
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
/* The leads of `all` that are in the set, in their order, up to `limit`. */
static char *
expected_of (RungsLeadList      *all,
             const RungsLeadSet *set,
             guint               limit)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < rungs_lead_list_get_count (all) && limit > 0; i++)
    {
      gint64 id = rungs_lead_list_get_id (all, i);

      if (!rungs_lead_set_has (set, id))
        continue;
      g_string_append_printf (ids, "%" G_GINT64_FORMAT " ", id);
      limit--;
    }
  return g_string_free (ids, FALSE);
}

static void
assert_agree (RungsFixture *f,
              RungsLeadSet *most,
              RungsLeadSet *rest,
              RungsLeadSort sort,
              gboolean      descending)
{
  gint64 field = sort > RUNGS_LEAD_SORT_SCORE ? 1 : 0;
  RungsLeadQuery query = { .sort = sort, .field = field, .descending = descending };
  RungsLeadQuery turned = { .sort = sort, .field = field, .descending = !descending };
  g_autoptr (RungsLeadList) all = load (f, &query, NULL);
  g_autoptr (RungsLeadList) turned_all = load (f, &turned, NULL);
  g_autoptr (RungsLeadList) again = load (f, &query, turned_all);
  g_autoptr (RungsLeadList) many = NULL;
  g_autoptr (RungsLeadList) many_of_turned = NULL;
  g_autoptr (RungsLeadList) few = NULL;
  g_autoptr (RungsLeadList) first = NULL;
  g_autofree char *many_expected = expected_of (all, most, G_MAXUINT);
  g_autofree char *few_expected = expected_of (all, rest, G_MAXUINT);
  g_autofree char *first_expected = expected_of (all, most, 50);
  g_autofree char *all_ids = ids_of (all);
  g_autofree char *again_ids = ids_of (again);
  g_autofree char *many_ids = NULL;
  g_autofree char *turned_ids = NULL;
  g_autofree char *few_ids = NULL;
  g_autofree char *first_ids = NULL;

  g_assert_cmpuint (rungs_lead_list_get_count (all), ==, MANY);
  query.within = most;
  many = load (f, &query, NULL);
  many_of_turned = load (f, &query, turned_all);
  query.limit = 50;
  first = load (f, &query, NULL);
  query.limit = 0;
  query.within = rest;
  few = load (f, &query, NULL);
  many_ids = ids_of (many);
  turned_ids = ids_of (many_of_turned);
  few_ids = ids_of (few);
  first_ids = ids_of (first);
  g_assert_cmpstr (first_ids, ==, first_expected);
  g_assert_cmpstr (many_ids, ==, many_expected);
  g_assert_cmpstr (few_ids, ==, few_expected);
  g_assert_cmpstr (turned_ids, ==, many_expected);
  g_assert_cmpstr (again_ids, ==, all_ids);
}

static void
test_many (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (RungsLeadSet) most = rungs_lead_set_new (MANY);
  g_autoptr (RungsLeadSet) rest = set_of (MANY, 50, 0);

  for (gint64 lead = 1; lead <= MANY; lead++)
    if (lead % 50 != 0)
      rungs_lead_set_add (most, lead);
  rungs_fixture_run (f, SQL_MANY);
  rungs_fixture_run (f, "INSERT INTO lead_search (lead_search) VALUES ('rebuild')");
  rungs_fixture_run (f, "INSERT INTO field (id, key, label, kind, created_at)"
                        " VALUES (1, 'n', 'N', 'number', 1)");
  rungs_fixture_run (f, "INSERT INTO lead_value (lead, field, value)"
                        " SELECT id, 1, id * 7919 % 89 FROM lead WHERE id % 3 <> 0");
  for (RungsLeadSort sort = RUNGS_LEAD_SORT_CREATED; sort <= RUNGS_LEAD_SORT_NUMBERS; sort++)
    {
      assert_agree (f, most, rest, sort, FALSE);
      assert_agree (f, most, rest, sort, TRUE);
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
  rungs_fixture_add_test ("/lead-list/sorts-by-field", test_sorts_by_field);
  rungs_fixture_add_test ("/lead-list/words", test_words);
  rungs_fixture_add_test ("/lead-list/rows", test_rows);
  rungs_fixture_add_test ("/lead-list/values", test_values);
  rungs_fixture_add_test ("/lead-list/find", test_find);
  rungs_fixture_add_test ("/lead-list/many", test_many);
  g_test_add_func ("/lead-list/reader", test_reader);
  return g_test_run ();
}
