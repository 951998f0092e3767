/* test-publish.c: what happens to whom when a sequence is edited while leads walk it. */

#include "sequences/rungs-publish.h"

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "rungs-shop.h"
#include "sequences/rungs-enrolment-store.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-store.h"

/* All begin on Monday 2026-03-02 at 10:00, and are looked at a day later. */
#define A "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"
#define W(days) "'w': {'kind': 'wait', 'days': " days ", 'next': 'b'},"
#define B "'b': {'kind': 'message', 'message': 'B', 'next': 'v'},"
#define V "'v': {'kind': 'wait', 'days': 3, 'next': 'c'},"
#define C "'c': {'kind': 'message', 'message': 'C'}"

static char *
dump (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
      db,
      "SELECT group_concat (x, '; ') FROM ("
      "SELECT 'e ' || json_array (id, lead, sequence, version, step, visit, due_at, waits_for,"
      "   outcome, why, entered_at, arrived_at, ended_at, in_front, moved_by, stood) AS x"
      "  FROM enrolment"
      " UNION ALL SELECT 'q ' || json_array (id, name, sells, version, state) FROM sequence"
      " UNION ALL SELECT 'd ' || json_array (sequence, graph, based_on, updated_at)"
      "   FROM sequence_draft"
      " UNION ALL SELECT 's ' || json_array (enrolment, visit, step, at, result)"
      "   FROM enrolment_step"
      " UNION ALL SELECT 'o ' || json_array (id, lead, enrolment, step, visit, sells, state,"
      "   due_at, reason, ended_at) FROM outbox ORDER BY 1)",
      NULL);

  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  return rungs_statement_dup_text (query, 0);
}

typedef struct
{
  RungsFixture *f;
  gint64 sequence;
  gint64 lead;
} Walk;

/* A lead who entered the sequence of these steps a day ago. */
static Walk
begin (RungsFixture *f,
       const char   *steps)
{
  static const char *const MESSAGES[] = { "A", "B", "C", "X" };
  Walk walk = { .f = f };

  for (guint i = 0; i < G_N_ELEMENTS (MESSAGES); i++)
    rungs_shop_add_message (f, MESSAGES[i], TRUE);
  walk.lead = rungs_shop_add_lead (f, "ann");
  walk.sequence = rungs_shop_add_steps (f, steps);
  g_assert_cmpstr (rungs_shop_enrol (f, walk.lead, walk.sequence), ==, "ok");
  rungs_shop_run (f, 1);
  return walk;
}

static void
draft_json (Walk       *walk,
            const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;

  rungs_sequence_draft_save (walk->f->db, walk->sequence, text, rungs_fixture_now (walk->f),
                             &error);
  g_assert_no_error (error);
}

static void
draft (Walk       *walk,
       const char *steps)
{
  g_autofree char *json = g_strdup_printf ("{'name': 'S', 'start': 'a', 'steps': {%s}}", steps);

  draft_json (walk, json);
}

static RungsPublishPlan *
load_plan (Walk *walk)
{
  g_autoptr (GError) error = NULL;
  RungsPublishPlan *plan = rungs_publish_plan_load (walk->f->db, walk->sequence,
                                                    rungs_fixture_now (walk->f), &error);

  g_assert_no_error (error);
  return plan;
}

/* "w of 1: 12 → continue:w (3), …": the groups, and the ways that they go. */
static char *
describe (RungsPublishPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < plan->groups->len; i++)
    {
      const RungsPublishGroup *group = g_ptr_array_index (plan->groups, i);
      const RungsPublishWay *way = rungs_publish_group_get_way (group);
      g_autofree char *words = way ? rungs_publish_way_to_text (way) : g_strdup ("?");

      g_string_append_printf (text, "%s%s %d %s", text->len > 0 ? ", " : "", group->step,
                              (int) group->leads, words);
      if (way != NULL && way->at_once > 0)
        g_string_append_printf (text, " (%d at once)", (int) way->at_once);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Publishes; those at `step` (nullable) go `way`. `expected`: the plan. */
static void
publish (Walk       *walk,
         const char *expected,
         const char *step,
         const char *way)
{
  g_autoptr (RungsPublishPlan) plan = load_plan (walk);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (step != NULL)
    rungs_publish_plan_choose (plan, step, way, &error);
  g_assert_no_error (error);
  words = describe (plan);
  g_assert_cmpstr (words, ==, expected);
  rungs_publish_apply (walk->f->db, walk->sequence, plan, rungs_fixture_now (walk->f), &error);
  g_assert_no_error (error);
}

static RungsPublishUndone
undo (Walk *walk)
{
  g_autoptr (GError) error = NULL;
  RungsPublishUndone undone;

  rungs_publish_undo (walk->f->db, walk->sequence, rungs_fixture_now (walk->f), &undone, &error);
  g_assert_no_error (error);
  return undone;
}

/* Publishes, looks whether undoing leaves all as it was, publishes again and lets ten days pass. */
static void
publish_and_run (Walk       *walk,
                 const char *steps,
                 const char *expected,
                 const char *step,
                 const char *way)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  draft (walk, steps);
  before = dump (walk->f->db);
  publish (walk, expected, step, way);
  g_assert_cmpint (undo (walk).gone, ==, 0);
  after = dump (walk->f->db);
  g_assert_cmpstr (after, ==, before);
  publish (walk, expected, step, way);
  rungs_shop_run (walk->f, 10);
}

/* ---- steps that are added */

static void
test_added_before (RungsFixture *f,
                   RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk,
                   "'a': {'kind': 'message', 'message': 'A', 'next': 'x'},"
                   "'x': {'kind': 'message', 'message': 'X', 'next': 'w'}," W ("2") B V C,
                   "w 1 continue:w", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-04 10:00, C 03-07 10:00");
}

static void
test_added_at (RungsFixture *f,
               RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk,
                   A "'w': {'kind': 'wait', 'days': 2, 'next': 'x'},"
                     "'x': {'kind': 'message', 'message': 'X', 'next': 'b'}," B V C,
                   "w 1 continue:w", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead,
                           "A 03-02 10:00, X 03-04 10:00, B 03-04 10:00, C 03-07 10:00");
}

static void
test_added_after (RungsFixture *f,
                  RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk,
                   A W ("2") B "'v': {'kind': 'wait', 'days': 3, 'next': 'x'},"
                   "'x': {'kind': 'message', 'message': 'X', 'next': 'c'}," C,
                   "w 1 continue:w", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead,
                           "A 03-02 10:00, B 03-04 10:00, X 03-07 10:00, C 03-07 10:00");
}

/* ---- waits */

static void
test_wait_longer (RungsFixture *f,
                  RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk, A W ("4") B V C, "w 1 continue:w", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-06 10:00, C 03-09 10:00");
}

static void
test_wait_shorter (RungsFixture *f,
                   RungsDb      *db)
{
  Walk walk = begin (f, A W ("4") B V C);

  rungs_fixture_pass (f, 36 * RUNGS_HOUR);
  publish_and_run (&walk, A W ("2") B V C, "w 1 continue:w (1 at once)", NULL, NULL);
  /* what follows counts from now: nothing is made good by two messages at once */
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-04 22:00, C 03-07 22:00");
}

/* A time of day is kept: nobody goes on at once because another time has passed. */
static void
test_wait_time (RungsFixture *f,
                RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk,
                   A "'w': {'kind': 'wait_until', 'time': '09:00', 'next': 'b'}," B V C,
                   "w 1 continue:w", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-04 09:00, C 03-07 09:00");
}

static void
test_wait_again (RungsFixture *f,
                 RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk, A W ("4") B V C, "w 1 again:w", "w", "again");
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-07 10:00, C 03-10 10:00");
}

static void
test_wait_skipped (RungsFixture *f,
                   RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk, A W ("4") B V C, "w 1 go:b", "w", "go");
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-03 10:00, C 03-06 10:00");
}

/* What the timeline of the lead says of edits. */
static char *
tell_moves (Walk *walk)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
      walk->f->db,
      "SELECT coalesce (group_concat (kind || ' ' || detail, ', '), '') FROM event"
      " WHERE lead = :lead AND kind IN ('sequence.moved', 'sequence.left')",
      NULL);

  rungs_statement_bind_int64 (query, ":lead", walk->lead);
  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  return rungs_statement_dup_text (query, 0);
}

/* Who goes on from elsewhere or at another time is told of it, and again when it is taken back; who
 * waits on as before is not. */
static void
test_moves_are_told (RungsFixture *f,
                     RungsDb      *db)
{
  static const struct
  {
    const char *steps;
    const char *told;
  } CASES[] = {
    { A W ("2") B V "'c': {'kind': 'message', 'message': 'X'}", "" },
    { A W ("4") B V C, "sequence.moved S" },
    { A "'w': {'kind': 'wait', 'days': 4, 'next': 'c'}," C,
      "sequence.moved S, sequence.moved S, sequence.moved S" },
    { "'a': {'kind': 'message', 'message': 'A', 'next': 'c'}," C,
      "sequence.moved S, sequence.moved S, sequence.moved S, sequence.moved S, sequence.moved S" },
  };
  Walk walk = begin (f, A W ("2") B V C);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *told = NULL;
      RungsPublishUndone undone;
      g_autoptr (GError) error = NULL;

      draft (&walk, CASES[i].steps);
      rungs_publish_apply (db, walk.sequence, NULL, rungs_fixture_now (f), &error);
      g_assert_no_error (error);
      told = tell_moves (&walk);
      g_assert_cmpstr (told, ==, CASES[i].told);
      g_assert_true (rungs_publish_undo (db, walk.sequence, rungs_fixture_now (f), &undone,
                                         &error));
      g_assert_true (rungs_sequence_draft_discard (db, walk.sequence, &error));
    }
}

static void
test_wait_removed (RungsFixture *f,
                   RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk, "'a': {'kind': 'message', 'message': 'A', 'next': 'b'}," B V C,
                   "w 1 go:b", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-03 10:00, C 03-06 10:00");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM enrolment_step"
                                            " WHERE step = 'w' AND result = 'edited'"),
                   ==, 1);
}

/* What follows is gone too: the next that is there. */
static void
test_wait_and_message_removed (RungsFixture *f,
                               RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk, "'a': {'kind': 'message', 'message': 'A', 'next': 'v'}," V C, "w 1 go:v",
                   NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, C 03-06 10:00");
}

/* Deleted and made anew: the time that they waited counts. */
static void
test_wait_replaced (RungsFixture *f,
                    RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk,
                   "'a': {'kind': 'message', 'message': 'A', 'next': 'n'},"
                   "'n': {'kind': 'wait', 'days': 3, 'next': 'b'}," B V C,
                   "w 1 continue:n", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-05 10:00, C 03-08 10:00");
}

static void
test_last_wait_removed (RungsFixture *f,
                        RungsDb      *db)
{
  Walk walk = begin (f, A "'w': {'kind': 'wait', 'days': 2}");

  publish_and_run (&walk, "'a': {'kind': 'message', 'message': 'A'}", "w 1 go", NULL, NULL);
  rungs_shop_assert_walks (f, walk.lead, "finished (publish:3)");
}

/* The event can lead to one step, its time-out to another. */
static void
test_wait_removed_unclear (RungsFixture *f,
                           RungsDb      *db)
{
  Walk walk = begin (f, A "'w': {'kind': 'wait_until', 'event': {'on': 'tag', 'name': 't'},"
                          "      'days': 5, 'next': 'b', 'timeout': 'c'}," B V C);
  g_autoptr (RungsPublishPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  draft (&walk, "'a': {'kind': 'message', 'message': 'A', 'next': 'b'}," B V C);
  plan = load_plan (&walk);
  g_assert_false (rungs_publish_plan_check (plan, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (
      rungs_publish_apply (db, walk.sequence, NULL, rungs_fixture_now (f), &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_publish_plan_choose (plan, "w", "go", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_publish_plan_choose (plan, "b", "end", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);

  publish_and_run (&walk, "'a': {'kind': 'message', 'message': 'A', 'next': 'b'}," B V C,
                   "w 1 go:c", "w", "go:c");
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, C 03-03 10:00");
}

/* Whoever was woken, and has not walked yet, goes on. */
static void
test_woken (RungsFixture *f,
            RungsDb      *db)
{
  Walk walk = begin (f, A "'w': {'kind': 'wait_until', 'event': {'on': 'tag', 'name': 't'},"
                          "      'days': 5, 'next': 'b', 'timeout': 'c'}," B V C);

  rungs_shop_tag (f, walk.lead, "t");
  rungs_shop_follow (f);
  publish_and_run (&walk,
                   A "'w': {'kind': 'wait_until', 'event': {'on': 'tag', 'name': 'u'},"
                     "      'days': 9, 'next': 'b', 'timeout': 'c'}," B V C,
                   "w 1 continue:w (1 at once)", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-03 10:00, C 03-06 10:00");
}

/* ---- conditions, messages */

static void
test_condition_changed (RungsFixture *f,
                        RungsDb      *db)
{
  Walk walk = begin (f, A "'w': {'kind': 'wait', 'days': 2, 'next': 'q'},"
                          "'q': {'kind': 'condition', 'rule': {'field': 'tag', 'op': 'has',"
                          "      'value': 't'}, 'yes': 'b', 'no': 'c'}," B V C);

  rungs_shop_tag (f, walk.lead, "u");
  publish_and_run (&walk,
                   A "'w': {'kind': 'wait', 'days': 2, 'next': 'q'},"
                     "'q': {'kind': 'condition', 'rule': {'field': 'tag', 'op': 'has',"
                     "      'value': 'u'}, 'yes': 'b', 'no': 'c'}," B V C,
                   "w 1 continue:w", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-04 10:00, C 03-07 10:00");
}

/* It is planned and has not left: it leaves no more. What another step planned leaves. */
static void
test_message_removed (RungsFixture *f,
                      RungsDb      *db)
{
  Walk walk = begin (f, "'a': {'kind': 'message', 'message': 'A', 'next': 'x'},"
                        "'x': {'kind': 'message', 'message': 'X', 'next': 'w'}," W ("2") B V C);
  g_autoptr (RungsPublishPlan) plan = NULL;

  draft (&walk, A W ("2") B V C);
  plan = load_plan (&walk);
  g_assert_cmpint (rungs_publish_plan_count_withheld (plan), ==, 1);
  publish_and_run (&walk, A W ("2") B V C, "w 1 continue:w", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead,
                           "A 03-02 10:00, X 03-02 10:00 withheld:edited, B 03-04 10:00,"
                           " C 03-07 10:00");
}

/* Moved behind the wait, or made anew there: who had it does not get it again. */
static void
test_message_moved (RungsFixture *f,
                    RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk,
                   "'a': {'kind': 'wait', 'minutes': 1, 'next': 'w'},"
                   "'w': {'kind': 'wait', 'days': 2, 'next': 'y'},"
                   "'y': {'kind': 'message', 'message': 'A', 'next': 'b'}," B V C,
                   "w 1 continue:w", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead,
                           "A 03-02 10:00 withheld:edited, A 03-04 10:00, B 03-04 10:00,"
                           " C 03-07 10:00");
}

static void
test_message_had (RungsFixture *f,
                  RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  rungs_fixture_run (f, "UPDATE outbox SET state = 'sent', ended_at = 1");
  publish_and_run (&walk,
                   "'a': {'kind': 'wait', 'minutes': 1, 'next': 'w'},"
                   "'w': {'kind': 'wait', 'days': 2, 'next': 'y'},"
                   "'y': {'kind': 'message', 'message': 'A', 'next': 'b'}," B V C,
                   "w 1 continue:w", NULL, NULL);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00 sent:, B 03-04 10:00, C 03-07 10:00");
}

/* ---- ends, older versions */

static void
test_ended (RungsFixture *f,
            RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  publish_and_run (&walk, A W ("4") B V C, "w 1 end", "w", "end");
  rungs_shop_assert_walks (f, walk.lead, "stopped (publish:3)");
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00 withheld:left");
}

static void
test_kept (RungsFixture *f,
           RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);
  gint64 other = rungs_shop_add_lead (f, "bob");

  publish_and_run (&walk, A W ("4") "'b': {'kind': 'exit'}", "w 1 keep", "w", "keep");
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-04 10:00, C 03-07 10:00");
  rungs_shop_enrol (f, other, walk.sequence);
  rungs_shop_run (f, 9);
  rungs_shop_assert_walks (f, other, "exit (b)");
}

/* Who was kept once is kept, unless the owner says otherwise. */
static void
test_kept_before (RungsFixture *f,
                  RungsDb      *db)
{
  Walk walk = begin (f, A W ("9") B V C);
  gint64 other = rungs_shop_add_lead (f, "bob");

  rungs_shop_add_steps (f, A W ("8") B V C);
  rungs_shop_enrol (f, other, walk.sequence);
  rungs_shop_run (f, 1);
  draft (&walk, A W ("7") B V C);
  publish (&walk, "w 1 continue:w, w 1 keep", NULL, NULL);
  draft (&walk, A W ("6") B V C);
  publish (&walk, "w 1 continue:w, w 1 continue:w", "w", "continue");
  rungs_shop_run (f, 9);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, B 03-08 10:00, C 03-11 10:00");
  rungs_shop_assert_mails (f, other, "A 03-03 10:00, B 03-09 10:00, C 03-12 10:00");
}

/* Before the first step, a lead enters the new version. */
static void
test_not_begun (RungsFixture *f,
                RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);
  gint64 other = rungs_shop_add_lead (f, "bob");

  rungs_shop_enrol (f, other, walk.sequence);
  draft_json (&walk, "{'name': 'S', 'start': 'x', 'steps': {'x': {'kind': 'message',"
                     "'message': 'X', 'next': 'a'}," A W ("2") B V C "}}");
  publish (&walk, "a 1 continue:x, w 1 continue:w", NULL, NULL);
  rungs_shop_run (f, 1);
  rungs_shop_assert_mails (f, other, "X 03-03 10:00, A 03-03 10:00");
}

/* ---- undo */

/* Two were moved; one walks on before it is taken back. */
static void
test_undo_later (RungsFixture *f,
                 RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);
  gint64 other = rungs_shop_add_lead (f, "bob");
  RungsPublishUndone undone;

  rungs_shop_enrol (f, other, walk.sequence);
  rungs_shop_run (f, 0);
  draft (&walk, A "'w': {'kind': 'wait', 'days': 2, 'next': 'x'},"
                  "'x': {'kind': 'message', 'message': 'X', 'next': 'v'}," V C);
  publish (&walk, "w 2 continue:w", NULL, NULL);
  rungs_shop_run (f, 1);
  undone = undo (&walk);
  g_assert_cmpint (undone.back, ==, 1);
  g_assert_cmpint (undone.gone, ==, 1);
  g_assert_cmpint (undone.number, ==, 1);
  rungs_shop_run (f, 10);
  rungs_shop_assert_mails (f, walk.lead, "A 03-02 10:00, X 03-04 10:00, C 03-07 10:00");
  rungs_shop_assert_mails (f, other, "A 03-03 10:00, B 03-05 10:00, C 03-08 10:00");
}

/* Publishing twice is taken back twice; then nothing is left to take back. */
static void
test_undo_twice (RungsFixture *f,
                 RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  RungsPublishUndone undone;
  gboolean can = TRUE;

  draft (&walk, "'a': {'kind': 'message', 'message': 'A', 'next': 'b'}," B V C);
  before = dump (db);
  publish (&walk, "w 1 go:b", NULL, NULL);
  draft (&walk, "'a': {'kind': 'message', 'message': 'A', 'next': 'v'}," V C);
  publish (&walk, "b 1 go:v", NULL, NULL);
  undo (&walk);
  rungs_sequence_draft_discard (db, walk.sequence, NULL);
  undo (&walk);
  after = dump (db);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (rungs_publish_can_undo (db, walk.sequence, &can, NULL));
  g_assert_false (can);
  /* what stood first was started */
  g_assert_false (rungs_publish_undo (db, walk.sequence, 1, &undone, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

/* Whose walk was ended, and who entered again since, keeps the new walk. */
static void
test_undo_entered_again (RungsFixture *f,
                         RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);

  draft_json (&walk, "{'name': 'S', 'entry': {'reentry': 'after_end'}, 'start': 'a', 'steps': {" A
                     W ("2") B V C "}}");
  publish (&walk, "w 1 end", "w", "end");
  rungs_fixture_pass (f, 2 * RUNGS_HOUR);
  g_assert_cmpstr (rungs_shop_enrol (f, walk.lead, walk.sequence), ==, "ok");
  g_assert_cmpint (undo (&walk).gone, ==, 1);
  rungs_shop_assert_walks (f, walk.lead, "stopped (publish:2), a");
}

static void
test_renamed (RungsFixture *f,
              RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);
  g_autoptr (RungsPublishPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  rungs_shop_add_sequence (f, "{'name': 'Other', 'start': 'a', 'steps': {'a': {'kind': 'exit'}}}");
  draft_json (&walk, "{'name': 'Other', 'start': 'a', 'steps': {" A W ("2") B V C "}}");
  plan = load_plan (&walk);
  g_assert_false (rungs_publish_plan_check (plan, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  draft_json (&walk, "{'name': 'T', 'start': 'a', 'steps': {" A W ("2") B V C "}}");
  publish (&walk, "w 1 continue:w", NULL, NULL);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM sequence WHERE name = 'T'"), ==,
                   1);
  undo (&walk);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM sequence WHERE name = 'S'"), ==,
                   1);
}

/* ---- what is refused */

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  Walk walk = begin (f, A W ("2") B V C);
  g_autoptr (RungsPublishPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (f);

  g_assert_null (rungs_publish_plan_load (db, walk.sequence, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  draft (&walk, A W ("2") B V C);
  g_assert_false (rungs_publish_apply (db, walk.sequence, NULL, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);

  draft_json (&walk, "{'name': 'S', 'steps': {}}");
  g_assert_false (rungs_publish_apply (db, walk.sequence, NULL, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);

  draft (&walk, A W ("3") B V C);
  plan = load_plan (&walk);
  draft (&walk, A W ("4") B V C);
  g_assert_false (rungs_publish_apply (db, walk.sequence, plan, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM sequence_version"), ==, 1);
}

/* The first version, of a sequence that was made in the window. */
static void
test_first (RungsFixture *f,
            RungsDb      *db)
{
  Walk walk = { .f = f, .lead = rungs_shop_add_lead (f, "ann") };
  g_autoptr (GError) error = NULL;
  RungsPublishUndone undone;

  rungs_shop_add_message (f, "A", TRUE);
  walk.sequence = rungs_sequence_create (db, "S", rungs_fixture_now (f), &error);
  draft (&walk, "'a': {'kind': 'message', 'message': 'A'}");
  publish (&walk, "", NULL, NULL);
  g_assert_cmpint (undo (&walk).number, ==, 0);
  g_assert_cmpstr (rungs_shop_enrol (f, walk.lead, walk.sequence), ==, "not-started");
  publish (&walk, "", NULL, NULL);
  g_assert_true (rungs_sequence_start (db, walk.sequence, rungs_fixture_now (f), &error));
  g_assert_false (
      rungs_publish_undo (db, walk.sequence, rungs_fixture_now (f), &undone, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_cmpstr (rungs_shop_enrol (f, walk.lead, walk.sequence), ==, "ok");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/publish/added-before", test_added_before);
  rungs_fixture_add_test ("/publish/added-at", test_added_at);
  rungs_fixture_add_test ("/publish/added-after", test_added_after);
  rungs_fixture_add_test ("/publish/wait-longer", test_wait_longer);
  rungs_fixture_add_test ("/publish/wait-shorter", test_wait_shorter);
  rungs_fixture_add_test ("/publish/wait-time", test_wait_time);
  rungs_fixture_add_test ("/publish/wait-again", test_wait_again);
  rungs_fixture_add_test ("/publish/wait-skipped", test_wait_skipped);
  rungs_fixture_add_test ("/publish/moves-are-told", test_moves_are_told);
  rungs_fixture_add_test ("/publish/wait-removed", test_wait_removed);
  rungs_fixture_add_test ("/publish/wait-and-message-removed", test_wait_and_message_removed);
  rungs_fixture_add_test ("/publish/wait-replaced", test_wait_replaced);
  rungs_fixture_add_test ("/publish/last-wait-removed", test_last_wait_removed);
  rungs_fixture_add_test ("/publish/wait-removed-unclear", test_wait_removed_unclear);
  rungs_fixture_add_test ("/publish/woken", test_woken);
  rungs_fixture_add_test ("/publish/condition-changed", test_condition_changed);
  rungs_fixture_add_test ("/publish/message-removed", test_message_removed);
  rungs_fixture_add_test ("/publish/message-moved", test_message_moved);
  rungs_fixture_add_test ("/publish/message-had", test_message_had);
  rungs_fixture_add_test ("/publish/ended", test_ended);
  rungs_fixture_add_test ("/publish/kept", test_kept);
  rungs_fixture_add_test ("/publish/kept-before", test_kept_before);
  rungs_fixture_add_test ("/publish/not-begun", test_not_begun);
  rungs_fixture_add_test ("/publish/undo-later", test_undo_later);
  rungs_fixture_add_test ("/publish/undo-twice", test_undo_twice);
  rungs_fixture_add_test ("/publish/undo-entered-again", test_undo_entered_again);
  rungs_fixture_add_test ("/publish/renamed", test_renamed);
  rungs_fixture_add_test ("/publish/refused", test_refused);
  rungs_fixture_add_test ("/publish/first", test_first);
  return g_test_run ();
}
