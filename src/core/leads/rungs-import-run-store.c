/* rungs-import-run-store.c: the imports there were. */

#include "leads/rungs-import-run-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

#define SELECT_RUNS                                                                                \
  "SELECT r.id, r.file_name, s.kind || ':' || s.name, r.on_match, r.rows_read, r.leads_created,"   \
  " r.leads_updated, r.leads_unchanged, r.rows_refused, r.started_at, r.undone_at"                 \
  "  FROM import_run r LEFT JOIN source s ON s.id = r.source"

static const char SQL_LOAD[] = SELECT_RUNS " WHERE r.id = :id";

/* Imports of orders are listed by themselves (ladder/rungs-order-import.h). */
static const char SQL_LIST[]
    = SELECT_RUNS " WHERE NOT EXISTS (SELECT 1 FROM order_import o WHERE o.run = r.id)"
                  " ORDER BY r.id DESC LIMIT :limit";

void
rungs_import_run_free (RungsImportRun *self)
{
  g_free (self->file_name);
  g_free (self->source);
  g_free (self->on_match);
  g_free (self);
}

static gpointer
run_from_row (RungsStatement *row)
{
  RungsImportRun *run = g_new0 (RungsImportRun, 1);

  run->id = rungs_statement_get_int64 (row, 0);
  run->file_name = rungs_statement_dup_text (row, 1);
  run->source = rungs_statement_dup_text (row, 2);
  run->on_match = rungs_statement_dup_text (row, 3);
  run->rows_read = rungs_statement_get_int64 (row, 4);
  run->leads_created = rungs_statement_get_int64 (row, 5);
  run->leads_updated = rungs_statement_get_int64 (row, 6);
  run->leads_unchanged = rungs_statement_get_int64 (row, 7);
  run->rows_refused = rungs_statement_get_int64 (row, 8);
  run->started_at = rungs_statement_get_int64 (row, 9);
  run->undone_at = rungs_statement_get_int64 (row, 10);
  return run;
}

RungsImportRun *
rungs_import_run_load (RungsDb *db,
                       gint64   id,
                       GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, run_from_row, "import", error);
}

GPtrArray *
rungs_import_run_list (RungsDb *db,
                       guint    limit,
                       GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, run_from_row, (GDestroyNotify) rungs_import_run_free, error);
}
