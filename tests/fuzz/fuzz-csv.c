/* fuzz-csv.c: any bytes as a list of leads: decoded, parsed, its headings mapped and its values
 * read. */

#include <string.h>

#include "tables/rungs-csv-reader.h"
#include "leads/rungs-import-date.h"
#include "leads/rungs-import-mapping.h"
#include "leads/rungs-import-value.h"

static void
read_values (const char *text,
             GString    *tag)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  const char *at = text;
  gint64 instant;

  rungs_import_date_parse (text, rungs_import_date_tell_order (text), NULL, &instant);
  rungs_import_status_parse (text);
  rungs_import_flag_parse (text);
  rungs_import_split_name (text, &first, &last);
  while (rungs_import_next_tag (&at, tag))
    g_assert (tag->len > 0);
}

static void
read_rows (RungsCsvReader *reader)
{
  g_autoptr (GString) tag = g_string_new (NULL);
  const RungsTableRow *row = rungs_csv_reader_next (reader, NULL, NULL);
  gint64 line = 0;

  if (row != NULL)
    {
      g_autoptr (RungsImportMapping) mapping =
          rungs_import_mapping_guess (row->fields, row->n_fields, NULL);

      char *json = rungs_import_mapping_to_json (mapping);

      g_assert (rungs_import_mapping_get_n_columns (mapping) == row->n_fields);
      g_free (json);
    }
  for (; row != NULL; row = rungs_csv_reader_next (reader, NULL, NULL))
    {
      g_assert (row->line > line || row->problem != NULL);
      g_assert (row->n_fields > 0 && row->n_fields <= RUNGS_TABLE_FIELDS_MAX);
      g_assert (row->raw_length <= RUNGS_TABLE_ROW_MAX);
      line = row->line;
      for (guint i = 0; i < row->n_fields; i++)
        {
          g_assert (g_utf8_validate (row->fields[i], -1, NULL));
          if (strlen (row->fields[i]) < 1000)
            read_values (row->fields[i], tag);
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char DELIMITERS[] = { 0, ',', ';', '\t' };
  static const char *const ENCODINGS[] = { NULL, "UTF-8", "WINDOWS-1252", "UTF-16LE", "SHIFT_JIS" };
  g_autoptr (GBytes) bytes = NULL;
  RungsTextDecoder *decoder;
  g_autoptr (RungsCsvReader) reader = NULL;

  if (size < 1)
    return 0;
  bytes = g_bytes_new (data + 1, size - 1);
  decoder = rungs_text_decoder_new_for_bytes (
      bytes, ENCODINGS[data[0] / 4 % G_N_ELEMENTS (ENCODINGS)], NULL);
  if (decoder == NULL)
    return 0;
  reader = rungs_csv_reader_new (decoder, DELIMITERS[data[0] % 4], NULL);
  if (reader != NULL)
    read_rows (reader);
  return 0;
}
