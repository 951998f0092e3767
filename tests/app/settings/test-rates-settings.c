/* test-rates-settings.c: rates of currencies are typed, pasted, imported, removed and put back, and
 * it is stored in which currency sums are told. */

#include "ladder/rungs-ladder-words.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "settings/rungs-rates-dialog.h"
#include "settings/rungs-rates-group.h"
#include "settings/rungs-settings-page.h"
#include "widgets/rungs-choice-row.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
  gtk_window_set_default_size (fixture->window, 900, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_app_fixture_wait_for (fixture->page, "No rates yet");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (fixture->store);
}

static gint64
ask (Fixture    *fixture,
     const char *sql)
{
  return rungs_app_store_ask (fixture->store, sql);
}

static RungsRatesBeginning *
begin (Fixture    *fixture,
       const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db
    = rungs_db_open (rungs_store_get_path (fixture->store), RUNGS_DB_READ, &error);
  RungsRatesBeginning *beginning
    = rungs_rates_beginning_load (db, (gpointer) path, NULL, &error);

  g_assert_no_error (error);
  return beginning;
}

static RungsForm *
open_dialog (Fixture    *fixture,
             const char *path)
{
  RungsForm *form
    = rungs_rates_dialog_new (fixture->window, fixture->store, begin (fixture, path), NULL);

  gtk_window_present (GTK_WINDOW (form));
  return form;
}

static void
type (RungsForm  *form,
      const char *text)
{
  GtkWidget *view = rungs_app_fixture_find_type (GTK_WIDGET (form), GTK_TYPE_TEXT_VIEW);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static gboolean
can_be_saved (RungsForm  *form,
              const char *label)
{
  return gtk_widget_get_sensitive (gtk_widget_get_ancestor (
    rungs_app_fixture_find (GTK_WIDGET (form), label), GTK_TYPE_BUTTON));
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

static void
agree (RungsForm *form)
{
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  rungs_form_agree (form);
  rungs_app_fixture_wait (is_gone, &form);
}

static gboolean
has_no_rates (gpointer page)
{
  return rungs_app_fixture_find (page, "No rates yet") != NULL;
}

/* What is wrong is told below, and nothing can be stored before it is mended. */
static void
test_typed (Fixture       *fixture,
            gconstpointer  data)
{
  RungsForm *form = open_dialog (fixture, "");

  g_assert_nonnull (rungs_app_fixture_find (GTK_WIDGET (form), "One Unit of"));
  type (form, "2026-03-01 zero");
  g_assert_nonnull (rungs_app_fixture_find (
    GTK_WIDGET (form),
    "Line 1: “zero” is no rate such as 1.0876, with 8 digits after the point at most"));
  g_assert_false (can_be_saved (form, "_Save"));
  type (form, "2026-03-01 0,92");
  g_assert_nonnull (
    rungs_app_fixture_find (GTK_WIDGET (form), "From 1 March 2026: 1 USD = 0.92 EUR"));
  type (form, "2026-03-01\t0,92\n2026-04-01\t0,9\n");
  g_assert_true (can_be_saved (form, "_Save"));
  agree (form);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM currency_rate"), ==, 2);
  g_assert_cmpint (ask (fixture, "SELECT rate FROM currency_rate WHERE day = '2026-04-01'"
                                 "   AND base = 'USD' AND quote = 'EUR'"),
                   ==, 90000000);
  rungs_app_fixture_wait_for (fixture->page, "1 USD = 0.9 EUR");
}

static void
test_removed (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *group = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_RATES_GROUP);
  gint64 rate;

  rungs_app_store_run (fixture->store, "INSERT INTO currency_rate (base, quote, rate, day)"
                                       " VALUES ('EUR', 'USD', 125000000, '2026-03-01')");
  rungs_app_fixture_wait_for (fixture->page, "1 EUR = 1.25 USD");
  rate = ask (fixture, "SELECT id FROM currency_rate");
  gtk_widget_activate_action (group, "rates.remove", "x", rate);
  rungs_app_fixture_wait_for (fixture->page, "Removed: 1 EUR = 1.25 USD");
  rungs_app_fixture_wait (has_no_rates, fixture->page);
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait_for (fixture->page, "1 EUR = 1.25 USD");
  g_assert_cmpint (ask (fixture, "SELECT rate FROM currency_rate"), ==, 125000000);
}

/* Nothing is chosen where the file does not say which way round it is meant. */
static void
test_imported (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "rates.csv", NULL);
  RungsForm *form;
  GtkWidget *meaning;

  rungs_app_store_run (fixture->store, "UPDATE product SET currency = 'USD' WHERE price > 100000");
  g_file_set_contents (path, "Date,USD,GBP\n2026-03-01,1.25,0.8\n2026-03-02,1.3,\n", -1, NULL);
  form = open_dialog (fixture, path);
  meaning = rungs_app_fixture_find_type (GTK_WIDGET (form), ADW_TYPE_COMBO_ROW);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (meaning)), ==, 0);
  g_assert_false (can_be_saved (form, "_Import"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (meaning), 2);
  g_assert_nonnull (rungs_app_fixture_find (
    GTK_WIDGET (form), "2 rates, such as this:\nFrom 1 March 2026: 1 USD = 1.25 EUR"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (meaning), 1);
  g_assert_nonnull (rungs_app_fixture_find (
    GTK_WIDGET (form), "2 rates, such as this:\nFrom 1 March 2026: 1 EUR = 1.25 USD"));
  gtk_switch_set_active (
    GTK_SWITCH (rungs_app_fixture_find_type (GTK_WIDGET (form), GTK_TYPE_SWITCH)), TRUE);
  agree (form);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM currency_rate WHERE base = 'EUR'"), ==, 3);
}

/* The European Central Bank's is known. */
static void
test_recognised (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "eurofxref-hist.csv", NULL);
  RungsForm *form;

  rungs_app_store_run (fixture->store, "UPDATE product SET currency = 'USD' WHERE price > 100000");
  g_file_set_contents (path, "Date,USD,JPY,\n2026-03-01,1.25,160,\n", -1, NULL);
  form = open_dialog (fixture, path);
  g_assert_nonnull (rungs_app_fixture_find (GTK_WIDGET (form), "eurofxref-hist.csv"));
  g_assert_nonnull (
    rungs_app_fixture_find (GTK_WIDGET (form), "From 1 March 2026: 1 EUR = 1.25 USD"));
  agree (form);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM currency_rate"), ==, 1);
}

/* Ten orders in dollars, the first of them without a rate. */
static void
test_told (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (RungsLadderFigures) figures = NULL;
  g_autoptr (RungsDb) db = NULL;
  RungsLadderQuestion question = { .until = G_MAXINT64, .now = g_get_real_time () / 1000 };
  g_autofree char *report = NULL;
  g_autofree char *apart = NULL;

  rungs_app_store_run (fixture->store,
                       "UPDATE sales_order SET currency = 'USD' WHERE id IN"
                       " (SELECT id FROM sales_order ORDER BY at LIMIT 10)");
  rungs_app_store_run (fixture->store,
                       "UPDATE sales_order SET at = 1000000000000 WHERE id ="
                       " (SELECT id FROM sales_order ORDER BY at LIMIT 1)");
  rungs_app_store_run (fixture->store, "INSERT INTO currency_rate (base, quote, rate, day)"
                                       " VALUES ('USD', 'EUR', 90000000, '2002-03-01')");
  db = rungs_db_open (rungs_store_get_path (fixture->store), RUNGS_DB_READ, &error);
  g_assert_true (rungs_exchange_load (db, "EUR", &exchange, &error));
  question.exchange = exchange;
  figures = rungs_ladder_figures_load (db, &question, &error);
  g_assert_no_error (error);
  report = rungs_ladder_words_report (figures);
  g_assert_cmpstr (report, ==, "in EUR at your rates, but for 1 order without a rate");
  apart = rungs_ladder_words_apart (figures);
  g_assert_cmpstr (apart, ==, "1 order in USD before 1 March 2002: without a rate.");
}

static gboolean
is_apart (gpointer data)
{
  return ask (data, "SELECT report_currency = '' FROM business") != 0;
}

static gboolean
is_in_dollars (gpointer data)
{
  return ask (data, "SELECT report_currency = 'USD' FROM business") != 0;
}

static void
test_report_currency (Fixture       *fixture,
                      gconstpointer  data)
{
  GtkWidget *row = gtk_widget_get_ancestor (
    rungs_app_fixture_find (fixture->page, "Report Currency"), RUNGS_TYPE_CHOICE_ROW);

  g_assert_cmpstr (rungs_choice_row_get_value (RUNGS_CHOICE_ROW (row)), ==, "");
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (row), "USD");
  rungs_app_fixture_wait (is_in_dollars, fixture);
  rungs_app_fixture_wait_for (fixture->page, "The settings are saved");
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait (is_apart, fixture);
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/app/rates-settings/typed", test_typed },
    { "/app/rates-settings/removed", test_removed },
    { "/app/rates-settings/imported", test_imported },
    { "/app/rates-settings/recognised", test_recognised },
    { "/app/rates-settings/told", test_told },
    { "/app/rates-settings/report-currency", test_report_currency },
  };

  rungs_app_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
