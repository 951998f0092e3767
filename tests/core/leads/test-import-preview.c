/* test-import-preview.c: what a person sees of a file before it is imported. */

#include "leads/rungs-import-preview.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-error.h"

static const RungsTableOptions as_it_is = { NULL };

static RungsImportPreview *
preview (const char               *text,
         const RungsImportMapping *mapping,
         GError                  **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("rungs-test-XXXXXX.csv", &path, NULL);
  RungsImportPreview *result;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  result = rungs_import_preview_new (path, &as_it_is, mapping, NULL, G_MAXINT64, 2, error);
  g_remove (path);
  return result;
}

static const char TEXT[] = "E-Mail;Name;Adresse;Hausnr;Datum;Stichwort;Tags;Newsletter\n"
                           "ann@example.com; Ann\tSmith ;Ring;5;1.2.2024;x;a, b;ja\n"
                           "bob;Bob\n"
                           "c@example.com;;;;;;;\n";

static void
test_rows (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsImportPreview) shown = preview (TEXT, NULL, &error);
  RungsImportPreviewRow *row;

  g_assert_no_error (error);
  g_assert_cmpstr (shown->encoding, ==, "ASCII");
  g_assert_cmpint (shown->delimiter, ==, ';');
  g_assert_cmpuint (rungs_import_mapping_get_n_columns (shown->mapping), ==, 8);
  g_assert_cmpuint (shown->rows->len, ==, 2);

  row = g_ptr_array_index (shown->rows, 0);
  g_assert_cmpint (row->line, ==, 2);
  g_assert_null (row->problem);
  g_assert_cmpstr (row->fields[1], ==, " Ann\tSmith ");
  g_assert_cmpstr (row->texts[RUNGS_IMPORT_FIRST_NAME], ==, "Ann");
  g_assert_cmpstr (row->texts[RUNGS_IMPORT_LAST_NAME], ==, "Smith");
  g_assert_cmpstr (row->texts[RUNGS_IMPORT_STREET], ==, "Ring 5");
  g_assert_cmpstr (row->texts[RUNGS_IMPORT_TAGS], ==, "a, b");
  g_assert_cmpint (row->status, ==, RUNGS_STATUS_SUBSCRIBED);
  g_assert_cmpint (row->created_at, ==, 0);

  row = g_ptr_array_index (shown->rows, 1);
  g_assert_nonnull (row->problem);
  g_assert_cmpuint (g_strv_length (row->fields), ==, 8);
  g_assert_cmpstr (row->fields[7], ==, "");
}

static void
test_other_mapping (void)
{
  g_autoptr (RungsImportPreview) shown = preview (TEXT, NULL, NULL);
  g_autoptr (RungsImportPreview) changed = NULL;
  g_autoptr (GError) error = NULL;
  RungsImportPreviewRow *row;

  g_assert_true (rungs_import_mapping_set (shown->mapping, 4, "created_at", NULL));
  g_assert_true (rungs_import_mapping_set (shown->mapping, 5, "company", NULL));
  changed = preview (TEXT, shown->mapping, NULL);
  row = g_ptr_array_index (changed->rows, 0);
  g_assert_cmpstr (row->texts[RUNGS_IMPORT_COMPANY], ==, "x");
  g_assert_cmpint (row->created_at, ==, G_GINT64_CONSTANT (1706745600000));

  g_assert_null (preview ("email\na@example.com\n", shown->mapping, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
    rungs_import_preview_new ("/nowhere/list.csv", &as_it_is, NULL, NULL, 0, 5, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_too_many_columns (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *commas = g_strnfill (1000, ';');
  g_autofree char *text = g_strconcat ("E-Mail", commas, "x\na@example.com", commas, "\n", NULL);

  g_assert_null (preview (text, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "1001"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-preview/rows", test_rows);
  g_test_add_func ("/import-preview/other-mapping", test_other_mapping);
  g_test_add_func ("/import-preview/no-file", test_no_file);
  g_test_add_func ("/leads/import-preview/too-many-columns", test_too_many_columns);
  return g_test_run ();
}
