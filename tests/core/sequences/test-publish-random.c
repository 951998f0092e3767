/* test-publish-random.c: random sequences, random leads in them, random edits of them.
 *
 * Whatever is edited: publishing and taking it back at once leaves all rows as they were; nobody is
 * at a step that is not in the version they walk; nobody gets a message twice. */

#include "sequences/rungs-publish.h"

#include <string.h>

#include "db/rungs-statement.h"
#include "rungs-shop.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-store.h"

#define ROUNDS 60
#define EDITS 5
#define STEPS 9
#define LEADS 12

static char *
dump (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
      db,
      "SELECT group_concat (x, char (10)) FROM ("
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

/* ---- graphs */

/* A step that comes after `at` in the order; sometimes none, which is the end. */
static char *
random_target (GRand *rand,
               int   *order,
               int    n,
               int    at)
{
  int next = g_rand_int_range (rand, at + 1, n + 1);

  return next < n ? g_strdup_printf ("\"s%d\"", order[next]) : g_strdup ("null");
}

/* The step of that number: its next is the one after it in the order, so that all are reached. */
static char *
random_step (GRand *rand,
             int   *order,
             int    n,
             int    at)
{
  g_autofree char *next
    = at + 1 < n ? g_strdup_printf ("\"s%d\"", order[at + 1]) : g_strdup ("null");
  g_autofree char *other = random_target (rand, order, n, at);
  int number = g_rand_int_range (rand, 1, 4);
  int kind = g_rand_int_range (rand, 0, 8);

  switch (kind)
    {
    case 0:
    case 1:
      return g_strdup_printf ("{\"kind\":\"message\",\"message\":\"M%d\",\"next\":%s}",
                              order[at] % 7, next);
    case 2:
      return g_strdup_printf ("{\"kind\":\"wait_until\",\"time\":\"%02d:00\",\"next\":%s}",
                              8 + number, next);
    case 3:
      return g_strdup_printf ("{\"kind\":\"wait_until\","
                              "\"event\":{\"on\":\"tag\",\"name\":\"t%d\"},"
                              "\"days\":%d,\"next\":%s,\"timeout\":%s}",
                              number, number, next, other);
    case 4:
      return g_strdup_printf ("{\"kind\":\"split\",\"branches\":[{\"weight\":1,\"next\":%s},"
                              "{\"weight\":1,\"next\":%s}]}",
                              next, other);
    case 5:
      return g_strdup_printf ("{\"kind\":\"action\",\"add_tag\":\"t%d\",\"next\":%s}", number,
                              next);
    default:
      return g_strdup_printf ("{\"kind\":\"wait\",\"hours\":%d,\"next\":%s}", 20 * number, next);
    }
}

/* Messages have a step each, but that two steps can send one: then they are not both in it. */
static char *
random_graph (GRand *rand)
{
  g_autoptr (GString) json = g_string_new ("{\"name\":\"S\",\"start\":");
  int order[STEPS + 4];
  int n = 0;

  for (int i = 0; i < (int) G_N_ELEMENTS (order); i++)
    if (n < STEPS && g_rand_boolean (rand) && (i < 7 || n == 0 || order[0] % 7 != i % 7))
      order[n++] = i;
  if (n == 0)
    order[n++] = 0;
  for (int i = 0; i < n && g_rand_int_range (rand, 0, 3) == 0; i++)
    {
      int other = g_rand_int_range (rand, 0, n);
      int kept = order[i];

      order[i] = order[other];
      order[other] = kept;
    }
  g_string_append_printf (json, "\"s%d\",\"steps\":{", order[0]);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *step = random_step (rand, order, n, i);

      g_string_append_printf (json, "%s\"s%d\":%s", i > 0 ? "," : "", order[i], step);
    }
  g_string_append (json, "}}");
  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* Whether it sends a message by two steps: that is meant so, and no fault. */
static gboolean
sends_twice (const char *json)
{
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *word = g_strdup_printf ("\"message\":\"M%d\"", i);
      const char *first = strstr (json, word);

      if (first != NULL && strstr (first + 1, word) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* ---- what always holds */

static void
assert_sound (RungsFixture *f)
{
  g_assert_cmpint (rungs_fixture_number (
                       f, "SELECT count(*) FROM enrolment e JOIN sequence_version v"
                          "   ON v.id = e.version"
                          " WHERE e.outcome IS NULL AND NOT EXISTS (SELECT 1"
                          "   FROM json_each (v.graph, '$.steps') k WHERE k.key = e.step)"),
                   ==, 0);
  g_assert_cmpint (rungs_fixture_number (
                       f, "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state <> 'withheld'"
                          " GROUP BY lead, message HAVING count(*) > 1)"),
                   ==, 0);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count(*) FROM enrolment WHERE outcome = 'error'"), ==, 0);
}

/* Sends some of what is planned, as senders would. */
static void
send_some (RungsFixture *f,
           GRand        *rand)
{
  g_autofree char *sql
    = g_strdup_printf ("UPDATE outbox SET state = 'sent', ended_at = due_at"
                       " WHERE state = 'planned' AND (id * 7919 + %d) %% 3 > 0",
                       g_rand_int_range (rand, 0, 3));

  rungs_fixture_run (f, sql);
}

static void
choose (RungsPublishPlan *plan,
        GRand            *rand)
{
  for (guint i = 0; i < plan->groups->len; i++)
    {
      RungsPublishGroup *group = g_ptr_array_index (plan->groups, i);

      if (group->chosen < 0 || g_rand_int_range (rand, 0, 3) == 0)
        group->chosen = g_rand_int_range (rand, 0, (int) group->ways->len);
    }
}

static void
publish (RungsFixture     *f,
         RungsPublishPlan *plan)
{
  g_autoptr (GError) error = NULL;

  rungs_publish_apply (f->db, plan->sequence, plan, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
}

static void
undo (RungsFixture *f,
      gint64        sequence)
{
  g_autoptr (GError) error = NULL;
  RungsPublishUndone undone;

  rungs_publish_undo (f->db, sequence, rungs_fixture_now (f), &undone, &error);
  g_assert_no_error (error);
}

static void
edit (RungsFixture *f,
      gint64        sequence,
      GRand        *rand)
{
  g_autoptr (RungsPublishPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *graph = random_graph (rand);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (sends_twice (graph))
    return;
  rungs_sequence_draft_save (f->db, sequence, graph, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
  plan = rungs_publish_plan_load (f->db, sequence, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
  choose (plan, rand);
  if (!rungs_publish_plan_check (plan, &error))
    return; /* the same once more */
  before = dump (f->db);
  publish (f, plan);
  assert_sound (f);
  undo (f, sequence);
  after = dump (f->db);
  g_assert_cmpstr (after, ==, before);
  publish (f, plan);
}

static void
enter_some (RungsFixture *f,
            gint64        sequence,
            GRand        *rand,
            int           round)
{
  for (int i = 0; i < LEADS / EDITS; i++)
    {
      g_autofree char *name
        = g_strdup_printf ("l%d-%d", round, g_rand_int_range (rand, 0, 1 << 30));
      g_autofree char *tag = g_strdup_printf ("t%d", g_rand_int_range (rand, 1, 4));
      gint64 lead = rungs_shop_add_lead (f, name);

      rungs_shop_enrol (f, lead, sequence);
      if (g_rand_boolean (rand))
        rungs_shop_tag (f, lead, tag);
    }
}

static void
play (RungsFixture *f,
      guint32       seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree char *first = random_graph (rand);
  g_autoptr (GError) error = NULL;
  gint64 sequence;

  while (sends_twice (first))
    {
      g_free (first);
      first = random_graph (rand);
    }
  sequence = rungs_sequence_add (f->db, first, rungs_fixture_now (f), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rungs_sequence_start (f->db, sequence, rungs_fixture_now (f), &error));
  for (int i = 0; i < EDITS; i++)
    {
      enter_some (f, sequence, rand, (int) seed);
      rungs_shop_run (f, g_rand_int_range (rand, 0, 3));
      send_some (f, rand);
      assert_sound (f);
      edit (f, sequence, rand);
      if (g_rand_int_range (rand, 0, 3) == 0)
        {
          gboolean can = FALSE;

          rungs_shop_run (f, g_rand_int_range (rand, 0, 2));
          g_assert_true (rungs_publish_can_undo (f->db, sequence, &can, NULL));
          if (can)
            undo (f, sequence);
          assert_sound (f);
        }
    }
  rungs_shop_run (f, 60);
  assert_sound (f);
}

static void
test_random (RungsFixture *f,
             RungsDb      *db)
{
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("M%d", i);

      rungs_shop_add_message (f, name, TRUE);
    }
  for (guint32 seed = 1; seed <= ROUNDS; seed++)
    {
      g_test_message ("seed %u", seed);
      rungs_fixture_run (f, "DELETE FROM outbox");
      rungs_fixture_run (f, "DELETE FROM enrolment");
      rungs_fixture_run (f, "UPDATE sequence SET version = NULL, name = 'old ' || id");
      rungs_fixture_run (f, "DELETE FROM sequence");
      play (f, seed);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/publish/random", test_random);
  return g_test_run ();
}
