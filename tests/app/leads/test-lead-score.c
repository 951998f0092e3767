/* test-lead-score.c: the details of a lead say what its score is made of, and points are given with
 * a reason and taken back. */

#include "leads/rungs-lead-score.h"

#include "leads/rungs-lead-store.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "settings/rungs-settings-page.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-why-popover.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;  /* any one, which offers what can be undone */
  GtkWidget *score;
  gint64 lead;
} Fixture;

static void
show (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db =
    rungs_db_open (rungs_store_get_path (fixture->store), RUNGS_DB_READ, &error);
  g_autoptr (RungsLead) lead = rungs_lead_load (db, fixture->lead, &error);

  g_assert_no_error (error);
  rungs_lead_score_show (RUNGS_LEAD_SCORE (fixture->score), fixture->store, lead);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  /* one with an order and nothing else that counts, and 7 points */
  rungs_app_store_run (fixture->store, "UPDATE score_rule SET half_life = NULL, day_cap = NULL");
  rungs_app_store_run (fixture->store, "DELETE FROM event WHERE kind <> 'order.placed'");
  fixture->lead = rungs_app_store_ask (
    fixture->store, "SELECT lead FROM event WHERE kind = 'order.placed' GROUP BY lead"
                    " HAVING count (*) = 1 ORDER BY lead LIMIT 1");
  rungs_app_store_run (fixture->store, "UPDATE lead SET points = 7");
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
  fixture->score = g_object_new (RUNGS_TYPE_LEAD_SCORE, NULL);
  rungs_page_set_content (RUNGS_PAGE (fixture->page), fixture->score);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  show (fixture);
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
points_of (Fixture *fixture)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT points FROM lead WHERE id = %" G_GINT64_FORMAT, fixture->lead);

  return rungs_app_store_ask (fixture->store, sql);
}

static void
test_why (Fixture       *fixture,
          gconstpointer  data)
{
  GtkWidget *button = rungs_app_fixture_find_type (fixture->score, GTK_TYPE_MENU_BUTTON);
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  rungs_app_fixture_wait_for (popover, "Score 57");
  rungs_app_fixture_wait_for (popover, "An order, 1 time: 50 points");
  rungs_app_fixture_wait_for (popover, "Given by hand or by sequences: 7 points");
}

static gboolean
has_lost (gpointer data)
{
  return points_of (data) == 3;
}

static gboolean
has_again (gpointer data)
{
  return points_of (data) == 7;
}

static void
test_give (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *form;

  gtk_widget_activate_action (fixture->score, "score.give", NULL);
  form = rungs_app_fixture_find_form (NULL);
  rungs_form_agree (RUNGS_FORM (form));
  rungs_app_fixture_wait_for (form, "What they are for: write down what they are for");
  gtk_editable_set_text (
    GTK_EDITABLE (rungs_app_fixture_find_type (form, ADW_TYPE_ENTRY_ROW)), "missed a call");
  gtk_spin_button_set_value (
    GTK_SPIN_BUTTON (rungs_app_fixture_find_type (form, GTK_TYPE_SPIN_BUTTON)), -4);
  rungs_form_agree (RUNGS_FORM (form));
  rungs_app_fixture_wait (has_lost, fixture);
  rungs_app_fixture_wait_for (fixture->page, "The points are given");
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT count (*) FROM event WHERE kind = 'score.changed'"
                                        " AND detail LIKE '%missed a call%'"), ==, 1);
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait (has_again, fixture);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/lead-score/why", Fixture, NULL, set_up, test_why, tear_down);
  g_test_add ("/app/lead-score/give", Fixture, NULL, set_up, test_give, tear_down);
  return g_test_run ();
}
