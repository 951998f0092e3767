/* test-import-window.c: a file is imported in the window, its refused row told, and the import
 * taken back. */

#include "import/rungs-import-window.h"

#include "leads/rungs-import-mapping.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"

static const char CSV[] = "E-mail;First name;Dog\n"
                          "one@import.example;One;Rex\n"
                          "two@import.example;Two;\n"
                          "no address;Three;\n"
                          "four@import.example;Four;Bello\n";

static void
press (GtkWidget  *window,
       const char *label)
{
  GtkWidget *button = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (window,
                                                                           label), GTK_TYPE_BUTTON);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static char *
write_file (const char *text)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  char *path = g_build_filename (folder, "leads.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static gint64
count (RungsStore *store)
{
  return rungs_app_store_ask (store, "SELECT count (*) FROM lead");
}

static void
let_go (GtkWidget *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  rungs_app_fixture_settle (200);
  g_assert_null (window);
}

static void
test_import (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  g_autofree char *path = write_file (CSV);
  GtkWidget *window = GTK_WIDGET (rungs_import_window_new (NULL, store, path));
  gint64 before = count (store);

  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_wait_for (window, "Where the Columns Go");
  rungs_app_fixture_wait_for (window, "Dog");
  press (window, "_Import");
  rungs_app_fixture_wait_for (window, "3 Leads Imported");
  rungs_app_fixture_wait_for (window, "Refused Rows");
  g_assert_cmpint (count (store), ==, before + 3);
  g_assert_cmpint (rungs_app_store_ask (store, "SELECT count (*) FROM lead_value v JOIN field f"
                                               " ON f.id = v.field WHERE f.label = 'Dog'"),
                   ==, 2);
  press (window, "_Undo Import");
  rungs_app_fixture_wait_for (window, "The Import Was Taken Back");
  g_assert_cmpint (count (store), ==, before);
  let_go (window);
  rungs_app_store_close (store);
}

/* What a new field holds is guessed from its values, told before the import, and made so; what does
 * not fit is told. */
static void
test_kinds (void)
{
  static const char KINDS[] = "E-mail;Age;Size;First bowl\n"
                              "one@import.example;31;S;2024-02-01\n"
                              "two@import.example;32;M;\n"
                              "three@import.example;40;S;2024-05-09\n"
                              "four@import.example;41;L;2023-01-31\n"
                              "five@import.example;42;M;2024-01-01\n"
                              "six@import.example;43;S;2024-01-01\n"
                              "seven@import.example;44;S;2024-01-01\n"
                              "eight@import.example;45;M;2024-01-01\n"
                              "nine@import.example;46;L;not yet\n";
  RungsStore *store = rungs_app_store_new_demo ();
  g_autofree char *path = write_file (KINDS);
  GtkWidget *window = GTK_WIDGET (rungs_import_window_new (NULL, store, path));
  GtkWidget *kind;

  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_wait_for (window, "Where the Columns Go");
  rungs_app_fixture_wait_for (window, "Number");
  rungs_app_fixture_wait_for (window, "One of a list");
  kind = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (window, "Text"), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), RUNGS_FIELD_DATE);

      rungs_app_fixture_wait_for (window,
                                  "Line 10 would be refused: First bowl: “not yet” is not a"
                                  " date such as"
                    " 2026-11-21");
  press (window, "_Import");
  rungs_app_fixture_wait_for (window, "8 Leads Imported");
  g_assert_cmpint (rungs_app_store_ask (store, "SELECT count (*) FROM field WHERE (label, kind) IN"
                                               " (VALUES ('Age', 'number'), ('Size', 'one'),"
                                               " ('First bowl', 'date'))"), ==, 3);
  g_assert_cmpint (rungs_app_store_ask (store, "SELECT count (*) FROM field_choice c JOIN field f"
                                               " ON f.id = c.field WHERE f.label = 'Size'"), ==, 3);
  press (window, "_Undo Import");
  rungs_app_fixture_wait_for (window, "The Import Was Taken Back");
  g_assert_cmpint (rungs_app_store_ask (store, "SELECT count (*) FROM field WHERE label IN"
                                               " ('Age', 'Size', 'First bowl')"), ==, 0);
  let_go (window);
  rungs_app_store_close (store);
}

/* Who has not agreed gets nothing, and the window says so; the words are entered afterwards. */
static void
test_consent (void)
{
  static const char GIVEN[] = "SELECT count (*) FROM consent WHERE wording = 'Write to me'";
  RungsStore *store = rungs_app_store_new_demo ();
  g_autofree char *path = write_file (CSV);
  GtkWidget *window = GTK_WIDGET (rungs_import_window_new (NULL, store, path));
  gint64 before = count (store);

  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_wait_for (window, "Where the Columns Go");
  press (window, "_Import");
  rungs_app_fixture_wait_for (window, "No consent is known");
  press (window, "They A_greed…");
  gtk_editable_set_text (GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (window))), "Write to me");
  press (window, "_Import");
  rungs_app_fixture_wait_for (window, "May get it: they agreed");
  g_assert_null (rungs_app_fixture_find (window, "No consent is known"));
  g_assert_cmpint (rungs_app_store_ask (store, GIVEN), ==, 3);
  press (window, "_Undo Import");
  rungs_app_fixture_wait_for (window, "The Import Was Taken Back");
  g_assert_cmpint (count (store), ==, before);
  let_go (window);
  rungs_app_store_close (store);
}

static char *
sheet_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "tests", "core", "tables", "files", name, NULL);
}

/* A spreadsheet has no encoding; its first sheet with rows is read, and another can be chosen. */
static void
test_spreadsheet (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  g_autofree char *path = sheet_path ("people.xlsx");
  GtkWidget *window = GTK_WIDGET (rungs_import_window_new (NULL, store, path));
  gint64 before = count (store);
  GtkWidget *sheet;

  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_wait_for (window, "Birthday");
  g_assert_null (rungs_app_fixture_find (window, "Encoding"));
  sheet = rungs_app_fixture_wait_for (window, "Sheet of the spreadsheet");
  sheet = gtk_widget_get_ancestor (sheet, ADW_TYPE_COMBO_ROW);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (sheet)), ==, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (sheet), 2);
  rungs_app_fixture_wait_for (window, "other@example.com");
  adw_combo_row_set_selected (ADW_COMBO_ROW (sheet), 1);
  rungs_app_fixture_wait_for (window, "Birthday");
  press (window, "_Import");
  rungs_app_fixture_wait_for (window, "3 Leads Imported");
  g_assert_cmpint (count (store), ==, before + 3);
  g_assert_cmpint (rungs_app_store_ask (store, "SELECT count (*) FROM lead WHERE postcode = '01067'"
                                               " AND phone = '491701234567'"
                                               " AND last_name = 'Müller-Lüdenscheidt'"),
                   ==, 1);
  let_go (window);
  rungs_app_store_close (store);
}

/* Where the columns went is offered for the next file like it, and can be forgotten. */
static void
test_recalled (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  g_autofree char *path = write_file ("E-mail;Rufname\nrecalled@import.example;Bo\n");
  GtkWidget *window = GTK_WIDGET (rungs_import_window_new (NULL, store, path));
  GtkWidget *drop_down;

  gtk_window_present (GTK_WINDOW (window));
  drop_down = gtk_widget_get_ancestor (
      rungs_app_fixture_wait_for (window,
                                  "A new field"), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), RUNGS_IMPORT_FIRST_NAME);
  rungs_app_fixture_wait_for (window, "First name");
  press (window, "_Import");
  rungs_app_fixture_wait_for (window, "1 Lead Imported");
  let_go (window);

  window = GTK_WIDGET (rungs_import_window_new (NULL, store, path));
  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_wait_for (window, "leads.csv");
  rungs_app_fixture_wait_for (window, "First name");
  press (window, "_Forget");
  rungs_app_fixture_wait_for (window, "A new field");
  g_assert_cmpint (rungs_app_store_ask (store, "SELECT count (*) FROM import_shape"), ==, 0);
  let_go (window);
  rungs_app_store_close (store);
}

static void
test_old_workbook (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  g_autofree char *path = sheet_path ("people.xls");
  GtkWidget *window = GTK_WIDGET (rungs_import_window_new (NULL, store, path));

  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_wait_for (window, "The File Could Not Be Read");
  let_go (window);
  rungs_app_store_close (store);
}

static void
test_no_address (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  g_autofree char *path = write_file ("Colour,Weight\nred,1\nblue,2\n");
  GtkWidget *window = GTK_WIDGET (rungs_import_window_new (NULL, store, path));
  GtkWidget *button;

  gtk_window_present (GTK_WINDOW (window));

      rungs_app_fixture_wait_for (window,
                                  "Say which column holds the e-mail address, or the"
                                  " telephone number.");
  button = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (window,
                                                                "_Import"), GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_get_sensitive (button));
  let_go (window);
  rungs_app_store_close (store);
}

static void
test_no_file (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWidget *window = GTK_WIDGET (rungs_import_window_new (NULL, store, "/nowhere/leads.csv"));

  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_wait_for (window, "The File Could Not Be Read");
  let_go (window);
  rungs_app_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/import/import", test_import);
  g_test_add_func ("/app/import/kinds", test_kinds);
  g_test_add_func ("/app/import/consent", test_consent);
  g_test_add_func ("/app/import/spreadsheet", test_spreadsheet);
  g_test_add_func ("/app/import/recalled", test_recalled);
  g_test_add_func ("/app/import/old-workbook", test_old_workbook);
  g_test_add_func ("/app/import/no-address", test_no_address);
  g_test_add_func ("/app/import/no-file", test_no_file);
  return g_test_run ();
}
