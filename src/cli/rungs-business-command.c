/* rungs-business-command.c: whose file it is, and what holds for all of it. */

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "leads/rungs-business-store.h"
#include "mail/rungs-sending-hours.h"
#include "rungs-column.h"
#include "rungs-commands.h"

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "address", N_ ("Postal address"), RUNGS_COLUMN_LINES, NULL },
  { "signature", N_ ("Signature"), RUNGS_COLUMN_LINES, NULL },
  { "zone", N_ ("Time zone"), RUNGS_COLUMN_TEXT, NULL },
  { "currency", N_ ("Currency"), RUNGS_COLUMN_TEXT, NULL },
  { "report_currency", N_ ("Sums are told in"), RUNGS_COLUMN_TEXT, NULL },
  { "cap_messages", N_ ("Marketing messages at most"), RUNGS_COLUMN_NUMBER, NULL },
  { "cap_days", N_ ("… in so many days"), RUNGS_COLUMN_NUMBER, NULL },
  { "window_from", N_ ("Marketing leaves from"), RUNGS_COLUMN_TEXT, NULL },
  { "window_to", N_ ("… to"), RUNGS_COLUMN_TEXT, NULL },
  { "window_days", N_ ("… on"), RUNGS_COLUMN_TEXT, NULL },
  { "window_of_lead", N_ ("… of the lead's own clock"), RUNGS_COLUMN_FLAG, NULL },
  { "count_clicks", N_ ("Clicks are counted"), RUNGS_COLUMN_FLAG, NULL },
  { "country", N_ ("Country"), RUNGS_COLUMN_TEXT, NULL },
  { "vat_id", N_ ("VAT id"), RUNGS_COLUMN_TEXT, NULL },
  { "demo", N_ ("Demo business"), RUNGS_COLUMN_FLAG, NULL },
  { "created_at", N_ ("Begun"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static void
set_minute (JsonObject *row,
            const char *key,
            int         minute)
{
  g_autofree char *text =
      minute < 0 ? NULL : g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

  rungs_row_set_text (row, key, text);
}

/* "mon tue"; nothing where it is any day. */
static void
set_days (JsonObject *row,
          guint       days)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint day = 0; day < 7; day++)
    if (days >> day & 1)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                              rungs_sending_weekday_to_text (day));
  rungs_row_set_text (row, "window_days", text->len > 0 ? text->str : NULL);
}

static gboolean
show_business (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  JsonObject *row;

  if (business == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "name", business->name);
  rungs_row_set_text (row, "address", business->address);
  rungs_row_set_text (row, "signature", business->signature);
  rungs_row_set_text (row, "zone", business->zone);
  rungs_row_set_text (row, "currency", business->currency);
  rungs_row_set_text (row, "report_currency",
                      *business->report_currency != '\0' ? business->report_currency : NULL);
  rungs_row_set_id (row, "cap_messages", business->cap_messages);
  rungs_row_set_id (row, "cap_days", business->cap_days);
  set_minute (row, "window_from", business->window_from);
  set_minute (row, "window_to", business->window_to);
  set_days (row, business->window_days);
  rungs_row_set_flag (row, "window_of_lead", business->window_of_lead);
  rungs_row_set_flag (row, "count_clicks", business->count_clicks);
  rungs_row_set_text (row, "country", business->country);
  rungs_row_set_text (row, "vat_id", business->vat_id);
  rungs_row_set_flag (row, "demo", business->demo);
  rungs_row_set_time (row, "created_at", business->created_at);
  rungs_row_set_text (row, "file", rungs_db_get_path (db));
  rungs_column_show (call, COLUMNS, row);
  return TRUE;
}

/* "9:00" and so on as minutes after midnight; -1 where it is none. */
static int
parse_minute (const char *text)
{
  int hour, minute, length = 0;

  if (sscanf (text, "%2d:%2d%n", &hour, &minute, &length) != 2 || text[length] != '\0')
    return -1;
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 ? hour * 60 + minute : -1;
}

static gboolean
set_window (RungsInvocation  *call,
            RungsBusiness    *business,
            GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "window", "");
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);

  if (!rungs_invocation_has (call, "window"))
    return TRUE;
  business->window_from = business->window_to = -1;
  if (strcmp (text, "none") == 0)
    return TRUE;
  if (g_strv_length (ends) == 2)
    {
      business->window_from = parse_minute (ends[0]);
      business->window_to = parse_minute (ends[1]);
    }
  return (business->window_from >= 0 && business->window_to >= 0)
         || rungs_invocation_refuse (call, "window", _ ("times such as 09:00-18:00, or “none”"),
                                     error);
}

static gboolean
set_window_days (RungsInvocation  *call,
                 RungsBusiness    *business,
                 GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "days", "");
  g_auto (GStrv) names = g_strsplit_set (text, ", ", -1);
  gboolean wrong = FALSE;

  if (!rungs_invocation_has (call, "days"))
    return TRUE;
  business->window_days = 0;
  if (strcmp (text, "any") == 0)
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint bit = rungs_sending_weekday_from_text (names[i]);

      wrong = wrong || (bit == 0 && *names[i] != '\0');
      business->window_days |= bit;
    }
  return (!wrong && business->window_days != 0)
         || rungs_invocation_refuse (call, "days", _ ("days such as mon,tue,wed, or “any”"),
                                     error);
}

static gboolean
set_clock (RungsInvocation  *call,
           RungsBusiness    *business,
           GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "clock", "");

  if (!rungs_invocation_has (call, "clock"))
    return TRUE;
  business->window_of_lead = strcmp (text, "lead") == 0;
  return business->window_of_lead || strcmp (text, "business") == 0
         || rungs_invocation_refuse (call, "clock", _ ("“lead” or “business”"), error);
}

static gboolean
set_clicks (RungsInvocation  *call,
            RungsBusiness    *business,
            GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "count-clicks", "");

  if (!rungs_invocation_has (call, "count-clicks"))
    return TRUE;
  business->count_clicks = strcmp (text, "yes") == 0;
  return business->count_clicks || strcmp (text, "no") == 0
         || rungs_invocation_refuse (call, "count-clicks", _ ("“yes” or “no”"), error);
}

static gboolean
set_cap (RungsInvocation  *call,
         RungsBusiness    *business,
         GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "cap", "");
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);

  if (!rungs_invocation_has (call, "cap"))
    return TRUE;
  business->cap_messages = business->cap_days = 0;
  if (strcmp (text, "none") == 0)
    return TRUE;
  return (g_strv_length (parts) == 2
          && g_ascii_string_to_signed (parts[0], 10, 1, 1000, &business->cap_messages, NULL)
          && g_ascii_string_to_signed (parts[1], 10, 1, 1000, &business->cap_days, NULL))
         || rungs_invocation_refuse (call, "cap", _ ("MESSAGES/DAYS such as 3/7, or “none”"),
                                     error);
}

static void
set_text (RungsInvocation  *call,
          const char       *option,
          char            **text)
{
  if (!rungs_invocation_has (call, option))
    return;
  g_free (*text);
  *text = g_strdup (rungs_invocation_get_text (call, option, ""));
}

static gboolean
set_currency (RungsInvocation  *call,
              RungsBusiness    *business,
              GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "currency", business->currency);

  if (!rungs_currency_is_valid (text))
    return rungs_invocation_refuse (call, "currency", _ ("three capital letters such as EUR"),
                                    error);
  g_strlcpy (business->currency, text, sizeof business->currency);
  return TRUE;
}

static gboolean
set_country (RungsInvocation  *call,
             RungsBusiness    *business,
             GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "country", business->country);

  if (strlen (text) >= sizeof business->country)
    return rungs_invocation_refuse (call, "country", _ ("two letters such as DE"), error);
  g_strlcpy (business->country, text, sizeof business->country);
  return TRUE;
}

static gboolean
set_report_currency (RungsInvocation  *call,
                     RungsBusiness    *business,
                     GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "report-currency", "");

  if (!rungs_invocation_has (call, "report-currency"))
    return TRUE;
  if (strcmp (text, "none") != 0 && !rungs_currency_is_valid (text))
    return rungs_invocation_refuse (call, "report-currency",
                                    _ ("three capital letters such as EUR, or “none”"), error);
  g_strlcpy (business->report_currency, strcmp (text, "none") != 0 ? text : "",
             sizeof business->report_currency);
  return TRUE;
}

static gboolean
set_business (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL || !set_window (call, business, error)
      || !set_window_days (call, business, error) || !set_clock (call, business, error)
      || !set_cap (call, business, error) || !set_clicks (call, business, error)
      || !set_currency (call, business, error) || !set_report_currency (call, business, error)
      || !set_country (call, business, error))
    return FALSE;
  set_text (call, "name", &business->name);
  set_text (call, "address", &business->address);
  set_text (call, "signature", &business->signature);
  set_text (call, "zone", &business->zone);
  set_text (call, "vat-id", &business->vat_id);
  return rungs_business_save (db, business, error) && show_business (call, db, error);
}

static const GOptionEntry SET_OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Name of the business")),
  RUNGS_OPTION ("address",
                N_ ("ADDRESS"),
                N_ ("Postal address, which marketing messages must carry")),
  RUNGS_OPTION ("signature",
                N_ ("TEXT"),
                N_ ("What messages show where they ask for the signature (Markdown)")),
  RUNGS_OPTION ("country", N_ ("CODE"), N_ ("Country, with two letters: DE, US …")),
  RUNGS_OPTION ("vat-id", N_ ("ID"), N_ ("VAT identification number")),
  RUNGS_OPTION ("zone", N_ ("ZONE"), N_ ("Time zone, such as Europe/Berlin")),
  RUNGS_OPTION ("currency", N_ ("CODE"), N_ ("Currency, such as EUR")),
  RUNGS_OPTION ("report-currency",
                N_ ("CODE"),
                N_ ("Currency in which sums are told, at the dated rates; none: each apart")),
  RUNGS_OPTION ("cap",
                N_ ("MESSAGES/DAYS"),
                N_ ("Marketing messages a lead gets at most in so many days, or none")),
  RUNGS_OPTION ("window",
                N_ ("FROM-TO"),
                N_ ("Marketing leaves between these times of day only, or none")),
  RUNGS_OPTION ("days", N_ ("DAYS"), N_ ("… and on these days, such as mon,tue,wed, or any")),
  RUNGS_OPTION ("clock",
                N_ ("WHOSE"),
                N_ ("… of the clock of the “lead”, or of the “business”")),
  RUNGS_OPTION ("count-clicks",
                N_ ("YES"),
                N_ ("Whether links of marketing messages lead over the relay and are counted: "
                    "yes or no")),
  RUNGS_OPTIONS_END,
};

/* What --json prints. */
#define BUSINESS_JSON                                                                              \
  "{name, address, signature, zone, currency, report_currency, cap_messages, cap_days, "           \
  "window_from, window_to, window_days, window_of_lead, count_clicks, country, vat_id, "           \
  "demo, created_at, file}"

const RungsCommand RUNGS_BUSINESS_COMMANDS[] = {
  { "business show", "", N_ ("Show the business"), RUNGS_COMMAND_READS, show_business, NULL, NULL,
    BUSINESS_JSON },
  { "business set", "", N_ ("Change what holds for the whole business"), RUNGS_COMMAND_WRITES,
    set_business, SET_OPTIONS, NULL, BUSINESS_JSON },
  { NULL },
};
