/* rungs-xlsx-book.c: what a workbook is made of: its sheets, texts and formats.
 *
 * Which part is what is told by relations: _rels/.rels names the workbook, and a file beside that
 * names its sheets, texts and formats. Programs that get this wrong have the usual names, so these
 * are taken where a relation leads nowhere. */

#include "tables/rungs-xlsx-book.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "tables/rungs-xml-part.h"

/* More of either is no workbook of leads. */
#define SHEETS_MAX 4096
#define FORMATS_MAX 65536

#define USUAL_BOOK "xl/workbook.xml"

/* A relation. */
typedef struct
{
  char *id;     /* (owned) */
  char *type;   /* (owned) its last word: "worksheet" */
  char *target; /* (owned) a part */
} Relation;

/* What is being read. */
typedef struct
{
  RungsXlsxBook *book;
  const char *folder;     /* of the part whose relations are read */
  GPtrArray *relations;   /* (element-type Relation) */
  GHashTable *codes;      /* (element-type gint64 RungsSheetFormat): formats with a code */
  gboolean in_cell_formats;
} Reading;

static void
sheet_free (RungsXlsxSheet *sheet)
{
  g_free (sheet->name);
  g_free (sheet->part);
  g_free (sheet);
}

static void
relation_free (Relation *relation)
{
  g_free (relation->id);
  g_free (relation->type);
  g_free (relation->target);
  g_free (relation);
}

/* A target as a part: from the root, or from `folder`; ".." goes up. */
static char *
resolve (const char *folder,
         const char *target)
{
  g_autofree char *joined = NULL;
  g_autofree char *plain = g_strdup (target);
  g_autofree char *whole = NULL;

  g_strdelimit (plain, "\\", '/');
  joined = *plain == '/' ? g_strdup (plain) : g_strconcat ("/", folder, "/", plain, NULL);
  whole = g_canonicalize_filename (joined, "/");
  return g_strdup (whole + strspn (whole, "/"));
}

static void
relation_start_cb (gpointer                  data,
                   const char               *name,
                   const RungsXmlAttributes *attributes)
{
  Reading *reading = data;
  g_autofree char *type = rungs_xml_attributes_dup (attributes, "Type");
  g_autofree char *target = rungs_xml_attributes_dup (attributes, "Target");
  Relation *relation;

  if (strcmp (name, "Relationship") != 0 || type == NULL || target == NULL
      || reading->relations->len >= FORMATS_MAX)
    return;
  relation = g_new0 (Relation, 1);
  relation->id = rungs_xml_attributes_dup (attributes, "Id");
  relation->type = g_path_get_basename (type);
  relation->target = resolve (reading->folder, target);
  g_ptr_array_add (reading->relations, relation);
}

/* The part that a relation leads to, by its type or its id. */
static const char *
find_relation (GPtrArray  *relations,
               const char *type,
               const char *id)
{
  for (guint i = 0; i < relations->len; i++)
    {
      const Relation *relation = g_ptr_array_index (relations, i);

      if (strcmp (relation->type, type) == 0 && (id == NULL || g_strcmp0 (relation->id, id) == 0))
        return relation->target;
    }
  return NULL;
}

/* The relations of a part, none where it has none. */
static gboolean
read_relations (RungsZip  *zip,
                Reading   *reading,
                const char *part,
                GError   **error)
{
  static const RungsXmlHandler handler = { relation_start_cb };
  g_autofree char *folder = g_path_get_dirname (part);
  g_autofree char *base = g_path_get_basename (part);
  g_autofree char *relations = g_strdup_printf ("%s/_rels/%s.rels", folder, base);

  if (*part == '\0')
    {
      g_free (relations);
      relations = g_strdup ("_rels/.rels");
    }
  g_ptr_array_set_size (reading->relations, 0);
  reading->folder = *part != '\0' ? folder : "";
  return !rungs_zip_has (zip, relations)
         || rungs_xml_part_read (zip, relations, &handler, reading, error);
}

static void
add_sheet (Reading                  *reading,
           const RungsXmlAttributes *attributes)
{
  g_autofree char *id = rungs_xml_attributes_dup (attributes, "id");
  const char *part = id != NULL ? find_relation (reading->relations, "worksheet", id) : NULL;
  RungsXlsxSheet *sheet;

  /* A chart has a tab too, and no cells. */
  if (part == NULL || reading->book->sheets->len >= SHEETS_MAX)
    return;
  sheet = g_new0 (RungsXlsxSheet, 1);
  sheet->name = rungs_xml_attributes_dup (attributes, "name");
  sheet->name = sheet->name != NULL ? sheet->name : g_strdup ("");
  sheet->part = g_strdup (part);
  sheet->is_hidden = rungs_xml_attributes_is (attributes, "state", "hidden")
                     || rungs_xml_attributes_is (attributes, "state", "veryHidden");
  g_ptr_array_add (reading->book->sheets, sheet);
}

static void
book_start_cb (gpointer                  data,
               const char               *name,
               const RungsXmlAttributes *attributes)
{
  Reading *reading = data;

  if (strcmp (name, "sheet") == 0)
    add_sheet (reading, attributes);
  else if (strcmp (name, "workbookPr") == 0)
    reading->book->from_1904 = rungs_xml_attributes_is (attributes, "date1904", "1")
                               || rungs_xml_attributes_is (attributes, "date1904", "true");
}

static void
add_code (Reading                  *reading,
          const RungsXmlAttributes *attributes)
{
  gint64 id = rungs_xml_attributes_get_number (attributes, "numFmtId", -1);
  g_autofree char *code = rungs_xml_attributes_dup (attributes, "formatCode");
  RungsSheetFormat format;

  if (code == NULL || g_hash_table_size (reading->codes) >= FORMATS_MAX)
    return;
  format = rungs_sheet_format_parse (code);
  g_hash_table_insert (reading->codes, g_memdup2 (&id, sizeof id),
                       g_memdup2 (&format, sizeof format));
}

static void
add_format (Reading                  *reading,
            const RungsXmlAttributes *attributes)
{
  gint64 id = rungs_xml_attributes_get_number (attributes, "numFmtId", 0);
  const RungsSheetFormat *coded = g_hash_table_lookup (reading->codes, &id);
  RungsSheetFormat format = coded != NULL ? *coded : rungs_sheet_format_builtin (id);

  if (reading->book->formats->len < FORMATS_MAX)
    g_array_append_val (reading->book->formats, format);
}

static void
style_start_cb (gpointer                  data,
                const char               *name,
                const RungsXmlAttributes *attributes)
{
  Reading *reading = data;

  if (strcmp (name, "numFmt") == 0)
    add_code (reading, attributes);
  else if (strcmp (name, "cellXfs") == 0)
    reading->in_cell_formats = TRUE;
  else if (strcmp (name, "xf") == 0 && reading->in_cell_formats)
    add_format (reading, attributes);
}

static void
style_end_cb (gpointer    data,
              const char *name)
{
  Reading *reading = data;

  if (strcmp (name, "cellXfs") == 0)
    reading->in_cell_formats = FALSE;
}

static const char *
part_or (RungsZip   *zip,
         const char *part,
         const char *usual)
{
  if (part != NULL && rungs_zip_has (zip, part))
    return part;
  return rungs_zip_has (zip, usual) ? usual : NULL;
}

static gboolean
fail (GError    **error,
      const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
read_book (RungsZip *zip,
           Reading  *reading,
           GError  **error)
{
  static const RungsXmlHandler book_handler = { book_start_cb };
  static const RungsXmlHandler style_handler = { style_start_cb, style_end_cb };
  g_autofree char *book = NULL;
  const char *styles;

  if (!read_relations (zip, reading, "", error))
    return FALSE;
  book = g_strdup (part_or (zip, find_relation (reading->relations, "officeDocument", NULL),
                            USUAL_BOOK));
  if (book == NULL)
    return fail (error, _ ("The file is no workbook, or a damaged one."));
  if (!read_relations (zip, reading, book, error)
      || !rungs_xml_part_read (zip, book, &book_handler, reading, error))
    return FALSE;
  if (reading->book->sheets->len == 0)
    return fail (error, _ ("The workbook has no sheet with cells."));

  reading->book->strings = g_strdup (part_or (
      zip, find_relation (reading->relations, "sharedStrings", NULL), "xl/sharedStrings.xml"));
  styles = part_or (zip, find_relation (reading->relations, "styles", NULL), "xl/styles.xml");
  return styles == NULL || rungs_xml_part_read (zip, styles, &style_handler, reading, error);
}

gboolean
rungs_xlsx_book_is_in (RungsZip *zip)
{
  g_return_val_if_fail (zip != NULL, FALSE);

  return rungs_zip_has (zip, "[Content_Types].xml")
         && (rungs_zip_has (zip, USUAL_BOOK) || rungs_zip_has_prefix (zip, "xl/worksheets/"));
}

RungsXlsxBook *
rungs_xlsx_book_load (RungsZip *zip,
                      GError  **error)
{
  g_autoptr (RungsXlsxBook) self = g_new0 (RungsXlsxBook, 1);
  g_autoptr (GPtrArray) relations
      = g_ptr_array_new_with_free_func ((GDestroyNotify) relation_free);
  g_autoptr (GHashTable) codes
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Reading reading = { .book = self, .relations = relations, .codes = codes };

  g_return_val_if_fail (zip != NULL, NULL);

  self->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) sheet_free);
  self->formats = g_array_new (FALSE, FALSE, sizeof (RungsSheetFormat));
  return read_book (zip, &reading, error) ? g_steal_pointer (&self) : NULL;
}

void
rungs_xlsx_book_free (RungsXlsxBook *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sheets);
  g_array_unref (self->formats);
  g_free (self->strings);
  g_free (self);
}

RungsSheetFormat
rungs_xlsx_book_get_format (const RungsXlsxBook *self,
                            gint64               style)
{
  g_return_val_if_fail (self != NULL, (RungsSheetFormat) { 0 });

  return style >= 0 && style < self->formats->len
             ? g_array_index (self->formats, RungsSheetFormat, style)
             : (RungsSheetFormat) { RUNGS_SHEET_PLAIN };
}
