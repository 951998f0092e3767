/* test-random-rules.c: thousands of random rules say of random leads what the naive evaluator says,
 * in each of the ways in which they can be asked. */

#include "rungs-naive-rule.h"
#include "rungs-random-ladder.h"
#include "segments/rungs-rule.h"

#define WORLDS 8
#define RULES 400
#define LEADS 24

/* That compiled and naive agree, or the rule with what each says. */
static void
compare (RungsDb         *db,
         RungsNaiveWorld *world,
         JsonNode        *json,
         gint64           now)
{
  g_autofree char *text = json_to_string (json, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRule) rule = rungs_rule_new_from_json (json, &error);
  g_autoptr (GArray) leads = NULL;
  g_autoptr (GArray) sample = NULL;
  gint64 count = -1;
  guint at = 0;

  if (error != NULL)
    g_error ("%s: %s", text, error->message);
  leads = rungs_rule_list (db, rule, now, 0, 1000, &error);
  if (error != NULL)
    g_error ("%s: %s", text, error->message);
  for (gint64 lead = 1; lead <= LEADS; lead++)
    {
      gboolean expected = rungs_naive_matches (world, json, lead, now);
      gboolean listed = at < leads->len && g_array_index (leads, gint64, at) == lead;

      at += listed;
      if (expected != listed)
        g_error ("%s: lead %d is %s", text, (int) lead, listed ? "listed" : "not listed");
    }
  rungs_rule_count (db, rule, now, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, leads->len);
  sample = rungs_rule_sample (db, rule, now, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sample->len, ==, leads->len);
}

/* Asked about one lead, and asked why. */
static void
compare_one (RungsDb         *db,
             RungsNaiveWorld *world,
             JsonNode        *json,
             gint64           lead,
             gint64           now)
{
  g_autofree char *text = json_to_string (json, FALSE);
  g_autoptr (RungsRule) rule = rungs_rule_new_from_json (json, NULL);
  gboolean expected = rungs_naive_matches (world, json, lead, now);
  gboolean matches = !expected;
  gboolean explained = !expected;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (GError) error = NULL;
  guint decides = 0;

  rungs_rule_matches (db, rule, lead, now, &matches, &error);
  reasons = error ? NULL : rungs_rule_explain (db, rule, lead, now, &explained, &error);
  if (error != NULL)
    g_error ("%s: %s", text, error->message);
  if (matches != expected || explained != expected)
    g_error ("%s: lead %d %s, explained as %s", text, (int) lead, matches ? "matches" : "does not",
             explained ? "matching" : "not");
  g_assert_cmpint (reasons->len, ==, rungs_rule_count_leaves (rule));
  for (guint i = 0; i < reasons->len; i++)
    decides += ((RungsRuleReason *) g_ptr_array_index (reasons, i))->decides;
  g_assert_cmpint (decides, >, 0);
}

static void
fill (RungsFixture *fixture,
      RungsDb      *db)
{
  rungs_random_world (fixture, LEADS);
  rungs_random_ladder (fixture);
}

static void
test_world (gconstpointer data)
{
  /* the day before summer time, a leap day, the 28th that stands in for it, new year's eve */
  static const int DAYS_ON[] = { 0, 26, 727, 363, 304, 26, 0, 90 };
  guint number = GPOINTER_TO_UINT (data);
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (RungsNaiveWorld) world = NULL;
  gint64 now;

  rungs_fixture_pass (fixture, DAYS_ON[number] * RUNGS_DAY + rungs_chance (0, 24) * RUNGS_HOUR);
  now = rungs_fixture_now (fixture);
  rungs_fixture_write (fixture, fill);
  world = rungs_naive_world_load (fixture->db);
  for (guint i = 0; i < RULES; i++)
    {
      g_autoptr (JsonNode) json = rungs_random_rule (now, i % 4, TRUE);

      compare (fixture->db, world, json, now);
      for (guint j = 0; j < 3; j++)
        compare_one (fixture->db, world, json, rungs_chance (1, LEADS + 1), now);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < WORLDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/segments/random-rules/world-%u", i + 1);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_world);
    }
  return g_test_run ();
}
