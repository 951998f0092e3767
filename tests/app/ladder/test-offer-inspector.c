/* test-offer-inspector.c: all that is said of an offer is changed where it stands. */

#include "ladder/rungs-offer-inspector.h"

#include "ladder/rungs-ladder-page.h"
#include "ladder/rungs-offer-store.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "widgets/rungs-condition-row.h"

#define RULE "{\"all\":[{\"field\":\"tag\",\"op\":\"has\",\"value\":\"wheel\"}]}"
#define ITS                                                                                        \
  " FROM offer WHERE id = (SELECT o.id FROM offer o JOIN product p ON p.id = o.to_product"         \
  "  JOIN product f ON f.id = o.from_product WHERE f.sku = 'WEEKEND' AND p.sku = 'MASTER')"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
  RungsLadderWriter *writer;
  RungsOfferInspector *inspector;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  f->store = rungs_app_store_new_demo ();
  f->window = GTK_WINDOW (adw_window_new ());
  f->page = g_object_new (RUNGS_TYPE_LADDER_PAGE, "store", f->store, "title", "Ladder", NULL);
  f->writer = rungs_ladder_writer_new (RUNGS_PAGE (f->page));
  f->inspector = rungs_offer_inspector_new (f->writer);
  gtk_widget_set_hexpand (f->page, TRUE);
  gtk_box_append (GTK_BOX (box), f->page);
  gtk_widget_set_size_request (GTK_WIDGET (f->inspector), 360, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (f->inspector));
  adw_window_set_content (ADW_WINDOW (f->window), box);
  gtk_window_set_default_size (f->window, 1280, 800);
  gtk_window_present (f->window);
  rungs_inspector_set_thing (RUNGS_INSPECTOR (f->inspector),
                             rungs_app_store_ask (f->store, "SELECT id" ITS));
  rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), "Weekend at the Wheel");
  g_assert_cmpstr (rungs_inspector_get_name (RUNGS_INSPECTOR (f->inspector)), ==,
                   "Weekend at the Wheel → Master Class Year");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  rungs_app_fixture_settle (700); /* a toast that slides in is not to be closed */
  gtk_window_destroy (f->window);
  rungs_app_fixture_settle (300);
  g_object_unref (f->writer);
  rungs_app_fixture_settle (50);
  rungs_app_store_close (f->store);
}

typedef struct
{
  RungsStore *store;
  const char *sql;
} Question;

static gboolean
is_so (gpointer data)
{
  const Question *question = data;

  return rungs_app_store_ask (question->store, question->sql) == 1;
}

static void
wait_for (Fixture    *f,
          const char *sql)
{
  Question question = { f->store, sql };

  rungs_app_fixture_wait (is_so, &question);
}

static GtkWidget *
row_of (Fixture    *f,
        const char *title,
        GType       type)
{
  return gtk_widget_get_ancestor (
    rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), title), type);
}

static void
enter (Fixture    *f,
       GtkWidget  *row,
       const char *text)
{
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_window_set_focus (f->window, NULL);
  rungs_app_fixture_settle (20);
}

static void
test_days (Fixture       *f,
           gconstpointer  data)
{
  GtkWidget *first = row_of (f, "First day", ADW_TYPE_ENTRY_ROW);
  GtkWidget *last = row_of (f, "Last day", ADW_TYPE_ENTRY_ROW);

  enter (f, last, "2030-12-31");
  wait_for (f, "SELECT valid_until = strftime ('%s', '2031-01-01') * 1000" ITS);
  enter (f, first, "soon");
  rungs_app_fixture_settle (400);
  g_assert_true (gtk_widget_has_css_class (first, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (first)), ==, "soon");
  enter (f, first, "2031-06-01");
  rungs_app_fixture_settle (400);
  g_assert_true (gtk_widget_has_css_class (first, "error"));
  enter (f, first, "2030-06-01");
  wait_for (f, "SELECT valid_from = strftime ('%s', '2030-05-31 23:00') * 1000" ITS);
  g_assert_false (gtk_widget_has_css_class (first, "error"));
  enter (f, last, "");
  wait_for (f, "SELECT valid_until IS NULL" ITS);
}

static void
test_choices (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *fallback = row_of (f, "Then offer", ADW_TYPE_COMBO_ROW);
  GtkWidget *kind = row_of (f, "Kind", ADW_TYPE_COMBO_ROW);
  GtkWidget *cap = row_of (f, "Refusals", ADW_TYPE_ACTION_ROW);
  GtkWidget *condition
    = rungs_app_fixture_find_type (GTK_WIDGET (f->inspector), RUNGS_TYPE_CONDITION_ROW);

  adw_combo_row_set_selected (ADW_COMBO_ROW (fallback), 1);
  wait_for (f, "SELECT fallback IS NOT NULL" ITS);
  adw_combo_row_set_selected (ADW_COMBO_ROW (kind), RUNGS_OFFER_CROSS);
  wait_for (f, "SELECT kind = 'cross'" ITS);
  gtk_spin_button_set_value (
    GTK_SPIN_BUTTON (rungs_app_fixture_find_type (cap, GTK_TYPE_SPIN_BUTTON)), 5);
  wait_for (f, "SELECT cap = 5" ITS);
  rungs_app_fixture_settle (600);
  gtk_widget_activate_action (f->page, "page.undo", NULL);
  wait_for (f, "SELECT cap = 2" ITS);
  rungs_condition_row_set_rule (RUNGS_CONDITION_ROW (condition), RULE);
  g_signal_emit_by_name (condition, "changed");
  wait_for (f, "SELECT condition = '" RULE "'" ITS);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/offer-inspector/days", Fixture, NULL, set_up, test_days, tear_down);
  g_test_add ("/offer-inspector/choices", Fixture, NULL, set_up, test_choices, tear_down);
  return g_test_run ();
}
