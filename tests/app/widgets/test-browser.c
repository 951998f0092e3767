/* test-browser.c: a browser over a real file: lists, reads what is looked at, follows changes,
 * keeps the selection, sorts, and remembers its columns. */

#include <glib/gstdio.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "db/rungs-store.h"
#include "rungs-app-fixture.h"
#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-browser-model.h"
#include "widgets/rungs-browser-row.h"
#include "widgets/rungs-browser.h"

#define N_TAGS 5000

typedef struct
{
  char *folder;
  RungsStore *store;
} Fixture;

/* What the browser of these tests asks: tags whose name contains a text, up or down. Those with
 * "broken" cannot be listed. */
typedef struct
{
  char *text;
  gboolean descending;
} Query;

typedef struct
{
  gint64 id;
  char *name;
} Tag;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->text);
  g_free (query);
}

static Query *
query_new (const char *text,
           gboolean    descending)
{
  Query *query = g_new0 (Query, 1);

  query->text = g_strdup (text);
  query->descending = descending;
  return query;
}

static void
tag_free (gpointer data)
{
  Tag *tag = data;

  g_free (tag->name);
  g_free (tag);
}

static gpointer
list_tags (RungsDb   *db,
           gpointer   data,
           guint      limit,
           GError   **error)
{
  const Query *query = data;
  const char *sql = query->descending
                      ? "SELECT id FROM tag WHERE instr (name, :text) ORDER BY name DESC LIMIT :n"
                      : "SELECT id FROM tag WHERE instr (name, :text) ORDER BY name LIMIT :n";
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, sql, error);
  gpointer ids = NULL;

  if (g_str_equal (query->text, "broken"))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, "the tags & <marks> are gone");
      return NULL;
    }
  ids = rungs_browser_ids_new ();
  rungs_statement_bind_text (find, ":text", query->text);
  rungs_statement_bind_int64 (find, ":n", limit > 0 ? (gint64) limit : -1);
  while (rungs_statement_step (find, error) == RUNGS_ROW)
    rungs_browser_ids_add (ids, rungs_statement_get_int64 (find, 0));
  if (rungs_statement_done (find, error))
    return ids;
  rungs_browser_ids_free (ids);
  return NULL;
}

static gpointer
load_tag (RungsDb  *db,
          gint64    id,
          GError  **error)
{
  g_autoptr (RungsStatement) find
    = rungs_db_prepare (db, "SELECT name FROM tag WHERE id = :id", error);
  Tag *tag = NULL;

  rungs_statement_bind_int64 (find, ":id", id);
  if (rungs_statement_step (find, error) != RUNGS_ROW)
    return NULL;
  tag = g_new0 (Tag, 1);
  tag->id = id;
  tag->name = g_strdup (rungs_statement_get_text (find, 0));
  return tag;
}

static char *
tag_text (gpointer row)
{
  return g_strdup (((Tag *) row)->name);
}

static char *
tag_number (gpointer row)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, ((Tag *) row)->id);
}

static const RungsBrowserSource SOURCE = {
  .list = list_tags,
  RUNGS_BROWSER_IDS,
  .load = load_tag,
  .row_free = tag_free,
  .query_free = query_free,
};

static const RungsBrowserColumn COLUMNS[] = {
  { "name", "Name",
    RUNGS_BROWSER_COLUMN_SORTABLE | RUNGS_BROWSER_COLUMN_FIXED | RUNGS_BROWSER_COLUMN_EXPAND, 200,
    tag_text, NULL },
  { "number", "Number", RUNGS_BROWSER_COLUMN_SORTABLE | RUNGS_BROWSER_COLUMN_NUMERIC, 80,
    tag_number, NULL },
  { "again", "Again", RUNGS_BROWSER_COLUMN_HIDDEN, 300, tag_text, NULL },
};

static gboolean
write_tag (RungsDb  *db,
           gpointer  name,
           GError  **error)
{
  g_autoptr (RungsStatement) insert
    = rungs_db_prepare (db, "INSERT INTO tag (name) VALUES (:name)", error);

  rungs_statement_bind_text (insert, ":name", name);
  return rungs_statement_run (insert, error);
}

static gboolean
write_tags (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  for (int i = 0; i < N_TAGS; i++)
    {
      g_autofree char *name = g_strdup_printf ("tag %05d", i);

      if (!write_tag (db, name, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
write_first (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return GINT_TO_POINTER (write_tag (db, (char *) "a first tag", error));
}

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static void
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  RungsDb *db = NULL;

  fixture->folder = g_dir_make_tmp ("rungs-browser-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "rungs.db", NULL);
  db = rungs_db_open (path, RUNGS_DB_CREATE, &error);
  g_assert_no_error (error);
  rungs_db_write (db, write_tags, NULL, &error);
  g_assert_no_error (error);
  rungs_db_close (db);

  rungs_store_open_async (path, RUNGS_DB_WRITE, rungs_db_open, NULL, keep_result_cb, &result);
  wait_for_result (&result);
  fixture->store = rungs_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;

  rungs_store_close (fixture->store);
  g_assert_finalize_object (fixture->store);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
add_first_tag (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rungs_store_write_async (fixture->store, write_first, NULL, NULL, NULL, NULL, keep_result_cb,
                           &result);
  wait_for_result (&result);
  rungs_store_write_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static const char *
name_at (RungsBrowserModel *model,
         guint              position,
         RungsBrowserRow  **row)
{
  *row = g_list_model_get_item (G_LIST_MODEL (model), position);
  rungs_app_fixture_settle (200);
  return ((Tag *) rungs_browser_row_get_data (*row))->name;
}

static void
test_model (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (RungsBrowserModel) model = rungs_browser_model_new (fixture->store, &SOURCE);
  g_autoptr (RungsBrowserRow) far = NULL;
  g_autoptr (RungsBrowserRow) near = NULL;
  guint position = 0;

  rungs_browser_model_set_query (model, query_new ("", FALSE));
  rungs_app_fixture_settle (200);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, N_TAGS);
  g_assert_cmpstr (name_at (model, 4321, &far), ==, "tag 04321");
  g_assert_cmpstr (name_at (model, 0, &near), ==, "tag 00000");
  g_assert_true (rungs_browser_model_find (model, rungs_browser_row_get_id (far), &position));
  g_assert_cmpuint (position, ==, 4321);

  for (int i = 0; i < 20; i++)
    rungs_browser_model_set_query (model, query_new ("tag 00", FALSE));
  rungs_browser_model_set_query (model, query_new ("tag 0432", FALSE));
  rungs_app_fixture_settle (200);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 10);
}

static void
test_refresh (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (RungsBrowserModel) model = rungs_browser_model_new (fixture->store, &SOURCE);
  g_autoptr (GtkMultiSelection) selection
    = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (model)));
  g_autoptr (RungsBrowserRow) row = NULL;

  rungs_browser_model_set_query (model, query_new ("", FALSE));
  rungs_app_fixture_settle (200);
  g_assert_cmpstr (name_at (model, 7, &row), ==, "tag 00007");
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 7, TRUE);

  add_first_tag (fixture);
  rungs_browser_model_refresh (model);
  rungs_app_fixture_settle (200);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, N_TAGS + 1);
  g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), 7));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), 8));
  g_assert_cmpuint (rungs_browser_row_get_position (row), ==, 8);
  g_assert_cmpstr (((Tag *) rungs_browser_row_get_data (row))->name, ==, "tag 00007");
}

/* Another query makes other rows of those that are held, so that the table keeps its widgets; what
 * was selected is not any more. */
static void
test_requery (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (RungsBrowserModel) model = rungs_browser_model_new (fixture->store, &SOURCE);
  g_autoptr (RungsBrowserRow) first = NULL;
  g_autoptr (RungsBrowserRow) later = NULL;
  g_autoptr (RungsBrowserRow) again = NULL;

  rungs_browser_model_set_query (model, query_new ("", FALSE));
  rungs_app_fixture_settle (200);
  g_assert_cmpstr (name_at (model, 2, &first), ==, "tag 00002");
  g_assert_cmpstr (name_at (model, 4000, &later), ==, "tag 04000");

  rungs_browser_model_set_query (model, query_new ("3", TRUE));
  rungs_app_fixture_settle (200);
  g_assert_true (rungs_browser_model_is_whole (model));
  g_assert_cmpstr (name_at (model, 2, &again), ==, "tag 04973");
  g_assert_true (again == first);
  g_assert_cmpint (rungs_browser_row_get_id (again), ==, 4974);
  g_assert_cmpstr (((Tag *) rungs_browser_row_get_data (later))->name, ==, "tag 04000");
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  gboolean descending = FALSE;
  const char *sort = rungs_browser_get_sort (browser, &descending);

  g_assert_true (sort == NULL || g_str_equal (sort, "name"));
  return query_new (data, descending);
}

static gint64
first_id (RungsBrowser *browser)
{
  g_autoptr (GArray) ids = NULL;

  gtk_widget_activate_action (GTK_WIDGET (browser), "browser.select-none", NULL);
  rungs_browser_unselect_all (browser);
  rungs_browser_select (browser, N_TAGS);
  ids = rungs_browser_get_selected (browser);
  g_assert_cmpuint (ids->len, ==, 1);
  return g_array_index (ids, gint64, 0);
}

/* The columns fill the table, hidden ones take no room. */
static void
assert_filled (GtkWidget *browser)
{
  GtkWidget *view = rungs_app_fixture_find_type (browser, GTK_TYPE_COLUMN_VIEW);
  GtkWidget *header = gtk_widget_get_first_child (view);
  int width = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (header); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      width += gtk_widget_get_width (child);
  g_assert_cmpint (width, >, gtk_widget_get_width (view) - 60);
}

/* Where there is too little room, the column that takes what is left gives some. */
static void
assert_yields (GtkWindow *window,
               GtkWidget *browser)
{
  GtkWidget *view = rungs_app_fixture_find_type (browser, GTK_TYPE_COLUMN_VIEW);
  GtkAdjustment *across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));

  gtk_widget_set_size_request (gtk_widget_get_ancestor (view, GTK_TYPE_STACK), 240, -1);
  gtk_window_set_default_size (window, 240 + 320, 600);
  rungs_app_fixture_settle (200);
  g_assert_cmpint (gtk_widget_get_width (view), <, 280);
  g_assert_cmpfloat (gtk_adjustment_get_upper (across), <=, gtk_adjustment_get_page_size (across));
}

static void
test_widget (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *browser = g_object_new (RUNGS_TYPE_BROWSER, "detail", gtk_label_new ("details"), NULL);
  gboolean descending = FALSE;

  g_object_add_weak_pointer (G_OBJECT (browser), (gpointer *) &browser);
  gtk_window_set_default_size (window, 900, 600);
  gtk_window_set_child (window, browser);
  rungs_browser_set_up (RUNGS_BROWSER (browser), "tags", fixture->store, &SOURCE, COLUMNS,
                        G_N_ELEMENTS (COLUMNS), make_query, (char *) "tag");
  gtk_window_present (window);
  rungs_app_fixture_settle (200);
  g_assert_cmpuint (rungs_browser_get_n_rows (RUNGS_BROWSER (browser)), ==, N_TAGS);
  assert_filled (browser);
  g_assert_null (rungs_browser_get_sort (RUNGS_BROWSER (browser), &descending));
  g_assert_cmpint (first_id (RUNGS_BROWSER (browser)), ==, N_TAGS);
  g_assert_cmpint (rungs_browser_get_single (RUNGS_BROWSER (browser)), ==, N_TAGS);

  rungs_browser_set_sort (RUNGS_BROWSER (browser), "name", TRUE);
  g_assert_cmpstr (rungs_browser_get_sort (RUNGS_BROWSER (browser), &descending), ==, "name");
  g_assert_true (descending);
  rungs_app_fixture_settle (200);
  assert_yields (window, browser);
  gtk_window_destroy (window);
  rungs_app_fixture_settle (200);
  g_assert_null (browser);
}

static void
test_remembers (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new (RUNGS_APP_ID);
  g_autoptr (GVariant) columns = NULL;
  g_autofree char *text = NULL;

  test_widget (fixture, NULL);
  columns = g_settings_get_value (settings, "browser-columns");
  text = g_variant_print (columns, FALSE);
  g_assert_cmpstr (text, ==, "{'tags': ['name:200', 'number:80']}");
  g_settings_reset (settings, "browser-columns");
  g_settings_reset (settings, "browser-sort");
}

/* What could not be read is said where the rows would stand, until they can be read again. */
static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *browser = g_object_new (RUNGS_TYPE_BROWSER, NULL);
  char text[] = "broken";

  gtk_window_set_child (window, browser);
  gtk_window_present (window);
  rungs_browser_set_up (RUNGS_BROWSER (browser), "tags", fixture->store, &SOURCE, COLUMNS,
                        G_N_ELEMENTS (COLUMNS), make_query, text);
  rungs_app_fixture_wait_for (browser, "The Rows Could Not Be Read");
  rungs_app_fixture_wait_for (browser, "The tags &amp; &lt;marks&gt; are gone.");

  g_strlcpy (text, "tag", sizeof text);
  gtk_widget_activate_action (browser, "browser.retry", NULL);
  rungs_app_fixture_wait_for (browser, "tag 00000");
  g_assert_null (rungs_app_fixture_find (browser, "The Rows Could Not Be Read"));

  g_strlcpy (text, "broken", sizeof text);
  rungs_browser_requery (RUNGS_BROWSER (browser), FALSE);
  rungs_app_fixture_wait_for (browser, "The Rows Could Not Be Read");
  gtk_window_destroy (window);
  rungs_app_fixture_settle (200);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/browser/model", Fixture, NULL, set_up, test_model, tear_down);
  g_test_add ("/app/browser/refresh", Fixture, NULL, set_up, test_refresh, tear_down);
  g_test_add ("/app/browser/requery", Fixture, NULL, set_up, test_requery, tear_down);
  g_test_add ("/app/browser/failure", Fixture, NULL, set_up, test_failure, tear_down);
  g_test_add ("/app/browser/remembers", Fixture, NULL, set_up, test_remembers, tear_down);
  return g_test_run ();
}
