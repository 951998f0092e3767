/* test-account-rule.c: each message leaves by the account that the rules name, however they change,
 * none is lost, and no account exceeds its limits of a day. */

#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "mail/rungs-account-rule-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-outbox-route-store.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-outbox-why-store.h"
#include "mail/rungs-warm-up.h"
#include "rungs-fixture.h"

/* Leads of three domains, of whom 2 and 3 are in a segment; a message of each kind, a sequence that
 * lead 1 walks, a broadcast; accounts 1 (the default) to 4. */
static const char *const FACTS[] = {
  "INSERT INTO lead (id, email, email_key, created_at, updated_at)"
  " VALUES (1, 'ann@gmail.com', 'ann@gmail.com', 0, 0),"
  "        (2, 'bob@mail.example.org', 'bob@mail.example.org', 0, 0),"
  "        (3, 'cat@notexample.org', 'cat@notexample.org', 0, 0)",
  "INSERT INTO lead_search (lead_search) VALUES ('rebuild')",
  "INSERT INTO consent (lead, action, at, origin)"
  " VALUES (1, 'given', 0, 'test'), (2, 'given', 0, 'test'), (3, 'given', 0, 'test')",
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'Offer', 'p', 'v', 'marketing', 0, 0),"
  "        (2, 'Receipt', 'p', 'v', 'transactional', 0, 0)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 's', '[]', 0), (2, 2, 's', '[]', 0)",
  "UPDATE message SET version = id",
  "INSERT INTO sequence (id, name, state, created_at) VALUES (1, 'Welcome', 'live', 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 1, 1, '{}', 0)",
  "INSERT INTO enrolment (id, lead, sequence, version, step, due_at, entered_at, arrived_at)"
  " VALUES (1, 1, 1, 1, 'a', 0, 0, 0)",
  "INSERT INTO broadcast (id, name, message, rule, state, created_at, updated_at)"
  " VALUES (1, 'Spring', 1, '{\"all\": []}', 'sending', 0, 0)",
  "INSERT INTO segment (id, key, name, kind, created_at, updated_at)"
  " VALUES (1, 'friends', 'Friends', 'fixed', 0, 0)",
  "INSERT INTO segment_member (segment, lead, entered_at) VALUES (1, 2, 0), (1, 3, 0)",
  "INSERT INTO account (id, uuid, name, kind, from_email, is_default, created_at)"
  " VALUES (1, 'u1', 'One', 'practice', 'one@business.example', 1, 0),"
  "        (2, 'u2', 'Two', 'practice', 'two@business.example', 0, 0),"
  "        (3, 'u3', 'Three', 'practice', 'three@business.example', 0, 0),"
  "        (4, 'u4', 'Four', 'practice', 'four@business.example', 0, 0)",
};

static gboolean
run_cb (RungsDb *db,
        gpointer data,
        GError **error)
{
  gpointer *both = data;

  rungs_fixture_run (both[0], both[1]);
  return TRUE;
}

/* Runs a statement in a write of its own. */
static void
run (RungsFixture *fixture,
     const char   *sql)
{
  gpointer both[] = { fixture, (gpointer) sql };

  g_assert_true (rungs_db_write (fixture->db, run_cb, both, NULL));
}

static RungsFixture *
new_world (void)
{
  RungsFixture *fixture = rungs_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (FACTS); i++)
    run (fixture, FACTS[i]);
  return fixture;
}

/* Plans message `message` for `lead`, now; of the broadcast where that is asked for. */
static gint64
plan (RungsFixture *fixture,
      gint64        lead,
      gint64        message,
      gint64        enrolment,
      gint64        visit,
      gboolean      of_broadcast)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO outbox (lead, message, message_version, enrolment, step, visit, broadcast, due_at,"
    "                    late_hours, message_id, created_at)"
    " VALUES (%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
    ", nullif (%" G_GINT64_FORMAT ", 0), 'a', %" G_GINT64_FORMAT ", %s, %" G_GINT64_FORMAT
    ", 100000, hex (randomblob (12)), 0)",
    lead, message, message, enrolment, visit, of_broadcast ? "1" : "NULL",
    rungs_fixture_now (fixture));

  run (fixture, sql);
  return rungs_fixture_number (fixture, "SELECT max (id) FROM outbox");
}

typedef struct
{
  gint64 now;
  GPtrArray *rules;
  guint routed;
} Change;

static gboolean
write_rules (RungsDb *db,
             gpointer data,
             GError **error)
{
  Change *change = data;

  return rungs_account_rules_write (db, change->rules, change->now, error);
}

static void
set_rules (RungsFixture *fixture,
           GPtrArray    *rules)
{
  Change change = { .now = 7, .rules = rules };
  g_autoptr (GError) error = NULL;

  rungs_db_write (fixture->db, write_rules, &change, &error);
  g_assert_no_error (error);
}

static GPtrArray *
new_rules (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_account_rule_free);
}

/* The first of the list. */
static RungsAccountRule *
set_rule (RungsFixture     *fixture,
          GPtrArray        *rules,
          RungsAccountRule *rule)
{
  g_ptr_array_set_size (rules, 0);
  g_ptr_array_add (rules, rule);
  set_rules (fixture, rules);
  return rule;
}

static gboolean
route_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  Change *change = data;

  return rungs_outbox_route (db, 3, change->now, &change->routed, error);
}

/* Chooses accounts until there is nothing to choose. */
static void
route_all (RungsFixture *fixture)
{
  Change change = { .now = rungs_fixture_now (fixture), .routed = 1 };
  gint64 due = 0;

  while (change.routed > 0)
    g_assert_true (rungs_db_write (fixture->db, route_cb, &change, NULL));
  g_assert_true (rungs_outbox_next_route (fixture->db, &due, NULL));
  g_assert_cmpint (due, >, change.now);
}

/* The account by which a message would leave. */
static gint64
route_of (RungsFixture *fixture,
          gint64        id)
{
  gint64 account = 0, rule = 0;
  g_autoptr (GError) error = NULL;

  rungs_outbox_find_route (fixture->db, id, rungs_fixture_now (fixture), &account, &rule, &error);
  g_assert_no_error (error);
  return account;
}

/* One turn of an account. Returns: (transfer full) (element-type RungsOutboxClaim). */
static GPtrArray *
turn (RungsFixture            *fixture,
      gint64                   id,
      const RungsOutboxResult *results,
      guint                    n_results,
      guint                    want,
      RungsOutboxTurn         *report)
{
  GPtrArray *claims = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
  g_autoptr (RungsAccount) account = rungs_account_load (fixture->db, id, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (account);
  rungs_outbox_take_turn (fixture->db, account, results, n_results, want,
                          rungs_fixture_now (fixture), claims, report, &error);
  g_assert_no_error (error);
  return claims;
}

/* Lets the account send what it may, all of it accepted. Returns how many. */
static guint
send_by (RungsFixture *fixture,
         gint64        account)
{
  guint sent = 0, n;

  do
    {
      RungsOutboxTurn report;
      g_autoptr (GPtrArray) claims = turn (fixture, account, NULL, 0, 4, &report);

      n = claims->len;
      for (guint i = 0; i < n; i++)
        {
          const RungsOutboxClaim *claim = claims->pdata[i];
          RungsOutboxResult result
            = { .id = claim->id, .delivery = { .outcome = RUNGS_DELIVERY_ACCEPTED } };

          g_ptr_array_unref (turn (fixture, account, &result, 1, 0, &report));
        }
      sent += n;
    }
  while (n > 0);
  return sent;
}

/* ---- single rules */

static void
test_conditions (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  g_autoptr (GPtrArray) rules = new_rules ();
  gint64 walk = plan (fixture, 1, 1, 1, 1, FALSE);
  gint64 broadcast = plan (fixture, 2, 1, 0, 0, TRUE);
  gint64 receipt = plan (fixture, 3, 2, 0, 0, FALSE);
  const struct
  {
    RungsAccountRule rule;
    gint64 walk, broadcast, receipt; /* the account that each gets */
  } CASES[] = {
    { { .origin = RUNGS_ACCOUNT_RULE_ANY }, 2, 2, 2 },
    { { .origin = RUNGS_ACCOUNT_RULE_SEQUENCE }, 2, 1, 1 },
    { { .origin = RUNGS_ACCOUNT_RULE_SEQUENCE, .sequence = 1 }, 2, 1, 1 },
    { { .origin = RUNGS_ACCOUNT_RULE_BROADCAST }, 1, 2, 1 },
    { { .origin = RUNGS_ACCOUNT_RULE_BROADCAST, .broadcast = 1 }, 1, 2, 1 },
    { { .message = 2 }, 1, 1, 2 },
    { { .kind = RUNGS_ACCOUNT_RULE_MARKETING }, 2, 2, 1 },
    { { .kind = RUNGS_ACCOUNT_RULE_TRANSACTIONAL }, 1, 1, 2 },
    { { .domains = (char *) "gmail.com example.org" }, 2, 2, 1 },
    { { .domains = (char *) "mail.example.org" }, 1, 2, 1 },
    { { .segment = 1 }, 1, 2, 2 },
    { { .segment = 99 }, 1, 1, 1 },
    { { .segment = 1, .kind = RUNGS_ACCOUNT_RULE_MARKETING }, 1, 2, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      RungsAccountRule *rule = rungs_account_rule_copy (&CASES[i].rule);

      rule->account = 2;
      if (rule->domains == NULL)
        rule->domains = g_strdup ("");
      set_rule (fixture, rules, rule);
      route_all (fixture);
      g_assert_cmpint (route_of (fixture, walk), ==, CASES[i].walk);
      g_assert_cmpint (route_of (fixture, broadcast), ==, CASES[i].broadcast);
      g_assert_cmpint (route_of (fixture, receipt), ==, CASES[i].receipt);
      g_assert_cmpint (rungs_fixture_number (fixture, "SELECT sum (route) FROM outbox"), ==,
                       CASES[i].walk + CASES[i].broadcast + CASES[i].receipt);
    }
}

/* The first that fits wins; the list as it was puts it back, ids and all. */
static void
test_order (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  g_autoptr (GPtrArray) rules = new_rules ();
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gint64 id = plan (fixture, 2, 1, 0, 0, TRUE);
  const RungsAccountRule *first;

  g_ptr_array_add (rules, rungs_account_rule_new (2));
  g_ptr_array_add (rules, rungs_account_rule_new (3));
  set_rules (fixture, rules);
  g_assert_cmpint (route_of (fixture, id), ==, 2);
  before = rungs_account_rule_list (fixture->db, NULL);
  g_assert_cmpint (before->len, ==, 2);
  g_assert_cmpstr (((RungsAccountRule *) before->pdata[0])->account_name, ==, "Two");

  g_ptr_array_set_size (rules, 0);
  set_rules (fixture, rules);
  g_assert_cmpint (route_of (fixture, id), ==, 1);
  set_rules (fixture, before);
  after = rungs_account_rule_list (fixture->db, NULL);
  first = after->pdata[0];
  g_assert_cmpint (first->id, ==, ((RungsAccountRule *) before->pdata[0])->id);
  g_assert_cmpint (first->created_at, ==, 7);
  g_assert_cmpint (route_of (fixture, id), ==, 2);
}

/* Who waits for a paused account is not in the way of others, and is not lost with it. */
static void
test_paused_and_removed (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  g_autoptr (GPtrArray) rules = new_rules ();
  gint64 waits = plan (fixture, 2, 1, 0, 0, TRUE);
  gint64 leaves = plan (fixture, 3, 2, 0, 0, FALSE);
  g_autoptr (RungsOutboxWhy) why = NULL;
  g_autoptr (RungsOutboxRow) row = NULL;
  RungsAccountRule *rule = rungs_account_rule_new (2);
  gint64 due = 0;

  rule->origin = RUNGS_ACCOUNT_RULE_BROADCAST;
  set_rule (fixture, rules, rule);
  run (fixture, "UPDATE account SET paused_at = 1, paused_reason = 'wrong password' WHERE id = 2");
  route_all (fixture);
  g_assert_cmpint (send_by (fixture, 2), ==, 0);
  g_assert_cmpint (send_by (fixture, 1), ==, 1);
  g_assert_cmpint (route_of (fixture, leaves), ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM outbox"
                                                  " WHERE state = 'planned'"), ==, 1);
  row = rungs_outbox_load (fixture->db, waits, NULL);
  g_assert_cmpstr (row->account_name, ==, "Two");
  g_assert_cmpstr (rungs_outbox_row_get_reason (row), ==, RUNGS_OUTBOX_ACCOUNT_PAUSED);
  why = rungs_outbox_why (fixture->db, waits, rungs_fixture_now (fixture), NULL);
  g_assert_nonnull (why);
  g_assert_cmpstr (why->account->name, ==, "Two");
  g_assert_cmpint (why->rule, >, 0);
  g_assert_cmpstr (g_array_index (why->lines, RungsWhyLine, 0).reason, ==, "account-paused");

  run (fixture, "DELETE FROM account WHERE id = 2");
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM account_rule"), ==, 0);
  g_assert_true (rungs_outbox_next_due_by (fixture->db, 1, &due, NULL));
  g_assert_cmpint (due, <=, rungs_fixture_now (fixture));
  g_assert_cmpint (send_by (fixture, 1), ==, 1);
}

/* What was chosen is void as soon as the rules change, and a claim does not take it. */
static void
test_change_moves (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  g_autoptr (GPtrArray) rules = new_rules ();
  gint64 id = plan (fixture, 2, 1, 0, 0, TRUE);

  set_rule (fixture, rules, rungs_account_rule_new (2));
  route_all (fixture);
  set_rule (fixture, rules, rungs_account_rule_new (3));
  g_assert_cmpint (send_by (fixture, 2), ==, 0);
  g_assert_cmpint (send_by (fixture, 3), ==, 0);
  route_all (fixture);
  g_assert_cmpint (send_by (fixture, 2), ==, 0);
  g_assert_cmpint (send_by (fixture, 3), ==, 1);
  g_assert_cmpint (route_of (fixture, id), ==, 3);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT account FROM outbox"), ==, 3);
}

/* The ids of the accounts by which such messages may leave, as digits. */
static gint64
possible (RungsFixture                *fixture,
          const RungsAccountRuleFacts *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts
    = rungs_account_rules_list_possible (fixture->db, facts, &error);
  gint64 digits = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < accounts->len; i++)
    digits = digits * 10 + ((RungsAccount *) accounts->pdata[i])->id;
  return digits;
}

/* What is checked before a message is sent looks at all accounts that may send it, and no other. */
static void
test_possible (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  g_autoptr (GPtrArray) rules = new_rules ();
  const RungsAccountRuleFacts broadcast = { .message = 1, .marketing = TRUE, .broadcast = 1 };
  const RungsAccountRuleFacts receipt = { .message = 2 };
  const RungsAccountRuleFacts unknown = { .message = RUNGS_ACCOUNT_RULE_UNKNOWN,
                                          .marketing = TRUE,
                                          .sequence = RUNGS_ACCOUNT_RULE_UNKNOWN };

  g_assert_cmpint (possible (fixture, &broadcast), ==, 1);
  for (gint64 account = 2; account <= 4; account++)
    g_ptr_array_add (rules, rungs_account_rule_new (account));
  ((RungsAccountRule *) rules->pdata[0])->segment = 1;
  ((RungsAccountRule *) rules->pdata[1])->origin = RUNGS_ACCOUNT_RULE_SEQUENCE;
  ((RungsAccountRule *) rules->pdata[2])->origin = RUNGS_ACCOUNT_RULE_BROADCAST;
  set_rules (fixture, rules);
  g_assert_cmpint (possible (fixture, &broadcast), ==, 24);
  g_assert_cmpint (possible (fixture, &receipt), ==, 21);
  g_assert_cmpint (possible (fixture, &unknown), ==, 231);
}

static void
test_domains (void)
{
  static const struct
  {
    const char *text;
    const char *read; /* NULL: refused */
  } CASES[] = {
    { "Gmail.com", "gmail.com" },       { "@gmail.com, *.example.org", "gmail.com example.org" },
    { "Müller.de", "xn--mller-kva.de" }, { "  ", "" },
    { "ann@gmail.com", NULL },          { "https://x.de", NULL },
    { "*", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *read = rungs_account_rule_read_domains (CASES[i].text, &error);

      g_assert_cmpstr (read, ==, CASES[i].read);
      if (CASES[i].read == NULL)
        g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

static void
assert_plan (RungsFixture *fixture,
             const char   *sql,
             const char   *uses)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (RungsStatement) query = rungs_db_prepare (fixture->db, question, NULL);

  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  g_assert_nonnull (strstr (rungs_statement_get_text (query, 3), uses));
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    g_assert_null (strstr (rungs_statement_get_text (query, 3), "TEMP B-TREE"));
}

/* However many messages of others wait, each account finds its own. */
static void
test_plans (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();

  assert_plan (fixture,
               "SELECT o.id FROM outbox o INDEXED BY outbox_route JOIN lead l ON l.id = o.lead"
               " WHERE o.state = 'planned' AND o.routing = 3 AND o.route = 1 AND o.due_at <= 5"
               " ORDER BY o.due_at, o.id LIMIT 5",
               "outbox_route (routing=? AND route=? AND due_at<?)");
  assert_plan (fixture,
               "SELECT id FROM outbox INDEXED BY outbox_route WHERE state = 'planned'"
               " AND routing = 0 AND route IS NULL AND due_at <= 5 ORDER BY due_at, id LIMIT 5",
               "outbox_route (routing=? AND route=? AND due_at<?)");
}

/* ---- warm-up */

static void
test_formula (void)
{
  static const struct
  {
    gint64 start, growth, days, most, limit;
  } CASES[] = {
    { 100, 20, 0, 0, 100 }, { 100, 20, 1, 0, 120 }, { 100, 20, 2, 0, 144 }, { 100, 20, 3, 0, 172 },
    { 100, 20, 3, 150, 150 }, { 1, 10, 1, 0, 2 }, { 1, 0, 5, 0, 6 }, { 0, 20, 9, 70, 70 },
    { 0, 20, 9, 0, 0 }, { 500, 400, 10000, 0, RUNGS_WARM_UP_MOST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_assert_cmpint (rungs_warm_up_limit (CASES[i].start, CASES[i].growth, CASES[i].days,
                                          CASES[i].most),
                     ==, CASES[i].limit);
  g_assert_true (rungs_warm_up_goes_on (100, 20, 0, 150));
  g_assert_false (rungs_warm_up_goes_on (100, 20, 3, 150));
}

static void
plan_many (RungsFixture *fixture,
           guint         n)
{
  for (guint i = 0; i < n; i++)
    plan (fixture, 2, 2, 0, 0, FALSE);
}

/* Each day has its limit, and a day without messages raises none. */
static void
test_days (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  RungsOutboxTurn report;
  g_autoptr (RungsAccount) account = NULL;
  g_autoptr (RungsAccount) other = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  run (fixture, "UPDATE account SET warm_start = 4, warm_growth = 50 WHERE id = 1");
  plan_many (fixture, 30);
  g_assert_cmpint (send_by (fixture, 1), ==, 4);
  g_assert_cmpint (send_by (fixture, 1), ==, 0);
  g_ptr_array_unref (turn (fixture, 1, NULL, 0, 4, &report));
  g_assert_cmpint (report.next_at, ==,
                   rungs_time_day_start (rungs_fixture_now (fixture), zone, 1));
  account = rungs_account_load (fixture->db, 1, NULL);
  g_assert_cmpint (rungs_account_get_limit_on (account, "2026-03-02"), ==, 4);
  g_assert_cmpint (rungs_account_get_limit_after (account, "2026-03-02"), ==, 6);

  rungs_fixture_pass (fixture, 5 * RUNGS_DAY);
  g_assert_cmpint (send_by (fixture, 1), ==, 6);
  rungs_fixture_pass (fixture, RUNGS_DAY);
  g_assert_cmpint (send_by (fixture, 1), ==, 9);
  other = rungs_account_load (fixture->db, 1, NULL);
  g_assert_cmpint (rungs_account_get_limit_after (other, "2026-03-08"), ==, 13);
}

/* ---- all together, at random */

#define STEPS 80
#define ACCOUNTS 4

typedef struct
{
  RungsFixture *fixture;
  GRand *random;
  GTimeZone *zone;     /* (owned) */
  GPtrArray *rules;    /* (element-type RungsAccountRule): as they are written */
  gint64 visits;
} World;

static gint64
one_of (World *world,
        gint64 n)
{
  return g_rand_int_range (world->random, 0, (gint32) n);
}

static void
do_at_random (World      *world,
              const char *format,
              gint64      value,
              gint64      account)
{
  g_autofree char *sql
    = g_strdup_printf ("UPDATE account SET %s = %" G_GINT64_FORMAT " WHERE id = %" G_GINT64_FORMAT,
                       format, value, account);

  run (world->fixture, sql);
}

static void
change_rules (World *world)
{
  static const char *const DOMAINS[] = { "", "", "gmail.com", "example.org notexample.org" };

  g_ptr_array_set_size (world->rules, 0);
  for (gint64 n = one_of (world, 4); n > 0; n--)
    {
      RungsAccountRule *rule = rungs_account_rule_new (1 + one_of (world, ACCOUNTS));

      rule->origin = one_of (world, 3);
      rule->broadcast = rule->origin == RUNGS_ACCOUNT_RULE_BROADCAST ? one_of (world, 2) : 0;
      rule->sequence = rule->origin == RUNGS_ACCOUNT_RULE_SEQUENCE ? one_of (world, 2) : 0;
      rule->kind = one_of (world, 3);
      rule->segment = one_of (world, 3) == 0;
      g_free (rule->domains);
      rule->domains = g_strdup (DOMAINS[one_of (world, G_N_ELEMENTS (DOMAINS))]);
      g_ptr_array_add (world->rules, rule);
    }
  set_rules (world->fixture, world->rules);
}

static void
do_something (World *world)
{
  gint64 account = 1 + one_of (world, ACCOUNTS);

  switch (one_of (world, 7))
    {
    case 0:
      change_rules (world);
      break;
    case 1:
      do_at_random (world, "paused_at", 1, account);
      break;
    case 2:
      do_at_random (world, "paused_at = NULL, per_hour", 0, account);
      break;
    case 3:
      run (world->fixture, "UPDATE account SET is_default = 0 WHERE is_default = 1");
      do_at_random (world, "is_default", 1, account);
      break;
    default:
      for (gint64 n = one_of (world, 12); n > 0; n--)
        {
          gboolean walks = one_of (world, 3) == 0;
          gboolean of_broadcast = !walks && one_of (world, 2) == 0;

          plan (world->fixture, walks ? 1 : 1 + one_of (world, 3),
                of_broadcast ? 1 : 1 + one_of (world, 2), walks ? 1 : 0, ++world->visits, FALSE);
          if (of_broadcast)
            run (world->fixture, "UPDATE outbox SET broadcast = 1 WHERE id ="
                                 " (SELECT max (id) FROM outbox)");
        }
    }
}

/* What the rules say, asked of the file in another way than the program does. */
static gint64
expected_account (World  *world,
                  gint64  id)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT coalesce ((SELECT r.account FROM account_rule r, outbox o JOIN lead l ON l.id = o.lead"
    "    JOIN message m ON m.id = o.message LEFT JOIN enrolment e ON e.id = o.enrolment"
    "   WHERE o.id = %" G_GINT64_FORMAT
    "     AND (r.origin = '' OR (r.origin = 'broadcast' AND o.broadcast IS NOT NULL"
    "                            AND coalesce (r.broadcast, o.broadcast) = o.broadcast)"
    "          OR (r.origin = 'sequence' AND e.id IS NOT NULL"
    "              AND coalesce (r.sequence, e.sequence) = e.sequence))"
    "     AND (r.kind = '' OR r.kind = m.kind)"
    "     AND (r.segment IS NULL OR EXISTS (SELECT 1 FROM segment_member x"
    "                                        WHERE x.segment = r.segment AND x.lead = l.id))"
    "     AND (r.domains = '' OR EXISTS (SELECT 1 FROM json_each ('[\"' ||"
    "           replace (r.domains, ' ', '\",\"') || '\"]') d"
    "           WHERE '.' || substr (l.email_key, instr (l.email_key, '@') + 1)"
    "                 LIKE '%%.' || d.value))"
    "   ORDER BY r.position LIMIT 1), (SELECT id FROM account WHERE is_default = 1))",
    id);

  return rungs_fixture_number (world->fixture, sql);
}

/* A turn of an account: each claim must be its own; then all are answered in one way or another. */
static void
take_random_turn (World  *world,
                  gint64  account)
{
  RungsOutboxTurn report;
  g_autoptr (GPtrArray) claims
    = turn (world->fixture, account, NULL, 0, 1 + (guint) one_of (world, 6), &report);

  for (guint i = 0; i < claims->len; i++)
    {
      const RungsOutboxClaim *claim = claims->pdata[i];
      RungsOutboxResult result = { .id = claim->id };

      g_assert_cmpint (expected_account (world, claim->id), ==, account);
      result.delivery.outcome = one_of (world, 8) == 0   ? RUNGS_DELIVERY_TEMPORARY
                                : one_of (world, 9) == 0 ? RUNGS_DELIVERY_IN_DOUBT
                                                         : RUNGS_DELIVERY_ACCEPTED;
      g_ptr_array_unref (turn (world->fixture, account, &result, 1, 0, &report));
    }
}

/* No more than `most` of the account ended within any day. */
static gint64
most_in_a_day (World  *world,
               gint64  account)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT coalesce (max ((SELECT count (*) FROM outbox x WHERE x.account = o.account"
    "   AND x.state IN ('sent', 'doubt') AND x.ended_at > o.ended_at - 86400000"
    "   AND x.ended_at <= o.ended_at)), 0)"
    "  FROM outbox o WHERE o.account = %" G_GINT64_FORMAT " AND o.state IN ('sent', 'doubt')",
    account);

  return rungs_fixture_number (world->fixture, sql);
}

/* Day by day, what left by an account that warms up stays within the formula. */
static void
check_warm_days (World  *world,
                 gint64  account,
                 gint64  start,
                 gint64  growth,
                 gint64  most)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
    world->fixture->db,
    "SELECT ended_at FROM outbox WHERE account = :account AND state IN ('sent', 'doubt')"
    " ORDER BY ended_at",
    NULL);
  g_autofree char *day = NULL;
  gint64 days = -1, sent = 0;

  rungs_statement_bind_int64 (query, ":account", account);
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      g_autofree char *this
        = rungs_time_format_day (rungs_statement_get_int64 (query, 0), world->zone);

      if (g_strcmp0 (this, day) != 0)
        {
          days++;
          sent = 0;
          g_free (day);
          day = g_steal_pointer (&this);
        }
      g_assert_cmpint (++sent, <=, rungs_warm_up_limit (start, growth, days, most));
    }
}

static void
end_world (World *world)
{
  run (world->fixture, "UPDATE account SET paused_at = NULL, per_day = 0, warm_start = 0");
  for (guint i = 0; i < 10; i++)
    {
      route_all (world->fixture);
      for (gint64 account = 1; account <= ACCOUNTS; account++)
        send_by (world->fixture, account);
      rungs_fixture_pass (world->fixture, RUNGS_DAY);
    }
  g_assert_cmpint (rungs_fixture_number (world->fixture,
                                         "SELECT count (*) FROM outbox"
                                         " WHERE state NOT IN ('sent', 'doubt', 'withheld')"),
                   ==, 0);
  g_assert_cmpint (rungs_fixture_number (world->fixture,
                                         "SELECT count (*) FROM outbox WHERE state = 'withheld'"
                                         "   AND reason <> 'merged'"),
                   ==, 0);
}

static void
test_random (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr (GPtrArray) rules = new_rules ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  World world = { .fixture = fixture, .random = random, .rules = rules, .zone = zone };

  run (fixture, "UPDATE account SET per_day = 5 WHERE id = 2");
  run (fixture, "UPDATE account SET warm_start = 2, warm_growth = 40, per_day = 9 WHERE id = 3");
  for (guint i = 0; i < STEPS; i++)
    {
      do_something (&world);
      if (one_of (&world, 4) != 0)
        route_all (fixture);
      for (gint64 account = 1; account <= ACCOUNTS; account++)
        take_random_turn (&world, account);
      rungs_fixture_pass (fixture, one_of (&world, 12) * RUNGS_HOUR);
    }
  g_assert_cmpint (most_in_a_day (&world, 2), <=, 5);
  g_assert_cmpint (most_in_a_day (&world, 3), <=, 9);
  check_warm_days (&world, 3, 2, 40, 9);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (DISTINCT account) FROM outbox"),
                   >=, 2);
  end_world (&world);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/account-rule/conditions", test_conditions);
  g_test_add_func ("/mail/account-rule/order", test_order);
  g_test_add_func ("/mail/account-rule/paused-and-removed", test_paused_and_removed);
  g_test_add_func ("/mail/account-rule/change-moves", test_change_moves);
  g_test_add_func ("/mail/account-rule/domains", test_domains);
  g_test_add_func ("/mail/account-rule/possible", test_possible);
  g_test_add_func ("/mail/account-rule/plans", test_plans);
  g_test_add_func ("/mail/account-rule/warm-up/formula", test_formula);
  g_test_add_func ("/mail/account-rule/warm-up/days", test_days);
  g_test_add_func ("/mail/account-rule/random", test_random);
  return g_test_run ();
}
