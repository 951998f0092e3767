/* rungs-order-reader.h: a file of orders, order by order. */

#pragma once

#include "ladder/rungs-order-draft.h"
#include "ladder/rungs-order-shape.h"

G_BEGIN_DECLS

typedef struct _RungsOrderReader RungsOrderReader;

/* Opens a file, recognises its shape, and looks at its first rows for the order of day and month in
 * its dates. What `assignments` ("HEADING=FIELD", NULL-terminated, nullable) say goes before what
 * is recognised. Errors: those of rungs_table_reader_open() and rungs_order_shape_assign(); INVALID
 * where it is no file of orders. */
RungsOrderReader *rungs_order_reader_open (const char               *path,
                                           const RungsTableOptions  *options,
                                           const char *const        *assignments,
                                           GError                  **error);

void rungs_order_reader_free (RungsOrderReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOrderReader, rungs_order_reader_free)

/* To be called before the first order is read: dates without a zone are local to `zone`, those
 * after `now` are refused, amounts without a currency are of `currency`. */
void rungs_order_reader_set_business (RungsOrderReader *self,
                                      GTimeZone        *zone,
                                      const char       *currency,
                                      gint64            now);

/* Likewise: the orders are those of that shop of the seller; "" where it has no name. */
void rungs_order_reader_set_shop (RungsOrderReader *self,
                                  const char       *shop);

/* Whether a person can say if the tax is in the amounts: lines say what they cost, and it. */
gboolean rungs_order_reader_asks_tax (RungsOrderReader *self);

/* Likewise, to be called before: whether it is to be added to them. */
void rungs_order_reader_set_net (RungsOrderReader *self,
                                 gboolean          is_net);

/* The heading of the column that says what is tax. Returns: (transfer none) (nullable). */
const char *rungs_order_reader_get_tax_heading (RungsOrderReader *self);

const RungsOrderShape *rungs_order_reader_get_shape (RungsOrderReader *self);

/* Returns: (transfer none): NULL-terminated. */
const char *const *rungs_order_reader_get_headings (RungsOrderReader *self);

/* Whether a column says of which currency the amounts are. */
gboolean rungs_order_reader_says_currency (RungsOrderReader *self);

/* The next order, refund, or row that is neither; NULL at the end, or with `error` set. Lent until
 * the next one is read. */
RungsOrderDraft *rungs_order_reader_next (RungsOrderReader *self,
                                          GCancellable     *cancellable,
                                          GError          **error);

/* The rows behind it. */
RungsTableReader *rungs_order_reader_get_table (RungsOrderReader *self);

/* How many rows were read, without the heading and empty ones. */
gint64 rungs_order_reader_get_rows (RungsOrderReader *self);

/* Whether the file is one of orders of a seller that is known: of any file, by its headings.
 * `words` (out) (optional) (transfer full): how people call it. */
gboolean rungs_order_file_is_known (const char  *path,
                                    char       **words);

G_END_DECLS
