/* test-odds.c: how likely it is that chance alone brings something about, against exact values. */

#include "partners/rungs-odds.h"

static void
assert_near (double value,
             double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, expected * 1e-6);
}

static void
test_odds (void)
{
  g_autoptr (GArray) low = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) high = g_array_new (FALSE, FALSE, sizeof (gint64));
  double distance;

  assert_near (rungs_odds_of_share (10, 10, 0.5), 1.0 / 1024);
  assert_near (rungs_odds_of_share (0, 10, 0.5), 1);
  assert_near (rungs_odds_of_share (3, 10, 0.05), 0.0115035574);
  assert_near (rungs_odds_of_share (31, 34, 0.5), 3.83006409e-07);
  /* Fisher's own tea: three of four right, and four of four. */
  assert_near (rungs_odds_of_more (3, 4, 1, 4), 17.0 / 70);
  assert_near (rungs_odds_of_more (4, 4, 0, 4), 1.0 / 70);
  assert_near (rungs_odds_of_more (0, 4, 4, 4), 1);
  g_assert_cmpfloat (rungs_odds_of_more (50, 100, 30000, 1000000), <, 1e-30);
  g_assert_cmpfloat (rungs_odds_of_more (3, 100, 30000, 1000000), >, 0.3);

  /* Far below what is to be expected, where single terms are too small for a number. */
  assert_near (rungs_odds_of_share (54, 9961, 0.5), 1);
  assert_near (rungs_odds_of_share (4, 10, 0.5), 0.828125);
  assert_near (rungs_odds_of_more (1, 4, 3, 4), 69.0 / 70);
  assert_near (rungs_odds_of_more (54, 20000, 500000, 1000000), 1);

  for (gint64 i = 0; i < 40; i++)
    {
      gint64 other = i + 20;

      g_array_append_val (high, other);
      g_array_append_val (low, i);
    }
  /* scipy.stats.kstwo: exact 5.9e-05 for these. */
  g_assert_cmpfloat (rungs_odds_of_distance (low, high, &distance), <, 1e-4);
  assert_near (distance, 0.5);
  g_assert_cmpfloat (rungs_odds_of_distance (low, low, &distance), ==, 1);
  g_array_set_size (high, 0);
  g_assert_cmpfloat (rungs_odds_of_distance (low, high, &distance), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partners/odds", test_odds);
  return g_test_run ();
}
