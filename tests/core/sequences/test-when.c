/* test-when.c: what happens when: one test for each row of docs/what-happens-when.md that no other
 * test holds, and no row without a test. */

#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "leads/rungs-tag-store.h"
#include "mail/rungs-outbox-private.h"
#include "rungs-shop.h"
#include "segments/rungs-segment-store.h"
#include "segments/rungs-segments-follow.h"
#include "sequences/rungs-sequence-store.h"
#include "sequences/rungs-sequences-advance.h"

/* The clock begins on Monday, 2 March 2026, 10:00 in Berlin. */

#define NEWS "'entry': {'triggers': [{'on': 'tag', 'name': 'news'}]%s},"
#define TWO_MESSAGES                                                   \
  "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"             \
  "'w': {'kind': 'wait', 'days': 2, 'next': 'b'},"                     \
  "'b': {'kind': 'message', 'message': 'B'}"

/* Messages that can leave, and an account by which they do. */
static void
add_messages (RungsFixture *fixture)
{
  rungs_shop_add_message (fixture, "A", TRUE);
  rungs_shop_add_message (fixture, "B", TRUE);
  rungs_shop_add_message (fixture, "C", TRUE);
  rungs_fixture_run (fixture, "INSERT INTO message_version (message, subject, blocks, created_at)"
                              " SELECT id, 's', '[]', 0 FROM message");
  rungs_fixture_run (fixture, "UPDATE message SET version = id");
  rungs_fixture_run (fixture, "INSERT INTO account (uuid, name, kind, from_email, connections,"
                              "   is_default, created_at)"
                              " VALUES ('u', 'Real', 'smtp', 'shop@business.example', 2, 1, 0)");
}

static gint64
add_sequence (RungsFixture *fixture,
              const char   *name,
              const char   *members,
              const char   *steps)
{
  g_autofree char *json = g_strdup_printf ("{'name': '%s', %s 'start': 'a', 'steps': {%s}}", name,
                                           members, steps);

  return rungs_shop_add_sequence (fixture, json);
}

static void
set_time (RungsFixture *fixture,
          const char   *local)
{
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");
  gint64 now;

  g_assert_true (rungs_time_parse (local, zone, &now, NULL));
  rungs_clock_set (fixture->clock, now);
}

/* Lets leave what may leave now. */
static void
send (RungsFixture *fixture)
{
  g_autoptr (RungsAccount) account = rungs_account_load (fixture->db, 1, NULL);
  g_autoptr (GPtrArray) claims
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
  RungsOutboxTurn turn = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_outbox_claim (fixture->db, account, 100, rungs_fixture_now (fixture), claims, &turn,
                      &error);
  g_assert_no_error (error);
  rungs_fixture_run (fixture, "UPDATE outbox SET state = 'sent', ended_at = claimed_at"
                              " WHERE state = 'claimed'");
}

/* How many are in that state for that reason. */
static gint64
count (RungsFixture *fixture,
       const char   *state)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM outbox WHERE state || iif (reason = '', '', ':' || reason) = '%s'",
    state);

  return rungs_fixture_number (fixture, sql);
}

/* ---- coming and going */

static void
test_again_while_inside (RungsFixture *fixture,
                         RungsDb      *db)
{
  g_autofree char *entry = g_strdup_printf (NEWS, ", 'reentry': 'after_end'");
  gint64 lead = rungs_shop_add_lead (fixture, "ann");

  add_messages (fixture);
  add_sequence (fixture, "S", entry, TWO_MESSAGES);
  rungs_shop_tag (fixture, lead, "news");
  rungs_shop_run (fixture, 1);
  rungs_fixture_run (fixture, "DELETE FROM lead_tag");
  rungs_shop_tag (fixture, lead, "news");
  rungs_shop_run (fixture, 30);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00, B 03-04 10:00");
  rungs_shop_assert_walks (fixture, lead, "finished");
}

static void
test_by_hand_while_inside (RungsFixture *fixture,
                           RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 sequence;

  add_messages (fixture);
  sequence = add_sequence (fixture, "S", "'entry': {'reentry': 'after_end'},", TWO_MESSAGES);
  g_assert_cmpstr (rungs_shop_enrol (fixture, lead, sequence), ==, "ok");
  rungs_shop_run (fixture, 1);
  g_assert_cmpstr (rungs_shop_enrol (fixture, lead, sequence), ==, "active");
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00");
}

static void
test_again_after_the_end (RungsFixture *fixture,
                          RungsDb      *db)
{
  static const char *const REENTRIES[]
    = { "", ", 'reentry': 'after_end'", ", 'reentry': {'after_days': 10}" };
  gint64 lead = rungs_shop_add_lead (fixture, "ann");

  add_messages (fixture);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *entry = g_strdup_printf (NEWS, REENTRIES[i]);
      const char name[] = { (char) ('P' + i), '\0' };

      add_sequence (fixture, name, entry, "'a': {'kind': 'message', 'message': 'A'}");
    }
  /* on the days 0, 5 and 15 */
  for (int i = 0; i < 3; i++)
    {
      rungs_shop_tag (fixture, lead, "news");
      rungs_shop_run (fixture, i == 0 ? 5 : 10);
      rungs_fixture_run (fixture, "DELETE FROM lead_tag");
    }
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM enrolment"
                                                  " WHERE sequence = 1"),
                   ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM enrolment"
                                                  " WHERE sequence = 2"),
                   ==, 3);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM enrolment"
                                                  " WHERE sequence = 3"),
                   ==, 2);
}

static void
test_segment_left (RungsFixture *fixture,
                   RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  g_autoptr (GError) error = NULL;

  add_messages (fixture);
  rungs_segment_create (db, "Romans", NULL,
                        "{\"field\": \"tag\", \"op\": \"has\", \"value\": \"rome\"}",
                        rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
  add_sequence (fixture, "S", "'entry': {'triggers': [{'on': 'segment', 'segment': 'romans'}]},",
                TWO_MESSAGES);
  rungs_shop_tag (fixture, lead, "rome");
  g_assert_true (rungs_segments_follow (db, rungs_fixture_now (fixture), NULL));
  rungs_shop_run (fixture, 1);
  g_assert_true (rungs_lead_remove_tag (db, lead, rungs_tag_ensure (db, "rome", NULL),
                                        rungs_fixture_now (fixture), NULL));
  g_assert_true (rungs_segments_follow (db, rungs_fixture_now (fixture), NULL));
  rungs_shop_run (fixture, 5);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM event"
                                                  " WHERE kind = 'segment.left'"),
                   ==, 1);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00, B 03-04 10:00");
}

static void
test_goal_met_early (RungsFixture *fixture,
                     RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 sequence;

  add_messages (fixture);
  sequence = rungs_shop_add_steps (
    fixture, TWO_MESSAGES ", 'g': {'kind': 'goal', 'event': {'on': 'tag', 'name': 'won'}}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_run (fixture, 1);
  rungs_shop_tag (fixture, lead, "won");
  rungs_shop_run (fixture, 10);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00 withheld:left");
  rungs_shop_assert_walks (fixture, lead, "goal (event)");
}

static void
test_two_sequences (RungsFixture *fixture,
                    RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");

  add_messages (fixture);
  rungs_shop_enrol (fixture, lead, add_sequence (fixture, "S", "", TWO_MESSAGES));
  rungs_shop_enrol (fixture, lead, add_sequence (fixture, "T", "", TWO_MESSAGES));
  rungs_shop_run (fixture, 0);
  send (fixture);
  g_assert_cmpint (count (fixture, "sent"), ==, 2);

  rungs_fixture_run (fixture, "UPDATE business SET cap_messages = 3, cap_days = 7");
  rungs_shop_run (fixture, 2);
  send (fixture);
  g_assert_cmpint (count (fixture, "sent"), ==, 3);
  g_assert_cmpint (count (fixture, "planned:cap"), ==, 1);
  rungs_fixture_pass (fixture, 5 * RUNGS_DAY + RUNGS_SECOND);
  send (fixture);
  g_assert_cmpint (count (fixture, "sent"), ==, 4);
}

/* ---- buying */

static gint64
begin_to_sell (RungsFixture *fixture,
               gint64        lead)
{
  gint64 sequence;

  add_messages (fixture);
  sequence = add_sequence (fixture, "S", "'sells': 'BOOK', 'entry': {'reentry': 'after_end'},",
                           TWO_MESSAGES);
  g_assert_cmpstr (rungs_shop_enrol (fixture, lead, sequence), ==, "ok");
  rungs_shop_run (fixture, 1);
  return sequence;
}

static void
test_bought (RungsFixture *fixture,
             RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 book = rungs_fixture_add_product (fixture, "BOOK", 1000);

  begin_to_sell (fixture, lead);
  rungs_fixture_add_order (fixture, lead, book);
  rungs_shop_run (fixture, 10);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00 withheld:owned");
  rungs_shop_assert_walks (fixture, lead, "bought (event)");
}

static void
test_bundle_bought (RungsFixture *fixture,
                    RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 box;

  rungs_fixture_add_product (fixture, "BOOK", 1000);
  box = rungs_fixture_add_product (fixture, "BOX", 2000);
  rungs_fixture_run (fixture, "INSERT INTO product_part (bundle, part) VALUES (2, 1)");
  rungs_fixture_run (fixture, "INSERT INTO product_holds (whole, part) VALUES (2, 1)");
  begin_to_sell (fixture, lead);
  rungs_fixture_add_order (fixture, lead, box);
  rungs_shop_run (fixture, 10);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00 withheld:owned");
  rungs_shop_assert_walks (fixture, lead, "bought (event)");
}

static void
give_back (RungsFixture *fixture)
{
  rungs_fixture_run (fixture, "INSERT INTO refund (id, sales_order, at, created_at)"
                              " VALUES (1, 1, 0, 0)");
  rungs_fixture_run (fixture, "INSERT INTO refund_line (refund, order_line, amount)"
                              " SELECT 1, id, amount FROM order_line");
}

static void
test_refunded (RungsFixture *fixture,
               RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 book = rungs_fixture_add_product (fixture, "BOOK", 1000);
  gint64 sequence = begin_to_sell (fixture, lead);

  rungs_fixture_add_order (fixture, lead, book);
  rungs_shop_run (fixture, 1);
  g_assert_cmpstr (rungs_shop_enrol (fixture, lead, sequence), ==, "owns");
  give_back (fixture);
  rungs_shop_run (fixture, 10);
  rungs_shop_assert_walks (fixture, lead, "bought (event)");
  g_assert_cmpstr (rungs_shop_enrol (fixture, lead, sequence), ==, "ok");
}

static void
test_bought_again (RungsFixture *fixture,
                   RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 book = rungs_fixture_add_product (fixture, "BOOK", 1000);
  gint64 sequence = begin_to_sell (fixture, lead);

  rungs_fixture_add_order (fixture, lead, book);
  rungs_shop_run (fixture, 1);
  give_back (fixture);
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_run (fixture, 1);
  rungs_fixture_add_order (fixture, lead, book);
  rungs_shop_run (fixture, 10);
  rungs_shop_assert_walks (fixture, lead, "bought (event), bought (event)");
  g_assert_cmpint (count (fixture, "withheld:owned"), ==, 2);
}

/* ---- time */

static void
test_three_dates_over (RungsFixture *fixture,
                       RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 sequence;

  add_messages (fixture);
  sequence = rungs_shop_add_steps (
    fixture, "'a': {'kind': 'wait_until', 'date': '2026-02-01', 'next': 'b'},"
             "'b': {'kind': 'message', 'message': 'A', 'next': 'c'},"
             "'c': {'kind': 'wait_until', 'date': '2026-02-20', 'next': 'd'},"
             "'d': {'kind': 'message', 'message': 'A', 'next': 'e'},"
             "'e': {'kind': 'wait_until', 'date': '2026-03-01 09:59', 'next': 'f'},"
             "'f': {'kind': 'message', 'message': 'A', 'next': 'g'},"
             "'g': {'kind': 'wait', 'hours': 2, 'next': 'h'},"
             "'h': {'kind': 'message', 'message': 'B'}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_run (fixture, 0);
  send (fixture);
  g_assert_cmpint (count (fixture, "withheld:late"), ==, 3);
  g_assert_cmpint (count (fixture, "sent"), ==, 0);
  rungs_shop_run (fixture, 1);
  send (fixture);
  g_assert_cmpint (count (fixture, "sent"), ==, 1);
  rungs_shop_assert_walks (fixture, lead, "finished");
}

static void
test_off_for_a_week (RungsFixture *fixture,
                     RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");

  add_messages (fixture);
  for (int i = 0; i < 5; i++)
    {
      const char name[] = { (char) ('P' + i), '\0' };

      rungs_shop_enrol (fixture, lead,
                        add_sequence (fixture, name, "",
                                      "'a': {'kind': 'wait', 'days': 1, 'next': 'b'},"
                                      "'b': {'kind': 'message', 'message': 'A', 'next': 'c'},"
                                      "'c': {'kind': 'wait', 'days': 2, 'next': 'd'},"
                                      "'d': {'kind': 'message', 'message': 'B'}"));
    }
  rungs_shop_run (fixture, 0);
  /* off from Monday to the Monday after */
  set_time (fixture, "2026-03-09 10:30");
  rungs_shop_run (fixture, 0);
  send (fixture);
  g_assert_cmpint (count (fixture, "sent"), ==, 1);
  g_assert_cmpint (count (fixture, "planned:spaced"), ==, 4);
  for (int day = 1; day < 5; day++)
    {
      rungs_fixture_pass (fixture, RUNGS_DAY);
      send (fixture);
      g_assert_cmpint (count (fixture, "sent"), ==, 1 + day);
    }
  /* what follows is two days after the walk went on */
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM enrolment"
                                                  " WHERE step = 'c' AND due_at - arrived_at"
                                                  "   = 2 * 86400000"),
                   ==, 5);
}

static void
test_later_than_its_step_allows (RungsFixture *fixture,
                                 RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 sequence;

  add_messages (fixture);
  sequence = rungs_shop_add_steps (
    fixture, "'a': {'kind': 'wait', 'days': 1, 'next': 'b'},"
             "'b': {'kind': 'message', 'message': 'A', 'late': {'hours': 6, 'days': 3},"
             "      'next': 'c'},"
             "'c': {'kind': 'message', 'message': 'B', 'late': {'days': 6}}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_run (fixture, 0);
  set_time (fixture, "2026-03-07 10:00");
  rungs_shop_run (fixture, 0);
  send (fixture);
  g_assert_cmpint (count (fixture, "withheld:late"), ==, 1);
  g_assert_cmpint (count (fixture, "sent"), ==, 1);
  rungs_shop_assert_walks (fixture, lead, "finished");
}

static void
test_clock_set_back (RungsFixture *fixture,
                     RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");

  add_messages (fixture);
  rungs_shop_enrol (fixture, lead, rungs_shop_add_steps (fixture, TWO_MESSAGES));
  rungs_shop_run (fixture, 0);
  send (fixture);
  set_time (fixture, "2025-03-02 10:00");
  rungs_shop_run (fixture, 0);
  send (fixture);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00 sent:");
  set_time (fixture, "2026-03-02 10:00");
  rungs_shop_run (fixture, 3);
  rungs_shop_assert_mails (fixture, lead, "A 03-02 10:00 sent:, B 03-04 10:00");
}

/* ---- the table */

static const struct
{
  const char *name;
  RungsFixtureFunc func;
} TESTS[] = {
  { "/when/again-while-inside", test_again_while_inside },
  { "/when/by-hand-while-inside", test_by_hand_while_inside },
  { "/when/again-after-the-end", test_again_after_the_end },
  { "/when/segment-left", test_segment_left },
  { "/when/goal-met-early", test_goal_met_early },
  { "/when/two-sequences", test_two_sequences },
  { "/when/bought", test_bought },
  { "/when/bundle-bought", test_bundle_bought },
  { "/when/refunded", test_refunded },
  { "/when/bought-again", test_bought_again },
  { "/when/three-dates-over", test_three_dates_over },
  { "/when/off-for-a-week", test_off_for_a_week },
  { "/when/later-than-its-step-allows", test_later_than_its_step_allows },
  { "/when/clock-set-back", test_clock_set_back },
};

/* Files with tests that rows name, beside this one. */
static const char *const OTHERS[] = {
  "tests/core/mail/test-outbox-time.c",
  "tests/core/sequences/test-lead-date.c",
  "tests/core/sequences/test-promises.c",
  "tests/core/sequences/test-publish.c",
  "tests/core/sequences/test-reply.c",
};

static char *
read_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, name, NULL);
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Whether a test of that name is in one of the files: as a whole, or as its last part in a table
 * or a macro. */
static gboolean
is_test (const char *name)
{
  g_autofree char *whole = g_strdup_printf ("\"%s\"", name);
  g_autofree char *last = g_strdup_printf ("\"%s\"", strrchr (name, '/') + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (TESTS); i++)
    if (strcmp (TESTS[i].name, name) == 0)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    {
      g_autofree char *text = read_file (OTHERS[i]);

      if (strstr (text, whole) != NULL || strstr (text, last) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_table (void)
{
  g_autofree char *text = read_file ("docs/what-happens-when.md");
  g_auto (GStrv) parts = g_strsplit (text, "`", -1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (TESTS); i++)
    if (!g_strv_contains ((const char *const *) parts, TESTS[i].name))
      g_error ("no row tells of %s", TESTS[i].name);
  for (guint i = 1; parts[i] != NULL; i += 2)
    if (!is_test (parts[i]))
      g_error ("there is no test %s", parts[i]);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] == '|' && !g_str_has_prefix (lines[i], "| when")
        && !g_str_has_prefix (lines[i], "| ---") && !g_str_has_suffix (lines[i], "` |"))
      g_error ("no test holds the row %s", lines[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (TESTS); i++)
    rungs_fixture_add_test (TESTS[i].name, TESTS[i].func);
  g_test_add_func ("/when/table", test_table);
  return g_test_run ();
}
