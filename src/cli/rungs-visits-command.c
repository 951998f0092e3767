/* rungs-visits-command.c: how often pages were opened. */

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-time.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "web/rungs-web-visit-store.h"

#define USUAL_DAYS 30

static const RungsColumn COLUMNS[] = {
  { "day", N_ ("Day"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Page"), RUNGS_COLUMN_TEXT, NULL },
  { "variant", N_ ("Variant"), RUNGS_COLUMN_TEXT, NULL },
  { "code", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "visits", N_ ("Visits"), RUNGS_COLUMN_NUMBER, NULL },
  { "machines", N_ ("By machines"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static void
set_some (JsonObject *row,
          const char *key,
          const char *text)
{
  rungs_row_set_text (row, key, *text != '\0' ? text : NULL);
}

static JsonObject *
visits_to_row (const RungsWebVisitRow *visits)
{
  JsonObject *row = rungs_row_new ();

  set_some (row, "day", visits->day);
  rungs_row_set_text (row, "path", visits->path);
  set_some (row, "variant", visits->variant);
  set_some (row, "code", visits->code);
  rungs_row_set_number (row, "visits", visits->visits);
  rungs_row_set_number (row, "machines", visits->machines);
  return row;
}

/* The day that an option names, as the business has it. */
static gboolean
read_day (RungsInvocation  *call,
          const char       *option,
          gint64            otherwise,
          char            **day,
          GError          **error)
{
  const char *text = rungs_invocation_get_text (call, option, NULL);
  GTimeZone *zone = rungs_invocation_get_zone (call);
  gint64 at = otherwise;

  if (text != NULL && !rungs_time_parse (text, zone, &at, error))
    return FALSE;
  *day = rungs_time_format_day (at, zone);
  return TRUE;
}

static gboolean
list_visits (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  gint64 now = rungs_invocation_get_now (call);
  g_autofree char *from = NULL;
  g_autofree char *through = NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (GPtrArray) rows = NULL;

  if (!read_day (call, "from", now - USUAL_DAYS * RUNGS_DAY, &from, error)
      || !read_day (call, "through", now, &through, error))
    return FALSE;
  rows = rungs_web_visit_list (db, from, through, rungs_invocation_has (call, "by-day"), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    rungs_listing_add (listing, visits_to_row (rows->pdata[i]));
  rungs_listing_end (listing, _ ("No page was opened in that time."));
  return TRUE;
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_OPTION ("from", N_ ("DAY"), N_ ("The first day, such as 2026-11-21; 30 days ago")),
  RUNGS_OPTION ("through", N_ ("DAY"), N_ ("The last day; today")),
  RUNGS_FLAG ("by-day", N_ ("Each day apart")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_VISITS_COMMANDS[] = {
  { "visits", "", N_ ("List how often pages and links of sources were opened"),
    RUNGS_COMMAND_READS, list_visits, OPTIONS,
    N_ ("Pages of the relay, and of your site where its script stands. Nobody is told from "
        "others."),
    "[day, path, variant, code, visits, machines]" },
  { NULL },
};
