/* test-sending-hours.c: the next time within sending hours is the one that a clock shows first. */

#include "mail/rungs-sending-hours.h"

#include "base/rungs-clock.h"
#include "base/rungs-time.h"

static const struct
{
  const char *name;
  const char *hours; /* with ' for " */
  const char *zone;
  const char *at; /* local */
  const char *next;
} CASES[] = {
  { "inside", "{'from': '09:00', 'to': '17:00'}", "Europe/Berlin", "2026-03-02 09:00",
    "2026-03-02 09:00" },
  { "before", "{'from': '09:00', 'to': '17:00'}", "Europe/Berlin", "2026-03-02 08:59",
    "2026-03-02 09:00" },
  { "the-end-is-outside", "{'from': '09:00', 'to': '17:00'}", "Europe/Berlin", "2026-03-02 17:00",
    "2026-03-03 09:00" },
  { "over-the-weekend", "{'weekdays': ['mon', 'fri'], 'from': '09:00', 'to': '17:00'}",
    "Europe/Berlin", "2026-03-06 17:00", "2026-03-09 09:00" },
  { "days-alone", "{'weekdays': ['sun']}", "Europe/Berlin", "2026-03-02 12:00",
    "2026-03-08 00:00" },
  { "over-midnight", "{'from': '22:00', 'to': '06:00'}", "Europe/Berlin", "2026-03-02 06:00",
    "2026-03-02 22:00" },
  { "over-midnight-on-one-day", "{'weekdays': ['fri'], 'from': '22:00', 'to': '06:00'}",
    "Europe/Berlin", "2026-03-05 23:00", "2026-03-06 00:00" },
  { "beginning-is-skipped", "{'from': '02:30', 'to': '05:00'}", "Europe/Berlin",
    "2026-03-29 01:00", "2026-03-29 03:00" },
  { "all-of-it-is-skipped", "{'from': '02:10', 'to': '02:50'}", "Europe/Berlin",
    "2026-03-29 01:00", "2026-03-30 02:10" },
  { "half-hour-zone", "{'from': '02:00', 'to': '02:15'}", "Australia/Lord_Howe",
    "2026-10-04 01:00", "2026-10-05 02:00" },
  { "day-that-is-missing", "{'weekdays': ['fri'], 'from': '09:00', 'to': '10:00'}",
    "Pacific/Apia", "2011-12-29 11:00", "2012-01-06 09:00" },
  { "leap-day", "{'weekdays': ['thu']}", "UTC", "2024-02-28 12:00", "2024-02-29 00:00" },
};

static RungsSendingHours
hours_of (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  RungsSendingHours hours;
  g_autoptr (GError) error = NULL;

  rungs_sending_hours_read (&hours, node, &error);
  g_assert_no_error (error);
  return hours;
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (RungsZone) zone = rungs_zone_new (CASES[i].zone);
  RungsSendingHours hours = hours_of (CASES[i].hours);
  g_autofree char *next = NULL;
  gint64 at;

  g_assert_true (rungs_time_parse (CASES[i].at, zone->zone, &at, NULL));
  next = rungs_time_format_minute (rungs_sending_hours_next (&hours, at, zone), zone->zone);
  g_assert_cmpstr (next, ==, CASES[i].next);
}

/* Asks the clock minute by minute, and knows nothing of how the answer is computed. */
static gboolean
is_open (const RungsSendingHours *hours,
         gint64                   at,
         GTimeZone               *zone)
{
  g_autoptr (GDateTime) local = rungs_time_in_zone (at, zone);
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  int day = g_date_time_get_day_of_week (local) - 1;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  if (hours->holidays != NULL
      && g_hash_table_contains (hours->holidays, GUINT_TO_POINTER (g_date_get_julian (&date))))
    return FALSE;
  if (hours->weekdays != 0 && !(hours->weekdays >> day & 1))
    return FALSE;
  if (hours->from < 0)
    return TRUE;
  if (hours->from < hours->to)
    return hours->from <= minute && minute < hours->to;
  return hours->from <= minute || minute < hours->to;
}

static void
test_against_clock (void)
{
  static const char *const ZONES[] = { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                                       "Asia/Kathmandu", "America/Santiago", "Pacific/Apia" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (int i = 0; i < 600; i++)
    {
      const char *name = ZONES[i % (int) G_N_ELEMENTS (ZONES)];
      g_autoptr (GTimeZone) zone = rungs_time_zone (name);
      g_autoptr (RungsZone) asked = rungs_zone_new (name);
      g_autoptr (GHashTable) holidays = g_hash_table_new (NULL, NULL);
      int spring = g_rand_boolean (rand);
      RungsSendingHours hours = {
        .weekdays = g_rand_boolean (rand) ? 0 : (guint) g_rand_int_range (rand, 1, 128),
        .from = g_rand_int_range (rand, 0, 1440),
        .to = g_rand_int_range (rand, 0, 1440),
        .holidays = holidays,
      };
      gint64 start = 0;
      gint64 at;

      if (hours.from == hours.to || g_rand_int_range (rand, 0, 5) == 0)
        hours.from = hours.to = -1;
      /* around where clocks are moved */
      g_assert_true (rungs_time_parse (spring ? "2026-03-27" : "2026-10-22", NULL, &start, NULL));
      start += g_rand_int_range (rand, 0, 14 * 1440) * RUNGS_MINUTE;
      for (int day = 0; day < 4; day++)
        {
          g_autoptr (GDateTime) local = rungs_time_in_zone (
            start + g_rand_int_range (rand, 0, 8) * RUNGS_DAY, zone);
          GDate date;

          g_date_clear (&date, 1);
          g_date_set_dmy (&date, g_date_time_get_day_of_month (local),
                          g_date_time_get_month (local), g_date_time_get_year (local));
          g_hash_table_add (holidays, GUINT_TO_POINTER (g_date_get_julian (&date)));
        }
      for (at = start; !is_open (&hours, at, zone); at += RUNGS_MINUTE)
        g_assert_cmpint (at - start, <, 30 * RUNGS_DAY);
      g_assert_cmpint (rungs_sending_hours_next (&hours, start, asked), ==, at);
      /* what was asked before does not matter */
      g_assert_cmpint (rungs_sending_hours_next (&hours, start, asked), ==, at);
    }
}

static void
test_never (void)
{
  g_autoptr (RungsZone) zone = rungs_zone_new ("UTC");
  g_autoptr (GHashTable) holidays = g_hash_table_new (NULL, NULL);
  RungsSendingHours hours = hours_of ("{'weekdays': ['mon']}");

  hours.holidays = holidays;
  for (guint day = 719000; day < 800000; day++)
    g_hash_table_add (holidays, GUINT_TO_POINTER (day));
  g_assert_cmpint (rungs_sending_hours_next (&hours, RUNGS_DAY * 20000, zone), ==, G_MAXINT64);
}

static void
test_refusals (void)
{
  static const char *const WRONG[] = {
    "[]", "{}", "{'from': '09:00'}", "{'from': '09:00', 'to': '09:00'}", "{'from': 9, 'to': 17}",
    "{'from': '9:00', 'to': '17:00'}", "{'weekdays': []}", "{'weekdays': ['Monday']}",
    "{'weekdays': 'mon'}", "{'weekdays': ['mon'], 'zone': 'UTC'}", "{'weekdays': ['mon'], 'a': 1}",
    "{'from': '09:00', 'to': '24:00'}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (WRONG[i]), "'", '"');
      g_autoptr (JsonNode) node = json_from_string (json, NULL);
      RungsSendingHours hours;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", WRONG[i]);
      g_assert_false (rungs_sending_hours_read (&hours, node, &error));
      g_assert_nonnull (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *path = g_strconcat ("/mail/sending-hours/", CASES[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/mail/sending-hours/against-clock", test_against_clock);
  g_test_add_func ("/mail/sending-hours/never", test_never);
  g_test_add_func ("/mail/sending-hours/refusals", test_refusals);
  return g_test_run ();
}
