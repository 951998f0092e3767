/* test-erasure.c: who asks to be forgotten is, and stays so. */

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"
#include "leads/rungs-tag-store.h"
#include "leads/rungs-touch-store.h"
#include "rungs-fixture.h"

static const char SECRET[] = "Zebulon";

static gint64
add_lead (RungsFixture *f)
{
  gint64 lead = rungs_fixture_add_lead (f, "zebulon@example.com", SECRET);
  gint64 ads = rungs_source_ensure (f->db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);
  gint64 tag = rungs_tag_ensure (f->db, "vip", NULL);

  rungs_lead_set_text (f->db, lead, "notes", "Zebulon likes tea", 1, NULL);
  rungs_lead_add_note (f->db, lead, "Zebulon called", 1, NULL);
  rungs_lead_add_tag (f->db, lead, tag, 1, NULL);
  rungs_touch_add (f->db, lead, ads, RUNGS_PATH_PHONE, 1, "Zebulon asked", NULL);
  rungs_consent_give (f->db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 1, "form",
                      "I, Zebulon, agree", NULL);
  return lead;
}

/* Every text in every table that people fill. */
static const char SQL_EVERYTHING[]
    = "SELECT (SELECT group_concat (json_array (email, email_key, first_name, notes)) FROM lead)"
      "    || (SELECT coalesce (group_concat (detail), '') FROM event)"
      "    || (SELECT coalesce (group_concat (detail), '') FROM touch)"
      "    || (SELECT coalesce (group_concat (wording), '') FROM consent)"
      "    || (SELECT coalesce (group_concat (reason), '') FROM refund)"
      "    || (SELECT group_concat (coalesce (email, '')) FROM suppression)";

static void
assert_no_trace (RungsDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_EVERYTHING, &error);
  g_autofree char *all = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (rungs_statement_step (query, &error), ==, RUNGS_ROW);
  all = g_utf8_strdown (rungs_statement_get_text (query, 0), -1);
  g_assert_nonnull (strstr (all, "bob"));
  g_assert_null (strstr (all, "zebulon"));
}

static void
assert_suppressed (RungsDb *db)
{
  RungsSuppressed reason;

  g_assert_true (rungs_suppression_check (db, "Zebulon@example.com", &reason, NULL));
  g_assert_cmpint (reason, ==, RUNGS_SUPPRESSED_ERASED);
}

static void
test_whole (RungsFixture *f,
            RungsDb      *db)
{
  gint64 lead = add_lead (f);
  g_autoptr (GError) error = NULL;
  RungsErased erased;

  rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  g_assert_true (rungs_lead_erase (db, lead, 9, &erased, &error));
  g_assert_no_error (error);
  g_assert_cmpint (erased, ==, RUNGS_ERASED_WHOLE);
  assert_no_trace (db);
  assert_suppressed (db);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead"), ==, 1);
  g_assert_false (rungs_lead_erase (db, lead, 9, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_to_orders (RungsFixture *f,
                RungsDb      *db)
{
  gint64 lead = add_lead (f);
  gint64 book = rungs_fixture_add_product (f, "book", 1000);
  gint64 order = rungs_fixture_add_order (f, lead, book);
  g_autoptr (GError) error = NULL;
  RungsErased erased;

  rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  rungs_refund_add (db, order, 0, 100, "Zebulon was unhappy", 1, 1, NULL);
  g_assert_true (rungs_lead_erase (db, lead, 9, &erased, &error));
  g_assert_no_error (error);
  g_assert_cmpint (erased, ==, RUNGS_ERASED_TO_ORDERS);
  assert_no_trace (db);
  assert_suppressed (db);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT sum (amount) FROM order_line"), ==, 1000);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT sum (amount) FROM refund_line"), ==, 100);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/erasure/whole", test_whole);
  rungs_fixture_add_test ("/erasure/to-orders", test_to_orders);
  return g_test_run ();
}
