/* rungs-holiday-command.c: the days on which no marketing leaves. */

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "leads/rungs-holiday-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn COLUMNS[] = {
  { "day", N_ ("Day"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn COUNTRY_COLUMNS[] = {
  { "country", N_ ("Country"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static JsonObject *
holiday_to_row (const char *day,
                const char *name)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "day", day);
  rungs_row_set_text (row, "name", name);
  return row;
}

static gboolean
list_holidays (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autofree char *today
    = rungs_time_format_day (rungs_invocation_get_now (call), rungs_invocation_get_zone (call));
  g_autoptr (GPtrArray) days
    = rungs_holiday_list (db, rungs_invocation_has (call, "all") ? NULL : today, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (days == NULL)
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    {
      const RungsHoliday *day = g_ptr_array_index (days, i);

      rungs_listing_add (listing, holiday_to_row (day->day, day->name));
    }
  rungs_listing_end (listing, _ ("There are no holidays to come."));
  return TRUE;
}

static gboolean
list_countries (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COUNTRY_COLUMNS);

  for (const RungsHolidayCountry *one = rungs_holiday_countries (); one->code != NULL; one++)
    {
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "country", one->code);
      rungs_row_set_text (row, "name", _ (one->name));
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, "");
  return TRUE;
}

static gboolean
add_holiday (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *day = rungs_invocation_get_argument (call, 0);
  const char *name = rungs_invocation_count_arguments (call) > 1
                       ? rungs_invocation_get_argument (call, 1)
                       : "";

  if (!rungs_holiday_add (db, day, name, NULL, error))
    return FALSE;
  rungs_column_say (call, holiday_to_row (day, name), _ ("No marketing leaves on %s."), day);
  return TRUE;
}

static gboolean
add_country (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *code = rungs_invocation_get_argument (call, 0);
  JsonObject *row;
  gint64 year = 0;
  gint64 added = 0;

  if (!rungs_invocation_get_id (call, 1, &year, error)
      || !rungs_holiday_add_country (db, code, (int) MIN (year, G_MAXINT), &added, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "added", added);
  rungs_column_say (call, row, ngettext ("%d day was added.", "%d days were added.", added),
                    (int) added);
  return TRUE;
}

static gboolean
remove_holiday (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  const char *day = rungs_invocation_get_argument (call, 0);

  if (!rungs_holiday_remove (db, day, error))
    return FALSE;
  rungs_column_say (call, holiday_to_row (day, ""), _ ("%s is no holiday any more."), day);
  return TRUE;
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_FLAG ("all", N_ ("Also those that are over")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_HOLIDAY_COMMANDS[] = {
  { "holiday list", "", N_ ("List the days on which no marketing leaves"), RUNGS_COMMAND_READS,
    list_holidays, LIST_OPTIONS, NULL, "[day, name]" },
  { "holiday add", "DAY [NAME]", N_ ("Let no marketing leave on a day, such as 2026-12-24"),
    RUNGS_COMMAND_WRITES, add_holiday, NULL,
    N_ ("What is planned for that day waits for the next one on which messages may leave. A day\n"
        "that is there already gets the name."),
    "{day, name}" },
  { "holiday remove", "DAY", N_ ("Let marketing leave on a day again"), RUNGS_COMMAND_WRITES,
    remove_holiday, NULL, NULL, "{day, name}" },
  { "holiday fill", "COUNTRY YEAR", N_ ("Add what is a holiday in all of a country that year"),
    RUNGS_COMMAND_WRITES, add_country, NULL,
    N_ ("“holiday countries” lists the countries. Days of single states or towns are not among\n"
        "them: add those by themselves."),
    "{added}" },
  { "holiday countries", "", N_ ("List the countries whose holidays are known"),
    RUNGS_COMMAND_READS, list_countries, NULL, NULL, "[country, name]" },
  { NULL },
};
