/* rungs-retention-command.c: how long what happened is kept. */

#include <glib/gi18n.h>
#include <inttypes.h>

#include "base/rungs-error.h"
#include "engine/rungs-idle-store.h"
#include "engine/rungs-retention-store.h"
#include "engine/rungs-wipe.h"
#include "leads/rungs-event-kind.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn COLUMNS[] = {
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TEXT, NULL },
  { "label", N_ ("What"), RUNGS_COLUMN_TEXT, NULL },
  { "months", N_ ("Months"), RUNGS_COLUMN_NUMBER, NULL },
  { "goes", N_ ("Older by now"), RUNGS_COLUMN_COUNT, NULL },
  { "ran_at", N_ ("Last seen to"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

/* All kinds, or only those of which something is said. */
static gboolean
list_all (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (GPtrArray) list = rungs_retention_list (db, rungs_invocation_get_now (call), error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const RungsRetention *retention = g_ptr_array_index (list, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "kind", retention->kind);
      rungs_row_set_text (row, "label", retention->label);
      rungs_row_set_id (row, "months", retention->months);
      rungs_row_set_number (row, "goes", retention->goes);
      rungs_row_set_time (row, "ran_at", retention->ran_at);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, "");
  return TRUE;
}

/* MONTHS: a number, or "ever" for 0. */
static gboolean
read_months (RungsInvocation  *call,
             gint64           *months,
             GError          **error)
{
  const char *text = rungs_invocation_get_argument (call, 1);
  guint64 number = 0;

  *months = 0;
  if (g_str_equal (text, "ever"))
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, 1, RUNGS_RETENTION_MOST_MONTHS, &number, NULL))
    {
      *months = (gint64) number;
      return TRUE;
    }
  g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
               _ ("MONTHS is a number from 1 to %d, or “ever”"), RUNGS_RETENTION_MOST_MONTHS);
  return FALSE;
}

static JsonObject *
preview_row (const char *kind,
             gint64      months,
             gint64      goes)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "kind", kind);
  rungs_row_set_text (row, "label", rungs_event_kind_label (kind));
  rungs_row_set_id (row, "months", months);
  rungs_row_set_number (row, "goes", goes);
  return row;
}

static gboolean
preview (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  const char *kind = rungs_invocation_get_argument (call, 0);
  gint64 months, goes;

  if (!read_months (call, &months, error)
      || !rungs_retention_preview (db, kind, months, rungs_invocation_get_now (call), &goes, error))
    return FALSE;
  rungs_column_say (call, preview_row (kind, months, goes),
                    ngettext ("%" PRId64 " event would go at once.",
                              "%" PRId64 " events would go at once.", goes), goes);
  return TRUE;
}

/* Nothing brings them back, so whoever sets it says how many may go. */
static gboolean
set (RungsInvocation  *call,
     RungsDb          *db,
     GError          **error)
{
  const char *kind = rungs_invocation_get_argument (call, 0);
  gint64 months, goes, agreed = 0;

  if (!read_months (call, &months, error)
      || !rungs_invocation_get_number (call, "confirm", 0, G_MAXINT64, &agreed, error)
      || !rungs_retention_preview (db, kind, months, rungs_invocation_get_now (call), &goes, error))
    return FALSE;
  if (goes > agreed)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   ngettext ("%" PRId64 " event would go, for ever; if you want that, say"
                             " --confirm %" PRId64 ".",
                             "%" PRId64 " events would go, for ever; if you want that, say"
                             " --confirm %" PRId64 ".", goes), goes, goes);
      return FALSE;
    }
  if (!rungs_retention_set (db, kind, months, error))
    return FALSE;
  if (months == 0)
    rungs_column_say (call, preview_row (kind, months, goes), _ ("“%s” is kept for ever."),
                      rungs_event_kind_label (kind));
  else
    rungs_column_say (call, preview_row (kind, months, goes),
                      ngettext ("“%s” is kept for %" PRId64 " month; what is older goes when Rungs"
                                " runs.",
                                "“%s” is kept for %" PRId64 " months; what is older goes when Rungs"
                                " runs.", months), rungs_event_kind_label (kind), months);
  return TRUE;
}

static gboolean
hasten (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  return rungs_retention_hasten (db, error);
}

static gboolean
run (RungsInvocation  *call,
     RungsDb          *db,
     GError          **error)
{
  JsonObject *row;
  gint64 removed;

  if (!rungs_db_write (db, hasten, NULL, error)
      || !rungs_retention_run (db, rungs_invocation_get_now (call), NULL, &removed, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "removed", removed);
  rungs_column_say (call, row,
                    ngettext ("%" PRId64 " event was removed.", "%" PRId64 " events were removed.",
                              removed), removed);
  return TRUE;
}

/* ---- leads of whom nothing was heard */

static const char *const WAYS[] = { "erase", "anonymise", NULL };

static const RungsColumn IDLE_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "created_at", N_ ("Known since"), RUNGS_COLUMN_TIME, NULL },
  { "last_at", N_ ("Last heard of"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static gboolean
read_idle_months (RungsInvocation *call,
                  gint64          *months,
                  GError         **error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (rungs_invocation_get_argument (call, 0), 10, 1,
                                   RUNGS_RETENTION_MOST_MONTHS, &number, NULL))
    {
      g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
                   _ ("MONTHS is a number from 1 to %d"), RUNGS_RETENTION_MOST_MONTHS);
      return FALSE;
    }
  *months = (gint64) number;
  return TRUE;
}

static gboolean
list_idle (RungsInvocation *call,
           RungsDb         *db,
           GError         **error)
{
  g_autoptr (RungsListing) listing = NULL;
  g_autoptr (GArray) leads = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gint64 months;

  if (!read_idle_months (call, &months, error)
      || !(leads = rungs_idle_find (db, months, rungs_invocation_get_now (call), error))
      || !(list = rungs_idle_list (db, leads, G_MAXUINT, error)))
    return FALSE;
  listing = rungs_listing_new (call, IDLE_COLUMNS);
  for (guint i = 0; i < list->len; i++)
    {
      const RungsIdleLead *idle = g_ptr_array_index (list, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_number (row, "id", idle->lead);
      rungs_row_set_text (row, "name", idle->name);
      rungs_row_set_time (row, "created_at", idle->created_at);
      rungs_row_set_time (row, "last_at", idle->last_at);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("Something was heard of every lead."));
  return TRUE;
}

/* What is being forgotten. */
typedef struct
{
  GArray *leads;
  gint64 months;
  gint64 now;
  gboolean nameless;
  gint64 forgotten;
} Forgetting;

static gboolean
forget_all (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  Forgetting *self = data;
  gboolean forgotten;

  for (guint i = 0; i < self->leads->len; i++)
    {
      if (!rungs_idle_forget (db, g_array_index (self->leads, gint64, i), self->months,
                              self->nameless, self->now, &forgotten, error))
        return FALSE;
      self->forgotten += forgotten;
    }
  return TRUE;
}

static gboolean
check_agreed (RungsInvocation *call,
              gint64           goes,
              GError         **error)
{
  gint64 agreed = 0;

  if (!rungs_invocation_get_number (call, "confirm", 0, G_MAXINT64, &agreed, error))
    return FALSE;
  if (goes <= agreed)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
               ngettext ("%" PRId64 " person would be forgotten, for ever; if you want that, say"
                         " --confirm %" PRId64 ".",
                         "%" PRId64 " persons would be forgotten, for ever; if you want that, say"
                         " --confirm %" PRId64 ".", goes), goes, goes);
  return FALSE;
}

static gboolean
forget_idle (RungsInvocation *call,
             RungsDb         *db,
             GError         **error)
{
  Forgetting work = { .now = rungs_invocation_get_now (call) };
  g_autoptr (GArray) leads = NULL;
  guint way = 0;
  JsonObject *row;

  if (!read_idle_months (call, &work.months, error)
      || !rungs_invocation_get_choice (call, "way", WAYS, &way, error)
      || !(leads = rungs_idle_find (db, work.months, work.now, error))
      || !check_agreed (call, leads->len, error))
    return FALSE;
  work.leads = leads;
  work.nameless = way == 1;
  if (!rungs_db_write (db, forget_all, &work, error) || !rungs_wipe (db, work.now, NULL, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "forgotten", work.forgotten);
  rungs_column_say (call, row,
                    ngettext ("%" PRId64 " person was forgotten.",
                              "%" PRId64 " persons were forgotten.", work.forgotten),
                    work.forgotten);
  return TRUE;
}

static const GOptionEntry FORGET_OPTIONS[] = {
  RUNGS_OPTION ("way", N_ ("WAY"),
                N_ ("erase them, or anonymise them: keep the figures; else erase")),
  RUNGS_OPTION ("confirm", N_ ("N"), N_ ("So many persons may be forgotten, for ever")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry SET_OPTIONS[] = {
  RUNGS_OPTION ("confirm", N_ ("N"), N_ ("So many events may go at once, for ever")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_RETENTION_COMMANDS[] = {
  { "retention list", "", N_ ("List for how long each kind of event is kept"), RUNGS_COMMAND_READS,
    list_all, NULL,
    N_ ("Where no months are said, what happened is kept for ever. Orders, refunds, consents and\n"
        "the do-not-send list are needed for the books or as evidence, and cannot be named."),
    "[kind, label, months, goes, ran_at]" },
  { "retention preview", "KIND MONTHS", N_ ("Count what would go, and change nothing"),
    RUNGS_COMMAND_READS, preview, NULL, NULL, "{kind, label, months, goes}" },
  { "retention set", "KIND MONTHS", N_ ("Keep events of a kind for so many months"),
    RUNGS_COMMAND_WRITES, set, SET_OPTIONS,
    N_ ("MONTHS “ever” keeps them for ever. What is older is removed once a day while Rungs runs,\n"
        "and cannot be brought back: where something would go at once, --confirm must say how\n"
        "much. Figures and rules about what is gone answer as if it had not happened."),
    "{kind, label, months, goes}" },
  { "retention run", "", N_ ("Remove now what is older than it is to be kept"),
    RUNGS_COMMAND_HOLDS, run, NULL, NULL, "{removed}" },
  { "retention idle", "MONTHS", N_ ("List the leads of whom nothing was heard for so many months"),
    RUNGS_COMMAND_READS, list_idle, NULL,
    N_ ("Nothing was written down of them since: no event, no message, no arrival, no consent.\n"
        "Whoever ordered anything, walks through a sequence or has a task open is not one."),
    "[id, name, created_at, last_at]" },
  { "retention forget-idle", "MONTHS", N_ ("Erase or anonymise those leads, for ever"),
    RUNGS_COMMAND_HOLDS, forget_idle, FORGET_OPTIONS,
    N_ ("They may come again: their addresses are suppressed only where they were before."),
    "{forgotten}" },
  { NULL },
};
