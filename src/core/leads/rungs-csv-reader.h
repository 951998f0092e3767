/* rungs-csv-reader.h: the rows of a CSV file, one after the other, whatever its size. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-text-decoder.h"

G_BEGIN_DECLS

/* Longer rows, and rows of more fields, are refused. */
#define RUNGS_CSV_ROW_MAX (1024 * 1024)
#define RUNGS_CSV_FIELDS_MAX 16384

/* One row. All of it belongs to the reader and is valid until the next one is read. */
typedef struct
{
  const char *const *fields; /* NUL-terminated each, of UTF-8; spaces around them are kept */
  guint n_fields;
  gint64 line;               /* the line of the file in which the row begins; the first is 1 */
  const char *raw;           /* the row as it stands in the file, in UTF-8, without its line end */
  gsize raw_length;
  const char *problem;       /* (nullable) why it cannot be used; the fields are a guess then */
} RungsCsvRow;

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
const RungsCsvRow *rungs_csv_reader_next (RungsCsvReader *self,
                                          GCancellable   *cancellable,
                                          GError        **error);

char rungs_csv_reader_get_delimiter (RungsCsvReader *self);

/* The file behind it: what has been read of it, and its encoding. */
RungsTextDecoder *rungs_csv_reader_get_decoder (RungsCsvReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCsvReader, rungs_csv_reader_free)

G_END_DECLS
