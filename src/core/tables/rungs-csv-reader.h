/* rungs-csv-reader.h: the rows of a CSV file, one after the other, whatever its size. */

#pragma once

#include "base/rungs-text-decoder.h"
#include "tables/rungs-table-reader.h"

G_BEGIN_DECLS

typedef struct _RungsCsvReader RungsCsvReader;

/* Reads rows (RFC 4180, and what people really have: any of the line ends, also mixed; text after a
 * closing quote; spaces before an opening one). `delimiter` is ',', ';', '\t' or '|', or 0 to find
 * it out from the first rows. A first line "sep=;" as Excel writes it decides and is no row. Empty
 * lines are left out. Consumes `decoder`. Errors: those of reading it. */
RungsCsvReader *rungs_csv_reader_new (RungsTextDecoder *decoder,
                                      char              delimiter,
                                      GError          **error);

void rungs_csv_reader_free (RungsCsvReader *self);

/* The next row; NULL at the end, or with `error` set. A row that cannot be read has a problem, and
 * reading goes on at the next line. */
const RungsTableRow *rungs_csv_reader_next (RungsCsvReader *self,
                                          GCancellable   *cancellable,
                                          GError        **error);

char rungs_csv_reader_get_delimiter (RungsCsvReader *self);

/* The file behind it: what has been read of it, and its encoding. */
RungsTextDecoder *rungs_csv_reader_get_decoder (RungsCsvReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCsvReader, rungs_csv_reader_free)

G_END_DECLS
