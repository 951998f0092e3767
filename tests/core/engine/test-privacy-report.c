/* test-privacy-report.c: all that is known of a person is told, and all of it goes: whatever table
 * the schema has. A table that is added and belongs to leads fails here until its rows are told
 * in a section (rungs-privacy-report-store.c), erased (rungs-erasure-store.c), and made below. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "db/rungs-statement.h"
#include "engine/rungs-privacy-report.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-store.h"
#include "rungs-fixture.h"

/* What the books need: it stays when the person goes. The lead is there, without a word in it. */
static const char *const STAYS[]
    = { "lead", "touch", "sales_order", "order_line", "refund", "refund_line", "coupon_use",
        "web_reference", "web_given_back",
        NULL };

/* A row of each table, about lead 1. Texts that a person must see hold "Zebulon". */
static const char *const SQL_ROWS[] = {
  "INSERT INTO field (id, key, label, created_at) VALUES (1, 'dog', 'Dog', 1)",
  "INSERT INTO lead_value (lead, field, value) VALUES (1, 1, 'Zebulon value')",
  "INSERT INTO tag (id, name) VALUES (1, 'Zebulon tag')",
  "INSERT INTO lead_tag (lead, tag, added_at) VALUES (1, 1, 1)",
  "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'ppc', 'Zebulon source', 1)",
  "INSERT INTO touch (lead, source, path, at, detail) VALUES (1, 1, 'phone', 1, 'Zebulon touch')",
  "INSERT INTO consent (lead, action, at, origin, wording)"
  " VALUES (1, 'given', 1, 'form', 'Zebulon consent')",
  "INSERT INTO product (id, sku, name, price, currency, created_at)"
  " VALUES (1, 'kit', 'Zebulon product', 100, 'EUR', 1)",
  "INSERT INTO sales_order (id, lead, at, currency, coupon, created_at)"
  " VALUES (1, 1, 1, 'EUR', 'Zebulon coupon', 1)",
  "INSERT INTO order_line (id, sales_order, product, amount) VALUES (1, 1, 1, 12300)",
  "INSERT INTO refund (id, sales_order, at, reason, created_at)"
  " VALUES (1, 1, 1, 'Zebulon refund', 1)",
  "INSERT INTO refund_line (refund, order_line, amount) VALUES (1, 1, 4500)",
  "INSERT INTO coupon (id, code, code_key, discount, created_at, updated_at)"
  " VALUES (1, 'Zebulon code', 'zebuloncode', 'Zebulon discount', 1, 1)",
  "INSERT INTO coupon_given (lead, coupon, at, how, who, note, created_at)"
  " VALUES (1, 1, 1, 'phone', 'Zebulon giver', 'Zebulon wish', 1)",
  "INSERT INTO coupon_use (sales_order, coupon, at, touch, against)"
  " VALUES (1, 1, 1, 1, 'used-up')",
  "INSERT INTO web_endpoint (id, uuid, name, provider, path, created_at)"
  " VALUES (1, 'u', 'Zebulon endpoint', 'generic', '/in/x', 1)",
  "INSERT INTO web_delivery (id, endpoint, lead, kind, received_at, taken_at)"
  " VALUES (1, 1, 1, 'Zebulon kind', 1, 1)",
  "INSERT INTO web_raw (delivery, method, path, headers, body, address)"
  " VALUES (1, 'POST', '/in/x', 'Zebulon: header', CAST ('Zebulon body' AS BLOB), 'Zebulon ip')",
  "INSERT INTO web_value (delivery, field, value, at) VALUES (1, 'city', 'Zebulon said', 1)",
  "INSERT INTO web_consent (consent, delivery) SELECT id, 1 FROM consent",
  "INSERT INTO touch_tag (touch, name, value) SELECT id, 'utm', 'Zebulon campaign' FROM touch",
  "INSERT INTO web_reference (seller, reference, sales_order, is_order)"
  " VALUES ('stripe', 'Zebulon number', 1, 1)",
  "INSERT INTO web_given_back (sales_order, amount) VALUES (1, 4500)",
  "INSERT INTO notice (lead, at, desktop, today, mail) VALUES (1, 1, 2, 1, 'Zebulon staff')",
  "INSERT INTO source (id, kind, name, created_at) VALUES (2, 'jv', 'Zebulon venture', 1)",
  "INSERT INTO partner (id, uuid, name, source, currency, created_at, updated_at)"
  " VALUES (1, 'p', 'Zebulon partner', 2, 'EUR', 1, 1)",
  "INSERT INTO partner_lead (lead, partner) VALUES (1, 1)",
  "INSERT INTO award (partner, kind, lead, currency, amount, at, hold_until, words)"
  " VALUES (1, 'lead', 1, 'EUR', 5, 1, 1, 'Zebulon award')",
  "INSERT INTO first_contact (lead, captured_at, contact) VALUES (1, 1, 'Zebulon contact')",
  "INSERT INTO web_wait (delivery, seller, reference) VALUES (1, 'stripe', 'Zebulon awaited')",
  "INSERT INTO web_click (delivery, mail, target, at, machine, why)"
  " VALUES (1, 1, 'https://zebulon.example/clicked', 1, 0, '')",
  "INSERT INTO opt_in (id, slug, name, draft, created_at, updated_at)"
  " VALUES (1, 'tea', 'Zebulon form', '{}', 1, 1)",
  "INSERT INTO opt_in_version (id, opt_in, number, definition, created_at)"
  " VALUES (1, 1, 1, '{}', 1)",
  "INSERT INTO opt_in_submission (delivery, opt_in, version, language, at)"
  " VALUES (1, 1, 1, 'Zebulonian', 1)",
  "INSERT INTO opt_in_answer (delivery, question, value)"
  " VALUES (1, 'Zebulon question', 'Zebulon answer')",
  "INSERT INTO opt_in_claim (delivery, question, kind, ref) VALUES (1, 'Zebulon claim', 'tag', 1)",
  "INSERT INTO opt_in_pending (lead, delivery, asked_at, expires_at, confirmed_at)"
  " VALUES (1, 1, 1, 2, 3)",
  "INSERT INTO message (id, name, purpose, value, created_at, updated_at)"
  " VALUES (1, 'Zebulon message', 'p', 'v', 1, 1)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 'Zebulon subject', '[]', 1)",
  "INSERT INTO sequence (id, name, created_at) VALUES (1, 'Zebulon sequence', 1)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 1, 1, '{}', 1)",
  "INSERT INTO enrolment (id, lead, sequence, version, step, why, entered_at, arrived_at, outcome,"
  "                       ended_at)"
  " VALUES (1, 1, 1, 1, 'Zebulon step', 'Zebulon why', 1, 1, 'exit', 1)",
  "INSERT INTO enrolment_step (enrolment, visit, step, at, result)"
  " VALUES (1, 1, 'a', 1, 'Zebulon result')",
  "INSERT INTO broadcast (id, name, message, rule, created_at, updated_at)"
  " VALUES (1, 'Zebulon broadcast', 1, '{}', 1, 1)",
  "INSERT INTO broadcast_lead (broadcast, lead, part, reason, due_at)"
  " VALUES (1, 1, 'out', 'owned', 1)",
  "INSERT INTO outbox (lead, message, message_version, enrolment, state, due_at, ended_at,"
  "                    message_id, email, reply, created_at)"
  " VALUES (1, 1, 1, 1, 'sent', 1, 1, 'm', 'to@example.com', 'Zebulon reply', 1)",
  "INSERT INTO segment (id, key, name, kind, created_at, updated_at)"
  " VALUES (1, 'seg', 'Zebulon segment', 'fixed', 1, 1)",
  "INSERT INTO segment_member (segment, lead, entered_at) VALUES (1, 1, 1)",
  "INSERT INTO task (lead, title, due_at, created_at) VALUES (1, 'Zebulon task', 1, 1)",
  "INSERT INTO event (lead, kind, at, detail) VALUES (1, 'note.added', 1, 'Zebulon note')",
  "INSERT INTO event (id, lead, kind, at, detail) VALUES (900, 1, 'meeting.logged', 1, 'Met')",
  "INSERT INTO note (event, place) VALUES (900, 'Zebulon place')",
  "INSERT INTO import_run (id, file_name, on_match, mapping, started_at, finished_at)"
  " VALUES (1, 'Zebulon file', 'fill', '{}', 1, 1)",
  "INSERT INTO import_lead (run, lead, created) VALUES (1, 1, 0)",
  "INSERT INTO import_change (run, lead, field, before, after)"
  " VALUES (1, 1, 'city', 'Zebulon before', 'Zebulon after')",
  "INSERT INTO lead_merge (id, lead, at) VALUES (1, 1, 1)",
  "INSERT INTO lead_merged (lead_merge, was) VALUES (1, 99)",
  "INSERT INTO lead_merge_row (lead_merge, place, key, before)"
  " VALUES (1, 'task', '[1]', '{\"title\":\"Zebulon merged\"}')",
  "INSERT INTO lead_merge_moved (lead_merge, place, was, rows)"
  " VALUES (1, 'Zebulon moved', 99, '[1,2]')",
  "INSERT INTO lead_different (lead, other, at) VALUES (1, 2, 1)",
};

/* What must be read on the page. */
static const char *const WORDS[] = {
  "Zebulon value", "Zebulon tag", "Zebulon source", "Zebulon touch", "Zebulon consent",
  "Zebulon product", "Zebulon coupon", "Zebulon refund", "Zebulon message", "Zebulon subject",
  "Zebulon sequence", "Zebulon step", "Zebulon why", "Zebulon result", "to@example.com",
  "Zebulon reply", "Zebulon segment", "Zebulon task", "Zebulon note", "Zebulon file",
  "Zebulon place", "Zebulon before", "Zebulon after", "Zebulon merged", "zeb@example.com",
  "Zebulon moved", "123.00", "45.00", "Zebulon code", "Zebulon discount", "Zebulon giver",
  "Zebulon wish", "used-up", "Zebulon form", "Zebulon question", "Zebulon answer",
  "Zebulon partner",
};

static gint64
count_rows (RungsFixture *f,
            const char   *table)
{
  g_autoptr (RungsPrivacyReport) report = rungs_privacy_report_load (f->db, 1, 2, NULL);

  return json_array_get_length (json_object_get_array_member (report->stored, table));
}

static void
add_all (RungsFixture *f)
{
  g_assert_cmpint (rungs_fixture_add_lead (f, "zeb@example.com", "Zebulon"), ==, 1);
  g_assert_cmpint (rungs_fixture_add_lead (f, "other@example.com", "Other"), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (SQL_ROWS); i++)
    rungs_fixture_run (f, SQL_ROWS[i]);
  g_assert_true (rungs_lead_search_rebuild (f->db, NULL));
}

static void
test_every_table (RungsFixture *f,
                  RungsDb      *db)
{
  g_autoptr (GPtrArray) tables = rungs_privacy_tables_of_lead (db, NULL);

  add_all (f);
  g_assert_cmpint (tables->len, >=, 21);
  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);

      if (!g_strv_contains (rungs_privacy_report_tables (), table))
        g_error ("a section must tell of the rows of %s: rungs-privacy-report-store.c", table);
      if (count_rows (f, table) == 0)
        g_error ("SQL_ROWS must make a row of %s", table);
    }
}

static void
test_words (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (RungsPrivacyReport) report = NULL;
  g_autofree char *html = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;

  add_all (f);
  report = rungs_privacy_report_load (db, 1, 2, NULL);
  html = rungs_privacy_report_to_html (report);
  text = rungs_privacy_report_to_text (report);
  json = rungs_privacy_report_to_json (report);
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      if (strstr (html, WORDS[i]) == NULL || strstr (text, WORDS[i]) == NULL
          || strstr (json, WORDS[i]) == NULL)
        g_error ("the page does not say “%s”", WORDS[i]);
    }
  g_assert_null (strstr (html, "other@example.com"));
}

/* With orders and without: nothing that belongs to the lead is left but what the books need. */
static void
assert_erased (RungsFixture *f,
               RungsDb      *db,
               gboolean      ordered)
{
  g_autoptr (GPtrArray) tables = rungs_privacy_tables_of_lead (db, NULL);
  g_autoptr (RungsErasure) erasure = NULL;
  g_autoptr (RungsPrivacyReport) report = NULL;
  g_autofree char *json = NULL;

  erasure = rungs_lead_erase (db, 1, NULL, 9, NULL);
  g_assert_nonnull (erasure);
  g_assert_cmpint (erasure->orders_kept, ==, ordered);
  if (!ordered)
    {
      g_assert_null (rungs_privacy_report_load (db, 1, 2, NULL));
      return;
    }
  report = rungs_privacy_report_load (db, 1, 2, NULL);
  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);
      guint n = json_array_get_length (json_object_get_array_member (report->stored, table));

      /* that it was erased is an event */
      if (!g_strv_contains (STAYS, table) && n > (g_str_equal (table, "event") ? 1 : 0))
        g_error ("%u rows of %s are left: rungs-erasure-store.c", n, table);
    }
  json = rungs_privacy_report_to_json (report);
  g_assert_null (strstr (json, "Zebulon touch"));
  g_assert_null (strstr (json, "Zebulon refund"));
  g_assert_null (strstr (json, "zeb@example.com"));
}

static void
test_erased_to_orders (RungsFixture *f,
                       RungsDb      *db)
{
  add_all (f);
  assert_erased (f, db, TRUE);
}

/* Without the order the lead goes, and what names it goes along or would be a foreign-key fault,
 * which the fixture's check at the end finds. */
static void
test_erased_whole (RungsFixture *f,
                   RungsDb      *db)
{
  add_all (f);
  rungs_fixture_run (f, "DELETE FROM sales_order");
  assert_erased (f, db, FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/privacy-report/every-table", test_every_table);
  rungs_fixture_add_test ("/privacy-report/words", test_words);
  rungs_fixture_add_test ("/privacy-report/erased-to-orders", test_erased_to_orders);
  rungs_fixture_add_test ("/privacy-report/erased-whole", test_erased_whole);
  return g_test_run ();
}
