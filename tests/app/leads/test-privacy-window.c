/* test-privacy-window.c: what is known of a person is read, and the person is erased, when somebody
 * has been asked; and for how long timelines are kept is asked too. */

#include "leads/rungs-leads-page.h"
#include "leads/rungs-privacy-window.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "settings/rungs-erased-group.h"
#include "settings/rungs-retention-group.h"
#include "settings/rungs-settings-page.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer type)
{
  fixture->store = rungs_app_store_new_demo ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (((GType (*) (void)) type) (), "store", fixture->store, NULL);
  gtk_window_set_default_size (fixture->window, 900, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_app_fixture_settle (300);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer type)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (fixture->store);
}

/* Returns: (nullable): the question that is asked. */
static GtkWidget *
find_question (void)
{
#if ADW_CHECK_VERSION(1, 5, 0)
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWidget *dialog = NULL;

  for (GList *item = windows; item != NULL && dialog == NULL; item = item->next)
    dialog = rungs_app_fixture_find_type (item->data, ADW_TYPE_ALERT_DIALOG);
  return dialog;
#else
  return rungs_app_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG);
#endif
}

static gboolean
is_asked (gpointer data)
{
  return find_question () != NULL;
}

static void
answer (const char *response)
{
  GtkWidget *dialog;

  rungs_app_fixture_wait (is_asked, NULL);
  dialog = find_question ();
#if ADW_CHECK_VERSION(1, 5, 0)
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (ADW_DIALOG (dialog));
#else
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
#endif
}

static gboolean
is_erased (gpointer store)
{
  return rungs_app_store_ask (store, "SELECT count(*) FROM erasure") == 1;
}

static gboolean
is_closed (gpointer data)
{
  return rungs_app_fixture_find_window (RUNGS_TYPE_PRIVACY_WINDOW) == NULL;
}

static void
test_erase (Fixture      *fixture,
            gconstpointer type)
{
  GtkWidget *window;

  rungs_app_store_run (fixture->store, "UPDATE lead SET notes = 'Loves pipperons' WHERE id = 7");
  rungs_privacy_open (RUNGS_PAGE (fixture->page), 7);
  window = rungs_app_fixture_find_window (RUNGS_TYPE_PRIVACY_WINDOW);
  rungs_app_fixture_wait_for (window, "Loves pipperons");
  rungs_app_fixture_wait_for (window, "What happened");

  gtk_widget_activate_action (window, "privacy.erase", NULL);
  answer ("cancel");
  rungs_app_fixture_settle (100);
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT count(*) FROM erasure"), ==, 0);

  gtk_widget_activate_action (window, "privacy.erase", NULL);
  answer ("agree");
  rungs_app_fixture_wait (is_erased, fixture->store);
  rungs_app_fixture_wait (is_closed, NULL);
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT count(*) FROM lead"
                                                        " WHERE notes LIKE '%pipperon%'"),
                   ==, 0);
}

static void
test_register (Fixture      *fixture,
               gconstpointer type)
{
  GtkWidget *group = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_ERASED_GROUP);

  rungs_page_show_target (RUNGS_PAGE (fixture->page), "data");
  rungs_app_fixture_wait_for (group, "Nobody Was Erased Yet");
  rungs_app_store_run (fixture->store,
                       "INSERT INTO erasure (uuid, at, known_since, reason, orders_kept, mentions)"
                       " VALUES ('u', 1000, 1, 'by letter', 0, 0)");
  rungs_page_queue_refresh (RUNGS_PAGE (fixture->page));
  rungs_app_fixture_wait_for (group, "1 Person");
}

static gboolean
is_limited (gpointer store)
{
  return rungs_app_store_ask (store, "SELECT coalesce (sum (months), 0) FROM retention") == 1;
}

static GtkWidget *
row_of (GtkWidget  *group,
        const char *title)
{
  return gtk_widget_get_ancestor (rungs_app_fixture_wait_for (group, title), ADW_TYPE_COMBO_ROW);
}

static void
test_retention (Fixture      *fixture,
                gconstpointer type)
{
  GtkWidget *group = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_RETENTION_GROUP);
  GtkWidget *summary, *row;

  rungs_page_show_target (RUNGS_PAGE (fixture->page), "data");
  summary = rungs_app_fixture_wait_for (group, "Everything Is Kept");
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (gtk_widget_get_ancestor (summary, ADW_TYPE_EXPANDER_ROW)), TRUE);
  row = row_of (group, "Messages sent");
  g_assert_cmpint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0);

  /* messages of a year were sent: one month */
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  answer ("cancel");
  rungs_app_fixture_settle (300);
  g_assert_cmpint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0);
  g_assert_false (is_limited (fixture->store));

  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  answer ("agree");
  rungs_app_fixture_wait (is_limited, fixture->store);
  rungs_app_fixture_wait_for (group, "1 Kind of Event Is Kept for a Time");
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/privacy-window/erase", Fixture, rungs_leads_page_get_type, set_up, test_erase,
              tear_down);
  g_test_add ("/privacy-window/register", Fixture, rungs_settings_page_get_type, set_up,
              test_register, tear_down);
  g_test_add ("/privacy-window/retention", Fixture, rungs_settings_page_get_type, set_up,
              test_retention, tear_down);
  return g_test_run ();
}
