/* table-print.c: prints what a reader makes of a file, for the tests that hold it against others.
 *
 * table-print FILE [SHEET] prints {"kind", "sheets", "rows": [{"line", "fields", "problem"}]}, or
 * {"error", "code"} and what came before it. table-print --count FILE keeps no row, and prints
 * {"count", "error", "memory"}: how many there were, and the most bytes that it took. */

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "tables/rungs-table-reader.h"

static void
add_row (JsonBuilder         *builder,
         const RungsTableRow *row)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "line");
  json_builder_add_int_value (builder, row->line);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < row->n_fields; i++)
    json_builder_add_string_value (builder, row->fields[i]);
  json_builder_end_array (builder);
  if (row->problem != NULL)
    {
      json_builder_set_member_name (builder, "problem");
      json_builder_add_string_value (builder, row->problem);
    }
  json_builder_end_object (builder);
}

static void
add_rows (JsonBuilder      *builder,
          RungsTableReader *reader,
          GError          **error)
{
  const RungsTableRow *row;
  RungsTableState state;

  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  while ((row = rungs_table_reader_next (reader, NULL, error)) != NULL)
    add_row (builder, row);
  json_builder_end_array (builder);
  rungs_table_reader_get_state (reader, &state);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_int_value (builder, state.kind);
  json_builder_set_member_name (builder, "sheet");
  json_builder_add_string_value (builder, state.sheet);
}

static void
add_sheets (JsonBuilder *builder,
            const char  *path)
{
  g_auto (GStrv) sheets = rungs_table_list_sheets (path, NULL);

  json_builder_set_member_name (builder, "sheets");
  json_builder_begin_array (builder);
  for (guint i = 0; sheets != NULL && sheets[i] != NULL; i++)
    json_builder_add_string_value (builder, sheets[i]);
  json_builder_end_array (builder);
}

/* Since the program began; in bytes. */
static gint64
most_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmHWM:");
  return line != NULL ? g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10) * 1024 : 0;
}

static int
count_rows (const char *path)
{
  const RungsTableOptions options = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTableReader) reader = rungs_table_reader_open (path, &options, &error);
  gint64 n = 0;

  while (reader != NULL && rungs_table_reader_next (reader, NULL, &error) != NULL)
    n++;
  printf ("{\"count\":%" G_GINT64_FORMAT ",\"memory\":%" G_GINT64_FORMAT ",\"error\":\"%s\"}\n", n,
          most_memory (), error != NULL ? error->message : "");
  return 0;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *printed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTableReader) reader = NULL;
  RungsTableOptions options = { .sheet = argc > 2 ? argv[2] : NULL };

  if (argc < 2)
    return 2;
  if (strcmp (argv[1], "--count") == 0 && argc > 2)
    return count_rows (argv[2]);
  json_builder_begin_object (builder);
  reader = rungs_table_reader_open (argv[1], &options, &error);
  if (reader != NULL)
    add_rows (builder, reader, &error);
  if (error != NULL)
    {
      json_builder_set_member_name (builder, "error");
      json_builder_add_string_value (builder, error->message);
      json_builder_set_member_name (builder, "code");
      json_builder_add_int_value (builder, error->domain == RUNGS_ERROR ? error->code : -1);
    }
  add_sheets (builder, argv[1]);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  printed = json_to_string (root, FALSE);
  puts (printed);
  return 0;
}
