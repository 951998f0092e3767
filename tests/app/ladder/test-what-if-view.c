/* test-what-if-view.c: what is typed changes the year, can be undone, and is kept by name. */

#include "ladder/rungs-ladder-page.h"
#include "ladder/rungs-what-if-knob.h"
#include "ladder/rungs-what-if-view.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "widgets/rungs-chart.h"
#include "widgets/rungs-figure.h"

typedef struct
{
  GtkWindow *window;
  GtkWidget *page;
  GtkWidget *view;
} Shown;

static Shown
show (RungsStore *store,
      const char *target)
{
  Shown shown = { .window = GTK_WINDOW (gtk_window_new ()) };

  shown.page = g_object_new (RUNGS_TYPE_LADDER_PAGE, "store", store, NULL);
  gtk_window_set_default_size (shown.window, 1000, 700);
  gtk_window_set_child (shown.window, shown.page);
  gtk_window_present (shown.window);
  rungs_page_show_target (RUNGS_PAGE (shown.page), target);
  shown.view = rungs_app_fixture_find_type (shown.page, RUNGS_TYPE_WHAT_IF_VIEW);
  return shown;
}

static void
hide (Shown      *shown,
      RungsStore *store)
{
  gtk_window_destroy (shown->window);
  rungs_app_fixture_settle (200);
  rungs_app_store_close (store);
}

/* The first figure: what is left. */
static char *
read_left (GtkWidget *view)
{
  char *value = NULL;

  g_object_get (rungs_app_fixture_find_type (view, RUNGS_TYPE_FIGURE), "value", &value, NULL);
  return value;
}

typedef struct
{
  GtkWidget *view;
  const char *left;
  gboolean same; /* wait until it is that, or until it is not */
} Awaited;

static gboolean
has_come (gpointer data)
{
  const Awaited *awaited = data;
  g_autofree char *left = read_left (awaited->view);

  return left != NULL && g_str_equal (left, awaited->left) == awaited->same;
}

static void
wait_for_left (GtkWidget  *view,
               const char *left,
               gboolean    same)
{
  Awaited awaited = { view, left, same };

  rungs_app_fixture_wait (has_come, &awaited);
}

/* The entry of the first thing that can be changed in the list that is unfolded: a price. */
static GtkWidget *
find_entry (GtkWidget *view)
{
  GtkWidget *knob = rungs_app_fixture_find_type (view, RUNGS_TYPE_WHAT_IF_KNOB);

  g_assert_nonnull (knob);
  return rungs_app_fixture_find_type (knob, GTK_TYPE_ENTRY);
}

static Shown
show_kit (RungsStore *store)
{
  gint64 kit = rungs_app_store_ask (store, "SELECT id FROM product WHERE sku = 'KIT'");
  g_autofree char *target = g_strdup_printf ("what-if:product:%" G_GINT64_FORMAT, kit);
  Shown shown = show (store, target);

  rungs_app_fixture_wait_for (shown.view, "Price"); 
  wait_for_left (shown.view, "–", FALSE);
  return shown;
}

static void
test_type_and_undo (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  Shown shown = show_kit (store);
  g_autofree char *base = read_left (shown.view);
  GtkWidget *entry = find_entry (shown.view);
  g_autofree char *dear = NULL;

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "29.00");
  g_assert_nonnull (rungs_app_fixture_find (shown.view, "What if: nothing of this has happened."));
  gtk_editable_set_text (GTK_EDITABLE (entry), "99");
  wait_for_left (shown.view, base, FALSE);
  dear = read_left (shown.view);
  /* a wrong value is marked, and the year stays */
  gtk_editable_set_text (GTK_EDITABLE (entry), "99x");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  rungs_app_fixture_settle (200);
  wait_for_left (shown.view, dear, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), "99");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_signal_emit_by_name (entry, "activate");
  gtk_widget_activate_action (shown.view, "history.undo", NULL);
  wait_for_left (shown.view, base, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "29.00");
  gtk_widget_activate_action (shown.view, "history.redo", NULL);
  wait_for_left (shown.view, dear, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "99.00");
  g_assert_cmpint (rungs_app_store_ask (store, "SELECT price FROM product WHERE sku = 'KIT'"), ==,
                   2900);
  hide (&shown, store);
}

static GtkWindow *
newest_window (const Shown *shown)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (window != shown->window && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
is_closed (gpointer shown)
{
  return newest_window (shown) == NULL;
}

static void
test_keep (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  Shown shown = show_kit (store);
  g_autofree char *base = read_left (shown.view);
  g_autofree char *unsaved = NULL;
  g_autofree char *dear = NULL;
  GtkWindow *form;
  gint64 id;

  g_assert_null (rungs_page_dup_unsaved (RUNGS_PAGE (shown.page)));
  gtk_editable_set_text (GTK_EDITABLE (find_entry (shown.view)), "99");
  wait_for_left (shown.view, base, FALSE);
  dear = read_left (shown.view);
  unsaved = rungs_page_dup_unsaved (RUNGS_PAGE (shown.page));
  g_assert_nonnull (unsaved);
  gtk_widget_activate_action (shown.view, "what-if.save", NULL);
  form = newest_window (&shown);
  g_assert_nonnull (form);
  gtk_editable_set_text (
      GTK_EDITABLE (rungs_app_fixture_find_type (GTK_WIDGET (form), ADW_TYPE_ENTRY_ROW)), "Dear");
  g_signal_emit_by_name (form, "agreed");
  rungs_app_fixture_wait (is_closed, &shown);
  rungs_app_fixture_wait_for (shown.view, "Dear");
  id = rungs_app_store_ask (store, "SELECT id FROM what_if WHERE name = 'Dear'");
  g_assert_cmpint (id, >, 0);
  g_assert_null (rungs_page_dup_unsaved (RUNGS_PAGE (shown.page)));
  /* a new one is as it goes on; what is kept is opened again */
  gtk_widget_activate_action (shown.view, "what-if.new", NULL);
  wait_for_left (shown.view, base, TRUE);
  rungs_app_fixture_settle (600);
  gtk_widget_activate_action (shown.view, "what-if.open", "x", id);
  wait_for_left (shown.view, dear, TRUE);
  gtk_widget_activate_action (shown.view, "what-if.delete", NULL);
  rungs_app_fixture_wait_for (shown.view, "Not Kept");
  rungs_app_fixture_settle (600);
  g_assert_cmpint (rungs_app_store_ask (store, "SELECT count (*) FROM what_if"), ==, 0);
  hide (&shown, store);
}

static void
test_arrow (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  gint64 kit = rungs_app_store_ask (store, "SELECT id FROM product WHERE sku = 'KIT'");
  gint64 guide = rungs_app_store_ask (store, "SELECT id FROM product WHERE sku = 'GUIDE'");
  g_autofree char *target = g_strdup_printf (
      "what-if:product:%" G_GINT64_FORMAT ">product:%" G_GINT64_FORMAT, guide, kit);
  Shown shown = show (store, target);
  GtkWidget *focus;

  rungs_app_fixture_wait_for (shown.view, "Conversion from Ten Glazes That Never Fail");
  focus = gtk_window_get_focus (shown.window);
  g_assert_nonnull (focus);
  g_assert_true (RUNGS_IS_WHAT_IF_KNOB (gtk_widget_get_ancestor (focus, RUNGS_TYPE_WHAT_IF_KNOB)));
  hide (&shown, store);
}

static void
test_empty (void)
{
  RungsDb *reader = NULL;
  RungsStore *store = rungs_app_store_new (NULL, &reader);
  Shown shown = show (store, "what-if");

  rungs_app_fixture_wait_for (shown.view, "Nothing to Suppose Yet");
  rungs_db_close (reader);
  hide (&shown, store);
}

/* ---- the chart */

static char *
words_of (double   value,
          gpointer data)
{
  return g_strdup_printf ("%.0f", value);
}

/* It is drawn with nothing, with one value for all, below 0, and when it is very small. */
static void
test_chart (void)
{
  static const double FLAT[] = { 0, 0, 0 }, DEEP[] = { -1e12, 3, 1e12 };
  static const double LOW[] = { -2e12, 2, 0 }, HIGH[] = { 0, 4, 2e12 };
  static const char *const STEPS[] = { "1", "2", "3", NULL };
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  RungsChart *chart = g_object_new (RUNGS_TYPE_CHART, NULL);

  gtk_window_set_child (window, GTK_WIDGET (chart));
  gtk_window_set_default_size (window, 400, 300);
  gtk_window_present (window);
  rungs_app_fixture_settle (100);
  rungs_chart_set_words (chart, words_of, NULL, NULL);
  rungs_chart_set_steps (chart, "Nothing", STEPS);
  rungs_app_fixture_settle (100);
  rungs_chart_add_line (chart, "Flat", FLAT, NULL, NULL);
  rungs_app_fixture_settle (100);
  rungs_chart_add_line (chart, "Deep", DEEP, LOW, HIGH);
  rungs_app_fixture_settle (100);
  g_assert_nonnull (rungs_app_fixture_find (GTK_WIDGET (chart), "Flat"));
  g_assert_nonnull (rungs_app_fixture_find (GTK_WIDGET (chart), "Deep"));
  rungs_chart_set_steps (chart, "Nothing", STEPS);
  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (chart), "Deep"));
  gtk_window_destroy (window);
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add_func ("/app/what-if-view/type-and-undo", test_type_and_undo);
  g_test_add_func ("/app/what-if-view/keep", test_keep);
  g_test_add_func ("/app/what-if-view/arrow", test_arrow);
  g_test_add_func ("/app/what-if-view/empty", test_empty);
  g_test_add_func ("/app/what-if-view/chart", test_chart);
  return g_test_run ();
}
