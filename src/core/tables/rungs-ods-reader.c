/* rungs-ods-reader.c: the rows of a sheet of a spreadsheet in OpenDocument (.ods).
 *
 * All sheets stand in one part, content.xml, one after the other. A cell says what its value is,
 * and has the text that is shown for it; rows and cells that are alike stand there once, with how
 * often they are repeated. Spreadsheets fill up their last row and column with empty ones that way,
 * up to the end of the sheet, so only what has a value is counted. Notes on a cell, and what lies
 * over the cells, hold text too, which is no part of them. */

#include "tables/rungs-ods-reader.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "tables/rungs-sheet-number.h"
#include "tables/rungs-table-rows.h"
#include "tables/rungs-xml-part.h"

#define CONTENT "content.xml"
#define MANIFEST "META-INF/manifest.xml"
#define MIME "application/vnd.oasis.opendocument.spreadsheet"
/* What spreadsheets have at most. */
#define LINES_MAX 1048576

/* Where the row that is read stands in relation to the sheet that is wanted. */
typedef enum
{
  OUTSIDE,
  IN_SHEET,
  BEHIND,
} Place;

typedef struct
{
  RungsZip *zip;        /* (owned) */
  RungsXmlPart *part;   /* (owned) */
  RungsTableRows *rows; /* (owned) */
  char *wanted;         /* (owned) (nullable) */
  char *name;           /* (owned) (nullable) of the sheet that is read */
  Place place;
  guint depth;          /* of elements */
  guint cell_depth;     /* of the cell that is read; 0: none is */
  guint paragraph_depth; /* of the text that is read; 0: none is */
  gint64 line;
  gint64 line_times;
  gint64 column;
  gint64 column_times;
  gboolean has_rows;
  gboolean is_too_long;
  guint paragraphs;
  char *type;           /* (owned) (nullable) of the cell */
  char *given;          /* (owned) (nullable) its value, as the attribute has it */
  GString *text;        /* (owned) what is shown */
  GString *value;       /* (owned) what it means */
} OdsReader;

static void
begin_sheet (OdsReader                *self,
             const RungsXmlAttributes *attributes)
{
  if (self->place != OUTSIDE)
    return;
  g_free (self->name);
  self->name = rungs_xml_attributes_dup (attributes, "name");
  if (self->wanted != NULL && g_strcmp0 (self->wanted, self->name) != 0)
    return;
  self->place = IN_SHEET;
  self->line = 1;
}

static void
begin_row (OdsReader                *self,
           const RungsXmlAttributes *attributes)
{
  self->line_times = rungs_xml_attributes_get_number (attributes, "number-rows-repeated", 1);
  self->line_times = MAX (self->line_times, 1);
  self->column = 0;
  rungs_table_rows_begin (self->rows, self->line);
}

/* The attribute that holds the value of a type. */
static const char *
attribute_of (const char *type)
{
  if (g_strcmp0 (type, "date") == 0)
    return "date-value";
  if (g_strcmp0 (type, "time") == 0)
    return "time-value";
  if (g_strcmp0 (type, "boolean") == 0)
    return "boolean-value";
  return g_strcmp0 (type, "string") == 0 ? "string-value" : "value";
}

static void
begin_cell (OdsReader                *self,
            const RungsXmlAttributes *attributes)
{
  self->cell_depth = self->depth;
  self->column_times = rungs_xml_attributes_get_number (attributes, "number-columns-repeated", 1);
  self->column_times = MAX (self->column_times, 1);
  self->paragraphs = 0;
  g_free (self->type);
  g_free (self->given);
  self->type = rungs_xml_attributes_dup (attributes, "value-type");
  self->given = rungs_xml_attributes_dup (attributes, attribute_of (self->type));
  g_string_truncate (self->text, 0);
}

static void
add_text (OdsReader  *self,
          const char *text,
          gsize       length)
{
  if (self->text->len <= RUNGS_TABLE_ROW_MAX)
    g_string_append_len (self->text, text, length);
}

static void
add_spaces (OdsReader *self,
            gint64     count)
{
  for (; count > 0 && self->text->len <= RUNGS_TABLE_ROW_MAX; count--)
    g_string_append_c (self->text, ' ');
}

static void
begin_in_cell (OdsReader                *self,
               const char               *name,
               const RungsXmlAttributes *attributes)
{
  if (self->paragraph_depth > 0)
    {
      if (strcmp (name, "s") == 0)
        add_spaces (self, rungs_xml_attributes_get_number (attributes, "c", 1));
      else if (strcmp (name, "tab") == 0)
        add_text (self, "\t", 1);
      else if (strcmp (name, "line-break") == 0)
        add_text (self, "\n", 1);
    }
  else if (self->depth == self->cell_depth + 1 && strcmp (name, "p") == 0)
    {
      self->paragraph_depth = self->depth;
      if (self->paragraphs++ > 0)
        add_text (self, "\n", 1);
    }
}

static void
start_cb (gpointer                  data,
          const char               *name,
          const RungsXmlAttributes *attributes)
{
  OdsReader *self = data;

  self->depth++;
  if (self->cell_depth > 0)
    begin_in_cell (self, name, attributes);
  else if (strcmp (name, "table") == 0)
    begin_sheet (self, attributes);
  else if (self->place != IN_SHEET)
    return;
  else if (strcmp (name, "table-row") == 0)
    begin_row (self, attributes);
  else if (strcmp (name, "table-cell") == 0 || strcmp (name, "covered-table-cell") == 0)
    begin_cell (self, attributes);
}

/* "PT09H14M05.5S" as hours, minutes and seconds (ISO 8601). */
static gboolean
read_time (GString    *value,
           const char *given)
{
  double hours = 0;

  if (!g_str_has_prefix (given, "PT"))
    return FALSE;
  for (const char *at = given + 2; *at != '\0';)
    {
      char *unit;
      double number = g_ascii_strtod (at, &unit);

      if (unit == at || strchr ("HMS", *unit) == NULL || *unit == '\0' || !(number >= 0))
        return FALSE;
      hours += number / (*unit == 'H' ? 1 : *unit == 'M' ? 60 : 3600);
      at = unit + 1;
    }
  rungs_sheet_append_number (value, hours / 24, (RungsSheetFormat) { RUNGS_SHEET_DURATION }, FALSE);
  return TRUE;
}

/* What is shown of a number is only wanted where zeros fill it up: "01067". */
static gboolean
read_number (OdsReader *self)
{
  char *end;
  double number = g_ascii_strtod (self->given, &end);
  gboolean is_padded = self->text->str[0] == '0' && self->text->len > 1
                       && strspn (self->text->str, "0123456789") == self->text->len
                       && g_ascii_strtod (self->text->str, NULL) == number;
  RungsSheetFormat format = { strcmp (self->type, "percentage") == 0 ? RUNGS_SHEET_PERCENT
                                                                     : RUNGS_SHEET_PLAIN };

  if (end == self->given || *end != '\0' || !(number > -1e300 && number < 1e300))
    return FALSE;
  if (is_padded)
    g_string_assign (self->value, self->text->str);
  else
    rungs_sheet_append_number (self->value, number, format, FALSE);
  return TRUE;
}

static gboolean
has_type (OdsReader  *self,
          const char *type)
{
  return strcmp (self->type, type) == 0;
}

/* Whether the value tells more than the text that is shown. */
static gboolean
read_given (OdsReader *self)
{
  if (self->type == NULL || self->given == NULL || has_type (self, "string"))
    return FALSE;
  if (has_type (self, "time"))
    return read_time (self->value, self->given);
  if (has_type (self, "date"))
    rungs_sheet_append_iso (self->value, self->given);
  else if (has_type (self, "boolean"))
    g_string_assign (self->value, strcmp (self->given, "true") == 0 ? "yes" : "no");
  else
    return read_number (self);
  return TRUE;
}

/* A formula that came to an error shows "#N/A" or "Err:502". */
static gboolean
is_error (OdsReader *self)
{
  return g_str_has_prefix (self->text->str, "Err:") || g_str_has_prefix (self->text->str, "#N/A")
         || g_str_has_prefix (self->text->str, "#REF!")
         || g_str_has_prefix (self->text->str, "#VALUE!")
         || g_str_has_prefix (self->text->str, "#DIV/0!")
         || g_str_has_prefix (self->text->str, "#NAME?");
}

static void
end_cell (OdsReader *self)
{
  self->cell_depth = 0;
  g_string_truncate (self->value, 0);
  if (self->type != NULL && is_error (self))
    g_string_truncate (self->text, 0);
  else if (!read_given (self))
    {
      gboolean is_given = self->text->len == 0 && self->given != NULL && has_type (self, "string");

      g_string_assign (self->value, is_given ? self->given : self->text->str);
    }
  for (gint64 i = 0; i < self->column_times && self->value->len > 0; i++)
    {
      rungs_table_rows_put (self->rows, self->column + i, self->value->str, self->value->len);
      if (self->column + i >= RUNGS_TABLE_FIELDS_MAX)
        break;
    }
  self->column = MIN (self->column + self->column_times, RUNGS_TABLE_FIELDS_MAX);
}

static void
end_row (OdsReader *self)
{
  gboolean has_value = rungs_table_rows_end (self->rows, self->line_times);

  self->has_rows |= has_value;
  self->line += self->line_times;
  self->is_too_long = has_value && self->line > LINES_MAX + 1;
  if (self->line > LINES_MAX)
    rungs_xml_part_stop (self->part);
}

static void
end_sheet (OdsReader *self)
{
  self->place = self->has_rows || self->wanted != NULL ? BEHIND : OUTSIDE;
  if (self->place == BEHIND)
    rungs_xml_part_stop (self->part);
}

static void
end_cb (gpointer    data,
        const char *name)
{
  OdsReader *self = data;

  if (self->cell_depth > 0)
    {
      if (self->depth == self->paragraph_depth)
        self->paragraph_depth = 0;
      if (self->depth == self->cell_depth)
        end_cell (self);
    }
  else if (self->place == IN_SHEET && strcmp (name, "table-row") == 0)
    end_row (self);
  else if (self->place == IN_SHEET && strcmp (name, "table") == 0)
    end_sheet (self);
  self->depth--;
}

static void
text_cb (gpointer    data,
         const char *text,
         gsize       length)
{
  OdsReader *self = data;

  if (self->paragraph_depth > 0)
    add_text (self, text, length);
}

static const RungsXmlHandler HANDLER = { start_cb, end_cb, text_cb };

static gboolean
fail (GError    **error,
      RungsError  code,
      const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, code, why);
  return FALSE;
}

static const RungsTableRow *
ods_next (gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  OdsReader *self = data;

  while (rungs_table_rows_is_empty (self->rows) && !rungs_xml_part_is_done (self->part))
    if (!rungs_xml_part_step (self->part, cancellable, error))
      return NULL;
  if (self->is_too_long)
    {
      fail (error, RUNGS_ERROR_INVALID,
            _ ("The sheet has more than 1,048,576 rows; it is not read."));
      return NULL;
    }
  if (self->place == OUTSIDE && self->wanted != NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                   _ ("The spreadsheet has no sheet “%s”."), self->wanted);
      return NULL;
    }
  return rungs_table_rows_take_limited (self->rows, self->zip, error);
}

static void
ods_get_state (gpointer         data,
               RungsTableState *state)
{
  OdsReader *self = data;
  RungsZipPart *part = rungs_xml_part_get_part (self->part);
  gint64 size = rungs_zip_part_get_size (part);

  state->kind = RUNGS_TABLE_ODS;
  state->sheet = self->name;
  state->position = rungs_zip_part_get_position (part);
  state->fraction = size > 0 ? CLAMP ((double) state->position / size, 0, 1) : 0;
}

static void
ods_free (gpointer data)
{
  OdsReader *self = data;

  g_clear_pointer (&self->part, rungs_xml_part_free);
  g_clear_pointer (&self->rows, rungs_table_rows_free);
  g_clear_pointer (&self->zip, rungs_zip_free);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  g_free (self->wanted);
  g_free (self->name);
  g_free (self->type);
  g_free (self->given);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OdsReader, ods_free)

static const RungsTableReaderClass CLASS = { ods_next, ods_get_state, ods_free };

static void
manifest_start_cb (gpointer                  data,
                   const char               *name,
                   const RungsXmlAttributes *attributes)
{
  gboolean *is_encrypted = data;

  *is_encrypted |= strcmp (name, "encryption-data") == 0;
}

static gboolean
check_encryption (RungsZip *zip,
                  GError  **error)
{
  static const RungsXmlHandler handler = { manifest_start_cb };
  gboolean is_encrypted = rungs_zip_has (zip, "encrypted-package");

  if (rungs_zip_has (zip, MANIFEST)
      && !rungs_xml_part_read (zip, MANIFEST, &handler, &is_encrypted, error))
    return FALSE;
  return !is_encrypted
         || fail (
             error, RUNGS_ERROR_INVALID,
             _ ("The file is protected with a password. Open it, save a copy without a password, "
                "and import that."));
}

gboolean
rungs_ods_is_in (RungsZip *zip)
{
  g_autoptr (RungsZipPart) part = NULL;
  char type[sizeof MIME] = "";

  g_return_val_if_fail (zip != NULL, FALSE);

  part = rungs_zip_has (zip, "mimetype") ? rungs_zip_open_part (zip, "mimetype", NULL) : NULL;
  return part != NULL && rungs_zip_part_read (part, type, sizeof MIME - 1, NULL) > 0
         && strcmp (type, MIME) == 0;
}

RungsTableReader *
rungs_ods_reader_open (RungsZip   *zip,
                       const char *sheet,
                       GError    **error)
{
  g_autoptr (OdsReader) self = g_new0 (OdsReader, 1);

  g_return_val_if_fail (zip != NULL, NULL);

  self->zip = zip;
  self->text = g_string_new (NULL);
  self->value = g_string_new (NULL);
  self->rows = rungs_table_rows_new ();
  self->wanted = g_strdup (sheet);
  if (!check_encryption (zip, error))
    return NULL;
  self->part = rungs_xml_part_open (zip, CONTENT, &HANDLER, self, error);
  return self->part != NULL ? rungs_table_reader_new (&CLASS, g_steal_pointer (&self)) : NULL;
}

/* ---- the names of the sheets */

typedef struct
{
  GStrvBuilder *names;
  guint in_table; /* tables within each other */
} Listing;

static void
listing_start_cb (gpointer                  data,
                  const char               *name,
                  const RungsXmlAttributes *attributes)
{
  Listing *self = data;
  g_autofree char *sheet = NULL;

  if (strcmp (name, "table") != 0 || self->in_table++ > 0)
    return;
  sheet = rungs_xml_attributes_dup (attributes, "name");
  g_strv_builder_add (self->names, sheet != NULL ? sheet : "");
}

static void
listing_end_cb (gpointer    data,
                const char *name)
{
  Listing *self = data;

  if (strcmp (name, "table") == 0)
    self->in_table--;
}

GStrv
rungs_ods_list_sheets (RungsZip *zip,
                       GError  **error)
{
  static const RungsXmlHandler handler = { listing_start_cb, listing_end_cb };
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  Listing listing = { names, 0 };

  g_return_val_if_fail (zip != NULL, NULL);

  if (!check_encryption (zip, error)
      || !rungs_xml_part_read (zip, CONTENT, &handler, &listing, error))
    return NULL;
  return g_strv_builder_end (names);
}
