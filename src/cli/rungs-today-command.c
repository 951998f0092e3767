/* rungs-today-command.c: the figures of the day, and what waits for a person. */

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "insights/rungs-period-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-outbox-store.h"
#include "process/rungs-task-store.h"
#include "rungs-column.h"
#include "rungs-commands.h"
#include "rungs-report.h"
#include "web/rungs-web-pull-store.h"

static const RungsColumn COLUMNS[] = {
  { "day", N_ ("Day"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("New leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "messages", N_ ("Messages sent"), RUNGS_COLUMN_NUMBER, NULL },
  { "orders", N_ ("Orders"), RUNGS_COLUMN_NUMBER, NULL },
  { "revenue", N_ ("Revenue"), RUNGS_COLUMN_MONEY, NULL },
  { "converted", N_ ("Of it paid otherwise"), RUNGS_COLUMN_MONEY, NULL },
  { "tasks_due", N_ ("Tasks due"), RUNGS_COLUMN_NUMBER, NULL },
  { "planned", N_ ("Messages planned"), RUNGS_COLUMN_NUMBER, NULL },
  { "doubt", N_ ("Messages in doubt"), RUNGS_COLUMN_NUMBER, NULL },
  { "failed", N_ ("Messages that failed"), RUNGS_COLUMN_NUMBER, NULL },
  { "account_trouble", N_ ("Sending stopped"), RUNGS_COLUMN_TEXT, NULL },
  { "pull_trouble", N_ ("Asking in vain"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static gboolean
add_period (JsonObject *row,
            RungsInvocation *call,
            RungsDb *db,
            gint64 from,
            gint64 until,
            GError **error)
{
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (RungsPeriod) period = NULL;
  g_autofree char *day = rungs_time_format_day (from, rungs_invocation_get_zone (call));

  if (!rungs_report_read (call, db, &exchange, error))
    return FALSE;
  period = rungs_period_load (db, from, until, exchange, error);
  if (period == NULL)
    return FALSE;
  rungs_row_set_text (row, "day", day);
  rungs_row_set_number (row, "leads", period->leads);
  rungs_row_set_number (row, "messages", period->messages);
  rungs_row_set_number (row, "orders", period->orders);
  rungs_row_set_monies (row, "revenue", period->revenue);
  rungs_row_set_monies (row, "converted", period->converted);
  return TRUE;
}

/* The first endpoint whose provider is asked in vain. */
static gboolean
add_unheard (JsonObject  *row,
             RungsDb     *db,
             GError     **error)
{
  g_autoptr (GPtrArray) troubles = rungs_web_pull_trouble_list (db, error);
  const RungsWebPullTrouble *first;
  g_autofree char *text = NULL;

  if (troubles == NULL)
    return FALSE;
  first = troubles->len > 0 ? troubles->pdata[0] : NULL;
  text = first != NULL ? g_strdup_printf ("%s: %s", first->name, first->words) : NULL;
  rungs_row_set_text (row, "pull_trouble", text);
  return TRUE;
}

static gboolean
add_waiting (JsonObject  *row,
             RungsDb     *db,
             gint64       until,
             GError     **error)
{
  g_autoptr (GPtrArray) accounts = rungs_account_list (db, error);
  const char *trouble = NULL;
  gint64 counts[RUNGS_OUTBOX_DOUBT + 1] = { 0 }, tasks = 0;

  if (accounts == NULL || !rungs_task_count_due (db, until, &tasks, error)
      || !rungs_outbox_count (db, counts, error))
    return FALSE;
  rungs_row_set_number (row, "tasks_due", tasks);
  rungs_row_set_number (row, "planned", counts[RUNGS_OUTBOX_PLANNED]);
  rungs_row_set_number (row, "doubt", counts[RUNGS_OUTBOX_DOUBT]);
  rungs_row_set_number (row, "failed", counts[RUNGS_OUTBOX_FAILED]);
  for (guint i = 0; i < accounts->len && trouble == NULL; i++)
    {
      const RungsAccount *account = accounts->pdata[i];

      trouble = account->paused_at != 0 ? account->paused_reason : NULL;
    }
  rungs_row_set_text (row, "account_trouble", trouble);
  return add_unheard (row, db, error);
}

static gboolean
show_today (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  GTimeZone *zone = rungs_invocation_get_zone (call);
  gint64 now = rungs_invocation_get_now (call);
  gint64 from = rungs_time_day_start (now, zone, 0), until = rungs_time_day_start (now, zone, 1);
  g_autoptr (JsonObject) row = rungs_row_new ();

  if (!add_period (row, call, db, from, until, error) || !add_waiting (row, db, until - 1, error))
    return FALSE;
  rungs_column_show (call, COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_REPORT_OPTION,
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_TODAY_COMMANDS[] = {
  { "today", "", N_ ("Show the figures of the day, and what waits"), RUNGS_COMMAND_READS,
    show_today, OPTIONS, NULL,
    "{day, leads, messages, orders, revenue, converted, tasks_due, planned, doubt, failed, "
    "account_trouble, pull_trouble}" },
  { NULL },
};
