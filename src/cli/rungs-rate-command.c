/* rungs-rate-command.c: what currencies are worth in one another. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-time.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-exchange-table.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-field.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

/* Lines of an imported file that are told. */
#define MOST_FAULTS 20

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "day", N_ ("Valid From"), RUNGS_COLUMN_TEXT, NULL },
  { "statement", N_ ("Rate"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static JsonObject *
rate_to_row (const RungsExchangeRate *rate)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *number = rungs_exchange_rate_format (rate->rate);
  g_autofree char *statement = rungs_exchange_rate_dup_statement (rate);

  rungs_row_set_id (row, "id", rate->id);
  rungs_row_set_text (row, "day", rate->day);
  rungs_row_set_text (row, "base", rate->base);
  rungs_row_set_text (row, "quote", rate->quote);
  rungs_row_set_text (row, "rate", number);
  rungs_row_set_text (row, "statement", statement);
  return row;
}

/* The n-th argument. */
static gboolean
read_currency (RungsInvocation  *call,
               guint             n,
               char              currency[4],
               GError          **error)
{
  g_autofree char *code = g_ascii_strup (rungs_invocation_get_argument (call, n), -1);

  if (rungs_currency_is_valid (code))
    {
      g_strlcpy (currency, code, 4);
      return TRUE;
    }
  g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
               _ ("“%s” is no currency such as EUR"), rungs_invocation_get_argument (call, n));
  return FALSE;
}

static gboolean
list_rates (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  gboolean all = rungs_invocation_count_arguments (call) == 0;
  char currency[4] = "";
  g_autoptr (GArray) rates = NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (!all && !read_currency (call, 0, currency, error))
    return FALSE;
  rates = rungs_exchange_rates_list (db, all ? NULL : currency, error);
  if (rates == NULL)
    return FALSE;
  for (guint i = 0; i < rates->len; i++)
    rungs_listing_add (listing, rate_to_row (&g_array_index (rates, RungsExchangeRate, i)));
  rungs_listing_end (listing, _ ("There are no rates."));
  return TRUE;
}

static gboolean
read_day (RungsInvocation    *call,
          RungsExchangeRate  *rate,
          GError            **error)
{
  g_autofree char *today
    = rungs_time_format_day (rungs_invocation_get_now (call), rungs_invocation_get_zone (call));
  g_autofree char *day = rungs_field_normalize (
    RUNGS_FIELD_DATE, rungs_invocation_get_text (call, "day", today), error);

  if (day != NULL)
    g_strlcpy (rate->day, day, sizeof rate->day);
  return day != NULL;
}

static gboolean
set_rate (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  RungsExchangeRate rate = { 0 };
  g_autofree char *statement = NULL;

  if (!read_currency (call, 0, rate.base, error) || !read_currency (call, 2, rate.quote, error)
      || !read_day (call, &rate, error)
      || !rungs_exchange_rate_parse (rungs_invocation_get_argument (call, 1), &rate.rate, error))
    return FALSE;
  g_array_append_val (rates, rate);
  if (!rungs_exchange_rates_set (db, rates, NULL, error))
    return FALSE;
  statement = rungs_exchange_rate_dup_statement (&rate);
  rungs_column_say (call, rate_to_row (&rate), _ ("From %s on, %s."), rate.day, statement);
  return TRUE;
}

static gboolean
remove_rate (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  RungsExchangeRate rate;
  g_autofree char *statement = NULL;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || !rungs_exchange_rate_load (db, id, &rate, error))
    return FALSE;
  g_array_append_val (rates, rate);
  if (!rungs_exchange_rates_remove (db, rates, NULL, error))
    return FALSE;
  statement = rungs_exchange_rate_dup_statement (&rate);
  rungs_column_say (call, rate_to_row (&rate), _ ("The rate of %s is removed: %s."), rate.day,
                    statement);
  return TRUE;
}

/* ---- import */

static JsonObject *
import_to_row (const RungsExchangeTable *table,
               guint                     replaced,
               guint                     left_out)
{
  JsonObject *row = rungs_row_new ();
  JsonArray *faults;

  rungs_row_set_number (row, "rates", table->rates->len);
  rungs_row_set_number (row, "replaced", replaced);
  rungs_row_set_number (row, "currencies_left_out", left_out);
  faults = rungs_row_set_array (row, "faults");
  for (guint i = 0; i < table->faults->len; i++)
    {
      const RungsExchangeFault *fault = g_ptr_array_index (table->faults, i);
      JsonObject *line = rungs_row_new ();

      rungs_row_set_number (line, "line", fault->line);
      rungs_row_set_text (line, "reason", fault->reason);
      json_array_add_object_element (faults, line);
    }
  return row;
}

static void
tell_faults (RungsInvocation          *call,
             const RungsExchangeTable *table)
{
  RungsOutput *output = rungs_invocation_get_output (call);

  for (guint i = 0; i < MIN (table->faults->len, MOST_FAULTS); i++)
    {
      const RungsExchangeFault *fault = g_ptr_array_index (table->faults, i);

      rungs_output_printf (output, _ ("Line %u: %s\n"), (guint) fault->line, fault->reason);
    }
}

static gboolean
tell_import (RungsInvocation          *call,
             const RungsExchangeTable *table,
             guint                     replaced,
             guint                     left_out)
{
  JsonObject *row = import_to_row (table, replaced, left_out);
  RungsOutput *output = rungs_invocation_get_output (call);

  rungs_column_say (call, row,
                    ngettext ("%u rate was taken over.", "%u rates were taken over.",
                              table->rates->len),
                    table->rates->len);
  if (rungs_invocation_wants_json (call))
    return TRUE;
  if (left_out > 0)
    rungs_output_printf (output,
                         ngettext ("%u currency was left out, for nothing is sold or paid in it; "
                                   "--all takes it too.\n",
                                   "%u currencies were left out, for nothing is sold or paid in "
                                   "them; --all takes them too.\n",
                                   left_out),
                         left_out);
  if (table->faults->len > 0)
    rungs_output_printf (output,
                         ngettext ("%u line could not be used:\n", "%u lines could not be used:\n",
                                   table->faults->len),
                         table->faults->len);
  tell_faults (call, table);
  return TRUE;
}

/* Which way round the figures are meant: as the options say, or as the file is known to mean. */
static gboolean
state_table (RungsInvocation     *call,
             RungsExchangeTable  *table,
             GError             **error)
{
  gboolean said = rungs_invocation_has (call, "base") || rungs_invocation_has (call, "quote");

  if (rungs_exchange_table_state (table,
                                  rungs_invocation_get_text (call, "base", said ? "" : table->base),
                                  rungs_invocation_get_text (call, "quote", ""), error))
    return TRUE;
  return FALSE;
}

static gboolean
import_rates (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsExchangeTable) table
    = business != NULL
        ? rungs_exchange_table_open (rungs_invocation_get_argument (call, 0), error)
        : NULL;
  g_autoptr (GArray) used = NULL;
  g_autoptr (GArray) before = NULL;
  guint left_out = 0;

  if (table == NULL || !state_table (call, table, error))
    return FALSE;
  used = rungs_exchange_list_currencies (db, error);
  if (used == NULL)
    return FALSE;
  if (!rungs_invocation_has (call, "all"))
    left_out = rungs_exchange_table_keep (
      table, used, *business->report_currency ? business->report_currency : business->currency);
  return rungs_exchange_rates_set (db, table->rates, &before, error)
         && tell_import (call, table, before->len, left_out);
}

static const GOptionEntry SET_OPTIONS[] = {
  RUNGS_OPTION ("day",
                N_ ("DAY"),
                N_ ("From which day on, such as 2026-11-21; today where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry IMPORT_OPTIONS[] = {
  RUNGS_OPTION ("base", N_ ("CODE"), N_ ("Each figure says what one unit of this is worth")),
  RUNGS_OPTION ("quote", N_ ("CODE"), N_ ("Each figure is so many of this")),
  RUNGS_FLAG ("all", N_ ("Also of currencies in which nothing is sold or paid")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_RATE_COMMANDS[] = {
  { "rate list", "[CURRENCY]", N_ ("List the rates, the newest first"), RUNGS_COMMAND_READS,
    list_rates, NULL, NULL, "[id, day, base, quote, rate, statement]" },
  { "rate set", "BASE RATE QUOTE", N_ ("Say what one unit of a currency is worth in another"),
    RUNGS_COMMAND_WRITES, set_rate, SET_OPTIONS,
    N_ ("“rate set USD 0.92 EUR” says that 1 USD = 0.92 EUR, and serves for the other way round\n"
        "too. A rate holds until the day of the next one.") },
  { "rate remove", "ID", N_ ("Remove a rate"), RUNGS_COMMAND_WRITES, remove_rate, NULL, NULL },
  { "rate import", "FILE", N_ ("Take rates over from a table"), RUNGS_COMMAND_WRITES, import_rates,
    IMPORT_OPTIONS,
    N_ ("Columns are Date and one a currency, as the European Central Bank has them, or day,\n"
        "base, quote and rate, or only a day and a rate. Where the table does not say which way\n"
        "round its figures are meant, --base or --quote does; of a day and a rate both do."),
    "{rates, replaced, currencies_left_out, faults: [line, reason]}" },
  { NULL },
};
