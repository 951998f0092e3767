/* test-merge.c: what becomes of leads that are made one, and of what happened before they are two
 * again. */

#include "leads/rungs-merge-store.h"

#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"
#include "leads/rungs-tag-store.h"
#include "rungs-fixture.h"

#define GIVEN RUNGS_CONSENT_GIVEN
#define WITHDRAWN RUNGS_CONSENT_WITHDRAWN
#define NONE RUNGS_CONSENT_NONE

static RungsMergePlan *
load_plan (RungsFixture *f,
           gint64        keep,
           gint64        other)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  RungsMergePlan *plan;

  g_array_append_val (leads, keep);
  g_array_append_val (leads, other);
  plan = rungs_merge_plan_load (f->db, leads, &error);
  g_assert_no_error (error);
  return plan;
}

/* Merges with what is proposed, but the address of the lead `email` (0 or 1). */
static gint64
merge (RungsFixture *f,
       gint64        keep,
       gint64        other,
       guint         email)
{
  g_autoptr (RungsMergePlan) plan = load_plan (f, keep, other);
  RungsMergeField *field = rungs_merge_plan_find (plan, "email");
  RungsMergeResult result;
  g_autoptr (GError) error = NULL;

  rungs_fixture_pass (f, 1000);
  if (field != NULL)
    field->chosen = email;
  rungs_leads_merge (f->db, plan, rungs_fixture_now (f), &result, &error);
  g_assert_no_error (error);
  return result.merge;
}

static void
undo (RungsFixture *f,
      gint64        number)
{
  g_autoptr (GError) error = NULL;

  rungs_fixture_pass (f, 1000);
  rungs_merge_undo (f->db, number, rungs_fixture_now (f), NULL, &error);
  g_assert_no_error (error);
}

static void
assert_no_undo (RungsFixture *f,
                gint64        number,
                const char   *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rungs_merge_undo (f->db, number, rungs_fixture_now (f), NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, words));
}

static void
set (RungsFixture *f,
     gint64        lead,
     const char   *name,
     const char   *value)
{
  g_autoptr (GError) error = NULL;

  rungs_lead_set_text (f->db, lead, name, value, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
}

static void
assert_text (RungsFixture *f,
             gint64        id,
             const char   *column,
             const char   *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLead) lead = rungs_lead_load (f->db, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rungs_lead_get (lead, column), ==, expected);
}

static void
consent (RungsFixture      *f,
         gint64             lead,
         RungsConsentState  state)
{
  if (state == GIVEN)
    rungs_consent_give (f->db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 1, "form", "y",
                        NULL);
  else if (state == WITHDRAWN)
    rungs_consent_withdraw (f->db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 1, "form",
                            NULL);
}

static RungsConsentState
state_of (RungsFixture *f,
          gint64        lead)
{
  RungsConsentState state = NONE;

  g_assert_true (rungs_consent_state (f->db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                                      &state, NULL));
  return state;
}

/* ---- choosing */

static void
test_choices (RungsFixture *f,
              RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "ann+x@example.com", "Anna");
  g_autoptr (RungsMergePlan) plan = NULL;
  RungsMergeField *field;

  rungs_field_add (db, "dog", "Dog", RUNGS_FIELD_TEXT, 1, NULL);
  set (f, bob, "last_name", "Smith");
  set (f, bob, "phone", "123 456");
  set (f, ann, "city", "Ulm");
  set (f, bob, "city", "Köln");
  set (f, bob, "street", "Ring 1");
  set (f, ann, "notes", "tea");
  set (f, bob, "notes", "coffee");
  set (f, bob, "field:dog", "Rex");
  plan = load_plan (f, ann, bob);
  g_assert_cmpuint (rungs_merge_plan_find (plan, "email")->chosen, ==, 0);
  g_assert_cmpuint (rungs_merge_plan_find (plan, "first_name")->chosen, ==, 1);
  g_assert_cmpuint (rungs_merge_plan_find (plan, "city")->chosen, ==, 1);
  g_assert_null (rungs_merge_plan_find (plan, "company"));
  field = rungs_merge_plan_find (plan, "notes");
  g_assert_cmpuint (field->chosen, ==, RUNGS_MERGE_ALL);

  rungs_merge_plan_find (plan, "city")->chosen = 0;
  {
    RungsMergeResult result;
    g_autoptr (GError) error = NULL;

    g_assert_true (rungs_leads_merge (db, plan, 9, &result, &error));
    g_assert_no_error (error);
    g_assert_cmpint (result.lead, ==, ann);
  }
  assert_text (f, ann, "email", "ann@example.com");
  assert_text (f, ann, "first_name", "Anna");
  assert_text (f, ann, "last_name", "Smith");
  assert_text (f, ann, "city", "Ulm");
  assert_text (f, ann, "street", "Ring 1");
  assert_text (f, ann, "notes", "tea\n\ncoffee");
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM lead_value WHERE value = 'Rex'"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead"), ==, 1);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 nobody = 99;

  g_array_append_val (leads, ann);
  g_assert_null (rungs_merge_plan_load (db, leads, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_array_append_val (leads, ann);
  g_assert_null (rungs_merge_plan_load (db, leads, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_array_index (leads, gint64, 1) = nobody;
  g_assert_null (rungs_merge_plan_load (db, leads, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (rungs_merge_undo (db, 7, 9, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

/* ---- promises */

/* What two leads say, whose address stays, and what holds then. */
static void
test_consent (RungsFixture *f,
              RungsDb      *db)
{
  static const struct
  {
    RungsConsentState keep, other;
    guint address;
    RungsConsentState then;
  } CASES[] = {
    { GIVEN, GIVEN, 0, GIVEN },         { GIVEN, WITHDRAWN, 0, WITHDRAWN },
    { WITHDRAWN, GIVEN, 0, WITHDRAWN }, { WITHDRAWN, GIVEN, 1, WITHDRAWN },
    { NONE, WITHDRAWN, 0, WITHDRAWN },  { NONE, GIVEN, 0, NONE },
    { NONE, GIVEN, 1, GIVEN },          { GIVEN, NONE, 0, GIVEN },
    { GIVEN, NONE, 1, NONE },           { NONE, NONE, 0, NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *a = g_strdup_printf ("a%zu@example.com", i);
      g_autofree char *b = g_strdup_printf ("b%zu@example.com", i);
      gint64 keep = rungs_fixture_add_lead (f, a, "Ann");
      gint64 other = rungs_fixture_add_lead (f, b, "Ann");
      gint64 number;

      consent (f, other, CASES[i].other);
      consent (f, keep, CASES[i].keep);
      number = merge (f, keep, other, CASES[i].address);
      g_assert_cmpint (state_of (f, keep), ==, CASES[i].then);
      undo (f, number);
      g_assert_cmpint (state_of (f, keep), ==, CASES[i].keep);
      g_assert_cmpint (state_of (f, other), ==, CASES[i].other);
    }
}

static void
test_same_mailbox (RungsFixture *f,
                   RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "a.nn@gmail.com", "Ann");
  gint64 twin = rungs_fixture_add_lead (f, "Ann+shop@googlemail.com", "Ann");

  consent (f, twin, GIVEN);
  merge (f, ann, twin, 0);
  g_assert_cmpint (state_of (f, ann), ==, GIVEN);
}

static void
test_suppression (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 eve = rungs_fixture_add_lead (f, "eve@example.com", "Eve");
  RungsSuppressed reason;
  gint64 number;

  rungs_suppression_add (db, "bob@example.com", RUNGS_SUPPRESSED_BOUNCED, NULL, 1, NULL);
  rungs_suppression_add (db, "eve@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED, NULL, 1, NULL);
  merge (f, ann, bob, 0);
  g_assert_true (rungs_suppression_check (db, "ann@example.com", &reason, NULL));
  g_assert_cmpint (reason, ==, RUNGS_SUPPRESSED_NOT);
  number = merge (f, ann, eve, 0);
  g_assert_true (rungs_suppression_check (db, "ann@example.com", &reason, NULL));
  g_assert_cmpint (reason, ==, RUNGS_SUPPRESSED_UNSUBSCRIBED);
  undo (f, number);
  g_assert_true (rungs_suppression_check (db, "ann@example.com", &reason, NULL));
  g_assert_cmpint (reason, ==, RUNGS_SUPPRESSED_NOT);
}

static const char *const MAIL[] = {
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'news', 'p', 'v', 'marketing', 0, 0), (2, 'bill', 'p', 'v', 'transactional', 0, 0),"
  "        (3, 'tip', 'p', 'v', 'marketing', 0, 0), (4, 'buy', 'p', 'v', 'marketing', 0, 0)",
  "INSERT INTO sequence (id, name, sells, created_at) VALUES (1, 'S', NULL, 0), (2, 'T', 1, 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 1, 1, '{}', 0), (2, 2, 1, '{}', 0)",
  "INSERT INTO enrolment (id, lead, sequence, version, step, visit, due_at, entered_at, arrived_at)"
  " VALUES (1, 1, 1, 1, 'a', 1, 9, 1, 1), (2, 2, 1, 1, 'b', 3, 9, 2, 2),"
  "        (3, 2, 2, 2, 'a', 1, 9, 2, 2)",
  "INSERT INTO outbox (id, lead, message, enrolment, state, due_at, ended_at, message_id,"
  "                    created_at)"
  " VALUES (1, 1, 1, NULL, 'sent', 1, 2, 'a', 0), (2, 2, 1, NULL, 'planned', 9, NULL, 'b', 0),"
  "        (3, 1, 2, NULL, 'sent', 1, 2, 'c', 0), (4, 2, 2, NULL, 'planned', 9, NULL, 'd', 0),"
  "        (5, 1, 3, 1, 'planned', 5, NULL, 'e', 0), (6, 2, 3, 2, 'planned', 9, NULL, 'f', 0),"
  "        (7, 2, 4, 3, 'planned', 9, NULL, 'g', 0)",
};

/* The walk that is further goes on, that towards what is owned does not; what was sent is not sent
 * again, but for a bill. */
static void
test_messages (RungsFixture *f,
               RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (f, "BOOK", 100);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 number;

  g_assert_cmpint (book, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (MAIL); i++)
    rungs_fixture_run (f, MAIL[i]);
  rungs_fixture_add_order (f, ann, book);
  number = merge (f, ann, bob, 0);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM enrolment WHERE lead = 1"), ==, 3);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT id FROM enrolment WHERE outcome IS NULL"), ==, 2);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT outcome = 'bought' FROM enrolment WHERE id = 3"), ==, 1);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT sum (id) FROM outbox WHERE reason = 'merged'"), ==, 2 + 5);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT sum (id) FROM outbox WHERE reason = 'owned'"), ==, 7);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT sum (id) FROM outbox WHERE state = 'planned'"), ==, 4 + 6);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind = 'mail.withheld'"), ==, 3);

  /* the walk goes on and sends, then the two are two again */
  rungs_fixture_run (f, "UPDATE outbox SET state = 'sent', ended_at = 20 WHERE id = 6");
  rungs_fixture_run (f, "UPDATE enrolment SET step = 'c', visit = 4 WHERE id = 2");
  rungs_fixture_run (f, "INSERT INTO outbox (id, lead, message, enrolment, visit, due_at,"
                        " message_id, created_at) VALUES (8, 1, 1, 2, 4, 30, 'h', 0)");
  rungs_fixture_run (f, "INSERT INTO event (lead, kind, at, ref) VALUES (1, 'mail.planned', 9, 8)");
  undo (f, number);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT sum (id) FROM outbox WHERE lead = 2"), ==,
                   2 + 4 + 6 + 7 + 8);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT sum (id) FROM outbox WHERE state = 'planned'"),
                   ==, 2 + 4 + 5 + 7 + 8);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT lead * 10 + visit FROM enrolment WHERE id = 2"), ==, 24);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT lead FROM event WHERE ref = 8"), ==, 2);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM enrolment WHERE outcome IS NULL"), ==, 3);
}

/* ---- what happened since */

static void
test_since (RungsFixture *f,
            RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (f, "BOOK", 100);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 vip = rungs_tag_ensure (db, "vip", NULL);
  gint64 bobs = rungs_fixture_add_order (f, bob, book);
  gint64 number, new;
  g_autofree char *sql = NULL;

  rungs_lead_add_score (db, bob, 7, "", 1, NULL);
  rungs_lead_add_tag (db, bob, vip, 2, NULL);
  set (f, bob, "phone", "123");
  set (f, bob, "company", "Bobs");
  consent (f, ann, GIVEN);
  consent (f, bob, GIVEN);
  number = merge (f, ann, bob, 0);
  new = rungs_fixture_add_order (f, ann, book);
  rungs_lead_add_score (db, ann, 5, "", 1, NULL);
  set (f, ann, "company", "Ours");
  rungs_tag_delete (db, vip, NULL);
  consent (f, ann, WITHDRAWN);
  rungs_fixture_add_lead (f, "new@example.com", "New");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT max (id) FROM lead"), ==, bob + 1);

  undo (f, number);
  sql = g_strdup_printf ("SELECT lead FROM sales_order WHERE id = %" G_GINT64_FORMAT, bobs);
  g_assert_cmpint (rungs_fixture_number (f, sql), ==, bob);
  g_free (sql);
  sql = g_strdup_printf ("SELECT lead FROM sales_order WHERE id = %" G_GINT64_FORMAT, new);
  g_assert_cmpint (rungs_fixture_number (f, sql), ==, ann);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT score FROM lead WHERE id = 1"), ==, 5);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT score FROM lead WHERE id = 2"), ==, 7);
  assert_text (f, ann, "company", "Ours");
  assert_text (f, ann, "phone", "");
  assert_text (f, bob, "company", "Bobs");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_tag"), ==, 0);
  g_assert_cmpint (state_of (f, ann), ==, WITHDRAWN);
  g_assert_cmpint (state_of (f, bob), ==, WITHDRAWN);
}

static void
test_address_taken (RungsFixture *f,
                    RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 number = merge (f, ann, bob, 0);
  gint64 other = rungs_fixture_add_lead (f, "bob@example.com", "Other");
  gint64 later;

  assert_no_undo (f, number, "bob@example.com");
  set (f, other, "email", "else@example.com");
  set (f, ann, "email", "bob@example.com");
  assert_no_undo (f, number, "bob@example.com");
  set (f, ann, "email", "third@example.com");
  later = merge (f, ann, other, 1);
  assert_no_undo (f, number, "later");
  undo (f, later);
  undo (f, number);
  assert_text (f, ann, "email", "third@example.com");
  assert_text (f, bob, "email", "bob@example.com");
  assert_text (f, other, "email", "else@example.com");
}

/* ---- what is kept of it */

#define MANY                                                                                       \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"                 \
  " INSERT INTO event (lead, kind, at) SELECT %" G_GINT64_FORMAT ", 'mail.clicked', i FROM n"

/* As it was kept before there were lists. */
static const char *const BY_ROWS[] = {
  "INSERT INTO lead_merge_row (lead_merge, place, key, before, after)"
  " SELECT w.lead_merge, w.place, json_array (j.value), json_object ('lead', w.was),"
  "        json_object ('lead', m.lead)"
  "   FROM lead_merge_moved w, json_each (w.rows) j, lead_merge m WHERE m.id = w.lead_merge",
  "DELETE FROM lead_merge_moved",
};

static gint64
count_events (RungsFixture *f,
              gint64        lead)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT count (*) FROM event WHERE kind = 'mail.clicked'"
                         "   AND lead = %" G_GINT64_FORMAT, lead);

  return rungs_fixture_number (f, sql);
}

static void
test_lists (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  g_autofree char *anns = g_strdup_printf (MANY, ann);
  g_autofree char *bobs = g_strdup_printf (MANY, bob);

  rungs_fixture_run (f, anns);
  rungs_fixture_run (f, bobs);
  for (guint older = 0; older < 2; older++)
    {
      gint64 number = merge (f, ann, bob, 0);

      g_assert_cmpint (count_events (f, ann), ==, 600);
      g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_merge_row"), <, 20);
      g_assert_cmpint (rungs_fixture_number (f, "SELECT json_array_length (rows)"
                                                "  FROM lead_merge_moved WHERE place = 'event'"),
                       >=, 300);
      for (guint i = 0; older && i < G_N_ELEMENTS (BY_ROWS); i++)
        rungs_fixture_run (f, BY_ROWS[i]);
      undo (f, number);
      g_assert_cmpint (count_events (f, ann), ==, 300);
      g_assert_cmpint (count_events (f, bob), ==, 300);
      g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_merge_moved"), ==, 0);
    }
}

/* What was taken away since, or given to somebody else, stays so. */
static void
test_lists_later (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 eve = rungs_fixture_add_lead (f, "eve@example.com", "Eve");
  g_autofree char *bobs = g_strdup_printf (MANY, bob);
  g_autofree char *given
      = g_strdup_printf ("UPDATE event SET lead = %" G_GINT64_FORMAT
                         " WHERE kind = 'mail.clicked' AND at = 8", eve);
  gint64 number;

  rungs_fixture_run (f, bobs);
  number = merge (f, ann, bob, 0);
  rungs_fixture_run (f, "DELETE FROM event WHERE kind = 'mail.clicked' AND at = 7");
  rungs_fixture_run (f, given);
  undo (f, number);
  g_assert_cmpint (count_events (f, ann), ==, 0);
  g_assert_cmpint (count_events (f, bob), ==, 298);
  g_assert_cmpint (count_events (f, eve), ==, 1);
}

/* ---- forgotten */

static void
erase (RungsDb *db,
       gint64   lead)
{
  g_autoptr (RungsErasure) erasure = rungs_lead_erase (db, lead, NULL, 9, NULL);

  g_assert_nonnull (erasure);
}

static void
test_erased (RungsFixture *f,
             RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (f, "BOOK", 100);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 zeb = rungs_fixture_add_lead (f, "zeb@example.com", "Zebulon");
  gint64 eve = rungs_fixture_add_lead (f, "eve@example.com", "Eve");
  gint64 zoe = rungs_fixture_add_lead (f, "zoe@example.com", "Zoe");
  gint64 first = merge (f, ann, zeb, 0);
  gint64 second = merge (f, eve, zoe, 0);
  RungsSuppressed reason;

  rungs_fixture_add_order (f, eve, book);
  erase (db, ann);
  erase (db, eve);
  assert_no_undo (f, first, "erased");
  assert_no_undo (f, second, "erased");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_merge_row"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_merge_moved"), ==, 0);
  g_assert_true (rungs_suppression_check (db, "zeb@example.com", &reason, NULL));
  g_assert_cmpint (reason, ==, RUNGS_SUPPRESSED_ERASED);
  g_assert_true (rungs_suppression_check (db, "zoe@example.com", &reason, NULL));
  g_assert_cmpint (reason, ==, RUNGS_SUPPRESSED_ERASED);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM suppression WHERE email IS NOT NULL"), ==, 0);
}

static void
test_deleted (RungsFixture *f,
              RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 number = merge (f, ann, bob, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLeadSnapshot) snapshot = rungs_lead_delete (db, ann, 9, &error);
  g_autoptr (GPtrArray) merges = NULL;

  g_assert_no_error (error);
  assert_no_undo (f, number, "deleted");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_merge_row"), ==, 0);
  g_assert_cmpint (rungs_lead_restore (db, snapshot, 9, &error), ==, ann);
  g_assert_no_error (error);
  merges = rungs_merge_list (db, ann, 10, &error);
  g_assert_cmpuint (merges->len, ==, 1);
  g_assert_cmpstr (((RungsMergeEntry *) merges->pdata[0])->names, ==, "Bob <bob@example.com>");
  undo (f, number);
  assert_text (f, ann, "email", "ann@example.com");
  assert_text (f, bob, "email", "bob@example.com");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/merge/choices", test_choices);
  rungs_fixture_add_test ("/merge/refused", test_refused);
  rungs_fixture_add_test ("/merge/consent", test_consent);
  rungs_fixture_add_test ("/merge/same-mailbox", test_same_mailbox);
  rungs_fixture_add_test ("/merge/suppression", test_suppression);
  rungs_fixture_add_test ("/merge/messages", test_messages);
  rungs_fixture_add_test ("/merge/since", test_since);
  rungs_fixture_add_test ("/merge/address-taken", test_address_taken);
  rungs_fixture_add_test ("/merge/lists", test_lists);
  rungs_fixture_add_test ("/merge/lists-later", test_lists_later);
  rungs_fixture_add_test ("/merge/erased", test_erased);
  rungs_fixture_add_test ("/merge/deleted", test_deleted);
  return g_test_run ();
}
