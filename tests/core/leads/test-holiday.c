/* test-holiday.c: days on which no marketing leaves are kept, and those of countries computed. */

#include "base/rungs-error.h"
#include "leads/rungs-holiday-store.h"
#include "rungs-fixture.h"

/* Easter Sundays from the tables of the U.S. Census Bureau (1600-2099) and of the Bureau des
 * longitudes: the first and the last day that it can be among them. */
static const char *const EASTERS[] = {
  "1818-03-22", "1886-04-25", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19",
  "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05",
  "2027-03-28", "2028-04-16", "2038-04-25", "2076-04-19", "2285-03-22",
};

static void
test_easter (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (EASTERS); i++)
    {
      GDate expected, day;

      g_assert_true (rungs_holiday_read_day (EASTERS[i], &expected));
      rungs_easter (g_date_get_year (&expected), &day);
      g_assert_cmpint (g_date_compare (&day, &expected), ==, 0);
    }
  for (int year = 1583; year <= 9999; year++)
    {
      GDate day;

      rungs_easter (year, &day);
      g_assert_cmpint (g_date_get_weekday (&day), ==, G_DATE_SUNDAY);
    }
}

static char *
days_of (const char *code,
         int         year)
{
  g_autoptr (GPtrArray) days = rungs_holidays_of_country (code, year);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < days->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((RungsHoliday *) g_ptr_array_index (days, i))->day + 5);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The official calendars of 2026. */
static void
test_countries (void)
{
  static const struct
  {
    const char *code;
    const char *days;
  } YEAR[] = {
    { "AT", "01-01 01-06 04-06 05-01 05-14 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26" },
    { "DE", "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26" },
    { "FR", "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25" },
    { "US", "01-01 01-19 02-16 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (YEAR); i++)
    {
      g_autofree char *days = days_of (YEAR[i].code, 2026);

      g_assert_cmpstr (days, ==, YEAR[i].days);
      g_assert_cmpstr (rungs_holiday_countries ()[i].code, ==, YEAR[i].code);
    }
  g_assert_null (rungs_holiday_countries ()[G_N_ELEMENTS (YEAR)].code);
  g_assert_null (rungs_holidays_of_country ("XX", 2026));
  g_assert_null (rungs_holidays_of_country ("DE", 1500));
}

static void
test_days (void)
{
  static const char *const WRONG[]
    = { "", "2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "2026-01-011", "2026-01-1x" };
  GDate day;

  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++)
    g_assert_false (rungs_holiday_read_day (WRONG[i], &day));
  g_assert_true (rungs_holiday_read_day ("2028-02-29", &day));
}

static void
test_kept (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) days = NULL;
  g_autoptr (GHashTable) set = NULL;
  gboolean added = FALSE;
  gint64 count = 0;

  g_assert_true (rungs_holiday_add (db, "2026-12-24", "Stock-taking", &added, NULL));
  g_assert_true (added);
  g_assert_true (rungs_holiday_add (db, "2026-12-25", "Ours", &added, NULL));
  g_assert_true (rungs_holiday_add (db, "2026-12-24", "Shut", &added, NULL));
  g_assert_false (added);
  g_assert_true (rungs_holiday_add_country (db, "de", 2026, &count, NULL));
  g_assert_cmpint (count, ==, 8);
  g_assert_true (rungs_holiday_add_country (db, "DE", 2026, &count, NULL));
  g_assert_cmpint (count, ==, 0);

  days = rungs_holiday_list (db, "2026-12-01", NULL);
  g_assert_cmpint (days->len, ==, 3);
  g_assert_cmpstr (((RungsHoliday *) days->pdata[0])->name, ==, "Shut");
  g_assert_cmpstr (((RungsHoliday *) days->pdata[1])->name, ==, "Ours");
  set = rungs_holiday_load_set (db, NULL, NULL);
  g_assert_cmpint (g_hash_table_size (set), ==, 10);

  g_assert_false (rungs_holiday_add (db, "24.12.2026", "", NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_holiday_add_country (db, "XX", 2026, &count, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (rungs_holiday_remove (db, "2026-12-24", NULL));
  g_assert_false (rungs_holiday_remove (db, "2026-12-24", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/leads/holiday/easter", test_easter);
  g_test_add_func ("/leads/holiday/countries", test_countries);
  g_test_add_func ("/leads/holiday/days", test_days);
  rungs_fixture_add_test ("/leads/holiday/kept", test_kept);
  return g_test_run ();
}
