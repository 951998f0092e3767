/* rungs-xlsx-strings.c: the texts of a workbook, which its cells name by number. */

#include "tables/rungs-xlsx-strings.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "base/rungs-error.h"
#include "tables/rungs-table-reader.h"
#include "tables/rungs-xml-part.h"

struct _RungsXlsxStrings
{
  FILE *file;          /* (owned) (nullable) */
  GArray *ends;        /* (owned) (element-type guint64): where each ends in the file */
  guint64 size;
  const char *map;     /* (owned) (nullable) the file */
  RungsXmlPart *part;  /* (owned) (nullable) while it is read */
  GString *text;       /* (owned) of the one that is read */
  gboolean in_text;
  guint in_phonetic;   /* how a word is spoken, in Japanese: no part of it */
  gboolean is_full;
  gboolean is_unwritten;
};

static void
start_cb (gpointer                  data,
          const char               *name,
          const RungsXmlAttributes *attributes)
{
  RungsXlsxStrings *self = data;

  if (strcmp (name, "si") == 0)
    g_string_truncate (self->text, 0);
  else if (strcmp (name, "rPh") == 0)
    self->in_phonetic++;
  else if (strcmp (name, "t") == 0)
    self->in_text = self->in_phonetic == 0;
}

static void
store_text (RungsXlsxStrings *self)
{
  rungs_xlsx_unescape (self->text);
  self->is_full = self->ends->len >= RUNGS_XLSX_STRINGS_MAX;
  self->is_unwritten
      = fwrite (self->text->str, 1, self->text->len, self->file) != self->text->len;
  if (self->is_full || self->is_unwritten)
    {
      rungs_xml_part_stop (self->part);
      return;
    }
  self->size += self->text->len;
  g_array_append_val (self->ends, self->size);
}

static void
end_cb (gpointer    data,
        const char *name)
{
  RungsXlsxStrings *self = data;

  if (strcmp (name, "si") == 0)
    store_text (self);
  else if (strcmp (name, "rPh") == 0 && self->in_phonetic > 0)
    self->in_phonetic--;
  else if (strcmp (name, "t") == 0)
    self->in_text = FALSE;
}

static void
text_cb (gpointer    data,
         const char *text,
         gsize       length)
{
  RungsXlsxStrings *self = data;

  if (self->in_text && self->text->len <= RUNGS_TABLE_ROW_MAX)
    g_string_append_len (self->text, text, length);
}

static const RungsXmlHandler HANDLER = { start_cb, end_cb, text_cb };

/* The value of "_xHHHH_" at `at`; -1: it is none. */
static int
escape_at (const char *at)
{
  int value = 0;

  if (at[0] != '_' || at[1] != 'x')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return at[6] == '_' ? value : -1;
}

void
rungs_xlsx_unescape (GString *text)
{
  g_return_if_fail (text != NULL);

  for (char *at = text->str; (at = strstr (at, "_x")) != NULL; at++)
    {
      int value = escape_at (at);
      gsize place = at - text->str;

      if (value < 0)
        continue;
      g_string_erase (text, place, 7);
      /* Half of a pair of UTF-16, and NUL, are no characters. */
      if (value > 0 && g_unichar_validate (value))
        g_string_insert_unichar (text, place, value);
      at = text->str + place;
      if (*at == '\0')
        break;
    }
}

static gboolean
fail (GError    **error,
      RungsError  code,
      const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, code, why);
  return FALSE;
}

static gboolean
check (RungsXlsxStrings *self,
       GError          **error)
{
  if (self->is_full)
    return fail (error, RUNGS_ERROR_INVALID,
                 _ ("The workbook holds more texts than Rungs reads. Save the sheet as CSV, and"
                 " import that."));
  if (self->is_unwritten || fflush (self->file) != 0)
    return fail (error, RUNGS_ERROR_FAILED,
                 _ ("The texts of the workbook cannot be held: the disk is full."));
  return TRUE;
}

static gboolean
read_all (RungsXlsxStrings *self,
          GCancellable     *cancellable,
          GError          **error)
{
  while (!rungs_xml_part_is_done (self->part))
    if (!rungs_xml_part_step (self->part, cancellable, error))
      return FALSE;
  if (!check (self, error))
    return FALSE;
  if (self->size == 0)
    return TRUE;
  self->map = mmap (NULL, self->size, PROT_READ, MAP_PRIVATE, fileno (self->file), 0);
  if (self->map != MAP_FAILED)
    return TRUE;
  self->map = NULL;
  return fail (error, RUNGS_ERROR_FAILED, _ ("The texts of the workbook cannot be read back."));
}

RungsXlsxStrings *
rungs_xlsx_strings_load (RungsZip     *zip,
                         const char   *part,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autoptr (RungsXlsxStrings) self = g_new0 (RungsXlsxStrings, 1);

  g_return_val_if_fail (zip != NULL, NULL);

  self->ends = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->text = g_string_new (NULL);
  if (part == NULL)
    return g_steal_pointer (&self);
  self->file = tmpfile ();
  if (self->file == NULL)
    {
      fail (error, RUNGS_ERROR_FAILED, _ ("A file for the texts of the workbook cannot be made."));
      return NULL;
    }
  self->part = rungs_xml_part_open (zip, part, &HANDLER, self, error);
  if (self->part == NULL || !read_all (self, cancellable, error))
    return NULL;
  g_clear_pointer (&self->part, rungs_xml_part_free);
  return g_steal_pointer (&self);
}

void
rungs_xlsx_strings_free (RungsXlsxStrings *self)
{
  if (self == NULL)
    return;
  if (self->map != NULL)
    munmap ((gpointer) self->map, self->size);
  if (self->file != NULL)
    fclose (self->file);
  g_clear_pointer (&self->part, rungs_xml_part_free);
  g_array_unref (self->ends);
  g_string_free (self->text, TRUE);
  g_free (self);
}

const char *
rungs_xlsx_strings_get (RungsXlsxStrings *self,
                        guint64           number,
                        gsize            *length)
{
  guint64 begin;

  g_return_val_if_fail (self != NULL && length != NULL, NULL);

  if (number >= self->ends->len)
    return NULL;
  begin = number > 0 ? g_array_index (self->ends, guint64, number - 1) : 0;
  *length = g_array_index (self->ends, guint64, number) - begin;
  return *length > 0 ? self->map + begin : "";
}
