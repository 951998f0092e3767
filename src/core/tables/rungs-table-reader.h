/* rungs-table-reader.h: the rows of a table, one after the other, whatever file they are in. Read
 * this first in tables/.
 *
 * A reader holds one row at a time, or the few that one block of its file makes, however large the
 * file is. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Longer rows, and rows of more fields, are refused. */
#define RUNGS_TABLE_ROW_MAX (1024 * 1024)
#define RUNGS_TABLE_FIELDS_MAX 16384

/* One row. All of it belongs to the reader and is valid until the next one is read. */
typedef struct
{
  const char *const *fields; /* NUL-terminated each, of UTF-8; spaces around them are kept */
  guint n_fields;
  gint64 line;               /* where the row begins; the first is 1: a line of the file, or a row
                                of the sheet */
  const char *raw;           /* (nullable) the row as it stands in the file, in UTF-8, without its
                                line end; NULL where the file is no text */
  gsize raw_length;
  const char *problem;       /* (nullable) why it cannot be used; the fields are a guess then */
} RungsTableRow;

/**
 * RungsTableKind:
 * @RUNGS_TABLE_CSV: text, one row a line
 * @RUNGS_TABLE_XLSX: a workbook of Excel since 2007, or of a program that writes them
 * @RUNGS_TABLE_ODS: a spreadsheet of LibreOffice, in OpenDocument
 * @RUNGS_TABLE_VCARD: address cards; their first row is one of headings
 */
typedef enum
{
  RUNGS_TABLE_CSV,
  RUNGS_TABLE_XLSX,
  RUNGS_TABLE_ODS,
  RUNGS_TABLE_VCARD,
} RungsTableKind;

/* Whether places in it are rows of a sheet; else they are lines of text. */
gboolean rungs_table_kind_is_sheet (RungsTableKind kind);

/* How to read a file. All is lent; zero: found out. */
typedef struct
{
  const char *encoding; /* (nullable) of text */
  char delimiter;       /* of CSV */
  const char *sheet;    /* (nullable) of a spreadsheet: else the first that has a row */
} RungsTableOptions;

/* What a reader has found out so far. All is lent. */
typedef struct
{
  RungsTableKind kind;
  const char *encoding; /* (nullable) interned; of text */
  char delimiter;       /* of CSV; else 0 */
  const char *sheet;    /* (nullable) of a spreadsheet: which is read; until the next row */
  gint64 replaced;      /* bytes that the encoding does not have */
  gint64 position;      /* of the file, in bytes, that have been read */
  double fraction;      /* the same, 0 to 1 */
} RungsTableState;

typedef struct _RungsTableReader RungsTableReader;

/* What a kind of file is read by. `next` and `get_state` as the functions below. */
typedef struct
{
  const RungsTableRow *(*next) (gpointer      self,
                                GCancellable *cancellable,
                                GError      **error);
  void (*get_state) (gpointer         self,
                     RungsTableState *state);
  void (*free) (gpointer self);
} RungsTableReaderClass;

/* Opens a file of any kind that is known. Errors: NOT_FOUND; INVALID for other files, with words
 * that tell the file's owner what to do. */
RungsTableReader *rungs_table_reader_open (const char              *path,
                                           const RungsTableOptions *options,
                                           GError                 **error);

/* Reads UTF-8 text that is in memory already: cells that were pasted. `delimiter` as in
 * RungsTableOptions. Errors: as above. */
RungsTableReader *rungs_table_reader_parse (const char  *text,
                                            char         delimiter,
                                            GError     **error);

/* Returns: (transfer full): the names of the sheets of a spreadsheet; empty, not NULL, for another
 * kind of file. */
GStrv rungs_table_list_sheets (const char *path,
                               GError    **error);

/* A reader of another kind; takes `self`. */
RungsTableReader *rungs_table_reader_new (const RungsTableReaderClass *klass,
                                          gpointer                     self);

void rungs_table_reader_free (RungsTableReader *self);

/* The next row; NULL at the end, or with `error` set. A row that cannot be read has a problem, and
 * reading goes on behind it. Rows without a value may be left out. */
const RungsTableRow *rungs_table_reader_next (RungsTableReader *self,
                                              GCancellable     *cancellable,
                                              GError          **error);

void rungs_table_reader_get_state (RungsTableReader *self,
                                   RungsTableState  *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTableReader, rungs_table_reader_free)

G_END_DECLS
