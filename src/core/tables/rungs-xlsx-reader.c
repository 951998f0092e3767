/* rungs-xlsx-reader.c: the rows of a sheet of a workbook (.xlsx).
 *
 * A cell has a place ("AB12"), a type and a style. Its value is a number of a text, a text, yes or
 * no, a date, or a number, of which only the style tells what it means. What a formula last came to
 * is stored as a value; where it came to an error there is none. Of merged cells only the first has
 * a value. */

#include "tables/rungs-xlsx-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "tables/rungs-table-rows.h"
#include "tables/rungs-xlsx-book.h"
#include "tables/rungs-xlsx-strings.h"
#include "tables/rungs-xml-part.h"

typedef struct
{
  RungsZip *zip;             /* (owned) */
  RungsXlsxBook *book;       /* (owned) */
  RungsXlsxStrings *strings; /* (owned) */
  const RungsXlsxSheet *sheet;
  RungsXmlPart *part;        /* (owned) of the sheet */
  RungsTableRows *rows;      /* (owned) */
  gboolean in_data;
  gint64 line;               /* of the row that is read */
  gint64 column;             /* of the cell that is read */
  char type[12];             /* of the cell, "" for none */
  gint64 style;
  gboolean in_value;
  guint in_phonetic;
  GString *text;             /* (owned) the value as it stands in the file */
  GString *value;            /* (owned) what it means */
} XlsxReader;

/* The column of a place, from 0; -1: it has none. */
static gint64
column_of (const char *place,
           gsize       length)
{
  gint64 column = 0;
  gsize i = 0;

  for (; i < length && i < 5 && g_ascii_isalpha (place[i]); i++)
    column = column * 26 + g_ascii_toupper (place[i]) - 'A' + 1;
  return i > 0 ? column - 1 : -1;
}

static void
begin_row (XlsxReader               *self,
           const RungsXmlAttributes *attributes)
{
  self->line = rungs_xml_attributes_get_number (attributes, "r", self->line + 1);
  self->column = -1;
  rungs_table_rows_begin (self->rows, self->line);
}

static void
begin_cell (XlsxReader               *self,
            const RungsXmlAttributes *attributes)
{
  gsize length;
  const char *place = rungs_xml_attributes_get (attributes, "r", &length);
  gint64 column = place != NULL ? column_of (place, length) : -1;
  const char *type = rungs_xml_attributes_get (attributes, "t", &length);

  self->column = column >= 0 ? column : self->column + 1;
  self->style = rungs_xml_attributes_get_number (attributes, "s", 0);
  self->type[0] = '\0';
  if (type != NULL && length < sizeof self->type)
    {
      memcpy (self->type, type, length);
      self->type[length] = '\0';
    }
  g_string_truncate (self->text, 0);
}

static void
start_cb (gpointer                  data,
          const char               *name,
          const RungsXmlAttributes *attributes)
{
  XlsxReader *self = data;

  if (strcmp (name, "sheetData") == 0)
    self->in_data = TRUE;
  else if (!self->in_data)
    return;
  else if (strcmp (name, "c") == 0)
    begin_cell (self, attributes);
  else if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    self->in_value = self->in_phonetic == 0;
  else if (strcmp (name, "row") == 0)
    begin_row (self, attributes);
  else if (strcmp (name, "rPh") == 0)
    self->in_phonetic++;
}

static gboolean
has_type (XlsxReader *self,
          const char *type)
{
  return strcmp (self->type, type) == 0;
}

static void
read_number (XlsxReader *self)
{
  char *end;
  double number = g_ascii_strtod (self->text->str, &end);

  if (end == self->text->str || *end != '\0' || !(number > -1e300 && number < 1e300))
    g_string_assign (self->value, self->text->str);
  else
    rungs_sheet_append_number (self->value, number,
                               rungs_xlsx_book_get_format (self->book, self->style),
                               self->book->from_1904);
}

static void
end_cell (XlsxReader *self)
{
  gsize length = 0;
  const char *text = "";

  g_string_truncate (self->value, 0);
  if (has_type (self, "s"))
    {
      text = rungs_xlsx_strings_get (self->strings,
                                     g_ascii_strtoull (self->text->str, NULL, 10), &length);
      rungs_table_rows_put (self->rows, self->column, text, text != NULL ? length : 0);
      return;
    }
  if (self->text->len == 0 || has_type (self, "e"))
    return;
  if (has_type (self, "b"))
    g_string_assign (self->value, strcmp (self->text->str, "0") == 0 ? "no" : "yes");
  else if (has_type (self, "d"))
    rungs_sheet_append_iso (self->value, self->text->str);
  else if (has_type (self, "str") || has_type (self, "inlineStr"))
    {
      g_string_assign (self->value, self->text->str);
      rungs_xlsx_unescape (self->value);
    }
  else
    read_number (self);
  rungs_table_rows_put (self->rows, self->column, self->value->str, self->value->len);
}

static void
end_cb (gpointer    data,
        const char *name)
{
  XlsxReader *self = data;

  if (!self->in_data)
    return;
  if (strcmp (name, "c") == 0)
    end_cell (self);
  else if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    self->in_value = FALSE;
  else if (strcmp (name, "row") == 0)
    rungs_table_rows_end (self->rows, 1);
  else if (strcmp (name, "rPh") == 0 && self->in_phonetic > 0)
    self->in_phonetic--;
  else if (strcmp (name, "sheetData") == 0)
    rungs_xml_part_stop (self->part);
}

/* One more byte than a row may have is kept, so that it is refused. */
static void
text_cb (gpointer    data,
         const char *text,
         gsize       length)
{
  XlsxReader *self = data;

  if (self->in_value && self->text->len <= RUNGS_TABLE_ROW_MAX)
    g_string_append_len (self->text, text, length);
}

static const RungsXmlHandler HANDLER = { start_cb, end_cb, text_cb };

static const RungsTableRow *
xlsx_next (gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  XlsxReader *self = data;

  while (rungs_table_rows_is_empty (self->rows) && !rungs_xml_part_is_done (self->part))
    if (!rungs_xml_part_step (self->part, cancellable, error))
      return NULL;
  return rungs_table_rows_take_limited (self->rows, self->zip, error);
}

static void
xlsx_get_state (gpointer         data,
                RungsTableState *state)
{
  XlsxReader *self = data;
  RungsZipPart *part = rungs_xml_part_get_part (self->part);
  gint64 size = rungs_zip_part_get_size (part);

  state->kind = RUNGS_TABLE_XLSX;
  state->sheet = self->sheet->name;
  state->position = rungs_zip_part_get_position (part);
  state->fraction = size > 0 ? CLAMP ((double) state->position / size, 0, 1) : 0;
}

static void
xlsx_free (gpointer data)
{
  XlsxReader *self = data;

  g_clear_pointer (&self->part, rungs_xml_part_free);
  g_clear_pointer (&self->rows, rungs_table_rows_free);
  g_clear_pointer (&self->strings, rungs_xlsx_strings_free);
  g_clear_pointer (&self->book, rungs_xlsx_book_free);
  g_clear_pointer (&self->zip, rungs_zip_free);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XlsxReader, xlsx_free)

static const RungsTableReaderClass CLASS = { xlsx_next, xlsx_get_state, xlsx_free };

static gboolean
open_sheet (XlsxReader           *self,
            const RungsXlsxSheet *sheet,
            GError              **error)
{
  g_clear_pointer (&self->part, rungs_xml_part_free);
  self->sheet = sheet;
  self->in_data = FALSE;
  self->line = 0;
  self->part = rungs_xml_part_open (self->zip, sheet->part, &HANDLER, self, error);
  return self->part != NULL;
}

static gboolean
open_named (XlsxReader *self,
            const char *name,
            GError    **error)
{
  for (guint i = 0; i < self->book->sheets->len; i++)
    {
      const RungsXlsxSheet *sheet = g_ptr_array_index (self->book->sheets, i);

      if (strcmp (sheet->name, name) == 0)
        return open_sheet (self, sheet, error);
    }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("The workbook has no sheet “%s”."),
               name);
  return FALSE;
}

/* The first sheet that has a row; else the first. */
static gboolean
open_first (XlsxReader *self,
            GError    **error)
{
  for (guint i = 0; i < self->book->sheets->len; i++)
    {
      const RungsXlsxSheet *sheet = g_ptr_array_index (self->book->sheets, i);

      if (sheet->is_hidden)
        continue;
      if (!open_sheet (self, sheet, error))
        return FALSE;
      while (rungs_table_rows_is_empty (self->rows) && !rungs_xml_part_is_done (self->part))
        if (!rungs_xml_part_step (self->part, NULL, error))
          return FALSE;
      if (!rungs_table_rows_is_empty (self->rows))
        return TRUE;
    }
  return open_sheet (self, g_ptr_array_index (self->book->sheets, 0), error);
}

RungsTableReader *
rungs_xlsx_reader_open (RungsZip   *zip,
                        const char *sheet,
                        GError    **error)
{
  g_autoptr (XlsxReader) self = g_new0 (XlsxReader, 1);

  g_return_val_if_fail (zip != NULL, NULL);

  self->zip = zip;
  self->text = g_string_new (NULL);
  self->value = g_string_new (NULL);
  self->rows = rungs_table_rows_new ();
  self->book = rungs_xlsx_book_load (zip, error);
  if (self->book == NULL)
    return NULL;
  self->strings = rungs_xlsx_strings_load (zip, self->book->strings, NULL, error);
  if (self->strings == NULL
      || !(sheet != NULL ? open_named (self, sheet, error) : open_first (self, error)))
    return NULL;
  return rungs_table_reader_new (&CLASS, g_steal_pointer (&self));
}

GStrv
rungs_xlsx_list_sheets (RungsZip *zip,
                        GError  **error)
{
  g_autoptr (RungsXlsxBook) book = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (zip != NULL, NULL);

  book = rungs_xlsx_book_load (zip, error);
  if (book == NULL)
    return NULL;
  for (guint i = 0; i < book->sheets->len; i++)
    {
      const RungsXlsxSheet *sheet = g_ptr_array_index (book->sheets, i);

      if (!sheet->is_hidden)
        g_strv_builder_add (names, sheet->name);
    }
  return g_strv_builder_end (names);
}
