/* test-advance.c: what each kind of step does, when waits end, and what breaks a walk off. */

#include "sequences/rungs-sequences-advance.h"

#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"
#include "rungs-shop.h"
#include "sequences/rungs-enrolment-store.h"
#include "sequences/rungs-sequence-store.h"

/* The clock begins on Monday, 2 March 2026, 10:00 in Berlin. Summer time begins on 29 March. */

static void
set_time (RungsFixture *fixture,
          const char   *local)
{
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");
  gint64 now;

  g_assert_true (rungs_time_parse (local, zone, &now, NULL));
  rungs_clock_set (fixture->clock, now);
}

/* How steps are walked by one lead who enters at `start`. */
static const struct
{
  const char *name;
  const char *start; /* local time */
  const char *steps;
  const char *mails;
  const char *walks;
} WALKS[] = {
  { "message", "2026-03-02 10:00", "'a': {'kind': 'message', 'message': 'A'}", "A 03-02 10:00",
    "finished" },
  { "wait", "2026-03-02 10:00",
    "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"
    "'w': {'kind': 'wait', 'days': 1, 'hours': 2, 'minutes': 30, 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'B'}",
    "A 03-02 10:00, B 03-03 12:30", "finished" },
  { "wait-days-over-summer-time", "2026-03-28 10:00",
    "'a': {'kind': 'wait', 'days': 1, 'next': 'b'}, 'b': {'kind': 'message', 'message': 'B'}",
    "B 03-29 10:00", "finished" },
  { "wait-hours-over-summer-time", "2026-03-28 10:00",
    "'a': {'kind': 'wait', 'hours': 24, 'next': 'b'}, 'b': {'kind': 'message', 'message': 'B'}",
    "B 03-29 11:00", "finished" },
  { "until-time-skipped-by-summer-time", "2026-03-28 10:00",
    "'a': {'kind': 'wait_until', 'time': '02:30', 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'B'}",
    "B 03-29 03:00", "finished" },
  { "until-time-that-comes-twice", "2026-10-24 10:00",
    "'a': {'kind': 'wait_until', 'time': '02:30', 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'B', 'next': 'c'},"
    "'c': {'kind': 'wait_until', 'time': '02:30', 'next': 'd'},"
    "'d': {'kind': 'message', 'message': 'A'}",
    "B 10-25 02:30, A 10-26 02:30", "finished" },
  { "until-time", "2026-03-02 10:00",
    "'a': {'kind': 'wait_until', 'time': '09:00', 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'B'}",
    "B 03-03 09:00", "finished" },
  { "until-weekday", "2026-03-02 10:00",
    "'a': {'kind': 'wait_until', 'time': '09:00', 'weekdays': ['sat', 'wed'], 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'B'}",
    "B 03-04 09:00", "finished" },
  { "until-time-twice", "2026-03-02 10:00",
    "'a': {'kind': 'wait_until', 'time': '09:00', 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'A', 'next': 'c'},"
    "'c': {'kind': 'wait_until', 'time': '09:00', 'next': 'd'},"
    "'d': {'kind': 'message', 'message': 'B'}",
    "A 03-03 09:00, B 03-04 09:00", "finished" },
  { "a-day-and-until-time", "2026-03-02 08:00",
    "'a': {'kind': 'wait_until', 'time': '09:00', 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'A', 'next': 'c'},"
    "'c': {'kind': 'wait', 'days': 1, 'next': 'd'},"
    "'d': {'kind': 'wait_until', 'time': '09:00', 'next': 'e'},"
    "'e': {'kind': 'message', 'message': 'B'}",
    "A 03-02 09:00, B 03-03 09:00", "finished" },
  { "until-date", "2026-03-02 10:00",
    "'a': {'kind': 'wait_until', 'date': '2026-03-10 18:15', 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'B'}",
    "B 03-10 18:15", "finished" },
  { "until-date-that-is-over", "2026-03-02 10:00",
    "'a': {'kind': 'wait_until', 'date': '2026-03-01', 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'B'}",
    "B 03-02 10:00", "finished" },
  { "time-out", "2026-03-02 10:00",
    "'a': {'kind': 'wait_until', 'event': {'on': 'tag', 'name': 'x'}, 'days': 3, 'next': 'b',"
    "      'timeout': 'c'},"
    "'b': {'kind': 'message', 'message': 'B'}, 'c': {'kind': 'message', 'message': 'A'}",
    "A 03-05 10:00", "finished" },
  { "condition-yes", "2026-03-02 10:00",
    "'a': {'kind': 'condition', 'rule': {'field': 'first_name', 'op': 'is', 'value': 'ann'},"
    "      'yes': 'b', 'no': 'c'},"
    "'b': {'kind': 'message', 'message': 'B'}, 'c': {'kind': 'exit'}",
    "B 03-02 10:00", "finished" },
  { "condition-no", "2026-03-02 10:00",
    "'a': {'kind': 'condition', 'rule': {'field': 'first_name', 'op': 'is', 'value': 'bob'},"
    "      'yes': 'b', 'no': 'c'},"
    "'b': {'kind': 'message', 'message': 'B'}, 'c': {'kind': 'exit'}",
    "", "exit (c)" },
  { "goal-at-the-end", "2026-03-02 10:00",
    "'a': {'kind': 'message', 'message': 'A', 'next': 'g'}, 'g': {'kind': 'goal'}", "A 03-02 10:00",
    "goal (g)" },
  { "goal-by-rule", "2026-03-02 10:00",
    "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"
    "'w': {'kind': 'wait', 'days': 2, 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'B'},"
    "'g': {'kind': 'goal', 'rule': {'field': 'created', 'op': 'not_within_days', 'value': 1}}",
    "A 03-02 10:00 withheld:left", "goal (g)" },
};

static void
test_walk (RungsFixture *fixture,
           RungsDb      *db)
{
  for (guint i = 0; i < G_N_ELEMENTS (WALKS); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'name': '%s', 'start': 'a', 'steps': {%s}}",
                                               WALKS[i].name, WALKS[i].steps);
      g_autofree char *name = g_strdup_printf ("ann%u", i);
      g_autoptr (RungsLead) ann = NULL;
      gint64 lead;

      g_test_message ("%s", WALKS[i].name);
      if (i == 0)
        {
          rungs_shop_add_message (fixture, "A", TRUE);
          rungs_shop_add_message (fixture, "B", TRUE);
        }
      set_time (fixture, WALKS[i].start);
      lead = rungs_shop_add_lead (fixture, name);
      ann = rungs_lead_load (db, lead, NULL);
      rungs_lead_set (ann, "first_name", "Ann");
      rungs_lead_save (db, ann, rungs_fixture_now (fixture), NULL);
      g_assert_cmpstr (rungs_shop_enrol (fixture, lead, rungs_shop_add_sequence (fixture, json)),
                       ==, "ok");
      rungs_shop_run (fixture, 14);
      rungs_shop_assert_mails (fixture, lead, WALKS[i].mails);
      rungs_shop_assert_walks (fixture, lead, WALKS[i].walks);
    }
}

static void
test_zone_of_lead (RungsFixture *fixture,
                   RungsDb      *db)
{
  gint64 lead;
  gint64 other;
  gint64 sequence;

  rungs_shop_add_message (fixture, "A", TRUE);
  lead = rungs_shop_add_lead (fixture, "ann");
  other = rungs_shop_add_lead (fixture, "bob");
  rungs_lead_set_text (db, lead, "zone", "America/New_York", rungs_fixture_now (fixture), NULL);
  sequence =
      rungs_shop_add_steps (fixture, "'a': {'kind': 'wait_until', 'time': '09:00', 'next': 'b'},"
                                     "'b': {'kind': 'message', 'message': 'A'}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_enrol (fixture, other, sequence);
  rungs_shop_run (fixture, 3);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 15:00");
  rungs_shop_assert_mails (fixture, other, "A 03-03 09:00");
}

static void
test_actions (RungsFixture *fixture,
              RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 other = rungs_shop_add_sequence (fixture, "{'name': 'Other', 'start': 'a', 'steps': {"
                                                   "'a': {'kind': 'wait', 'days': 9}}}");
  gint64 third = rungs_shop_add_sequence (fixture, "{'name': 'Third', 'start': 'a', 'steps': {"
                                                   "'a': {'kind': 'wait', 'days': 9}}}");
  gint64 sequence = rungs_shop_add_steps (
      fixture,
      "'a': {'kind': 'action', 'add_tag': 'hot', 'next': 'b'},"
      "'b': {'kind': 'action', 'remove_tag': 'cold', 'next': 'c'},"
      "'c': {'kind': 'action', 'set_field': {'field': 'city', 'value': 'Rome'}, 'next': 'd'},"
      "'d': {'kind': 'action', 'add_score': 7, 'next': 'e'},"
      "'e': {'kind': 'action', 'task': {'title': 'Call back', 'days': 2}, 'next': 'f'},"
      "'f': {'kind': 'action', 'start': 'Other', 'next': 'g'},"
      "'g': {'kind': 'action', 'stop': 'Third', 'next': 'h'},"
      "'h': {'kind': 'action', 'start': 'Nowhere', 'next': 'i'},"
      "'i': {'kind': 'action', 'stop': 'S', 'next': 'j'},"
      "'j': {'kind': 'action', 'add_score': 100}");
  g_autoptr (RungsLead) after = NULL;

  rungs_shop_tag (fixture, lead, "cold");
  g_assert_cmpstr (rungs_shop_enrol (fixture, lead, third), ==, "ok");
  g_assert_cmpstr (rungs_shop_enrol (fixture, lead, sequence), ==, "ok");
  rungs_shop_run (fixture, 0);

  after = rungs_lead_load (db, lead, NULL);
  g_assert_cmpstr (after->city, ==, "Rome");
  g_assert_cmpint (after->score, ==, 7);
  g_assert_cmpint (rungs_fixture_number (fixture,
                                         "SELECT count(*) FROM lead_tag x JOIN tag t ON t.id = "
                                         "x.tag WHERE t.name = 'hot'"),
                   ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM lead_tag"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture,
                                         "SELECT count(*) FROM event WHERE kind = 'task.asked'"
                                         " AND json_extract (detail, '$.days') = 2"),
                   ==, 1);
  g_assert_cmpint (other, >, 0);
  rungs_shop_assert_walks (fixture, lead, "stopped (enrolment:2), stopped (enrolment:2), a");
}

/* 1,000 leads go two ways by 3 to 1, and the same way each time they are asked. */
static void
test_split (RungsFixture *fixture,
            RungsDb      *db)
{
  gint64 sequence = rungs_shop_add_steps (
      fixture, "'a': {'kind': 'split', 'branches': [{'weight': 3, 'next': 'b'}, {'next': 'c'}]},"
               "'b': {'kind': 'wait', 'days': 1}, 'c': {'kind': 'wait', 'days': 1}");
  gint64 many;

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%d", i);

      rungs_shop_enrol (fixture, rungs_shop_add_lead (fixture, name), sequence);
    }
  rungs_shop_run (fixture, 0);
  many = rungs_fixture_number (fixture, "SELECT count(*) FROM enrolment WHERE step = 'b'");
  g_assert_cmpint (many, >, 700);
  g_assert_cmpint (many, <, 800);
  g_assert_cmpint (
      rungs_fixture_number (fixture, "SELECT count(*) FROM enrolment WHERE step = 'c'"), ==,
      1000 - many);
}

/* The program was closed while waits ended. */
static void
test_late (RungsFixture *fixture,
           RungsDb      *db)
{
  gint64 lead;
  gint64 sequence;
  guint advanced;

  rungs_shop_add_message (fixture, "A", TRUE);
  rungs_shop_add_message (fixture, "B", TRUE);
  lead = rungs_shop_add_lead (fixture, "ann");
  sequence = rungs_shop_add_steps (fixture, "'a': {'kind': 'wait', 'days': 1, 'next': 'b'},"
                                            "'b': {'kind': 'message', 'message': 'A', 'next': 'c'},"
                                            "'c': {'kind': 'wait', 'days': 1, 'next': 'd'},"
                                            "'d': {'kind': 'message', 'message': 'B'}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_run (fixture, 0);

  /* eight hours late: the plan stays; five days late: it moves on, and nothing leaves at once */
  set_time (fixture, "2026-03-03 18:00");
  g_assert_true (rungs_sequences_advance (db, rungs_fixture_now (fixture), 100, &advanced, NULL));
  rungs_shop_assert_mails (fixture, lead, "A 03-03 18:00");
  rungs_shop_run (fixture, 3);
  rungs_shop_assert_mails (fixture, lead, "A 03-03 18:00, B 03-04 10:00");

  lead = rungs_shop_add_lead (fixture, "bob");
  set_time (fixture, "2026-03-10 10:00");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_run (fixture, 0);
  set_time (fixture, "2026-03-16 12:00");
  rungs_shop_run (fixture, 3);
  rungs_shop_assert_mails (fixture, lead, "A 03-16 12:00, B 03-17 12:00");
}

/* Two times of day are over when the program opens: one message leaves,
 * the other when its time comes again. */
static void
test_late_between_times (RungsFixture *fixture,
                         RungsDb      *db)
{
  gint64 lead;
  gint64 sequence;

  rungs_shop_add_message (fixture, "A", TRUE);
  rungs_shop_add_message (fixture, "B", TRUE);
  lead = rungs_shop_add_lead (fixture, "ann");
  sequence =
      rungs_shop_add_steps (fixture, "'a': {'kind': 'wait_until', 'time': '09:00', 'next': 'b'},"
                                     "'b': {'kind': 'message', 'message': 'A', 'next': 'c'},"
                                     "'c': {'kind': 'wait_until', 'time': '15:00', 'next': 'd'},"
                                     "'d': {'kind': 'message', 'message': 'B', 'next': 'e'},"
                                     "'e': {'kind': 'wait', 'minutes': 5, 'next': 'f'},"
                                     "'f': {'kind': 'message', 'message': 'A'}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_run (fixture, 0);
  set_time (fixture, "2026-03-03 20:00");
  rungs_shop_run (fixture, 0);
  set_time (fixture, "2026-03-04 15:09");
  rungs_shop_run (fixture, 1);
  rungs_shop_assert_mails (fixture, lead, "A 03-03 20:00, B 03-04 15:09, A 03-04 15:14");
}

static void
test_paused (RungsFixture *fixture,
             RungsDb      *db)
{
  gint64 lead;
  gint64 sequence;
  gint64 due;
  guint advanced = 1;

  rungs_shop_add_message (fixture, "A", TRUE);
  lead = rungs_shop_add_lead (fixture, "ann");
  sequence = rungs_shop_add_steps (fixture, "'a': {'kind': 'message', 'message': 'A'}");
  g_assert_true (rungs_sequence_pause (db, sequence, NULL));
  g_assert_cmpstr (rungs_shop_enrol (fixture, lead, sequence), ==, "ok");

  g_assert_true (rungs_sequences_next_due (db, &due, NULL));
  g_assert_cmpint (due, ==, G_MAXINT64);
  g_assert_true (rungs_sequences_advance (db, G_MAXINT64 / 2, 100, &advanced, NULL));
  g_assert_cmpint (advanced, ==, 0);

  g_assert_true (rungs_sequence_start (db, sequence, rungs_fixture_now (fixture), NULL));
  rungs_shop_run (fixture, 1);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00");
}

static void
test_owner_is_not_walked_on (RungsFixture *fixture,
                             RungsDb      *db)
{
  gint64 product = rungs_fixture_add_product (fixture, "BOOK", 1000);
  gint64 lead;
  gint64 sequence;

  rungs_shop_add_message (fixture, "A", TRUE);
  lead = rungs_shop_add_lead (fixture, "ann");
  sequence =
      rungs_shop_add_sequence (fixture, "{'name': 'S', 'sells': 'BOOK', 'start': 'a', 'steps': {"
                                        "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"
                                        "'w': {'kind': 'wait', 'days': 1, 'next': 'b'},"
                                        "'b': {'kind': 'message', 'message': 'A'}}}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_run (fixture, 0);

  /* bought while nobody followed: as when a bundle got a new part */
  rungs_fixture_add_order (fixture, lead, product);
  rungs_fixture_run (fixture, "INSERT INTO cursor (name, event) VALUES ('sequences', 1000)"
                              " ON CONFLICT (name) DO UPDATE SET event = 1000");
  rungs_shop_run (fixture, 2);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00 withheld:owned");
  rungs_shop_assert_walks (fixture, lead, "bought (owns it)");
}

static void
test_message_is_gone (RungsFixture *fixture,
                      RungsDb      *db)
{
  gint64 lead;
  gint64 sequence;

  rungs_shop_add_message (fixture, "A", TRUE);
  lead = rungs_shop_add_lead (fixture, "ann");
  sequence = rungs_shop_add_steps (fixture, "'a': {'kind': 'message', 'message': 'A'}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_fixture_run (fixture, "DELETE FROM message");
  rungs_shop_run (fixture, 0);
  rungs_shop_assert_walks (fixture, lead, "error (Step “a”: there is no message “A”)");
}

static char *
history_of (RungsDb *db,
            gint64   enrolment)
{
  g_autoptr (GPtrArray) steps = rungs_enrolment_history (db, enrolment, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      RungsEnrolmentStep *step = g_ptr_array_index (steps, i);

      g_string_append_printf (text, "%s%d %s %s", i > 0 ? ", " : "", (int) step->visit, step->step,
                              step->result);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_history_and_counts (RungsFixture *fixture,
                         RungsDb      *db)
{
  g_autoptr (RungsSequence) counts = NULL;
  g_autoptr (GHashTable) steps = NULL;
  g_autoptr (GPtrArray) there = NULL;
  g_autofree char *history = NULL;
  RungsSequenceStepCounts *step;
  gint64 sequence;

  rungs_shop_add_message (fixture, "A", TRUE);
  sequence = rungs_shop_add_steps (
      fixture,
      "'a': {'kind': 'message', 'message': 'A', 'next': 'c'},"
      "'c': {'kind': 'condition', 'rule': {'field': 'email', 'op': 'contains', 'value': 'ann'},"
      "      'yes': 'w', 'no': 'x'},"
      "'w': {'kind': 'wait', 'days': 1, 'next': 'v'}, 'v': {'kind': 'wait', 'days': 1},"
      "'x': {'kind': 'exit'}");
  rungs_shop_enrol (fixture, rungs_shop_add_lead (fixture, "ann"), sequence);
  rungs_shop_enrol (fixture, rungs_shop_add_lead (fixture, "bob"), sequence);
  rungs_shop_run (fixture, 1);

  history = history_of (db, 1);
  g_assert_cmpstr (history, ==, "1 a planned, 2 c yes, 3 w next, 4 v ");

  rungs_fixture_run (fixture, "UPDATE outbox SET state = 'sent'");
  counts = rungs_sequence_load (db, sequence, NULL);
  g_assert_cmpint (counts->active, ==, 1);
  g_assert_cmpint (counts->exited, ==, 1);
  g_assert_cmpint (counts->finished, ==, 0);
  g_assert_cmpint (counts->sent, ==, 2);

  steps = rungs_sequence_step_counts (db, sequence, NULL);
  step = g_hash_table_lookup (steps, "a");
  g_assert_cmpint (step->walked, ==, 2);
  g_assert_cmpint (step->sent, ==, 2);
  step = g_hash_table_lookup (steps, "v");
  g_assert_cmpint (step->waiting, ==, 1);

  there = rungs_enrolment_list_at_step (db, sequence, "v", 0, 10, NULL);
  g_assert_cmpint (there->len, ==, 1);
  g_assert_cmpstr (((RungsEnrolment *) g_ptr_array_index (there, 0))->lead_name, ==, "ann");
}

static void
test_plan (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autoptr (RungsStatement) query =
      rungs_db_prepare (db,
                        "EXPLAIN QUERY PLAN"
                        " SELECT e.id FROM enrolment e JOIN sequence s ON s.id = +e.sequence"
                        "  JOIN lead l ON l.id = +e.lead"
                        " WHERE e.outcome IS NULL AND e.due_at <= 5 AND s.state = 'live'"
                        " ORDER BY e.due_at, e.id LIMIT 5",
                        NULL);

  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  g_assert_nonnull (strstr (rungs_statement_get_text (query, 3), "enrolment_due (due_at<?)"));
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    g_assert_null (strstr (rungs_statement_get_text (query, 3), "TEMP B-TREE"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  rungs_fixture_add_test ("/sequences/advance/walk", test_walk);
  rungs_fixture_add_test ("/sequences/advance/zone", test_zone_of_lead);
  rungs_fixture_add_test ("/sequences/advance/actions", test_actions);
  rungs_fixture_add_test ("/sequences/advance/split", test_split);
  rungs_fixture_add_test ("/sequences/advance/late", test_late);
  rungs_fixture_add_test ("/sequences/advance/late-times", test_late_between_times);
  rungs_fixture_add_test ("/sequences/advance/paused", test_paused);
  rungs_fixture_add_test ("/sequences/advance/owner", test_owner_is_not_walked_on);
  rungs_fixture_add_test ("/sequences/advance/message-gone", test_message_is_gone);
  rungs_fixture_add_test ("/sequences/advance/history", test_history_and_counts);
  rungs_fixture_add_test ("/sequences/advance/plan", test_plan);
  return g_test_run ();
}
