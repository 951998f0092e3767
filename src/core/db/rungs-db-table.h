/* rungs-db-table.h: a table that statements read and the program computes.
 *
 * To SQLite it is an eponymous virtual table. Its first column is the key, in the order of which
 * its rows come; the others are numbers too. A statement says of which moment it asks, with the
 * hidden column "at", and may say of which key:
 *
 *   SELECT x.product FROM next_offer x WHERE x.at = :now AND x.lead = :lead
 *
 * What computes the rows may ask the same connection. */

#pragma once

#include "db/rungs-statement.h"

G_BEGIN_DECLS

/**
 * RungsDbTable:
 * @name: how statements name it
 * @columns: "lead, product, offer"
 * @n_columns: how many these are
 * @begin: begins to compute the rows of the moment `at`: those of `key`, 0: of all keys. Returns
 *   what the rows are read from; NULL on error
 * @next: fills in the `values`, one a column, of the next row
 * @end: frees what @begin gave
 */
typedef struct
{
  const char *name;
  const char *columns;
  guint n_columns;
  gpointer (*begin) (RungsDb *db, gint64 at, gint64 key, GError **error);
  RungsStep (*next) (gpointer reader, gint64 *values, GError **error);
  void (*end) (gpointer reader);
} RungsDbTable;

/* Lets statements of that connection read the table, which must be a constant. */
gboolean rungs_db_add_table (RungsDb             *db,
                             const RungsDbTable  *table,
                             GError             **error);

G_END_DECLS
