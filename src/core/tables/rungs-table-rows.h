/* rungs-table-rows.h: rows that are put together value by value and wait until they are taken. */

#pragma once

#include "tables/rungs-table-reader.h"
#include "tables/rungs-zip.h"

G_BEGIN_DECLS

typedef struct _RungsTableRows RungsTableRows;

RungsTableRows *rungs_table_rows_new (void);
void rungs_table_rows_free (RungsTableRows *self);

/* Begins a row. */
void rungs_table_rows_begin (RungsTableRows *self,
                             gint64          line);

/* A value of the row. Where a column gets two, the second holds. */
void rungs_table_rows_put (RungsTableRows *self,
                           gint64          column,
                           const char     *text,
                           gsize           length);

/* Why the row cannot be used; static. */
void rungs_table_rows_refuse (RungsTableRows *self,
                              const char     *problem);

/* The row is whole, and stands `times` times below itself. FALSE for a row without a value, which
 * is left out. */
gboolean rungs_table_rows_end (RungsTableRows *self,
                               gint64          times);

gboolean rungs_table_rows_is_empty (RungsTableRows *self);

/* The next row that waits, valid until the next call; NULL: none does. */
const RungsTableRow *rungs_table_rows_take (RungsTableRows *self);

/* The same, of a spreadsheet: a text can stand in it once, and be a value a million times. Errors:
 * those of rungs_zip_check_size(), for all that was taken. */
const RungsTableRow *rungs_table_rows_take_limited (RungsTableRows *self,
                                                    RungsZip       *zip,
                                                    GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTableRows, rungs_table_rows_free)

G_END_DECLS
