/* rungs-table-reader.c: the rows of a table, one after the other, whatever file they are in. */

#include "tables/rungs-table-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "tables/rungs-csv-reader.h"
#include "tables/rungs-ods-reader.h"
#include "tables/rungs-vcard-reader.h"
#include "tables/rungs-xlsx-book.h"
#include "tables/rungs-xlsx-reader.h"

#define HEAD_SIZE 4096
#define OLE "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

/* What the first bytes of a file tell. */
typedef enum
{
  IS_TEXT,
  IS_ZIP,
  IS_VCARD,
  IS_OLE, /* Microsoft's compound file: .xls, and what has a password */
} Look;

struct _RungsTableReader
{
  const RungsTableReaderClass *klass;
  gpointer self; /* (owned) */
};

static const RungsTableRow *
csv_next (gpointer      self,
          GCancellable *cancellable,
          GError      **error)
{
  return rungs_csv_reader_next (self, cancellable, error);
}

static void
csv_get_state (gpointer         self,
               RungsTableState *state)
{
  RungsTextDecoder *decoder = rungs_csv_reader_get_decoder (self);
  gint64 size = rungs_text_decoder_get_size (decoder);

  state->kind = RUNGS_TABLE_CSV;
  state->encoding = rungs_text_decoder_get_encoding (decoder);
  state->delimiter = rungs_csv_reader_get_delimiter (self);
  state->replaced = rungs_text_decoder_get_replaced (decoder);
  state->position = rungs_text_decoder_get_position (decoder);
  state->fraction = size > 0 ? (double) state->position / size : 1;
}

static void
csv_free (gpointer self)
{
  rungs_csv_reader_free (self);
}

static const RungsTableReaderClass CSV = { csv_next, csv_get_state, csv_free };

static RungsTableReader *
open_csv (const char              *path,
          const RungsTableOptions *options,
          GError                 **error)
{
  RungsTextDecoder *decoder = rungs_text_decoder_open (path, options->encoding, error);
  RungsCsvReader *csv;

  if (decoder == NULL)
    return NULL;
  csv = rungs_csv_reader_new (decoder, options->delimiter, error);
  return csv != NULL ? rungs_table_reader_new (&CSV, csv) : NULL;
}

/* Up to `size` bytes at `at`, as many as there are: what cannot be read is read as text, and
 * refused there. */
static gsize
read_bytes (const char *path,
            goffset     at,
            guint8     *bytes,
            gsize       size)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  gsize count = 0;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return 0;
  stream = g_file_read (file, NULL, NULL);
  if (stream != NULL && g_seekable_seek (G_SEEKABLE (stream), at, G_SEEK_SET, NULL, NULL))
    g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, size, &count, NULL, NULL);
  return count;
}

static Look
look_at (const char *path)
{
  guint8 head[64] = { 0 };
  gsize size = read_bytes (path, 0, head, sizeof head);

  if (size >= 4 && memcmp (head, "PK\3\4", 4) == 0)
    return IS_ZIP;
  if (size >= 8 && memcmp (head, OLE, 8) == 0)
    return IS_OLE;
  return rungs_vcard_is_begun (head, size) ? IS_VCARD : IS_TEXT;
}

/* A workbook with a password is a compound file that holds one stream of that name, which its first
 * sector of names tells ([MS-CFB] 2.2, [MS-OFFCRYPTO] 2.3). */
static gboolean
has_password (const char *path)
{
  static const char NAME[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  guint8 head[52] = { 0 };
  guint8 names[HEAD_SIZE];
  goffset sector;
  gsize size;

  if (read_bytes (path, 0, head, sizeof head) < sizeof head)
    return FALSE;
  sector = (head[48] | head[49] << 8 | head[50] << 16) + 1;
  size = read_bytes (path, sector << MIN (head[30], 12), names, sizeof names);
  return memmem (names, size, NAME, sizeof NAME) != NULL;
}

static RungsTableReader *
refuse_ole (const char *path,
            GError    **error)
{
  g_set_error_literal (
      error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
      has_password (path)
          ? _ ("The file is protected with a password. Open it, save a copy without"
               " a password, and import that.")
          : _ ("This is a workbook of Excel before 2007 (.xls). Open it, save it as "
               "“Excel workbook (.xlsx)”, and import that."));
  return NULL;
}

/* ZIP files of another kind are refused as text, which says what they are. */
static RungsTableReader *
open_zip (const char              *path,
          const RungsTableOptions *options,
          GError                 **error)
{
  g_autoptr (RungsZip) zip = rungs_zip_open (path, error);

  if (zip == NULL)
    return NULL;
  if (rungs_xlsx_book_is_in (zip))
    return rungs_xlsx_reader_open (g_steal_pointer (&zip), options->sheet, error);
  if (rungs_ods_is_in (zip))
    return rungs_ods_reader_open (g_steal_pointer (&zip), options->sheet, error);
  return open_csv (path, options, error);
}

RungsTableReader *
rungs_table_reader_new (const RungsTableReaderClass *klass,
                        gpointer                     self)
{
  RungsTableReader *reader;

  g_return_val_if_fail (klass != NULL && self != NULL, NULL);

  reader = g_new0 (RungsTableReader, 1);
  reader->klass = klass;
  reader->self = self;
  return reader;
}

RungsTableReader *
rungs_table_reader_open (const char              *path,
                         const RungsTableOptions *options,
                         GError                 **error)
{
  g_return_val_if_fail (path != NULL && options != NULL, NULL);

  switch (look_at (path))
    {
    case IS_ZIP:
      return open_zip (path, options, error);
    case IS_OLE:
      return refuse_ole (path, error);
    case IS_VCARD:
      return rungs_vcard_reader_open (path, options->encoding, error);
    case IS_TEXT:
    default:
      return open_csv (path, options, error);
    }
}

RungsTableReader *
rungs_table_reader_parse (const char *text,
                          char        delimiter,
                          GError    **error)
{
  g_autoptr (GBytes) bytes = NULL;
  RungsTextDecoder *decoder;
  RungsCsvReader *csv;

  g_return_val_if_fail (text != NULL, NULL);

  bytes = g_bytes_new (text, strlen (text));
  decoder = rungs_text_decoder_new_for_bytes (bytes, "UTF-8", error);
  csv = decoder != NULL ? rungs_csv_reader_new (decoder, delimiter, error) : NULL;
  return csv != NULL ? rungs_table_reader_new (&CSV, csv) : NULL;
}

gboolean
rungs_table_kind_is_sheet (RungsTableKind kind)
{
  return kind == RUNGS_TABLE_XLSX || kind == RUNGS_TABLE_ODS;
}

GStrv
rungs_table_list_sheets (const char *path,
                         GError    **error)
{
  g_autoptr (RungsZip) zip = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (look_at (path) != IS_ZIP)
    return g_new0 (char *, 1);
  zip = rungs_zip_open (path, error);
  if (zip == NULL)
    return NULL;
  if (rungs_xlsx_book_is_in (zip))
    return rungs_xlsx_list_sheets (zip, error);
  return rungs_ods_is_in (zip) ? rungs_ods_list_sheets (zip, error) : g_new0 (char *, 1);
}

void
rungs_table_reader_free (RungsTableReader *self)
{
  if (self == NULL)
    return;
  self->klass->free (self->self);
  g_free (self);
}

const RungsTableRow *
rungs_table_reader_next (RungsTableReader *self,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->next (self->self, cancellable, error);
}

void
rungs_table_reader_get_state (RungsTableReader *self,
                              RungsTableState  *state)
{
  g_return_if_fail (self != NULL && state != NULL);

  *state = (RungsTableState) { 0 };
  self->klass->get_state (self->self, state);
}
