/* test-outbox-time.c: when a message may leave: hours, weekdays, holidays, the cap, and what comes
 * of being late. */

#include "base/rungs-clock.h"
#include "base/rungs-time.h"
#include "leads/rungs-holiday-store.h"
#include "mail/rungs-outbox-store.h"
#include "rungs-fixture.h"

#define HALF_HOUR (30 * RUNGS_MINUTE)

/* A lead who agreed; a message of each kind; a live sequence that the lead walks. */
static const char *const FACTS[] = {
  "INSERT INTO lead (id, email, email_key, created_at, updated_at)"
  " VALUES (1, 'ann@example.com', 'ann@example.com', 0, 0)",
  "INSERT INTO lead_search (lead_search) VALUES ('rebuild')",
  "INSERT INTO consent (lead, action, at, origin) VALUES (1, 'given', 0, 'test')",
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'Offer', 'p', 'v', 'marketing', 0, 0),"
  "        (2, 'Receipt', 'p', 'v', 'transactional', 0, 0)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 's', '[]', 0), (2, 2, 's', '[]', 0)",
  "UPDATE message SET version = id",
  "INSERT INTO sequence (id, name, state, created_at) VALUES (1, 'S', 'live', 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 1, 1, '{\"sending\":{\"weekdays\":[\"tue\"],\"from\":\"14:00\",\"to\":\"15:00\"}}',"
  "         0), (2, 1, 2, '{}', 0)",
  "INSERT INTO enrolment (id, lead, sequence, version, step, due_at, entered_at, arrived_at)"
  " VALUES (1, 1, 1, 1, 'a', 0, 0, 0)",
  "INSERT INTO account (id, uuid, name, kind, from_email, connections, is_default, created_at)"
  " VALUES (1, 'u', 'Real', 'smtp', 'shop@business.example', 2, 1, 0)",
};

typedef struct
{
  RungsFixture *fixture;
  const char *const *facts; /* that are written in one go */
  RungsOutboxPlan plan;
  gint64 id;
} Case;

static gboolean
write_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  Case *test = data;

  for (; test->facts != NULL && *test->facts != NULL; test->facts++)
    rungs_fixture_run (test->fixture, *test->facts);
  if (test->plan.lead != 0)
    test->id = rungs_outbox_plan (db, &test->plan, rungs_fixture_now (test->fixture), error);
  return test->plan.lead == 0 || test->id != 0;
}

static void
write_facts (Case       *test,
             const char *sql)
{
  const char *const facts[] = { sql, NULL };

  test->facts = facts;
  test->plan.lead = 0;
  g_assert_true (rungs_db_write (test->fixture->db, write_cb, test, NULL));
}

static gint64
instant_of (const char *local)
{
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");
  gint64 instant;

  g_assert_true (rungs_time_parse (local, zone, &instant, NULL));
  return instant;
}

static void
set_up (Case         *test,
        gconstpointer data)
{
  test->fixture = rungs_fixture_new ();
  for (size_t i = 0; i < G_N_ELEMENTS (FACTS); i++)
    write_facts (test, FACTS[i]);
}

static void
tear_down (Case         *test,
           gconstpointer data)
{
  rungs_fixture_free (test->fixture);
}

/* Plans a message that is meant to leave at that local time. */
static gint64
plan (Case       *test,
      gint64      message,
      gint64      visit,
      const char *meant,
      gint64      late_hours,
      gint64      skip_hours)
{
  g_autoptr (GError) error = NULL;

  test->facts = NULL;
  test->plan = (RungsOutboxPlan) {
    .lead = 1,
    .message = message,
    .enrolment = 1,
    .step = "a",
    .visit = visit,
    .due_at = instant_of (meant),
    .late_hours = late_hours,
    .skip_hours = skip_hours,
  };
  rungs_db_write (test->fixture->db, write_cb, test, &error);
  g_assert_no_error (error);
  return test->id;
}

/* Claims all that may leave at that local time; what was claimed is sent at once. */
static void
claim (Case       *test,
       const char *at)
{
  g_autoptr (RungsAccount) account = rungs_account_load (test->fixture->db, 1, NULL);
  g_autoptr (GPtrArray) claims
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
  g_autoptr (GError) error = NULL;
  RungsOutboxTurn turn;

  rungs_clock_set (test->fixture->clock, instant_of (at));
  rungs_outbox_take_turn (test->fixture->db, account, NULL, 0, 100, instant_of (at), claims, &turn,
                          &error);
  g_assert_no_error (error);
  write_facts (test, "UPDATE outbox SET state = 'sent', ended_at = claimed_at"
                     " WHERE state = 'claimed'");
}

/* `until` (nullable): the local time from which on it waits, up to half an hour later. */
static void
assert_row (Case       *test,
            gint64      id,
            const char *state,
            const char *reason,
            const char *until)
{
  g_autoptr (RungsOutboxRow) row = rungs_outbox_load (test->fixture->db, id, NULL);

  g_assert_nonnull (row);
  g_assert_cmpstr (rungs_outbox_state_to_text (row->state), ==, state);
  g_assert_cmpstr (row->reason, ==, reason);
  if (until == NULL)
    return;
  g_assert_cmpint (row->due_at, >=, instant_of (until));
  g_assert_cmpint (row->due_at, <, instant_of (until) + HALF_HOUR);
}

/* ---- hours, weekdays, holidays */

typedef struct
{
  const char *name;
  const char *sql;
  gint64 message;
  const char *at; /* when it is meant to leave, and looked at */
  const char *reason; /* NULL: it leaves */
  const char *until;
} Waiting;

#define WORK "UPDATE business SET window_from = 540, window_to = 1020, window_days = 31"
#define SALE_HOURS "UPDATE sequence SET version = 1"
#define NEW_YORK "UPDATE lead SET zone = 'America/New_York'"
#define OF_LEAD ", window_of_lead = 1"

static const Waiting WAITINGS[] = {
  { "any-time", "SELECT 1", 1, "2026-03-02 03:00", NULL, NULL },
  { "inside", WORK, 1, "2026-03-02 10:00", NULL, NULL },
  { "too-early", WORK, 1, "2026-03-02 08:00", "window", "2026-03-02 09:00" },
  { "friday-evening", WORK, 1, "2026-03-06 17:00", "window", "2026-03-09 09:00" },
  { "sunday", WORK, 1, "2026-03-08 10:00", "weekday", "2026-03-09 09:00" },
  { "receipts-leave-on-sundays", WORK, 2, "2026-03-08 10:00", NULL, NULL },
  { "holiday", "INSERT INTO holiday (day, name) VALUES ('2026-04-03', 'Karfreitag')", 1,
    "2026-04-03 10:00", "holiday", "2026-04-04 00:00" },
  { "receipts-leave-on-holidays", "INSERT INTO holiday (day) VALUES ('2026-04-03')", 2,
    "2026-04-03 10:00", NULL, NULL },
  { "holiday-before-a-weekend", WORK ";INSERT INTO holiday (day) VALUES ('2026-04-03')", 1,
    "2026-04-03 10:00", "holiday", "2026-04-06 09:00" },
  { "lead-still-sleeps", NEW_YORK ";" WORK OF_LEAD, 1, "2026-03-02 10:00", "window",
    "2026-03-02 15:00" },
  { "business-clock-for-a-lead-abroad", NEW_YORK ";" WORK, 1, "2026-03-02 10:00", NULL, NULL },
  { "lead-without-zone", WORK OF_LEAD, 1, "2026-03-02 10:00", NULL, NULL },
  { "hours-of-the-sequence", SALE_HOURS, 1, "2026-03-02 10:00", "weekday", "2026-03-03 14:00" },
  { "receipts-keep-the-hours-of-the-sequence", SALE_HOURS, 2, "2026-03-02 10:00", "weekday",
    "2026-03-03 14:00" },
  { "sequence-without-hours", SALE_HOURS ";UPDATE sequence SET version = 2", 1,
    "2026-03-02 10:00", NULL, NULL },
  { "both", SALE_HOURS ";UPDATE business SET window_from = 870, window_to = 1020", 1,
    "2026-03-03 14:10", "window", "2026-03-03 14:30" },
  { "both-on-the-next-day",
    SALE_HOURS ";INSERT INTO holiday (day) VALUES ('2026-03-03'), ('2026-03-10')", 1,
    "2026-03-02 10:00", "weekday", "2026-03-17 14:00" },
  { "begin-is-skipped-by-summer-time",
    "UPDATE business SET window_from = 150, window_to = 300", 1, "2026-03-29 01:00", "window",
    "2026-03-29 03:00" },
};

static void
test_waiting (Case         *test,
              gconstpointer data)
{
  const Waiting *waiting = data;
  g_auto (GStrv) statements = g_strsplit (waiting->sql, ";", -1);
  gint64 id;

  for (guint i = 0; statements[i] != NULL; i++)
    write_facts (test, statements[i]);
  id = plan (test, waiting->message, 1, waiting->at, 0, 0);
  claim (test, waiting->at);
  assert_row (test, id, waiting->reason ? "planned" : "sent",
              waiting->reason ? waiting->reason : "", waiting->until);
}

/* Hours that never come together: it is looked at once a day, and neither lost nor sent. */
static void
test_never (Case         *test,
            gconstpointer data)
{
  gint64 id;

  write_facts (test, SALE_HOURS);
  write_facts (test, "UPDATE business SET window_days = 1");
  id = plan (test, 1, 1, "2026-03-02 10:00", 0, 0);
  claim (test, "2026-03-02 10:00");
  assert_row (test, id, "planned", "weekday", "2026-03-03 10:00");
}

/* What waits for one opening does not leave in one second. */
static void
test_spread (Case         *test,
             gconstpointer data)
{
  write_facts (test, WORK);
  write_facts (test, "INSERT INTO lead (id, email, email_key, created_at, updated_at)"
                     " WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n"
                     "                          WHERE i < 300)"
                     " SELECT i, i || '@example.com', i || '@example.com', 0, 0 FROM n");
  write_facts (test, "INSERT INTO consent (lead, action, at, origin)"
                     " SELECT id, 'given', 0, 'test' FROM lead WHERE id > 1");
  write_facts (test, "INSERT INTO outbox (lead, message, due_at, message_id, created_at)"
                     " SELECT id, 1, 0, id, 0 FROM lead");
  for (int i = 0; i < 3; i++)
    claim (test, "2026-03-02 08:00");
  g_assert_cmpint (rungs_fixture_number (test->fixture,
                                         "SELECT count (DISTINCT due_at / 60000) FROM outbox"),
                   >=, 28);
  g_assert_cmpint (rungs_fixture_number (test->fixture,
                                         "SELECT max (n) FROM (SELECT count (*) AS n FROM outbox"
                                         " GROUP BY due_at / 60000)"),
                   <=, 30);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT min (due_at) FROM outbox"), >=,
                   instant_of ("2026-03-02 09:00"));
}

/* ---- the cap */

static void
test_cap_counts_what_is_under_way (Case         *test,
                                   gconstpointer data)
{
  gint64 first, second, receipt;

  write_facts (test, "UPDATE business SET cap_messages = 1, cap_days = 2");
  first = plan (test, 1, 1, "2026-03-02 10:00", 0, 0);
  second = plan (test, 1, 2, "2026-03-02 10:00", 0, 0);
  receipt = plan (test, 2, 3, "2026-03-02 10:00", 0, 0);
  /* both are claimed in one turn */
  claim (test, "2026-03-02 10:00");
  assert_row (test, first, "sent", "", NULL);
  assert_row (test, second, "planned", "cap", "2026-03-04 10:00");
  assert_row (test, receipt, "sent", "", NULL);
  claim (test, "2026-03-04 10:01");
  assert_row (test, second, "sent", "", NULL);
}

/* ---- what is late */

/* Five sequences wanted to write while the machine was off for a week. */
static void
test_not_five_on_monday (Case         *test,
                         gconstpointer data)
{
  static const char *const DAYS[] = { "2026-03-09 11:00", "2026-03-10 11:00", "2026-03-11 11:00",
                                      "2026-03-12 11:00", "2026-03-13 11:00" };

  write_facts (test, WORK);
  for (int visit = 1; visit <= 5; visit++)
    plan (test, 1, visit, "2026-03-03 10:00", 0, 0);
  for (int day = 0; day < 5; day++)
    {
      claim (test, DAYS[day]);
      g_assert_cmpint (rungs_fixture_number (test->fixture,
                                             "SELECT count (*) FROM outbox WHERE state = 'sent'"),
                       ==, day + 1);
      g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT count (*) FROM outbox"
                                                            " WHERE state = 'planned'"
                                                            "   AND reason = 'spaced'"),
                       ==, 4 - day);
    }
}

/* Up to its hours late, a message leaves at once, whatever else did. */
static void
test_a_little_late (Case         *test,
                    gconstpointer data)
{
  gint64 first = plan (test, 1, 1, "2026-03-02 10:00", 0, 0);
  gint64 second = plan (test, 1, 2, "2026-03-02 10:00", 0, 0);
  gint64 third = plan (test, 1, 3, "2026-03-02 10:00", 6, 0);

  claim (test, "2026-03-02 22:00");
  assert_row (test, first, "sent", "", NULL);
  assert_row (test, second, "sent", "", NULL);
  assert_row (test, third, "planned", "spaced", "2026-03-03 00:00");
}

static void
test_too_late (Case         *test,
               gconstpointer data)
{
  gint64 on_time = plan (test, 1, 1, "2026-03-02 10:00", 24, 24);
  gint64 too_late, receipt;

  claim (test, "2026-03-03 10:00");
  assert_row (test, on_time, "sent", "", NULL);
  too_late = plan (test, 1, 2, "2026-03-02 10:00", 24, 24);
  receipt = plan (test, 2, 3, "2026-03-02 10:00", 1, 2);
  claim (test, "2026-03-03 10:01");
  assert_row (test, too_late, "withheld", "late", NULL);
  assert_row (test, receipt, "withheld", "late", NULL);
}

/* Whoever waits for the hours is not late; whoever waits because of the cap is. */
static void
test_what_counts_as_late (Case         *test,
                          gconstpointer data)
{
  gint64 waits, capped, other;

  write_facts (test, WORK);
  waits = plan (test, 1, 1, "2026-03-06 18:00", 24, 24);
  claim (test, "2026-03-06 18:00");
  assert_row (test, waits, "planned", "window", "2026-03-09 09:00");
  claim (test, "2026-03-09 08:00");
  claim (test, "2026-03-09 09:30");
  assert_row (test, waits, "sent", "", NULL);

  write_facts (test, "UPDATE business SET cap_messages = 1, cap_days = 7");
  capped = plan (test, 1, 2, "2026-03-10 09:00", 24, 24);
  other = plan (test, 1, 3, "2026-03-10 09:00", 0, 0);
  claim (test, "2026-03-10 09:00");
  assert_row (test, capped, "planned", "cap", "2026-03-16 09:30");
  claim (test, "2026-03-16 09:31");
  assert_row (test, capped, "withheld", "late", NULL);
  assert_row (test, other, "sent", "", NULL);
}

/* A person who says "again" means now. */
static gboolean
retry_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  Case *test = data;

  return rungs_outbox_resolve_retry (db, test->id, rungs_fixture_now (test->fixture), error);
}

static void
test_retry_is_not_late (Case         *test,
                        gconstpointer data)
{
  gint64 id = plan (test, 1, 1, "2026-03-02 10:00", 24, 24);

  write_facts (test, "UPDATE outbox SET state = 'failed', ended_at = 1");
  rungs_clock_set (test->fixture->clock, instant_of ("2026-03-20 10:00"));
  g_assert_true (rungs_db_write (test->fixture->db, retry_cb, test, NULL));
  claim (test, "2026-03-20 10:00");
  assert_row (test, id, "sent", "", NULL);
}

/* The clock was wrong, and is set back: nothing leaves again, and what waits does so longer. */
static void
test_clock_set_back (Case         *test,
                     gconstpointer data)
{
  gint64 sent = plan (test, 1, 1, "2027-03-02 10:00", 0, 0);
  gint64 waits = plan (test, 1, 2, "2027-03-03 10:00", 0, 0);

  claim (test, "2027-03-02 10:00");
  claim (test, "2026-03-02 10:00");
  assert_row (test, sent, "sent", "", NULL);
  assert_row (test, waits, "planned", "", "2027-03-03 10:00");
  claim (test, "2027-03-03 10:00");
  assert_row (test, waits, "sent", "", NULL);
}

#define add(name, func) g_test_add ("/mail/outbox-time/" name, Case, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (WAITINGS); i++)
    {
      g_autofree char *path = g_strconcat ("/mail/outbox-time/waits/", WAITINGS[i].name, NULL);

      g_test_add (path, Case, &WAITINGS[i], set_up, test_waiting, tear_down);
    }
  add ("never", test_never);
  add ("spread", test_spread);
  add ("cap-counts-what-is-under-way", test_cap_counts_what_is_under_way);
  add ("not-five-on-monday", test_not_five_on_monday);
  add ("a-little-late", test_a_little_late);
  add ("too-late", test_too_late);
  add ("what-counts-as-late", test_what_counts_as_late);
  add ("retry-is-not-late", test_retry_is_not_late);
  add ("clock-set-back", test_clock_set_back);
  return g_test_run ();
}
