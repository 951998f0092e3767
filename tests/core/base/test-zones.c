/* test-zones.c: what the clocks of a zone show, as GLib says it, in whatever order it is asked. */

#include "base/rungs-zones.h"

#include "base/rungs-clock.h"
#include "base/rungs-time.h"

static const char *const ZONES[] = { "Europe/Berlin",       "America/New_York", "Asia/Kathmandu",
                                     "Australia/Lord_Howe", "Pacific/Apia",     "UTC" };

static void
assert_looks_like (RungsZone *zone,
                   gint64     instant)
{
  g_autoptr (GDateTime) local = rungs_time_in_zone (instant, zone->zone);
  GDate date;
  gint64 day;
  int minute;

  rungs_zone_look (zone, instant, &day, &minute);
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (day + 719163));
  g_assert_cmpint (g_date_get_year (&date), ==, g_date_time_get_year (local));
  g_assert_cmpint (g_date_get_month (&date), ==, g_date_time_get_month (local));
  g_assert_cmpint (g_date_get_day (&date), ==, g_date_time_get_day_of_month (local));
  g_assert_cmpint (minute, ==, g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));
}

/* A day that is even has all its minutes, from its first instant on. */
static void
assert_even_days_are_even (RungsZone *zone,
                           gint64     instant)
{
  gint64 day, other, begin;
  int minute;

  rungs_zone_look (zone, instant, &day, &minute);
  if (!rungs_zone_day_is_even (zone, day, &begin))
    return;
  for (int after = 0; after < 24 * 60; after += 7)
    {
      g_autoptr (GDateTime) local = rungs_time_in_zone (begin + after * RUNGS_MINUTE, zone->zone);

      g_assert_cmpint (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local), ==,
                       after);
    }
  rungs_zone_look (zone, begin - 1, &other, &minute);
  g_assert_cmpint (other, ==, day - 1);
}

static void
test_against_glib (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  gint64 begin = 0;

  g_assert_true (rungs_time_parse ("1965-01-01", NULL, &begin, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (ZONES); i++)
    {
      g_autoptr (RungsZone) zone = rungs_zone_new (ZONES[i]);

      for (int n = 0; n < 3000; n++)
        {
          gint64 instant = begin + g_rand_int_range (rand, 0, 85 * 365) * RUNGS_DAY
                           + g_rand_int_range (rand, 0, (int) RUNGS_DAY);

          assert_looks_like (zone, instant);
          assert_even_days_are_even (zone, instant);
        }
    }
}

/* Minute by minute over the moves of a year. */
static void
test_moves (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ZONES); i++)
    {
      g_autoptr (RungsZone) zone = rungs_zone_new (ZONES[i]);
      gint64 at = 0;

      g_assert_true (rungs_time_parse ("2026-03-28T12:00:00Z", NULL, &at, NULL));
      for (gint64 end = at + 10 * RUNGS_DAY; at < end; at += RUNGS_MINUTE)
        assert_looks_like (zone, at);
    }
}

static void
test_names (void)
{
  g_autoptr (RungsZones) zones = rungs_zones_new ("Europe/Berlin");
  RungsZone *business = rungs_zones_get (zones, NULL);
  RungsZone *tokyo = rungs_zones_get (zones, "Asia/Tokyo");
  gint64 day;
  int minute;

  g_assert_true (rungs_zones_get (zones, "") == business);
  g_assert_true (rungs_zones_get (zones, "Asia/Tokyo") == tokyo);
  g_assert_true (rungs_zones_get (zones, "No/Where")->zone == business->zone);
  rungs_zone_look (tokyo, 0, &day, &minute);
  g_assert_cmpint (day, ==, 0);
  g_assert_cmpint (minute, ==, 9 * 60);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/zones/against-glib", test_against_glib);
  g_test_add_func ("/base/zones/moves", test_moves);
  g_test_add_func ("/base/zones/names", test_names);
  return g_test_run ();
}
