/* test-export.c: everything in CSV and JSON. */

#include "engine/rungs-export-store.h"

#include <glib/gstdio.h>

#include "base/rungs-error.h"
#include "tables/rungs-table-cell.h"
#include "rungs-fixture.h"

static char *
csv (const char *text)
{
  GString *line = g_string_new (NULL);

  rungs_table_append_csv (line, text);
  return g_string_free (line, FALSE);
}

static void
test_csv_cells (void)
{
  static const struct
  {
    const char *text;
    const char *cell;
  } CASES[] = {
    { NULL, "" },
    { "", "" },
    { "plain", "plain" },
    { "a,b", "\"a,b\"" },
    { "say \"no\"", "\"say \"\"no\"\"\"" },
    { "two\nlines", "\"two\nlines\"" },
    { " space", "\" space\"" },
    { "=1+1", "'=1+1" },
    { "+49 30", "'+49 30" },
    { "-5", "'-5" },
    { "@SUM(A1)", "'@SUM(A1)" },
    { "\t=1", "\"'\t'=1\"" },
    { "\r=1", "\"'\r'=1\"" },
    { "x;=1", "\"x;'=1\"" },
    { "x,=1", "\"x,'=1\"" },
    { "x\"=1", "\"x\"\"'=1\"" },
    { "x\n=1", "\"x\n'=1\"" },
    { "a=b", "a=b" },
    { "a-b@c", "a-b@c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *cell = csv (CASES[i].text);

      g_assert_cmpstr (cell, ==, CASES[i].cell);
    }
}

static void
test_json_strings (void)
{
  g_autoptr (GString) line = g_string_new (NULL);

  rungs_table_append_json (line, NULL);
  rungs_table_append_json (line, "=\"\\\n\x01\x7f é/");
  g_assert_cmpstr (line->str, ==, "null\"=\\\"\\\\\\u000a\\u0001\x7f é/\"");
}

static char *
read_file (const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
add_hostile (RungsFixture *self,
             RungsDb      *db)
{
  rungs_fixture_run (self, "INSERT INTO tag (name) VALUES ('=HYPERLINK(\"x\")'), ('Ä;+1')");
  rungs_fixture_run (self, "INSERT INTO cursor (name, event) VALUES ('x', -3)");
}

static gboolean export(RungsDb *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) tables = rungs_export_write (db, data, error);

  if (tables == NULL)
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    {
      const RungsExportedTable *exported = g_ptr_array_index (tables, i);

      g_assert_null (strstr (exported->table, "lead_search"));
      if (strcmp (exported->table, "tag") == 0)
        g_assert_cmpint (exported->rows, ==, 2);
    }
  return TRUE;
}

static void
test_folder (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *folder = g_build_filename (self->folder, "export", NULL);
  g_autofree char *part = g_strconcat (folder, ".part", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *csv_tags = NULL, *json_tags = NULL, *business = NULL, *cursor = NULL,
                  *schema = NULL;

  rungs_fixture_write (self, add_hostile);
  g_assert_true (rungs_db_read (self->db, export, folder, &error));
  g_assert_no_error (error);

  csv_tags = read_file (folder, "tag.csv");
  g_assert_cmpstr (csv_tags, ==, "id,name\r\n1,\"'=HYPERLINK(\"\"x\"\")\"\r\n2,\"Ä;'+1\"\r\n");
  json_tags = read_file (folder, "tag.jsonl");
  g_assert_cmpstr (json_tags, ==,
                   "{\"id\":1,\"name\":\"=HYPERLINK(\\\"x\\\")\"}\n{\"id\":2,\"name\":\"Ä;+1\"}\n");
  cursor = read_file (folder, "cursor.csv");
  g_assert_nonnull (strstr (cursor, "x,-3\r\n"));
  business = read_file (folder, "business.csv");
  g_assert_nonnull (strstr (business, "Europe/Berlin"));
  g_assert_nonnull (strstr (business, "2026-03-02T09:00:00Z"));
  schema = read_file (folder, "schema.sql");
  g_assert_nonnull (strstr (schema, "-- A person we know of."));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));

  g_assert_false (rungs_db_read (self->db, export, folder, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
test_leaves_nothing_half_done (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *file = g_build_filename (self->folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "export", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_false (rungs_db_read (self->db, export, below, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/export/csv-cells", test_csv_cells);
  g_test_add_func ("/engine/export/json-strings", test_json_strings);
  g_test_add_func ("/engine/export/folder", test_folder);
  g_test_add_func ("/engine/export/leaves-nothing-half-done", test_leaves_nothing_half_done);
  return g_test_run ();
}
