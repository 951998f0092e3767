/* rungs-export-store.h: everything that the file holds, in files that any program can read.
 *
 * A folder with, for each table of the file (data/schema tells what they hold):
 *
 *
 *   TABLE.csv     for spreadsheets: a line of headings, then a line a row. Instants are written
 * as
 *
 *                 2026-03-02T09:00:00Z; texts are made harmless, see rungs-table-cell.h
 *
 *   TABLE.jsonl   for programs: one JSON object a line, its members the columns, their values
 * exactly what
 *
 *                 is stored: numbers, texts, null; bytes as hexadecimal digits
 *
 * and schema.sql, the tables themselves with their comments, and README.txt, which says this.
 * What is derived for search is left out. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  char *table; /* (owned) */
  gint64 rows;
} RungsExportedTable;

void rungs_exported_table_free (RungsExportedTable *self);

/* Writes the folder, whole or not at all: while it is written it is called PATH.part. In a read
 * transaction (rungs_db_read()), so that all of it is of one moment. Returns: (transfer full)
 * (element-type RungsExportedTable): by name. Errors: CONFLICT where `path` is there and not an
 * empty folder; FAILED. */
GPtrArray *rungs_export_write (RungsDb     *db,
                               const char  *path,
                               GError     **error);

G_END_DECLS
