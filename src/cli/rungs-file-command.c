/* rungs-file-command.c: backup and check of the file of a business. */

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/rungs-error.h"
#include "db/rungs-backup.h"
#include "db/rungs-file-header.h"
#include "engine/rungs-business.h"
#include "engine/rungs-check-store.h"
#include "engine/rungs-export-store.h"
#include "engine/rungs-wipe.h"
#include "insights/rungs-first-contact-store.h"
#include "insights/rungs-ladder-keep-store.h"
#include "leads/rungs-lead-search-store.h"
#include "rungs-column.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn BACKUP_COLUMNS[] = {
  { "file", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { "written_at", N_ ("Written"), RUNGS_COLUMN_TIME, NULL },
  { "bytes", N_ ("Bytes"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn EXPORT_COLUMNS[] = {
  { "table", N_ ("Table"), RUNGS_COLUMN_TEXT, NULL },
  { "rows", N_ ("Rows"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

/* Whether both paths lead to one file. */
static gboolean
is_same_file (const char *a,
              const char *b)
{
  GStatBuf first, second;

  return g_stat (a, &first) == 0 && g_stat (b, &second) == 0 && first.st_dev == second.st_dev
         && first.st_ino == second.st_ino;
}

static gboolean
back_up (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  const char *path = rungs_invocation_get_argument (call, 0);
  JsonObject *row;

  if (g_file_test (path, G_FILE_TEST_EXISTS) && !rungs_invocation_has (call, "force"))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("There is a file %s already; --force replaces it."), path);
      return FALSE;
    }
  if (is_same_file (path, rungs_db_get_path (db)))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("%s is the file itself."), path);
      return FALSE;
    }
  if (!rungs_backup_write (db, path, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "file", path);
  rungs_column_say (call, row, _ ("The copy is in %s."), path);
  return TRUE;
}

static void
put_faults (RungsInvocation *call,
            GPtrArray       *faults)
{
  JsonObject *row = rungs_row_new ();
  JsonArray *array = rungs_row_set_array (row, "faults");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      json_array_add_string_element (array, g_ptr_array_index (faults, i));
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                              (char *) g_ptr_array_index (faults, i));
    }
  rungs_column_say (call, row, "%s", faults->len > 0 ? text->str : _ ("The file is in order."));
  g_string_free (text, TRUE);
}

/* What is derived is made anew from what it is derived from. */
static gboolean
repair (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  return rungs_lead_search_rebuild (db, error) && rungs_ladder_keep_forget (db, error)
         && rungs_first_contacts_rebuild (db, error);
}

static gboolean
check (RungsInvocation  *call,
       RungsDb          *db,
       GError          **error)
{
  g_autoptr (GPtrArray) faults = NULL;

  if (rungs_invocation_has (call, "repair") && !rungs_db_write (db, repair, NULL, error))
    return FALSE;
  faults = rungs_business_check (db, error);
  if (faults == NULL)
    return FALSE;
  put_faults (call, faults);
  if (faults->len == 0 || !rungs_output_flush (rungs_invocation_get_output (call), error))
    return faults->len == 0;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
               ngettext ("The file has %u fault", "The file has %u faults", faults->len),
               faults->len);
  return FALSE;
}

static gboolean export(RungsInvocation *call, RungsDb *db, GError **error)
{
  const char *path = rungs_invocation_get_argument (call, 0);
  g_autoptr (GPtrArray) tables = rungs_export_write (db, path, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, EXPORT_COLUMNS);

  if (tables == NULL)
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    {
      const RungsExportedTable *exported = g_ptr_array_index (tables, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "table", exported->table);
      rungs_row_set_number (row, "rows", exported->rows);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, "");
  return TRUE;
}

static gboolean
list_backups (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (GPtrArray) backups = rungs_backup_list (rungs_invocation_get_file (call));
  g_autoptr (RungsListing) listing = rungs_listing_new (call, BACKUP_COLUMNS);

  for (guint i = 0; i < backups->len; i++)
    {
      const char *path = g_ptr_array_index (backups, i);
      JsonObject *row = rungs_row_new ();
      GStatBuf info;

      rungs_row_set_text (row, "file", path);
      if (g_stat (path, &info) == 0)
        {
          rungs_row_set_time (row, "written_at", info.st_mtime * G_GINT64_CONSTANT (1000));
          rungs_row_set_number (row, "bytes", info.st_size);
        }
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no copies yet; one a day is made while Rungs runs."));
  return TRUE;
}

/* Whether a copy is one, before it takes the place of anything. */
static gboolean
is_copy (const char  *path,
         GError     **error)
{
  RungsFileHeader header;

  if (!rungs_file_header_read (path, rungs_schema_of_business (), &header, error))
    return FALSE;
  if (header.kind == RUNGS_FILE_OURS)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("%s is no copy of a file of Rungs."),
               path);
  return FALSE;
}

/* Opening the file erases whom the copy brought back; what is left of them goes at once. */
static gboolean
forget_again (RungsInvocation  *call,
              GError          **error)
{
  g_autoptr (RungsDb) db
    = rungs_business_open_at (rungs_invocation_get_file (call), RUNGS_DB_WRITE,
                              rungs_invocation_get_clock (call), error);

  return db != NULL && rungs_wipe (db, rungs_invocation_get_now (call), NULL, error);
}

static gboolean
restore (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  const char *backup = rungs_invocation_get_argument (call, 0);
  const char *path = rungs_invocation_get_file (call);
  JsonObject *row;

  if (!is_copy (backup, error) || !rungs_backup_restore (backup, path, error)
      || !forget_again (call, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "file", path);
  rungs_column_say (call, row,
                    _ ("%s is what the copy was, but for persons who were erased since. What stood"
                       " there ends in “.replaced” now."), path);
  return TRUE;
}

static const GOptionEntry CHECK_OPTIONS[] = {
  RUNGS_FLAG ("repair", N_ ("First make anew what is derived")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry BACKUP_OPTIONS[] = {
  RUNGS_FLAG ("force", N_ ("Replace a file that is there")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_FILE_COMMANDS[] = {
  { "backup", "FILE", N_ ("Copy the file as it is now, while it is in use"), RUNGS_COMMAND_HOLDS,
    back_up, BACKUP_OPTIONS, NULL },
  { "backups", "", N_ ("List the copies that were made by themselves"), RUNGS_COMMAND_ALONE,
    list_backups, NULL, NULL, "[file, written_at, bytes]" },
  { "restore", "COPY", N_ ("Put a copy in the place of the file"), RUNGS_COMMAND_ALONE, restore,
    NULL, N_ ("No program may have the file open. What stood there is kept beside it.") },
  { "check", "", N_ ("Check the file; exits with 1 where it has faults"), RUNGS_COMMAND_HOLDS,
    check, CHECK_OPTIONS, NULL, "{faults}" },
  { "export", "FOLDER", N_ ("Write everything as CSV and JSON into a new folder"),
    RUNGS_COMMAND_READS, export, NULL,
    N_ ("Each table becomes a file for spreadsheets, TABLE.csv, and one for programs,\n"
        "TABLE.jsonl, which holds one JSON object a line with every value exactly as it is\n"
        "stored. In CSV, instants are written out, and text that a spreadsheet would compute has\n"
        "an apostrophe before it. The folder also gets schema.sql, which explains the tables."),
    "[table, rows]" },
  { NULL },
};
