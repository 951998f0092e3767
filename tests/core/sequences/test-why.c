/* test-why.c: what is said of a message is what claiming does with it. */

#include "base/rungs-clock.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-outbox-why-store.h"
#include "rungs-fixture.h"
#include "sequences/rungs-sequence-why-store.h"

/* A lead who agreed, a live sequence that sells a book, which the lead walks, and a message of it
 * that is due. */
static const char *const FACTS[] = {
  "INSERT INTO lead (id, email, email_key, created_at, updated_at)"
  " VALUES (1, 'ann@example.com', 'ann@example.com', 0, 0)",
  "INSERT INTO lead_search (lead_search) VALUES ('rebuild')",
  "INSERT INTO consent (lead, action, at, origin) VALUES (1, 'given', 0, 'test')",
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'Offer', 'p', 'v', 'marketing', 0, 0)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 's', '[]', 0)",
  "UPDATE message SET version = id",
  "INSERT INTO product (id, sku, name, price, currency, created_at)"
  " VALUES (1, 'BOOK', 'Book', 100, 'EUR', 0)",
  "INSERT INTO product_holds (whole, part) VALUES (1, 1)",
  "INSERT INTO sequence (id, name, sells, state, created_at)"
  " VALUES (1, 'Sell the book', 1, 'live', 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 1, 1, '{\"name\":\"Sell the book\",\"sells\":\"BOOK\",\"start\":\"a\",\"steps\":"
  "{\"a\":{\"kind\":\"message\",\"message\":\"Offer\"}}}', 0)",
  "UPDATE sequence SET version = 1",
  "INSERT INTO enrolment (id, lead, sequence, version, step, due_at, entered_at, arrived_at)"
  " VALUES (1, 1, 1, 1, 'a', 0, 0, 0)",
  "INSERT INTO account (id, uuid, name, kind, from_email, connections, is_default, created_at)"
  " VALUES (1, 'u', 'Real', 'smtp', 'shop@business.example', 2, 1, 0)",
  "INSERT INTO outbox (id, lead, message, enrolment, step, visit, sells, due_at, message_id,"
  "   created_at) VALUES (1, 1, 1, 1, 'a', 1, 1, 0, 'm1', 0)",
};

/* What is changed, which check decides then, with which reason, and what claiming writes down. */
static const struct
{
  const char *sql;
  const char *check;
  const char *reason;
  const char *state;
} CASES[] = {
  { "UPDATE lead SET email = NULL, email_key = NULL", "address", "no-address", "withheld" },
  { "UPDATE lead SET bounced_at = 1", "address", "bounced", "withheld" },
  { "INSERT INTO consent (lead, action, at, origin) VALUES (1, 'withdrawn', 1, 'test')", "consent",
    "no-consent", "withheld" },
  { "UPDATE enrolment SET outcome = 'stopped', due_at = NULL, ended_at = 1", "sequence", "left",
    "withheld" },
  { "UPDATE message SET version = NULL", "sequence", "no-text", "withheld" },
  { "UPDATE sequence SET state = 'paused'", "sequence", "paused", "planned" },
};

static void
make_facts (RungsFixture *fixture,
            RungsDb      *db)
{
  for (size_t i = 0; i < G_N_ELEMENTS (FACTS); i++)
    rungs_fixture_run (fixture, FACTS[i]);
}

typedef struct
{
  RungsFixture *fixture;
  const char *sql;
} Change;

static gboolean
change_cb (RungsDb  *db,
           gpointer  data,
           GError  **error)
{
  Change *change = data;

  rungs_fixture_run (change->fixture, change->sql);
  return TRUE;
}

static RungsFixture *
new_case (const char *sql)
{
  RungsFixture *fixture = rungs_fixture_new ();
  Change change = { fixture, sql };

  rungs_fixture_write (fixture, make_facts);
  if (sql != NULL)
    g_assert_true (rungs_db_write (fixture->db, change_cb, &change, NULL));
  return fixture;
}

/* Claims; the state and the reason that it wrote down, as "withheld left". */
static char *
claim (RungsFixture *fixture)
{
  g_autoptr (RungsAccount) account = rungs_account_load (fixture->db, 1, NULL);
  g_autoptr (GPtrArray) claims
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
  g_autoptr (RungsOutboxRow) row = NULL;
  g_autoptr (GError) error = NULL;
  RungsOutboxTurn turn;

  rungs_outbox_take_turn (fixture->db, account, NULL, 0, 1, rungs_fixture_now (fixture), claims,
                          &turn, &error);
  g_assert_no_error (error);
  row = rungs_outbox_load (fixture->db, 1, &error);
  g_assert_no_error (error);
  return g_strdup_printf ("%s %s", rungs_outbox_state_to_text (row->state), row->reason);
}

static const RungsWhyLine *
first_of (const RungsOutboxWhy *why)
{
  return &g_array_index (why->lines, RungsWhyLine, 0);
}

static void
test_says_what_claiming_does (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsFixture) fixture = new_case (CASES[i].sql);
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsOutboxWhy) why
          = rungs_outbox_why (fixture->db, 1, rungs_fixture_now (fixture), &error);
      g_autofree char *expected = g_strdup_printf ("%s %s", CASES[i].state, CASES[i].reason);
      g_autofree char *claimed = claim (fixture);

      g_assert_no_error (error);
      g_assert_cmpstr (first_of (why)->check, ==, CASES[i].check);
      g_assert_cmpstr (first_of (why)->reason, ==, CASES[i].reason);
      g_assert_true (first_of (why)->decides);
      g_assert_cmpint (why->lines->len, >=, 9);
      g_assert_cmpstr (claimed, ==, expected);
    }
}

static void
test_nothing_in_the_way (void)
{
  g_autoptr (RungsFixture) fixture = new_case (NULL);
  g_autoptr (RungsOutboxWhy) why
      = rungs_outbox_why (fixture->db, 1, rungs_fixture_now (fixture), NULL);
  g_autofree char *claimed = claim (fixture);

  for (guint i = 0; i < why->lines->len; i++)
    g_assert_null (g_array_index (why->lines, RungsWhyLine, i).reason);
  g_assert_cmpstr (claimed, ==, "claimed ");
}

static void
test_waits_for_its_time (void)
{
  g_autoptr (RungsFixture) fixture = new_case ("UPDATE outbox SET due_at = 4000000000000");
  g_autoptr (RungsOutboxWhy) why
      = rungs_outbox_why (fixture->db, 1, rungs_fixture_now (fixture), NULL);

  g_assert_cmpstr (first_of (why)->check, ==, RUNGS_WHY_DUE);
  g_assert_cmpstr (first_of (why)->reason, ==, RUNGS_WHY_NOT_DUE);
  g_assert_cmpint (first_of (why)->until, ==, 4000000000000);
}

static void
test_account_holds_back (void)
{
  g_autoptr (RungsFixture) fixture = new_case ("UPDATE account SET paused_at = 1");
  g_autoptr (RungsOutboxWhy) why
      = rungs_outbox_why (fixture->db, 1, rungs_fixture_now (fixture), NULL);

  g_assert_cmpstr (first_of (why)->reason, ==, RUNGS_WHY_ACCOUNT_PAUSED);
}

static void
test_of_what_is_not_planned (void)
{
  g_autoptr (RungsFixture) fixture = new_case ("DELETE FROM outbox");
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOutboxWhy) why
      = rungs_outbox_why_lead (fixture->db, 1, 1, rungs_fixture_now (fixture), &error);

  g_assert_no_error (error);
  g_assert_null (why->row);
  g_assert_null (first_of (why)->reason);
  g_assert_null (rungs_outbox_why_lead (fixture->db, 2, 1, 1, &error));
  g_assert_nonnull (error);
}

static const RungsWhyLine *
first_of_sequence (const RungsSequenceWhy *why)
{
  return &g_array_index (why->lines, RungsWhyLine, 0);
}

static void
test_of_a_walk (void)
{
  g_autoptr (RungsFixture) fixture = new_case ("UPDATE enrolment SET due_at = 4000000000000");
  g_autoptr (RungsFixture) paused = new_case ("UPDATE sequence SET state = 'paused'");
  g_autoptr (RungsSequenceWhy) why
      = rungs_sequence_why (fixture->db, 1, 1, rungs_fixture_now (fixture), NULL);
  g_autoptr (RungsSequenceWhy) stands
      = rungs_sequence_why (paused->db, 1, 1, rungs_fixture_now (paused), NULL);

  g_assert_cmpstr (first_of_sequence (why)->reason, ==, RUNGS_WHY_WAITS);
  g_assert_cmpint (first_of_sequence (why)->until, ==, 4000000000000);
  g_assert_cmpstr (first_of_sequence (stands)->reason, ==, RUNGS_OUTBOX_PAUSED);
}

/* What decides is what entering answers. */
static void
test_of_entering (void)
{
  static const char *const changes[]
      = { "DELETE FROM enrolment", "UPDATE lead SET bounced_at = 1",
          "INSERT INTO consent (lead, action, at, origin) VALUES (1, 'withdrawn', 1, 'test')",
          "UPDATE sequence SET state = 'draft'" };

  for (size_t i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (RungsFixture) fixture = new_case ("DELETE FROM outbox");
      Change none = { fixture, "DELETE FROM enrolment" };
      Change change = { fixture, changes[i] };
      g_autoptr (RungsSequenceWhy) why = NULL;
      RungsEnrolAnswer answer = RUNGS_ENROL_OK;

      g_assert_true (rungs_db_write (fixture->db, change_cb, &none, NULL));
      g_assert_true (rungs_db_write (fixture->db, change_cb, &change, NULL));
      why = rungs_sequence_why (fixture->db, 1, 1, rungs_fixture_now (fixture), NULL);
      g_assert_true (rungs_enrolment_check (fixture->db, 1, 1, rungs_fixture_now (fixture),
                                            &answer, NULL));
      if (answer == RUNGS_ENROL_OK)
        g_assert_null (first_of_sequence (why)->reason);
      else
        g_assert_cmpstr (first_of_sequence (why)->reason, ==,
                         rungs_enrol_answer_to_text (answer));
      g_assert_cmpint (why->lines->len, ==, 7);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sequences/why/says-what-claiming-does", test_says_what_claiming_does);
  g_test_add_func ("/sequences/why/nothing-in-the-way", test_nothing_in_the_way);
  g_test_add_func ("/sequences/why/waits-for-its-time", test_waits_for_its_time);
  g_test_add_func ("/sequences/why/account-holds-back", test_account_holds_back);
  g_test_add_func ("/sequences/why/of-what-is-not-planned", test_of_what_is_not_planned);
  g_test_add_func ("/sequences/why/of-a-walk", test_of_a_walk);
  g_test_add_func ("/sequences/why/of-entering", test_of_entering);
  return g_test_run ();
}
