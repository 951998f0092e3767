/* rungs-import-command.c: leads from files, and taking them back. */

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-import-run-store.h"
#include "leads/rungs-import.h"
#include "rungs-commands.h"
#include "rungs-import-report.h"
#include "rungs-listing.h"
#include "rungs-progress-line.h"

#define LIST_ROWS 100
#define MOST_ROWS 1000000

static const char *const ON_MATCH[] = { "fill", "overwrite", "skip", NULL };

static const RungsColumn RESULT_COLUMNS[] = {
  { "import", N_ ("Import"), RUNGS_COLUMN_NUMBER, NULL },
  { "rows_read", N_ ("Rows read"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads_created", N_ ("New leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads_updated", N_ ("Leads changed"), RUNGS_COLUMN_COUNT, NULL },
  { "leads_unchanged", N_ ("Leads left as they are"), RUNGS_COLUMN_COUNT, NULL },
  { "leads_suppressed", N_ ("Get nothing more"), RUNGS_COLUMN_COUNT, NULL },
  { "may_write", N_ ("May get marketing by e-mail"), RUNGS_COLUMN_NUMBER, NULL },
  { "no_consent", N_ ("Not, for no consent is known"), RUNGS_COLUMN_COUNT, NULL },
  { "said_no", N_ ("Not, for they said no or the address failed"), RUNGS_COLUMN_COUNT, NULL },
  { "no_address", N_ ("Not, for they have no e-mail address"), RUNGS_COLUMN_COUNT, NULL },
  { "rows_repeated", N_ ("Rows of the same lead"), RUNGS_COLUMN_COUNT, NULL },
  { "dates_unread", N_ ("Dates not understood"), RUNGS_COLUMN_COUNT, NULL },
  { "bytes_replaced", N_ ("Bytes not understood"), RUNGS_COLUMN_COUNT, NULL },
  { "encoding", N_ ("Encoding"), RUNGS_COLUMN_TEXT, NULL },
  { "sheet", N_ ("Sheet"), RUNGS_COLUMN_TEXT, NULL },
  { "recalled", N_ ("Columns as in"), RUNGS_COLUMN_TEXT, NULL },
  { "rows_refused", N_ ("Rows refused"), RUNGS_COLUMN_COUNT, NULL },
  { "shown_rejects", N_ ("Refused"), RUNGS_COLUMN_ROWS, RUNGS_IMPORT_REJECT_COLUMNS },
  { NULL },
};

static const RungsColumn RUN_COLUMNS[] = {
  { "import", N_ ("Import"), RUNGS_COLUMN_NUMBER, NULL },
  { "started_at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "file_name", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { "rows_read", N_ ("Rows"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads_created", N_ ("New"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads_updated", N_ ("Changed"), RUNGS_COLUMN_COUNT, NULL },
  { "rows_refused", N_ ("Refused"), RUNGS_COLUMN_COUNT, NULL },
  { "undone_at", N_ ("Taken back"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn UNDO_COLUMNS[] = {
  { "import", N_ ("Import"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads_deleted", N_ ("Leads deleted"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads_kept", N_ ("Leads kept, there is more about them since"), RUNGS_COLUMN_COUNT, NULL },
  { "values_restored", N_ ("Values as they were before"), RUNGS_COLUMN_COUNT, NULL },
  { "values_kept", N_ ("Values kept, changed again since"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static JsonObject *
result_to_row (const RungsImportResult *result)
{
  JsonObject *row = rungs_row_new ();
  char delimiter[] = { result->delimiter, '\0' };

  rungs_row_set_id (row, "import", result->run);
  rungs_row_set_number (row, "rows_read", result->rows_read);
  rungs_row_set_number (row, "rows_refused", result->rows_refused);
  rungs_row_set_number (row, "rows_repeated", result->rows_repeated);
  rungs_row_set_number (row, "leads_created", result->leads_created);
  rungs_row_set_number (row, "leads_updated", result->leads_updated);
  rungs_row_set_number (row, "leads_unchanged", result->leads_unchanged);
  rungs_row_set_number (row, "leads_suppressed", result->leads_suppressed);
  rungs_row_set_number (row, "may_write", result->reach.may_write);
  rungs_row_set_number (row, "no_consent", result->reach.no_consent);
  rungs_row_set_number (row, "said_no", result->reach.said_no);
  rungs_row_set_number (row, "no_address", result->reach.no_address);
  rungs_row_set_number (row, "dates_unread", result->dates_unread);
  rungs_row_set_number (row, "bytes_replaced", result->bytes_replaced);
  rungs_row_set_text (row, "encoding", result->encoding);
  rungs_row_set_text (row, "delimiter", result->delimiter != '\0' ? delimiter : NULL);
  rungs_row_set_text (row, "sheet", result->sheet);
  rungs_row_set_text (row, "recalled", result->recalled);
  return row;
}

/* What to do about leads that get no marketing, and about refused rows. */
static void
say_what_next (RungsInvocation         *call,
               const RungsImportResult *result)
{
  RungsOutput *output = rungs_invocation_get_output (call);

  if (result->reach.no_consent > 0)
    rungs_output_printf (output, "\n%s\n",
                         _ ("Those of whom no consent is known get no marketing. If they agreed to "
                            "it, import the file\nonce more with --consent WORDS."));
  rungs_import_report_say_rejects (call, result->rows_refused);
}

/* Lends what the invocation holds. `assignments` and `tags` are NULL-terminated. */
static gboolean
read_options (RungsInvocation    *call,
              RungsImportOptions *options,
              GPtrArray          *assignments,
              GPtrArray          *tags,
              GError            **error)
{
  guint on_match = RUNGS_ON_MATCH_FILL;

  if (!rungs_invocation_get_choice (call, "on-match", ON_MATCH, &on_match, error)
      || !rungs_import_report_read_table (call, &options->table, error))
    return FALSE;
  options->path = rungs_invocation_get_argument (call, 0);
  options->guess = rungs_invocation_has (call, "guess");
  options->assignments = (const char *const *) assignments->pdata;
  options->on_match = on_match;
  options->source = rungs_invocation_get_text (call, "source", NULL);
  options->tags = (const char *const *) tags->pdata;
  options->consent = rungs_invocation_get_text (call, "consent", NULL);
  options->rejects = rungs_invocation_get_text (call, "rejects", NULL);
  options->dry_run = rungs_invocation_has (call, "dry-run");
  return TRUE;
}

/* What is imported, and what came of it. */
typedef struct
{
  RungsImportOptions options;
  RungsImportResult result;
} Work;

static gboolean
work (RungsDb                *db,
      gpointer                data,
      gint64                  now,
      RungsImportProgressFunc progress,
      gpointer                progress_data,
      GCancellable           *cancellable,
      GError                **error)
{
  Work *self = data;

  return rungs_import_run (db, &self->options, now, progress, progress_data, cancellable,
                           &self->result, error);
}

static gboolean
import (RungsInvocation  *call,
        RungsDb          *db,
        GError          **error)
{
  g_autoptr (GPtrArray) assignments = rungs_import_report_list_texts (call, "map");
  g_autoptr (GPtrArray) tags = rungs_import_report_list_texts (call, "tag");
  Work self = { 0 };

  if (!read_options (call, &self.options, assignments, tags, error)
      || !rungs_import_report_run (call, db, _ ("making leads of the rows…"), work, &self, error))
    return FALSE;
  rungs_import_report_show (call, RESULT_COLUMNS, result_to_row (&self.result),
                            self.result.rejects);
  if (!rungs_invocation_wants_json (call))
    say_what_next (call, &self.result);
  rungs_import_result_clear (&self.result);
  return TRUE;
}

/* Ctrl+C ends the program in the middle of the transaction: then nothing is taken back. */
static gboolean
undo_import (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  RungsImportUndo undo = { 0 };
  JsonObject *row;
  gboolean undone;
  gint64 run;

  if (!rungs_invocation_get_id (call, 0, &run, error))
    return FALSE;
  undone = rungs_import_undo (db, run, rungs_invocation_get_now (call),
                              rungs_import_report_undoing, NULL, NULL, &undo, error);
  rungs_progress_line_clear ();
  if (!undone)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "import", run);
  rungs_row_set_number (row, "leads_deleted", undo.leads_deleted);
  rungs_row_set_number (row, "leads_kept", undo.leads_kept);
  rungs_row_set_number (row, "values_restored", undo.values_restored);
  rungs_row_set_number (row, "values_kept", undo.values_kept);
  rungs_column_show (call, UNDO_COLUMNS, row);
  return TRUE;
}

static JsonObject *
run_to_row (const RungsImportRun *run)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "import", run->id);
  rungs_row_set_text (row, "file_name", run->file_name);
  rungs_row_set_text (row, "source", run->source);
  rungs_row_set_text (row, "on_match", run->on_match);
  rungs_row_set_number (row, "rows_read", run->rows_read);
  rungs_row_set_number (row, "rows_refused", run->rows_refused);
  rungs_row_set_number (row, "leads_created", run->leads_created);
  rungs_row_set_number (row, "leads_updated", run->leads_updated);
  rungs_row_set_number (row, "leads_unchanged", run->leads_unchanged);
  rungs_row_set_time (row, "started_at", run->started_at);
  rungs_row_set_time (row, "undone_at", run->undone_at);
  return row;
}

static gboolean
list_imports (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, RUN_COLUMNS);
  g_autoptr (GPtrArray) runs = NULL;
  gint64 limit = LIST_ROWS;

  if (!rungs_invocation_get_number (call, "limit", 1, MOST_ROWS, &limit, error))
    return FALSE;
  runs = rungs_import_run_list (db, limit, error);
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    rungs_listing_add (listing, run_to_row (g_ptr_array_index (runs, i)));
  if (runs != NULL)
    rungs_listing_end (listing, _ ("Nothing was imported yet."));
  return runs != NULL;
}

static const GOptionEntry IMPORT_OPTIONS[] = {
  RUNGS_OPTION ("map", N_ ("HEADING=FIELD"), N_ ("Which field a column goes to; may be repeated")),
  RUNGS_OPTION ("source", N_ ("KIND:NAME"), N_ ("Where these leads came from")),
  RUNGS_OPTION ("tag", N_ ("TAG"), N_ ("Give this tag to all of them; may be repeated")),
  RUNGS_OPTION ("consent", N_ ("WORDS"), N_ ("They agreed to marketing by e-mail, in these words")),
  RUNGS_OPTION ("on-match",
                N_ ("RULE"),
                N_ ("Leads that are there: fill (the default), overwrite or skip")),
  RUNGS_FLAG ("dry-run", N_ ("Count and refuse the same, and write nothing")),
  RUNGS_OPTION ("rejects", N_ ("FILE"), N_ ("Write refused rows to this file")),
  RUNGS_OPTION ("encoding", N_ ("NAME"), N_ ("Encoding of the file; else found out")),
  RUNGS_FLAG ("guess", N_ ("Forget where the columns of such a file went the last time")),
  RUNGS_OPTION ("sheet", N_ ("NAME"), N_ ("Sheet of a spreadsheet; else the first that has a row")),
  RUNGS_OPTION ("delimiter", N_ ("SIGN"), N_ ("What parts the columns, or “tab”; else found out")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the newest N; 100 where nothing is said")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_IMPORT_COMMANDS[] = {
  { "leads import", "FILE", N_ ("Import a file of leads, whole or not at all"), RUNGS_COMMAND_HOLDS,
    import, IMPORT_OPTIONS,
    N_ ("The file is CSV, as mail services and shops export it, in any encoding, or a\n"
        "spreadsheet of Excel (.xlsx) or LibreOffice (.ods), or address cards (.vcf).\n"
        "FIELD is email, first_name, last_name, full_name, company, phone, street, street_2,\n"
        "postcode, city, region, country, language, zone, notes, tags, created_at, consent_at,\n"
        "status, unsubscribed, bounced, ignore, or field:KEY for a field of your own. A field\n"
        "that is not there yet holds text, or what follows it: field:KEY:KIND, where KIND is\n"
        "number, money, date, yesno, one, several, phone, link or long. Columns that are not\n"
        "named are guessed."),
    "{import, rows_read, rows_refused, rows_repeated, leads_created, leads_updated, "
    "leads_unchanged, leads_suppressed, may_write, no_consent, said_no, no_address, "
    "dates_unread, bytes_replaced, encoding, delimiter, sheet, recalled, "
    "rejects: [line, reason, text]}" },
  { "leads undo-import", "NUMBER", N_ ("Take an import back, whole"), RUNGS_COMMAND_WRITES,
    undo_import, NULL, NULL, "{import, leads_deleted, leads_kept, values_restored, values_kept}" },
  { "leads imports", "", N_ ("List the imports"), RUNGS_COMMAND_READS, list_imports, LIST_OPTIONS,
    NULL,
    "[import, file_name, source, on_match, rows_read, rows_refused, leads_created, "
    "leads_updated, leads_unchanged, started_at, undone_at]" },
  { NULL },
};
