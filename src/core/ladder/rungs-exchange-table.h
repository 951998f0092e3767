/* rungs-exchange-table.h: rates from a file or from a spreadsheet's cells.
 *
 * Three shapes are read:
 *
 *   Date,USD,JPY,…    a column a currency, as the European Central Bank has it
 *   day,base,quote,rate   in any order: as rungsctl writes them
 *   2026-03-01 0.92   a day and a rate a line
 *
 * The second one says which way round a rate is meant: so many of the quote for one of the base. Of
 * the first one it must be said of which currency one unit is meant, or in which the figures are;
 * only the file of the European Central Bank is known to say what one euro is worth. Of the third
 * one both must be said. Nothing is guessed from the size of the figures. */

#pragma once

#include <glib.h>

#include "ladder/rungs-exchange.h"

G_BEGIN_DECLS

/* A line that cannot be used. */
typedef struct
{
  gint64 line;
  char *reason; /* (owned) */
} RungsExchangeFault;

/**
 * RungsExchangeTable:
 * @rates: (element-type RungsExchangeRate): in the order of their lines; a currency that the table
 *   does not say is ""
 * @faults: (element-type RungsExchangeFault)
 * @says_column: the table says the quote of each rate, or, were it the other way round, its base
 * @says_all: the table says base and quote
 * @base: what one unit of is known to be meant; "": it must be said
 */
typedef struct
{
  GArray *rates;     /* (owned) */
  GPtrArray *faults; /* (owned) */
  gboolean says_column;
  gboolean says_all;
  char base[4];
} RungsExchangeTable;

void rungs_exchange_table_free (RungsExchangeTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsExchangeTable, rungs_exchange_table_free)

RungsExchangeTable *rungs_exchange_table_copy (const RungsExchangeTable *self);

/* Reads a file of any kind that tables are read from. Errors: those of reading it. */
RungsExchangeTable *rungs_exchange_table_open (const char  *path,
                                               GError     **error);

/* Reads what was pasted. Errors: as above. */
RungsExchangeTable *rungs_exchange_table_parse (const char  *text,
                                                GError     **error);

/* Says what the table does not: of a column a currency one of `base` and `quote`, of a day and a
 * rate a line both; "" for what is not said. Errors: INVALID where it is too little or too much, in
 * words that tell what is missing; the table is as it was then. */
gboolean rungs_exchange_table_state (RungsExchangeTable  *self,
                                     const char          *base,
                                     const char          *quote,
                                     GError             **error);

/* Leaves out what is of currencies other than `currencies` (element-type RungsMoney: as
 * rungs_exchange_list_currencies() has them) and `report`. Returns: how many currencies were left
 * out. */
guint rungs_exchange_table_keep (RungsExchangeTable *self,
                                 const GArray       *currencies,
                                 const char         *report);

G_END_DECLS
