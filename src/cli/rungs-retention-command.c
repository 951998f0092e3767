/* rungs-retention-command.c: how long what happened is kept. */

#include <glib/gi18n.h>
#include <inttypes.h>

#include "base/rungs-error.h"
#include "engine/rungs-retention-store.h"
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
  { NULL },
};
