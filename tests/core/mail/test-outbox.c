/* test-outbox.c: messages are planned once, checked again when claimed, and never sent twice. */

#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-outbox-search-store.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-practice-transport.h"
#include "rungs-fixture.h"

#define ANN 1
#define MARKETING 1
#define TRANSACTIONAL 2

/* Two leads, of whom Ann agreed to marketing; a message of each kind; a product in a bundle; a live
 * sequence that sells it, which both walk. */
static const char *const FACTS[] = {
  "INSERT INTO lead (id, email, email_key, created_at, updated_at)"
  " VALUES (1, 'Ann@Example.com', 'ann@example.com', 0, 0),"
  "        (2, 'bob@example.com', 'bob@example.com', 0, 0)",
  "INSERT INTO lead_search (lead_search) VALUES ('rebuild')",
  "INSERT INTO consent (lead, action, at, origin) VALUES (1, 'given', 0, 'test')",
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'Offer', 'p', 'v', 'marketing', 0, 0),"
  "        (2, 'Receipt', 'p', 'v', 'transactional', 0, 0)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 's', '[]', 0), (2, 2, 's', '[]', 0)",
  "UPDATE message SET version = id",
  "INSERT INTO product (id, sku, name, price, currency, created_at)"
  " VALUES (1, 'BOOK', 'Book', 100, 'EUR', 0), (2, 'BOX', 'Box', 300, 'EUR', 0)",
  "INSERT INTO product_part (bundle, part) VALUES (2, 1)",
  "INSERT INTO product_holds (whole, part) VALUES (1, 1), (2, 2), (2, 1)",
  "INSERT INTO sequence (id, name, sells, state, created_at)"
  " VALUES (1, 'Sell the book', 1, 'live', 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 1, 1, '{}', 0)",
  "INSERT INTO enrolment (id, lead, sequence, version, step, due_at, entered_at, arrived_at)"
  " VALUES (1, 1, 1, 1, 'a', 0, 0, 0), (2, 2, 1, 1, 'a', 0, 0, 0)",
  "INSERT INTO account (id, uuid, name, kind, from_email, connections, is_default, created_at)"
  " VALUES (1, 'u', 'Real', 'smtp', 'shop@business.example', 2, 1, 0)",
};

typedef struct
{
  RungsFixture *fixture;
  RungsAccount *account;
  GPtrArray *claims;
  RungsOutboxTurn turn; /* of the last one */
} Case;

static void
write_facts (RungsFixture *fixture,
             RungsDb      *db)
{
  for (size_t i = 0; i < G_N_ELEMENTS (FACTS); i++)
    rungs_fixture_run (fixture, FACTS[i]);
}

static void
set_up (Case         *test,
        gconstpointer data)
{
  test->fixture = rungs_fixture_new ();
  rungs_fixture_write (test->fixture, write_facts);
  test->account = rungs_account_load (test->fixture->db, 1, NULL);
  test->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
}

static void
tear_down (Case         *test,
           gconstpointer data)
{
  g_ptr_array_unref (test->claims);
  rungs_account_free (test->account);
  rungs_fixture_free (test->fixture);
}

/* Runs a statement in a write of its own. */
static gboolean
run_cb (RungsDb *db,
        gpointer data,
        GError **error)
{
  gpointer *both = data;

  rungs_fixture_run (both[0], both[1]);
  return TRUE;
}

static void
run (Case       *test,
     const char *sql)
{
  gpointer both[] = { test->fixture, (gpointer) sql };

  g_assert_true (rungs_db_write (test->fixture->db, run_cb, both, NULL));
}

typedef struct
{
  RungsOutboxPlan plan;
  gint64 id;
} Planning;

static gboolean
plan_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Planning *planning = data;

  planning->id = rungs_outbox_plan (db, &planning->plan, planning->plan.due_at, error);
  return planning->id != 0;
}

static gint64
plan (Case  *test,
      gint64 lead,
      gint64 message,
      gint64 enrolment,
      gint64 visit)
{
  Planning planning = { .plan = { .lead = lead,
                                  .message = message,
                                  .enrolment = enrolment,
                                  .step = "a",
                                  .visit = visit,
                                  .sells = message == MARKETING ? 1 : 0,
                                  .due_at = rungs_fixture_now (test->fixture) } };
  g_autoptr (GError) error = NULL;

  rungs_db_write (test->fixture->db, plan_cb, &planning, &error);
  g_assert_no_error (error);
  return planning.id;
}

/* A turn that records one result (outcome < 0: none) and claims up to `want`. Returns how many. */
static guint
turn (Case *test,
      int   outcome,
      guint want)
{
  RungsOutboxResult result = { .delivery = { .outcome = outcome, .reply = (char *) "the reply" } };
  g_autoptr (GError) error = NULL;

  if (outcome >= 0)
    {
      RungsOutboxClaim *last = g_ptr_array_index (test->claims, test->claims->len - 1);

      result.id = last->id;
    }
  g_ptr_array_set_size (test->claims, 0);
  rungs_outbox_take_turn (test->fixture->db, test->account, &result, outcome >= 0 ? 1 : 0, want,
                          rungs_fixture_now (test->fixture), test->claims, &test->turn, &error);
  g_assert_no_error (error);
  return test->claims->len;
}

static void
assert_row (Case       *test,
            gint64      id,
            const char *state,
            const char *reason)
{
  g_autoptr (RungsOutboxRow) row = rungs_outbox_load (test->fixture->db, id, NULL);

  g_assert_nonnull (row);
  g_assert_cmpstr (rungs_outbox_state_to_text (row->state), ==, state);
  g_assert_cmpstr (row->reason, ==, reason);
}

static gint64
events (Case       *test,
        const char *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM event WHERE kind = '%s'", kind);

  return rungs_fixture_number (test->fixture, sql);
}

static void
test_sent_once (Case         *test,
                gconstpointer data)
{
  gint64 id = plan (test, ANN, MARKETING, 1, 1);
  RungsOutboxClaim *claim;

  g_assert_cmpint (turn (test, -1, 2), ==, 1);
  claim = g_ptr_array_index (test->claims, 0);
  g_assert_cmpint (claim->id, ==, id);
  g_assert_cmpstr (claim->email, ==, "Ann@example.com");
  g_assert_true (g_str_has_suffix (claim->message_id, "@business.example"));
  assert_row (test, id, "claimed", "");
  g_assert_cmpint (turn (test, RUNGS_DELIVERY_ACCEPTED, 2), ==, 0);
  assert_row (test, id, "sent", "");
  g_assert_cmpint (test->turn.sent, ==, 1);
  g_assert_cmpint (events (test, "mail.sent"), ==, 1);
  g_assert_cmpint (turn (test, -1, 2), ==, 0);
  g_assert_cmpint (test->turn.next_at, ==, G_MAXINT64);
}

static void
test_planned_once (Case         *test,
                   gconstpointer data)
{
  Planning again
    = { .plan = { .lead = ANN, .message = 1, .enrolment = 1, .step = "a", .visit = 1 } };
  g_autoptr (GError) error = NULL;

  plan (test, ANN, MARKETING, 1, 1);
  g_assert_false (rungs_db_write (test->fixture->db, plan_cb, &again, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

typedef struct
{
  const char *name;
  const char *sql; /* what happens between planning and claiming */
  gint64 lead;
  gint64 message;
  const char *reason; /* NULL: it is claimed */
} Withholding;

static const Withholding WITHHELD[] = {
  { "nothing", "SELECT 1", ANN, MARKETING, NULL },
  { "no-address", "UPDATE lead SET email = NULL, email_key = NULL", ANN, MARKETING, "no-address" },
  { "bad-address", "UPDATE lead SET email = 'ann at home'", ANN, MARKETING, "no-address" },
  { "bounced", "UPDATE lead SET bounced_at = 5", ANN, MARKETING, "bounced" },
  { "never-agreed", "SELECT 1", 2, MARKETING, "no-consent" },
  { "receipt-needs-no-consent", "SELECT 1", 2, TRANSACTIONAL, NULL },
  { "withdrawn", "INSERT INTO consent (lead, action, at, origin) VALUES (1, 'withdrawn', 1, 'x')",
    ANN, MARKETING, "no-consent" },
  { "annulled", "INSERT INTO consent (lead, action, annuls, at, origin)"
                " VALUES (1, 'annulled', 1, 1, 'x')",
    ANN, MARKETING, "no-consent" },
  { "stopped", "UPDATE enrolment SET outcome = 'stopped', due_at = NULL, ended_at = 1", ANN,
    MARKETING, "left" },
  { "goal", "UPDATE enrolment SET outcome = 'goal', due_at = NULL, ended_at = 1", ANN, MARKETING,
    NULL },
  { "finished", "UPDATE enrolment SET outcome = 'finished', due_at = NULL, ended_at = 1", ANN,
    MARKETING, NULL },
  { "no-text", "UPDATE message SET version = NULL", ANN, MARKETING, "no-text" },
};

static void
test_withheld (Case         *test,
               gconstpointer data)
{
  const Withholding *withholding = data;
  gint64 id = plan (test, withholding->lead, withholding->message, withholding->lead, 1);

  run (test, withholding->sql);
  g_assert_cmpint (turn (test, -1, 1), ==, withholding->reason == NULL ? 1 : 0);
  assert_row (test, id, withholding->reason ? "withheld" : "claimed",
              withholding->reason ? withholding->reason : "");
  g_assert_cmpint (events (test, "mail.withheld"), ==, withholding->reason ? 1 : 0);
}

static gboolean
suppress_cb (RungsDb *db,
             gpointer data,
             GError **error)
{
  return rungs_suppression_add (db, "ANN@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED, "", 5, error);
}

static void
test_suppressed (Case         *test,
                 gconstpointer data)
{
  gint64 id = plan (test, ANN, TRANSACTIONAL, 1, 1);

  g_assert_true (rungs_db_write (test->fixture->db, suppress_cb, NULL, NULL));
  g_assert_cmpint (turn (test, -1, 1), ==, 0);
  assert_row (test, id, "withheld", "suppressed");
}

static void
test_owned (Case         *test,
            gconstpointer data)
{
  gint64 id = plan (test, ANN, MARKETING, 1, 1);
  gint64 after_refund;

  /* she buys the box that holds the book */
  run (test,
       "INSERT INTO sales_order (id, lead, at, currency, created_at) VALUES (1, 1, 1, 'EUR', 1)");
  run (test, "INSERT INTO order_line (id, sales_order, product, amount) VALUES (1, 1, 2, 300)");
  g_assert_cmpint (turn (test, -1, 1), ==, 0);
  assert_row (test, id, "withheld", "owned");

  run (test, "INSERT INTO refund (id, sales_order, at, created_at) VALUES (1, 1, 2, 2)");
  run (test, "INSERT INTO refund_line (refund, order_line, amount) VALUES (1, 1, 300)");
  after_refund = plan (test, ANN, MARKETING, 1, 2);
  g_assert_cmpint (turn (test, -1, 1), ==, 1);
  assert_row (test, after_refund, "claimed", "");
}

static gboolean
release_cb (RungsDb *db,
            gpointer data,
            GError **error)
{
  return rungs_outbox_release_sequence (db, 1, rungs_fixture_now (data), error);
}

static void
test_paused_waits (Case         *test,
                   gconstpointer data)
{
  gint64 id = plan (test, ANN, MARKETING, 1, 1);

  run (test, "UPDATE sequence SET state = 'paused'");
  g_assert_cmpint (turn (test, -1, 1), ==, 0);
  assert_row (test, id, "planned", "paused");
  run (test, "UPDATE sequence SET state = 'live'");
  g_assert_cmpint (turn (test, -1, 1), ==, 0);
  g_assert_true (rungs_db_write (test->fixture->db, release_cb, test->fixture, NULL));
  g_assert_cmpint (turn (test, -1, 1), ==, 1);
}

static void
test_window_and_cap (Case         *test,
                     gconstpointer data)
{
  gint64 first, second;

  /* the fixture's clock shows 10:00 in Berlin */
  run (test,
       "UPDATE business SET window_from = 660, window_to = 720, cap_messages = 1, cap_days = 2");
  first = plan (test, ANN, MARKETING, 1, 1);
  second = plan (test, ANN, MARKETING, 1, 2);
  g_assert_cmpint (turn (test, -1, 2), ==, 0);
  assert_row (test, first, "planned", "window");
  g_assert_cmpint (test->turn.next_at - rungs_fixture_now (test->fixture), >=, RUNGS_HOUR);
  g_assert_cmpint (test->turn.next_at - rungs_fixture_now (test->fixture), <, 3 * RUNGS_HOUR / 2);

  rungs_fixture_pass (test->fixture, 3 * RUNGS_HOUR / 2);
  g_assert_cmpint (turn (test, -1, 1), ==, 1);
  g_assert_cmpint (turn (test, RUNGS_DELIVERY_ACCEPTED, 1), ==, 0);
  assert_row (test, first, "sent", "");
  assert_row (test, second, "planned", "cap");
  rungs_fixture_pass (test->fixture, 2 * RUNGS_DAY + 1);
  g_assert_cmpint (turn (test, -1, 1), ==, 1);
}

/* Two connections must not send two where one is allowed. */
static void
test_cap_counts_what_is_under_way (Case         *test,
                                   gconstpointer data)
{
  gint64 second;

  run (test, "UPDATE business SET cap_messages = 1, cap_days = 2");
  plan (test, ANN, MARKETING, 1, 1);
  second = plan (test, ANN, MARKETING, 1, 2);
  g_assert_cmpint (turn (test, -1, 2), ==, 1);
  assert_row (test, second, "planned", "cap");
  g_assert_cmpint (turn (test, RUNGS_DELIVERY_ACCEPTED, 2), ==, 0);
  rungs_fixture_pass (test->fixture, RUNGS_HOUR);
  g_assert_cmpint (turn (test, -1, 2), ==, 0);
  rungs_fixture_pass (test->fixture, 2 * RUNGS_DAY);
  g_assert_cmpint (turn (test, -1, 2), ==, 1);
}

static void
test_limits_hold_across_restarts (Case         *test,
                                  gconstpointer data)
{
  test->account->per_hour = 2;
  for (int visit = 1; visit <= 5; visit++)
    plan (test, ANN, MARKETING, 1, visit);
  g_assert_cmpint (turn (test, -1, 8), ==, 2);
  g_assert_cmpint (turn (test, -1, 8), ==, 0); /* claimed ones count */
  run (test, "UPDATE outbox SET state = 'sent', ended_at = claimed_at WHERE state = 'claimed'");
  g_assert_cmpint (turn (test, -1, 8), ==, 0);
  g_assert_cmpint (test->turn.next_at, ==, rungs_fixture_now (test->fixture) + RUNGS_HOUR);
  rungs_fixture_pass (test->fixture, RUNGS_HOUR);
  g_assert_cmpint (turn (test, -1, 8), ==, 2);
}

static void
test_retried_then_given_up (Case         *test,
                            gconstpointer data)
{
  gint64 id = plan (test, ANN, MARKETING, 1, 1);
  gint64 last_wait = 0;
  int tries = 0;

  while (turn (test, -1, 1) == 1)
    {
      gint64 wait;

      tries++;
      turn (test, RUNGS_DELIVERY_TEMPORARY, 0);
      if (test->turn.failed > 0)
        break;
      assert_row (test, id, "planned", "temporary");
      wait = test->turn.next_at - rungs_fixture_now (test->fixture);
      g_assert_cmpint (wait, >, last_wait);
      last_wait = wait;
      rungs_fixture_pass (test->fixture, wait);
    }
  assert_row (test, id, "failed", "gave-up");
  g_assert_cmpint (tries, ==, 8);
}

static void
test_permanent_marks_the_address (Case         *test,
                                  gconstpointer data)
{
  gint64 id = plan (test, ANN, MARKETING, 1, 1);
  RungsOutboxResult result = { .id = id,
                               .delivery = { .outcome = RUNGS_DELIVERY_PERMANENT,
                                             .address_is_bad = TRUE,
                                             .reply = (char *) "550 5.1.1 no such user" } };
  RungsSuppressed why;

  turn (test, -1, 1);
  g_ptr_array_set_size (test->claims, 0);
  g_assert_true (rungs_outbox_take_turn (test->fixture->db, test->account, &result, 1, 0,
                                         rungs_fixture_now (test->fixture), test->claims,
                                         &test->turn, NULL));
  assert_row (test, id, "failed", "refused");
  g_assert_cmpint (events (test, "mail.bounced"), ==, 1);
  g_assert_true (rungs_suppression_check (test->fixture->db, "ann@example.com", &why, NULL));
  g_assert_cmpint (why, ==, RUNGS_SUPPRESSED_BOUNCED);
  g_assert_cmpint (
    rungs_fixture_number (test->fixture, "SELECT bounced_at > 0 FROM lead WHERE id = 1"), ==, 1);
}

static gboolean
resolve_sent_cb (RungsDb *db,
                 gpointer data,
                 GError **error)
{
  return rungs_outbox_resolve_sent (db, GPOINTER_TO_INT (data), 9, error);
}

static gboolean
resolve_retry_cb (RungsDb *db,
                  gpointer data,
                  GError **error)
{
  return rungs_outbox_resolve_retry (db, GPOINTER_TO_INT (data), 9, error);
}

static void
test_doubt_waits_for_a_person (Case         *test,
                               gconstpointer data)
{
  gint64 id = plan (test, ANN, MARKETING, 1, 1);
  g_autoptr (GError) error = NULL;

  turn (test, -1, 1);
  turn (test, RUNGS_DELIVERY_IN_DOUBT, 0);
  assert_row (test, id, "doubt", "broke-off");
  rungs_fixture_pass (test->fixture, 10 * RUNGS_DAY);
  g_assert_cmpint (turn (test, -1, 1), ==, 0);

  g_assert_true (rungs_db_write (test->fixture->db, resolve_retry_cb, GINT_TO_POINTER (id), NULL));
  g_assert_cmpint (turn (test, -1, 1), ==, 1);
  turn (test, RUNGS_DELIVERY_IN_DOUBT, 0);
  g_assert_true (rungs_db_write (test->fixture->db, resolve_sent_cb, GINT_TO_POINTER (id), NULL));
  assert_row (test, id, "sent", "");
  g_assert_false (
    rungs_db_write (test->fixture->db, resolve_sent_cb, GINT_TO_POINTER (id), &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static gboolean
recover_cb (RungsDb *db,
            gpointer folder,
            GError **error)
{
  gint64 doubtful = -1;

  return rungs_outbox_recover (db, folder, 9, &doubtful, error) && doubtful >= 0;
}

static void
test_crash_leaves_doubt (Case         *test,
                         gconstpointer data)
{
  gint64 id = plan (test, ANN, MARKETING, 1, 1);

  turn (test, -1, 1);
  g_assert_true (rungs_db_write (test->fixture->db, recover_cb, test->fixture->folder, NULL));
  assert_row (test, id, "doubt", "crashed");
}

/* Of the practice folder it is known what was written: nothing is in doubt. */
static void
test_crash_while_practising (Case         *test,
                             gconstpointer data)
{
  gint64 written = plan (test, ANN, MARKETING, 1, 1);
  gint64 unwritten = plan (test, ANN, MARKETING, 1, 2);
  g_autofree char *folder = g_build_filename (test->fixture->folder, "practice", NULL);
  g_autoptr (RungsTransport) transport = rungs_practice_transport_new (folder);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("Subject: x\r\n\r\nx\r\n", 17);
  g_auto (RungsDelivery) delivery = { 0 };
  RungsEnvelope envelope = { .from = "a@b.example", .to = "c@d.example" };

  run (test, "UPDATE account SET kind = 'practice'");
  g_assert_cmpint (turn (test, -1, 2), ==, 2);
  envelope.message_id = ((RungsOutboxClaim *) g_ptr_array_index (test->claims, 0))->message_id;
  rungs_transport_send (transport, &envelope, bytes, NULL, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCEPTED);

  g_assert_true (rungs_db_write (test->fixture->db, recover_cb, folder, NULL));
  assert_row (test, written, "sent", "");
  assert_row (test, unwritten, "planned", "");
}

static void
test_paused_account_claims_nothing (Case         *test,
                                    gconstpointer data)
{
  plan (test, ANN, MARKETING, 1, 1);
  test->account->paused_at = 5;
  g_assert_cmpint (turn (test, -1, 1), ==, 0);
}

static void
test_list_and_count (Case         *test,
                     gconstpointer data)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) page = NULL;
  gint64 counts[RUNGS_OUTBOX_DOUBT + 1];

  for (int visit = 1; visit <= 5; visit++)
    plan (test, ANN, MARKETING, 1, visit);
  turn (test, -1, 1);
  all = rungs_outbox_list (test->fixture->db, 0, 0, 0, 10, NULL);
  g_assert_cmpint (all->len, ==, 5);
  page = rungs_outbox_list (test->fixture->db, RUNGS_OUTBOX_PLANNED, ANN, 5, 2, NULL);
  g_assert_cmpint (page->len, ==, 2);
  g_assert_cmpint (((RungsOutboxRow *) g_ptr_array_index (page, 0))->id, ==, 4);
  g_assert_true (rungs_outbox_count (test->fixture->db, counts, NULL));
  g_assert_cmpint (counts[0], ==, 5);
  g_assert_cmpint (counts[RUNGS_OUTBOX_PLANNED], ==, 4);
  g_assert_cmpint (counts[RUNGS_OUTBOX_CLAIMED], ==, 1);
}

/* Asks, and checks the ids that are found ("3 2"). */
static void
assert_found (Case                   *test,
              const RungsOutboxQuery *query,
              const char             *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = rungs_outbox_find (test->fixture->db, query, &error);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (found, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (ids, gint64, i));
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_find (Case         *test,
           gconstpointer data)
{
  const struct
  {
    RungsOutboxQuery query;
    const char *expected;
  } cases[] = {
    { { .words = NULL }, "4 3 2 1" },
    { { .limit = 2 }, "4 3" },
    { { .state = RUNGS_OUTBOX_SENT }, "2" },
    { { .state = RUNGS_OUTBOX_PLANNED, .limit = 2 }, "4 3" },
    { { .sort = RUNGS_OUTBOX_EARLIEST }, "2 3 1 4" },
    { { .sort = RUNGS_OUTBOX_LATEST, .limit = 3 }, "4 1 3" },
    { { .state = RUNGS_OUTBOX_PLANNED, .sort = RUNGS_OUTBOX_EARLIEST }, "3 1 4" },
    { { .words = (char *) " ann@Ex" }, "3 1" },
    { { .words = (char *) "bob", .sort = RUNGS_OUTBOX_EARLIEST }, "2 4" },
    { { .words = (char *) "ECEI" }, "4" },
    { { .words = (char *) "bob", .state = RUNGS_OUTBOX_SENT }, "2" },
    { { .words = (char *) "nobody" }, "" },
    { { .words = (char *) "  " }, "4 3 2 1" },
  };

  plan (test, ANN, MARKETING, 1, 1);
  plan (test, 2, MARKETING, 2, 1);
  plan (test, ANN, MARKETING, 1, 2);
  plan (test, 2, TRANSACTIONAL, 2, 2);
  run (test, "UPDATE outbox SET due_at = 20 - id WHERE id IN (2, 3)");
  run (test, "UPDATE outbox SET state = 'sent', ended_at = 5 WHERE id = 2");
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (test, &cases[i].query, cases[i].expected);
}

#define ADD(name, func) \
  g_test_add ("/outbox/" name, Case, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sent-once", test_sent_once);
  ADD ("planned-once", test_planned_once);
  for (size_t i = 0; i < G_N_ELEMENTS (WITHHELD); i++)
    {
      g_autofree char *path = g_strconcat ("/outbox/withheld/", WITHHELD[i].name, NULL);

      g_test_add (path, Case, &WITHHELD[i], set_up, test_withheld, tear_down);
    }
  ADD ("suppressed", test_suppressed);
  ADD ("owned", test_owned);
  ADD ("paused-waits", test_paused_waits);
  ADD ("window-and-cap", test_window_and_cap);
  ADD ("cap-counts-what-is-under-way", test_cap_counts_what_is_under_way);
  ADD ("limits", test_limits_hold_across_restarts);
  ADD ("retried-then-given-up", test_retried_then_given_up);
  ADD ("permanent", test_permanent_marks_the_address);
  ADD ("doubt", test_doubt_waits_for_a_person);
  ADD ("crash", test_crash_leaves_doubt);
  ADD ("crash-while-practising", test_crash_while_practising);
  ADD ("paused-account", test_paused_account_claims_nothing);
  ADD ("find", test_find);
  ADD ("list-and-count", test_list_and_count);
  return g_test_run ();
}
