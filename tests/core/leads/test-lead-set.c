/* test-lead-set.c: sets of leads, bit by bit. */

#include "leads/rungs-lead-set.h"

static RungsLeadSet *
set_of (gint64        highest,
        const gint64 *ids)
{
  RungsLeadSet *set = rungs_lead_set_new (highest);

  for (; *ids != 0; ids++)
    rungs_lead_set_add (set, *ids);
  return set;
}

static void
test_bounds (void)
{
  g_autoptr (RungsLeadSet) none = rungs_lead_set_new (0);
  g_autoptr (RungsLeadSet) set = set_of (128, (gint64[]) { 1, 63, 64, 127, 128, 129, 500, -3, 0 });

  rungs_lead_set_add (none, 1);
  g_assert_cmpuint (rungs_lead_set_count (none), ==, 0);
  g_assert_cmpuint (rungs_lead_set_count (set), ==, 5);
  g_assert_true (rungs_lead_set_has (set, 128));
  g_assert_false (rungs_lead_set_has (set, 129));
  g_assert_false (rungs_lead_set_has (set, 0));
  g_assert_false (rungs_lead_set_has (set, -64));
}

static void
test_combine (void)
{
  g_autoptr (RungsLeadSet) a = set_of (200, (gint64[]) { 1, 2, 3, 100, 200, 0 });
  g_autoptr (RungsLeadSet) b = set_of (200, (gint64[]) { 2, 100, 150, 0 });
  g_autoptr (RungsLeadSet) smaller = set_of (50, (gint64[]) { 2, 0 });
  g_autoptr (RungsLeadSet) none = set_of (0, (gint64[]) { 0 });
  g_autofree char *kept = NULL;
  g_autofree char *least = NULL;
  g_autofree char *empty = NULL;

  rungs_lead_set_keep (a, b);
  kept = rungs_lead_set_to_json (a);
  g_assert_cmpstr (kept, ==, "[2,100]");
  rungs_lead_set_keep (a, smaller);
  least = rungs_lead_set_to_json (a);
  g_assert_cmpstr (least, ==, "[2]");
  rungs_lead_set_keep (smaller, b); /* which is larger */
  g_assert_true (rungs_lead_set_has (smaller, 2));
  rungs_lead_set_keep (a, none);
  empty = rungs_lead_set_to_json (a);
  g_assert_cmpstr (empty, ==, "[]");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lead-set/bounds", test_bounds);
  g_test_add_func ("/lead-set/combine", test_combine);
  return g_test_run ();
}
