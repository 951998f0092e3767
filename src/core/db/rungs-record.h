/* rungs-record.h: rows that are read as a struct each, one by its id or all of a list; and changes
 * of one row, and questions about it. */

#pragma once

#include "db/rungs-statement.h"

G_BEGIN_DECLS

/* Makes what a row is read as. It does not step. */
typedef gpointer (*RungsRecordFunc) (RungsStatement *row);

/* Returns: (transfer full): what `query` finds first. NULL on error: NOT_FOUND, in the words of
 * `missing`, where it finds nothing. A `query` of NULL failed before, and has set the error. */
gpointer rungs_record_first (RungsStatement  *query,
                             RungsRecordFunc  read,
                             const char      *missing,
                             GError         **error);

/* Sets NOT_FOUND: "there is no offer 7", where `what` is "offer". Returns: FALSE. */
gboolean rungs_record_refuse_missing (const char  *what,
                                      gint64       id,
                                      GError     **error);

/* Returns: (transfer full): the row whose id the constant `sql` calls :id.
 * NULL on error: NOT_FOUND, as above. */
gpointer rungs_record_load (RungsDb          *db,
                            const char       *sql,
                            gint64            id,
                            RungsRecordFunc   read,
                            const char       *what,
                            GError          **error);

/* Returns: (transfer full): what `query` finds; empty, not NULL, where that is nothing; NULL on
 * error. `record_free` frees one. A `query` of NULL failed before, and has set the error. */
GPtrArray *rungs_record_list (RungsStatement  *query,
                              RungsRecordFunc  read,
                              GDestroyNotify   record_free,
                              GError         **error);

/* Returns: (transfer full) (element-type gint64): the first column of what `query` finds; empty,
 * not NULL, where that is nothing; NULL on error. A `query` of NULL failed before, and has set the
 * error. */
GArray *rungs_record_ids (RungsStatement  *query,
                          GError         **error);

/* Binds :id and runs `change`. FALSE on error: NOT_FOUND, as above, where it changed no row. */
gboolean rungs_record_change (RungsDb         *db,
                              RungsStatement  *change,
                              gint64           id,
                              const char      *what,
                              GError         **error);

/* Runs the constant `sql`, which sets an instant, :at (0: none, NULL), of the row that it calls
 * :id. FALSE on error: NOT_FOUND, as above. */
gboolean rungs_record_mark (RungsDb     *db,
                            const char  *sql,
                            gint64       id,
                            gint64       at,
                            const char  *what,
                            GError     **error);

/* Runs the constant `sql` for the row that it calls :id, whatever there is of it. */
gboolean rungs_record_run (RungsDb     *db,
                           const char  *sql,
                           gint64       id,
                           GError     **error);

/* Asks the constant `sql` one number about the row that it calls :id;
 * `fallback` where it gives no row. */
gboolean rungs_record_ask (RungsDb     *db,
                           const char  *sql,
                           gint64       id,
                           gint64       fallback,
                           gint64      *answer,
                           GError     **error);

G_END_DECLS
