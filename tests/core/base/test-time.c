/* test-time.c: instants as text, and days and minutes where summer time begins,
 * ends or skips a day. */

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"

static gint64
instant (const char *text)
{
  gint64 result = 0;
  g_autoptr (GError) error = NULL;

  rungs_time_parse (text, NULL, &result, &error);
  g_assert_no_error (error);
  return result;
}

static void
test_parse (void)
{
  g_autoptr (GTimeZone) berlin = rungs_time_zone ("Europe/Berlin");
  gint64 local = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpint (instant ("1970-01-01"), ==, 0);
  g_assert_cmpint (instant ("1970-01-02T00:00:00.250Z"), ==, RUNGS_DAY + 250);
  g_assert_cmpint (instant ("1970-01-01T01:00:00+01:00"), ==, 0);
  g_assert_true (rungs_time_parse ("2026-07-01 09:30", berlin, &local, &error));
  g_assert_cmpint (local, ==, instant ("2026-07-01T07:30:00Z"));
  g_assert_false (rungs_time_parse ("yesterday", NULL, &local, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  again = rungs_time_format (instant ("2026-11-21T09:30:00.007Z"));
  g_assert_cmpstr (again, ==, "2026-11-21T09:30:00.007Z");
}

static const struct
{
  const char *from;
  const char *zone;
  int minute;
  guint weekdays;
  const char *there;
} NEXT[] = {
  { "2026-11-21T08:00:00Z", "UTC", 9 * 60, 0, "2026-11-21T09:00:00Z" },
  { "2026-11-21T09:00:00Z", "UTC", 9 * 60, 0, "2026-11-21T09:00:00Z" },
  { "2026-11-21T09:00:01Z", "UTC", 9 * 60, 0, "2026-11-22T09:00:00Z" },
  /* 21 November 2026 is a Saturday; Monday is bit 0 */
  { "2026-11-21T09:00:01Z", "UTC", 9 * 60, 1, "2026-11-23T09:00:00Z" },
  /* New York: 02:30 does not exist on 8 March 2026; 01:30 comes twice on 1 November */
  { "2026-03-08T05:00:00Z", "America/New_York", 150, 0, "2026-03-08T07:00:00Z" },
  { "2026-11-01T04:00:00Z", "America/New_York", 90, 0, "2026-11-01T05:30:00Z" },
  { "2026-03-08T05:00:00Z", "America/New_York", 9 * 60, 0, "2026-03-08T13:00:00Z" },
  /* Lord Howe moves by half an hour: 02:15 does not exist on 4 October 2026 */
  { "2026-10-03T14:00:00Z", "Australia/Lord_Howe", 135, 0, "2026-10-03T15:30:00Z" },
  /* Samoa skipped 30 December 2011 */
  { "2011-12-30T09:00:01Z", "Pacific/Apia", 9 * 60, 0, "2011-12-30T19:00:00Z" },
};

static void
test_next_minute_of_day (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (NEXT); i++)
    {
      g_autoptr (GTimeZone) zone = rungs_time_zone (NEXT[i].zone);
      gint64 there = rungs_time_next_minute_of_day (instant (NEXT[i].from), zone, NEXT[i].minute,
                                                    NEXT[i].weekdays);
      g_autofree char *shown = rungs_time_format (there);

      g_assert_cmpstr (shown, ==, NEXT[i].there);
    }
}

static void
test_day_start (void)
{
  g_autoptr (GTimeZone) berlin = rungs_time_zone ("Europe/Berlin");
  g_autoptr (GTimeZone) beirut = rungs_time_zone ("Asia/Beirut");

  g_assert_cmpint (rungs_time_day_start (instant ("2026-03-29T12:00:00Z"), berlin, 0), ==,
                   instant ("2026-03-28T23:00:00Z"));
  g_assert_cmpint (rungs_time_day_start (instant ("2026-03-29T12:00:00Z"), berlin, 1), ==,
                   instant ("2026-03-29T22:00:00Z"));
  /* Beirut's clocks skip from 00:00 to 01:00 on 29 March 2026: the day begins at 22:00 UTC */
  g_assert_cmpint (rungs_time_day_start (instant ("2026-03-29T12:00:00Z"), beirut, 0), ==,
                   instant ("2026-03-28T22:00:00Z"));
  /* the calendar ends with the year 9999 */
  g_assert_cmpint (rungs_time_day_start (instant ("9999-12-31T12:00:00Z"), NULL, 1), ==,
                   instant ("9999-12-31T00:00:00Z") + 24 * RUNGS_HOUR);
}

static void
test_zones (void)
{
  g_assert_true (rungs_time_zone_is_known ("Europe/Berlin"));
  g_assert_false (rungs_time_zone_is_known ("Europe/Atlantis"));
  g_assert_false (rungs_time_zone_is_known (""));
}

static void
test_pretended_clock (void)
{
  g_autoptr (RungsClock) clock = rungs_clock_new_pretended (5);

  g_assert_cmpint (rungs_clock_now (clock), ==, 5);
  rungs_clock_set (clock, 7);
  g_assert_cmpint (rungs_clock_now (clock), ==, 7);
  g_assert_finalize_object (g_steal_pointer (&clock));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/next-minute-of-day", test_next_minute_of_day);
  g_test_add_func ("/time/day-start", test_day_start);
  g_test_add_func ("/time/zones", test_zones);
  g_test_add_func ("/time/pretended-clock", test_pretended_clock);
  return g_test_run ();
}
