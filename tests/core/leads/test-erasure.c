/* test-erasure.c: who asks to be forgotten is, and stays so. */

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-note-store.h"
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
  g_autoptr (RungsErasure) erasure = NULL;

  rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  erasure = rungs_lead_erase (db, lead, " Zebulon wrote a letter ", 9, &error);
  g_assert_no_error (error);
  g_assert_false (erasure->orders_kept);
  g_assert_cmpstr (erasure->reason, ==, "[…] wrote a letter");
  assert_no_trace (db);
  assert_suppressed (db);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead"), ==, 1);
  g_assert_null (rungs_lead_erase (db, lead, NULL, 9, &error));
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
  g_autoptr (RungsErasure) erasure = NULL;

  rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  rungs_refund_add (db, order, 0, 100, "Zebulon was unhappy", 1, 1, NULL);
  erasure = rungs_lead_erase (db, lead, NULL, 9, &error);
  g_assert_no_error (error);
  g_assert_true (erasure->orders_kept);
  assert_no_trace (db);
  assert_suppressed (db);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT sum (amount) FROM order_line"), ==, 1000);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT sum (amount) FROM refund_line"), ==, 100);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"), ==, 1);
}

static void
assert_text (RungsFixture *f,
             const char   *sql,
             const char   *expected)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (f->db, sql, NULL);

  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  g_assert_cmpstr (rungs_statement_get_text (query, 0), ==, expected);
}

/* What is known about others names the person no more, and says all else as before. */
static void
test_mentions (RungsFixture *f,
               RungsDb      *db)
{
  gint64 lead = add_lead (f);
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 other = rungs_fixture_add_lead (f, "will@example.com", "Will");
  g_autoptr (RungsErasurePreview) preview = NULL;
  g_autoptr (RungsErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;

  rungs_lead_set_text (db, lead, "last_name", "Quist", 2, NULL);
  rungs_lead_set_text (db, lead, "email", "zq@example.com", 2, NULL);
  rungs_lead_set_text (db, lead, "phone", "+49 555 123", 2, NULL);
  rungs_lead_set_text (db, bob, "notes",
                       "Friend of ZEBULON QUIST (zebulon@example.com, +49 555 123), not of"
                       " zebulon@example.com.au or jo.zebulon@example.com",
                       2, NULL);
  rungs_lead_add_note (db, bob, "Quist, Zebulon and Quists and quist", 2, NULL);
  rungs_fixture_run (f, "INSERT INTO task (title, due_at, created_at)"
                        " VALUES ('Ask Zebulon', 1, 1)");
  rungs_fixture_run (f, "INSERT INTO tag (name) VALUES ('Friends of Zebulon')");
  rungs_fixture_run (f, "INSERT INTO import_run (file_name, on_match, mapping, started_at,"
                        " finished_at) VALUES ('Zebulon.vcf', 'fill', '{}', 1, 1)");
  rungs_lead_add_note (db, other, "will call", 2, NULL);

  preview = rungs_erasure_preview (db, lead, &error);
  g_assert_no_error (error);
  erasure = rungs_lead_erase (db, lead, NULL, 9, &error);
  g_assert_no_error (error);
  g_assert_cmpint (erasure->mentions, ==, preview->mentions->len);
  g_assert_cmpint (preview->orders, ==, 0);
  assert_text (f, "SELECT notes FROM lead WHERE first_name = 'Bob'",
               "Friend of […] ([…], […]), not of zebulon@example.com.au or jo.zebulon@example.com");
  assert_text (f, "SELECT detail FROM event WHERE kind = 'note.added' AND detail LIKE '%Quists%'",
               "[…] and Quists and quist");
  assert_text (f, "SELECT title FROM task", "Ask […]");
  assert_text (f, "SELECT file_name FROM import_run", "[…].vcf");
  assert_text (f, "SELECT detail FROM event WHERE detail = 'will call'", "will call");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM tag WHERE name LIKE '%Zeb%'"),
                   ==, 0);
  assert_suppressed (db);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM suppression"), ==, 2);
}

/* A name that others bear says nothing alone. */
static void
test_shared_name (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 lead = add_lead (f);
  gint64 other = rungs_fixture_add_lead (f, "other@example.com", SECRET);
  g_autoptr (RungsErasure) erasure = NULL;

  rungs_lead_set_text (db, other, "notes", "Zebulon is well", 2, NULL);
  erasure = rungs_lead_erase (db, lead, NULL, 9, NULL);
  g_assert_nonnull (erasure);
  assert_text (f, "SELECT notes FROM lead", "Zebulon is well");
  assert_text (f, "SELECT first_name FROM lead", SECRET);
}

/* What others are called, and the JSON that tells it, stays as it is around the person's words. */
static void
test_json_of_others (RungsFixture *f,
                     RungsDb      *db)
{
  gint64 lead = rungs_fixture_add_lead (f, NULL, "email");
  g_autoptr (RungsErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;

  rungs_fixture_add_lead (f, "other@example.com", "Other");
  rungs_lead_set_text (db, lead, "phone", "1234567", 2, &error);
  g_assert_no_error (error);
  rungs_lead_set_text (db, lead, "email", "email@example.com", 2, &error);
  g_assert_no_error (error);
  rungs_fixture_run (f, "INSERT INTO event (lead, kind, at, detail) SELECT id, 'lead.changed', 3,"
                        " '{\"email\":[\"\",\"of email\"],\"n\":1234567,\"city\":\"\"}'"
                        "  FROM lead WHERE first_name = 'Other'");
  erasure = rungs_lead_erase (db, lead, NULL, 9, &error);
  g_assert_no_error (error);
  assert_text (f, "SELECT detail FROM event WHERE kind = 'lead.changed'",
               "{\"email\":[\"\",\"of […]\"],\"n\":1234567,\"city\":\"\"}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/erasure/whole", test_whole);
  rungs_fixture_add_test ("/erasure/to-orders", test_to_orders);
  rungs_fixture_add_test ("/erasure/mentions", test_mentions);
  rungs_fixture_add_test ("/erasure/shared-name", test_shared_name);
  rungs_fixture_add_test ("/erasure/json-of-others", test_json_of_others);
  return g_test_run ();
}
