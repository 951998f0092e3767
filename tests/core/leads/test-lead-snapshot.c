/* test-lead-snapshot.c: a deleted lead comes back as it was, whatever took its place meanwhile. */

#include "leads/rungs-lead-snapshot-store.h"

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"
#include "leads/rungs-touch-store.h"
#include "rungs-fixture.h"

static const char *const AROUND[] = {
  "INSERT INTO import_run (id, file_name, on_match, mapping, started_at, finished_at)"
  " VALUES (7, 'leads.csv', 'fill', '{}', 1, 2)",
  "INSERT INTO message (id, name, purpose, value, created_at, updated_at)"
  " VALUES (1, 'm', 'p', 'v', 0, 0)",
  "INSERT INTO sequence (id, name, created_at) VALUES (3, 'Sell', 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 3, 1, '{}', 0)",
  "INSERT INTO coupon (id, code, code_key, created_at, updated_at) VALUES (4, 'T', 't', 0, 0)",
};

/* Of everybody who has none yet. */
static const char *const OF_LEAD[] = {
  "INSERT INTO import_lead (run, lead, created) SELECT 7, max (id), 1 FROM lead",
  "INSERT INTO import_change (run, lead, field, before, after)"
  " SELECT 7, max (id), 'city', NULL, 'Ulm' FROM lead",
  "INSERT INTO enrolment (lead, sequence, version, step, due_at, entered_at, arrived_at)"
  " SELECT max (id), 3, 1, 's', 9, 1, 1 FROM lead",
  "INSERT INTO enrolment_step (enrolment, visit, step, at) SELECT max (id), 0, 's', 4"
  "  FROM enrolment",
  "INSERT INTO outbox (lead, message, enrolment, step, due_at, message_id, created_at)"
  " SELECT max (lead), 1, max (id), 's', 5, 'id' || max (id), 0 FROM enrolment",
  "INSERT INTO event (lead, kind, at, ref) SELECT lead, 'mail.planned', 6, id FROM outbox"
  " ORDER BY id DESC LIMIT 1",
  "INSERT INTO event (lead, kind, at, ref) SELECT lead, 'sequence.entered', 6, id FROM enrolment"
  " ORDER BY id DESC LIMIT 1",
  "INSERT INTO task (lead, title, due_at, event, created_at)"
  " SELECT lead, 'Call', 8, id, 0 FROM event ORDER BY id DESC LIMIT 1",
  "INSERT INTO event (lead, kind, at, ref) SELECT lead, 'task.added', 6, id FROM task"
  " ORDER BY id DESC LIMIT 1",
  "INSERT INTO web_delivery (lead, received_at, taken_at) SELECT max (id), 1, 1 FROM lead",
  "INSERT OR IGNORE INTO opt_in (id, slug, name, draft, created_at, updated_at)"
  " VALUES (1, 'tea', 'Tea', '{}', 1, 1)",
  "INSERT INTO opt_in_pending (lead, delivery, outbox, asked_at, expires_at)"
  " SELECT lead, (SELECT max (id) FROM web_delivery), max (id), 4, 5 FROM outbox",
  "INSERT INTO notice (lead, at, desktop, today, mail) SELECT max (id), 7, 2, 1, 'mia' FROM lead",
  "INSERT INTO first_contact (lead, captured_at, contact) SELECT max (id), 8, 'call.logged'"
  "  FROM lead",
  "INSERT INTO web_consent (consent, delivery)"
  " SELECT max (c.id), (SELECT max (id) FROM web_delivery) FROM consent c"
  "  WHERE c.lead = (SELECT max (id) FROM lead) HAVING max (c.id) IS NOT NULL",
  "INSERT INTO touch_tag (touch, name, value)"
  " SELECT max (t.id), 'utm_campaign', 'spring' FROM touch t"
  "  WHERE t.lead = (SELECT max (id) FROM lead) HAVING max (t.id) IS NOT NULL",
  "INSERT INTO coupon_given (lead, coupon, at, how, who, created_at)"
  " SELECT max (id), 4, max (id), 'post', 'Mia', 0 FROM lead",
  "INSERT INTO event (lead, kind, at, ref) SELECT lead, 'coupon.given', 6, id FROM coupon_given"
  " ORDER BY id DESC LIMIT 1",
};

/* What must be the same before and after: everything about the lead of that address but its ids. */
static const char SQL_PICTURE[]
    = "SELECT json_array (l.first_name, l.score, l.created_at,"
      "  (SELECT group_concat (t.at || t.path) FROM touch t WHERE t.lead = l.id),"
      "  (SELECT group_concat (c.action"
      "            || coalesce ((SELECT action FROM consent WHERE id = c.annuls), '-'))"
      "     FROM consent c WHERE c.lead = l.id),"
      "  (SELECT group_concat (v.value) FROM lead_value v WHERE v.lead = l.id),"
      "  (SELECT count (*) FROM web_delivery d WHERE d.lead = l.id),"
      "  (SELECT p.asked_at || o.message_id FROM opt_in_pending p JOIN outbox o"
      "     ON o.id = p.outbox AND o.lead = l.id WHERE p.lead = l.id),"
      "  (SELECT n.at || n.desktop || n.mail FROM notice n WHERE n.lead = l.id),"
      "  (SELECT c.captured_at || c.contact FROM first_contact c WHERE c.lead = l.id),"
      "  (SELECT count (*) FROM web_consent w JOIN consent c ON c.id = w.consent"
      "    WHERE c.lead = l.id),"
      "  (SELECT group_concat (g.value) FROM touch_tag g JOIN touch t ON t.id = g.touch"
      "    WHERE t.lead = l.id),"
      "  (SELECT group_concat (t.tag) FROM lead_tag t WHERE t.lead = l.id),"
      "  (SELECT group_concat (i.run || i.created) FROM import_lead i WHERE i.lead = l.id),"
      "  (SELECT group_concat (i.field || i.after || coalesce (i.before, '-'))"
      "     FROM import_change i WHERE i.lead = l.id),"
      "  (SELECT group_concat (e.due_at || s.step) FROM enrolment e"
      "     JOIN enrolment_step s ON s.enrolment = e.id WHERE e.lead = l.id),"
      "  (SELECT group_concat (o.message_id || o.state || e.due_at) FROM outbox o"
      "     JOIN enrolment e ON e.id = o.enrolment AND e.lead = o.lead WHERE o.lead = l.id),"
      "  (SELECT group_concat (t.title || e.kind) FROM task t JOIN event e ON e.id = t.event"
      "    WHERE t.lead = l.id),"
      "  (SELECT group_concat (v.kind || v.at || coalesce ("
      "     CASE WHEN v.kind LIKE 'touch%' THEN (SELECT at FROM touch"
      "                                           WHERE id = v.ref AND lead = l.id)"
      "          WHEN v.kind LIKE 'consent%' THEN (SELECT action FROM consent"
      "                                             WHERE id = v.ref AND lead = l.id)"
      "          WHEN v.kind LIKE 'sequence%' THEN (SELECT due_at FROM enrolment"
      "                                              WHERE id = v.ref AND lead = l.id)"
      "          WHEN v.kind LIKE 'mail%' THEN (SELECT message_id FROM outbox"
      "                                          WHERE id = v.ref AND lead = l.id)"
      "          WHEN v.kind LIKE 'task%' THEN (SELECT title FROM task"
      "                                          WHERE id = v.ref AND lead = l.id)"
      "          WHEN v.kind LIKE 'coupon%' THEN (SELECT who || coupon || how FROM coupon_given"
      "                                            WHERE id = v.ref AND lead = l.id)"
      "          ELSE v.ref END, '-')) FROM (SELECT * FROM event v WHERE v.lead = l.id"
      "     AND v.kind <> 'lead.restored' ORDER BY id) v))"
      "  FROM lead l WHERE l.email_key = :email";

static char *
picture (RungsDb    *db,
         const char *email)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PICTURE, &error);

  g_assert_no_error (error);
  rungs_statement_bind_text (query, ":email", email);
  g_assert_cmpint (rungs_statement_step (query, &error), ==, RUNGS_ROW);
  return rungs_statement_dup_text (query, 0);
}

static void
run_all (RungsFixture      *f,
         const char *const *statements,
         gsize              n)
{
  for (gsize i = 0; i < n; i++)
    rungs_fixture_run (f, statements[i]);
}

/* A lead with a row in every table that knows leads, but orders. */
static gint64
add_full_lead (RungsFixture *f,
               const char   *email)
{
  gint64 lead = rungs_fixture_add_lead (f, email, "Ann");
  gint64 ads = rungs_source_ensure (f->db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);
  gint64 tag = rungs_tag_ensure (f->db, "vip", NULL);
  g_autoptr (RungsField) dog = NULL;
  gint64 given;

  dog = rungs_field_load_by_key (f->db, "dog", NULL);
  rungs_field_set_value (f->db, lead, dog->id, "Rex", 1, NULL);
  rungs_lead_add_tag (f->db, lead, tag, 2, NULL);
  rungs_touch_add (f->db, lead, ads, RUNGS_PATH_OPT_IN, 3, "x", NULL);
  given = rungs_consent_give (f->db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 4, "form",
                              "yes", NULL);
  rungs_consent_annul (f->db, given, 5, "by hand", NULL);
  rungs_lead_add_score (f->db, lead, 5, "", 6, NULL);
  run_all (f, OF_LEAD, G_N_ELEMENTS (OF_LEAD));
  return lead;
}

static void
prepare (RungsFixture *f)
{
  run_all (f, AROUND, G_N_ELEMENTS (AROUND));
  g_assert_cmpint (rungs_field_add (f->db, "dog", "Dog", RUNGS_FIELD_TEXT, 1, NULL), !=, 0);
}

static void
test_round_trip (RungsFixture *f,
                 RungsDb      *db)
{
  g_autoptr (RungsLeadSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 ann;

  prepare (f);
  rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  ann = add_full_lead (f, "ann@example.com");
  before = picture (db, "ann@example.com");
  g_assert_nonnull (strstr (before, "Rex"));
  g_assert_null (strstr (before, ",null"));

  snapshot = rungs_lead_delete (db, ann, 9, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_lead_snapshot_get_lead (snapshot), ==, ann);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM enrolment_step"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event WHERE lead = 2"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT ref FROM event WHERE kind = 'lead.deleted'"),
                   ==, ann);

  g_assert_cmpint (rungs_lead_restore (db, snapshot, 10, &error), ==, ann);
  g_assert_no_error (error);
  after = picture (db, "ann@example.com");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT lead FROM event WHERE kind = 'lead.restored'"),
                   ==, ann);
}

/* Another lead has taken every id that the deleted one had. */
static void
test_taken_ids (RungsFixture *f,
                RungsDb      *db)
{
  g_autoptr (RungsLeadSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *eve_before = NULL;
  g_autofree char *eve_after = NULL;
  gint64 ann, restored;

  prepare (f);
  ann = add_full_lead (f, "ann@example.com");
  before = picture (db, "ann@example.com");
  snapshot = rungs_lead_delete (db, ann, 9, &error);
  g_assert_no_error (error);
  rungs_fixture_run (f, "UPDATE outbox SET message_id = 'x' || id");
  g_assert_cmpint (add_full_lead (f, "eve@example.com"), ==, ann);
  rungs_fixture_run (f, "UPDATE outbox SET message_id = 'eve'");
  eve_before = picture (db, "eve@example.com");

  restored = rungs_lead_restore (db, snapshot, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpint (restored, !=, ann);
  after = picture (db, "ann@example.com");
  eve_after = picture (db, "eve@example.com");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (eve_after, ==, eve_before);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 book = rungs_fixture_add_product (f, "book", 100);
  g_autoptr (RungsLeadSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  rungs_fixture_add_order (f, ann, book);
  g_assert_null (rungs_lead_delete (db, ann, 9, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (rungs_lead_delete (db, 99, 9, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  run_all (f, AROUND, G_N_ELEMENTS (AROUND));
  run_all (f, OF_LEAD, G_N_ELEMENTS (OF_LEAD));
  rungs_fixture_run (f, "UPDATE outbox SET state = 'claimed'");
  g_assert_null (rungs_lead_delete (db, bob, 9, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_BUSY);
  g_clear_error (&error);
  rungs_fixture_run (f, "UPDATE outbox SET state = 'sent'");
  snapshot = rungs_lead_delete (db, bob, 9, &error);
  g_assert_no_error (error);
  rungs_fixture_add_lead (f, "BOB@example.com", "Other");
  g_assert_cmpint (rungs_lead_restore (db, snapshot, 9, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
test_gone (RungsFixture *f,
           RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 tag = rungs_tag_ensure (db, "vip", NULL);
  g_autoptr (RungsLeadSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  rungs_lead_add_tag (db, ann, tag, 1, NULL);
  snapshot = rungs_lead_delete (db, ann, 9, &error);
  g_assert_true (rungs_tag_delete (db, tag, NULL));
  g_assert_cmpint (rungs_lead_restore (db, snapshot, 9, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead"), ==, 0);
}

/* Whoever adds a table that knows leads must teach it to the snapshot. */
static void
test_every_table (RungsFixture *f,
                  RungsDb      *db)
{
  static const char SQL_UNKNOWN[]
    = "SELECT count (DISTINCT m.name) FROM sqlite_schema m, pragma_foreign_key_list (m.name) k"
      " WHERE m.type = 'table' AND k.\"table\" IN ('lead', 'enrolment')"
      "   AND m.name NOT IN ('lead_value', 'lead_tag', 'touch', 'consent', 'event',"
      "     'import_lead', 'import_change', 'sales_order', 'outbox', 'enrolment', 'task',"
      "     'enrolment_step', 'segment_member', 'lead_different', 'lead_merge',"
      "     'coupon_given', 'broadcast_lead', 'web_delivery',"
      "     'notice', 'first_contact', 'opt_in_pending', 'partner_lead', 'award')";

  g_assert_cmpint (rungs_fixture_number (f, SQL_UNKNOWN), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/lead-snapshot/round-trip", test_round_trip);
  rungs_fixture_add_test ("/lead-snapshot/taken-ids", test_taken_ids);
  rungs_fixture_add_test ("/lead-snapshot/refused", test_refused);
  rungs_fixture_add_test ("/lead-snapshot/gone", test_gone);
  rungs_fixture_add_test ("/lead-snapshot/every-table", test_every_table);
  return g_test_run ();
}
