/* rungs-lead-export-command.c: leads into files. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-lead-export.h"
#include "leads/rungs-lead-list-store.h"
#include "rungs-commands.h"
#include "rungs-interrupt.h"
#include "rungs-lead-selection.h"
#include "rungs-listing.h"
#include "rungs-progress-line.h"

static const RungsColumn COLUMNS[] = {
  { "file", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { "format", N_ ("Format"), RUNGS_COLUMN_TERM, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static void
show_progress_cb (guint    done,
                  guint    total,
                  gpointer data)
{
  rungs_progress_line_show (_ ("%d %%: %u leads written…"), (int) (100.0 * done / total), done);
}

/* By --format, else by how the file's name ends. */
static gboolean
read_format (RungsInvocation  *call,
             RungsLeadExport  *export,
             GError          **error)
{
  g_autofree char *name = g_utf8_strdown (export->path, -1);
  guint format = RUNGS_LEAD_EXPORT_CSV;

  if (g_str_has_suffix (name, ".json"))
    format = RUNGS_LEAD_EXPORT_JSON;
  else if (g_str_has_suffix (name, ".vcf"))
    format = RUNGS_LEAD_EXPORT_VCARD;
  if (!rungs_invocation_get_choice (call, "format", rungs_lead_export_formats (), &format, error))
    return FALSE;
  export->format = format;
  return TRUE;
}

static gboolean
read_delimiter (RungsInvocation  *call,
                RungsLeadExport  *export,
                GError          **error)
{
  const char *delimiter = rungs_invocation_get_text (call, "delimiter", ",");

  if (strcmp (delimiter, "tab") == 0)
    delimiter = "\t";
  if (strlen (delimiter) != 1 || strchr (",;\t", *delimiter) == NULL)
    return rungs_invocation_refuse (call, "delimiter", _ ("“,”, “;” or “tab”"), error);
  export->delimiter = *delimiter;
  return TRUE;
}

/* The columns that --columns names, in its order. Returns: (transfer full): the names. */
static char **
read_columns (RungsInvocation  *call,
              GArray           *columns)
{
  char **names = g_strsplit (rungs_invocation_get_text (call, "columns", ""), ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      RungsLeadExportColumn column = { g_strstrip (names[i]), NULL };

      if (*column.name != '\0')
        g_array_append_val (columns, column);
    }
  return names;
}

static gboolean
check_place (RungsInvocation  *call,
             const char       *path,
             GError          **error)
{
  g_autofree char *message = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || rungs_invocation_has (call, "force"))
    return TRUE;
  message = g_strdup_printf (_ ("There is a file %s already; --force replaces it."), path);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, message);
  return FALSE;
}

static GArray *
ids_of_list (RungsLeadList *list)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < rungs_lead_list_get_count (list); i++)
    {
      gint64 id = rungs_lead_list_get_id (list, i);

      g_array_append_val (ids, id);
    }
  return ids;
}

static GArray *
find_leads (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsLeadQuery) query = g_new0 (RungsLeadQuery, 1);
  g_autoptr (RungsLeadList) list = NULL;

  if (!rungs_lead_selection_read (call, db, query, error))
    return NULL;
  list = rungs_lead_list_load (db, query, NULL, error);
  return list != NULL ? ids_of_list (list) : NULL;
}

static void
put_result (RungsInvocation       *call,
            const RungsLeadExport *export,
            gint64                 written)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "file", export->path);
  rungs_row_set_text (row, "format", rungs_lead_export_formats ()[export->format]);
  rungs_row_set_number (row, "leads", written);
  rungs_column_show (call, COLUMNS, row);
}

static gboolean
write_leads (RungsInvocation        *call,
             RungsDb                *db,
             const RungsLeadExport  *export,
             GError                **error)
{
  g_autoptr (RungsInterrupt) interrupt = rungs_interrupt_new ();
  g_autoptr (GError) failure = NULL;
  gint64 written = rungs_lead_export_write (
      db, export, rungs_interrupt_get_cancellable (interrupt), &failure);

  rungs_progress_line_clear ();
  if (written >= 0)
    put_result (call, export, written);
  else if (rungs_error_is_cancelled (failure))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         _ ("The export was cancelled. No file was written."));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return written >= 0;
}

static gboolean
export_leads (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  RungsLeadExport export = { .path = rungs_invocation_get_argument (call, 0),
                             .progress = show_progress_cb };
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (RungsLeadExportColumn));
  g_auto (GStrv) names = read_columns (call, columns);
  g_autoptr (GArray) leads = NULL;

  export.columns = (const RungsLeadExportColumn *) (gpointer) columns->data;
  export.n_columns = columns->len;
  if (!read_format (call, &export, error) || !read_delimiter (call, &export, error)
      || !check_place (call, export.path, error))
    return FALSE;
  leads = find_leads (call, db, error);
  export.leads = leads;
  return leads != NULL && write_leads (call, db, &export, error);
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_OPTION ("format", N_ ("FORMAT"),
                N_ ("csv, json or vcard; else as the name of the file ends")),
  RUNGS_LEAD_SELECTION_OPTIONS,
  RUNGS_OPTION ("columns", N_ ("NAMES"),
                N_ ("Which columns of CSV, with commas between; else all")),
  RUNGS_OPTION ("delimiter", N_ ("SIGN"), N_ ("What parts the columns of CSV; else a comma")),
  RUNGS_FLAG ("force", N_ ("Replace a file that is there")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_LEAD_EXPORT_COMMANDS[] = {
  { "leads export", "FILE", N_ ("Write leads into a file: a table, JSON, or address cards"),
    RUNGS_COMMAND_READS, export_leads, OPTIONS,
    N_ ("CSV is for spreadsheets: text that one would compute has an apostrophe before it, which\n"
        "“leads import” takes away again. JSON has every value as it is stored. vCard (.vcf) is\n"
        "for address books.\n"
        "Columns are: id, name, first_name, last_name, email, company, phone, street, postcode,\n"
        "city, region, country, language, zone, notes, tags, created, status, agreed, source,\n"
        "rungs_source, score, and field.KEY of a field of your own."),
    "{file, format, leads}" },
  { NULL },
};
