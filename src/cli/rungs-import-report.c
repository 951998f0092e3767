/* rungs-import-report.c: what imports of leads and of orders have in common on the command line. */

#include "rungs-import-report.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-import-rejects.h"
#include "rungs-interrupt.h"
#include "rungs-progress-line.h"

/* People see so many of the refused rows; all are in the file of --rejects. */
#define SHOWN_REJECTS 10

const RungsColumn RUNGS_IMPORT_REJECT_COLUMNS[] = {
  { "line", N_ ("Line"), RUNGS_COLUMN_NUMBER, NULL },
  { "reason", N_ ("Reason"), RUNGS_COLUMN_TEXT, NULL },
  { "text", N_ ("Text"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

gboolean
rungs_import_report_read_table (RungsInvocation   *call,
                                RungsTableOptions *table,
                                GError           **error)
{
  const char *delimiter = rungs_invocation_get_text (call, "delimiter", "");

  if (strcmp (delimiter, "tab") == 0)
    delimiter = "\t";
  if (strlen (delimiter) > 1)
    return rungs_invocation_refuse (call, "delimiter", _ ("one character, or “tab”"), error);
  table->delimiter = *delimiter;
  table->encoding = rungs_invocation_get_text (call, "encoding", NULL);
  table->sheet = rungs_invocation_get_text (call, "sheet", NULL);
  return TRUE;
}

GPtrArray *
rungs_import_report_list_texts (RungsInvocation *call,
                                const char      *option)
{
  GPtrArray *texts = g_ptr_array_new ();

  g_ptr_array_extend (texts, rungs_invocation_get_texts (call, option), NULL, NULL);
  g_ptr_array_add (texts, NULL);
  return texts;
}

static void
progress_cb (const RungsImportProgress *progress,
             gpointer                   writing)
{
  int percent = (int) (progress->fraction * 100);

  if (progress->writing)
    rungs_progress_line_show ("%d %%: %s", percent, (const char *) writing);
  else
    rungs_progress_line_show (_ ("%d %%: %.0f rows read, %.0f a second…"), percent,
                              (double) progress->rows, progress->rows_per_second);
}

gboolean
rungs_import_report_run (RungsInvocation      *call,
                         RungsDb              *db,
                         const char           *writing,
                         RungsImportReportFunc func,
                         gpointer              data,
                         GError              **error)
{
  g_autoptr (RungsInterrupt) interrupt = rungs_interrupt_new ();
  g_autoptr (GError) failure = NULL;
  gboolean done = func (db, data, rungs_invocation_get_now (call), progress_cb,
                        (gpointer) writing, rungs_interrupt_get_cancellable (interrupt), &failure);

  rungs_progress_line_clear ();
  if (rungs_error_is_cancelled (failure))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         _ ("The import was cancelled. Nothing of it was written."));
  else if (!done)
    g_propagate_error (error, g_steal_pointer (&failure));
  return done;
}

void
rungs_import_report_undoing (const RungsImportProgress *progress,
                             gpointer                   data)
{
  rungs_progress_line_show (_ ("%d %%: taking the import back…"), (int) (progress->fraction * 100));
}

static JsonArray *
rejects_to_array (GPtrArray *rejects,
                  guint      most)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rejects->len && i < most; i++)
    {
      const RungsImportReject *reject = g_ptr_array_index (rejects, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_number (row, "line", reject->line);
      rungs_row_set_text (row, "reason", reject->reason);
      rungs_row_set_text (row, "text", reject->text);
      json_array_add_object_element (array, row);
    }
  return array;
}

void
rungs_import_report_show (RungsInvocation   *call,
                          const RungsColumn *columns,
                          JsonObject        *row,
                          GPtrArray         *rejects)
{
  if (rungs_invocation_wants_json (call))
    json_object_set_array_member (row, "rejects", rejects_to_array (rejects, G_MAXUINT));
  else
    json_object_set_array_member (row, "shown_rejects", rejects_to_array (rejects, SHOWN_REJECTS));
  rungs_column_show (call, columns, row);
}

void
rungs_import_report_say_rejects (RungsInvocation *call,
                                 gint64           refused)
{
  RungsOutput *output = rungs_invocation_get_output (call);
  const char *rejects = rungs_invocation_get_text (call, "rejects", NULL);

  if (refused > 0 && rejects != NULL)
    rungs_output_printf (output, _ ("\nAll refused rows are in %s.\n"), rejects);
  else if (refused > 0)
    rungs_output_printf (output, "\n%s\n",
                         _ ("--rejects FILE writes the refused rows into a file, to be mended."));
}
