/* test-tagging.c: many leads get a tag or lose it; taking that back restores who had it, since when
 * and by which import. */

#include "leads/rungs-tagging-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"
#include "rungs-fixture.h"

#define LEADS 300

static GArray *
all_leads (void)
{
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  /* the last is gone, one is named twice */
  for (gint64 lead = LEADS + 1; lead > 0; lead--)
    g_array_append_val (leads, lead);
  g_array_append_val (leads, g_array_index (leads, gint64, 5));
  return leads;
}

/* Who has which tag, since when and by which import. */
static char *
dump (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
      db,
      "SELECT group_concat (x, ' ') FROM (SELECT lead || ':' || tag || ':' || added_at || ':'"
      " || coalesce (run, 0) AS x FROM lead_tag ORDER BY lead, tag)",
      NULL);

  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  return rungs_statement_dup_text (query, 0);
}

static gint64
count_events (RungsFixture *f,
              const char   *sql)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (f->db, sql, NULL);
  gint64 n = -1;

  g_assert_true (rungs_statement_get_number (query, 0, &n, NULL));
  return n;
}

static gint64
add_some (RungsFixture *f)
{
  gint64 tag = rungs_tag_ensure (f->db, "vip", NULL);

  for (int i = 0; i < LEADS; i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_new ();
      g_autofree char *email = g_strdup_printf ("lead%d@example.com", i);

      rungs_lead_set (lead, "email", email);
      g_assert_cmpint (rungs_lead_add (f->db, lead, "test", 1, NULL), ==, i + 1);
    }
  rungs_fixture_run (f, "INSERT INTO import_run (id, file_name, on_match, mapping, started_at,"
                        " finished_at) VALUES (7, 'a.csv', 'fill', '{}', 1, 2)");
  rungs_fixture_run (f, "INSERT INTO lead_tag (lead, tag, added_at, run)"
                        " SELECT id, 1, id * 10, iif (id % 2, 7, NULL) FROM lead WHERE id % 3 = 0");
  return tag;
}

static void
test_add (RungsFixture *f,
          RungsDb      *db)
{
  gint64 tag = add_some (f);
  g_autofree char *before = dump (db);
  g_autoptr (GArray) leads = all_leads ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) given = rungs_tagging_add (db, leads, tag, 5, &error);
  g_autoptr (GArray) taken = NULL;
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (given->len, ==, 200);
  g_assert_cmpint (count_events (f, "SELECT count (*) FROM event WHERE kind = 'tag.added'"
                                    "   AND ref = 1 AND detail = 'vip' AND at = 5"),
                   ==, 200);
  g_assert_cmpint (count_events (f, "SELECT count (*) FROM lead_tag"), ==, LEADS);

  taken = rungs_tagging_remove (db, given, tag, 6, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->len, ==, 200);
  after = dump (db);
  g_assert_cmpstr (after, ==, before);
}

static void
test_remove (RungsFixture *f,
             RungsDb      *db)
{
  gint64 tag = add_some (f);
  g_autofree char *before = dump (db);
  g_autoptr (GArray) leads = all_leads ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) taken = rungs_tagging_remove (db, leads, tag, 5, &error);
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (taken->len, ==, 100);
  g_assert_cmpint (count_events (f, "SELECT count (*) FROM lead_tag"), ==, 0);
  /* one is given it again meanwhile */
  g_assert_true (rungs_lead_add_tag (db, 3, tag, 30, NULL));
  g_assert_true (rungs_tagging_restore (db, taken, 0, 40, tag, 6, &error));
  g_assert_true (rungs_tagging_restore (db, taken, 40, 60, tag, 6, &error));
  g_assert_no_error (error);
  rungs_fixture_run (f, "UPDATE lead_tag SET run = 7 WHERE lead = 3");
  after = dump (db);
  g_assert_cmpstr (after, ==, before);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/tagging/add", test_add);
  rungs_fixture_add_test ("/tagging/remove", test_remove);
  return g_test_run ();
}
