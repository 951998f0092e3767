/* test-publish-dialog.c: what publishing does is said before it is done, choices are asked for, and
 * it is taken back. */

#include "sequences/rungs-publish-dialog.h"

#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "sequences/rungs-sequences-page.h"
#include "widgets/rungs-form.h"

/* The first wait becomes shorter; the second goes, and two steps could be what follows it. */
static const char DRAFT[]
  = "INSERT INTO sequence_draft (sequence, graph, based_on, created_at, updated_at)"
    " SELECT s.id, json_set (json_remove (v.graph, '$.steps.three-days', '$.steps.own-kiln'),"
    "   '$.steps.two-days.days', 1, '$.steps.pinholes.next', 'split', '$.steps.split',"
    "   json ('{\"kind\":\"split\",\"branches\":[{\"weight\":1,\"next\":\"kit\"},"
    "          {\"weight\":1,\"next\":\"kit-own-kiln\"}]}')), v.id, 1, 1"
    "   FROM sequence s JOIN sequence_version v ON v.id = s.version"
    "  WHERE s.name = 'From the guide to the kit'";

static const char MOVED[] = "SELECT count(*) FROM enrolment WHERE moved_by IS NOT NULL";

/* A message of it has a link that leads nowhere. */
static const char DEAD_LINK[]
  = "UPDATE message_version SET blocks = '[{\"type\":\"text\",\"text\":\"[Look](nowhere)\"}]'"
    " WHERE message = (SELECT id FROM message WHERE name = 'Guide 1: Welcome')";

/* Chooses what happens to those whose step is gone. */
static void
choose (GtkWidget *form)
{
  GtkWidget *asks = rungs_app_fixture_wait_for (form, "The step is gone: choose what happens");
  GtkWidget *publish = rungs_app_fixture_wait_for (form, "_Publish");

  g_assert_false (gtk_widget_get_sensitive (publish));
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (gtk_widget_get_ancestor (asks, ADW_TYPE_COMBO_ROW)), 1);
  rungs_app_fixture_wait ((RungsAppFixtureFunc) gtk_widget_get_sensitive, publish);
}

static void
test_publish (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *page;
  gint64 sequence;

  rungs_app_store_run (store, DRAFT);
  sequence = rungs_app_store_ask (store, "SELECT sequence FROM sequence_draft");
  page = g_object_new (RUNGS_TYPE_SEQUENCES_PAGE, "store", store, NULL);
  gtk_window_set_default_size (window, 1000, 700);
  gtk_window_set_child (window, page);
  gtk_window_present (window);
  rungs_app_fixture_wait_for (page, "P_ublish…");

  rungs_publish_dialog_present (RUNGS_PAGE (page), sequence);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  choose (rungs_app_fixture_find_form (NULL));
  rungs_form_agree (RUNGS_FORM (rungs_app_fixture_find_form (NULL)));
  rungs_app_fixture_wait_for (page, "“From the guide to the kit” was published");
  g_assert_cmpint (rungs_app_store_ask (store, MOVED), >, 0);

  rungs_app_fixture_wait_for (page, "Take _Back");
  g_assert_true (gtk_widget_activate_action (page, "page.undo", NULL));
  rungs_app_fixture_wait_for (page, "The version before is in use again");
  g_assert_cmpint (rungs_app_store_ask (store, MOVED), ==, 0);
  rungs_app_fixture_wait_for (page, "P_ublish…");
  gtk_window_destroy (window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (store);
}

/* What stands against one of its messages is said, and keeps it from being published. */
static void
test_blocked (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *page = g_object_new (RUNGS_TYPE_SEQUENCES_PAGE, "store", store, NULL);
  GtkWidget *form;

  rungs_app_store_run (store, DRAFT);
  rungs_app_store_run (store, DEAD_LINK);
  gtk_window_set_child (window, page);
  gtk_window_present (window);
  rungs_app_fixture_wait_for (page, "P_ublish…");
  rungs_publish_dialog_present (
    RUNGS_PAGE (page), rungs_app_store_ask (store, "SELECT sequence FROM sequence_draft"));
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  form = rungs_app_fixture_find_form (NULL);
  rungs_app_fixture_wait_for (form, "The link “nowhere” leads nowhere: it needs the whole address,"
                                    " such as https://example.com/page.");
  g_assert_nonnull (rungs_app_fixture_find (form, "Guide 1: Welcome"));
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (gtk_widget_get_ancestor (
      rungs_app_fixture_wait_for (form, "The step is gone: choose what happens"),
      ADW_TYPE_COMBO_ROW)),
    1);
  g_assert_false (gtk_widget_get_sensitive (rungs_app_fixture_find (form, "_Publish")));
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_destroy (window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/sequences/publish", test_publish);
  g_test_add_func ("/app/sequences/publish-blocked", test_blocked);
  return g_test_run ();
}
