/* test-offer-dialog.c: the condition of an offer is a rule, shown in words with for how many leads
 * it holds, edited in the rule editor, stored, and taken away. */

#include "ladder/rungs-offer-dialog.h"

#include "ladder/rungs-ladder-list-view.h"
#include "ladder/rungs-ladder-page.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "widgets/rungs-condition-row.h"
#include "widgets/rungs-rule-window.h"

#define RULE "{\"all\":[{\"field\":\"tag\",\"op\":\"has\",\"value\":\"wheel\"}]}"
#define WHEEL                                                                                      \
  "SELECT count (*) FROM lead_tag x JOIN tag t ON t.id = x.tag WHERE t.name = 'wheel'"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
  gint64 offer;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->store = rungs_app_store_new_demo ();
  f->window = GTK_WINDOW (adw_window_new ());
  f->page = g_object_new (RUNGS_TYPE_LADDER_PAGE, "store", f->store, "title", "Ladder", NULL);
  f->offer = rungs_app_store_ask (f->store, "SELECT max (id) FROM offer");
  adw_window_set_content (ADW_WINDOW (f->window), f->page);
  gtk_window_set_default_size (f->window, 1000, 800);
  gtk_window_present (f->window);
  rungs_page_show_target (RUNGS_PAGE (f->page), "products");
  rungs_app_fixture_wait_for (
    rungs_app_fixture_find_type (f->page, RUNGS_TYPE_LADDER_LIST_VIEW), "Master Class Year");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (f->window);
  rungs_app_fixture_settle (300);
  rungs_app_store_close (f->store);
}

static GtkWidget *
open_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *window = windows; window != NULL; window = window->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (window->data, type))
      return window->data;
  return NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return open_window (RUNGS_TYPE_OFFER_DIALOG) == NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return open_window (RUNGS_TYPE_OFFER_DIALOG) != NULL;
}

static RungsConditionRow *
open_dialog (Fixture *f)
{
  GtkWidget *dialog;

  gtk_widget_activate_action (rungs_app_fixture_find_type (f->page, RUNGS_TYPE_LADDER_LIST_VIEW),
                              "ladder.edit-offer", "x", f->offer);
  rungs_app_fixture_wait (has_dialog, NULL);
  dialog = open_window (RUNGS_TYPE_OFFER_DIALOG);
  return RUNGS_CONDITION_ROW (rungs_app_fixture_find_type (dialog, RUNGS_TYPE_CONDITION_ROW));
}

static void
save (void)
{
  GtkWidget *dialog = open_window (RUNGS_TYPE_OFFER_DIALOG);
  GtkWidget *button
    = gtk_widget_get_ancestor (rungs_app_fixture_find (dialog, "_Save"), GTK_TYPE_BUTTON);

  g_signal_emit_by_name (button, "clicked");
  rungs_app_fixture_wait (has_no_dialog, NULL);
}

static void
test_condition (Fixture       *f,
                gconstpointer  data)
{
  RungsConditionRow *row = open_dialog (f);
  g_autofree char *words = g_strdup_printf (
    "Tags include “wheel”\n%" G_GINT64_FORMAT " leads", rungs_app_store_ask (f->store, WHEEL));
  g_autofree char *stored = g_strdup_printf (
    "SELECT condition = '" RULE "' FROM offer WHERE id = %" G_GINT64_FORMAT, f->offer);
  g_autofree char *none = g_strdup_printf (
    "SELECT condition IS NULL FROM offer WHERE id = %" G_GINT64_FORMAT, f->offer);

  rungs_app_fixture_wait_for (GTK_WIDGET (row), "None: every lead");
  rungs_condition_row_set_rule (row, RULE);
  rungs_app_fixture_wait_for (GTK_WIDGET (row), words);
  rungs_condition_row_edit (row);
  rungs_app_fixture_settle (200);
  gtk_widget_activate_action (open_window (RUNGS_TYPE_RULE_WINDOW), "rule.agree", NULL);
  g_assert_cmpstr (rungs_condition_row_get_rule (row), ==, RULE);
  save ();
  g_assert_cmpint (rungs_app_store_ask (f->store, stored), ==, 1);

  rungs_app_fixture_settle (500); /* the page reads the offers anew */
  row = open_dialog (f);
  rungs_app_fixture_wait_for (GTK_WIDGET (row), words);
  rungs_condition_row_set_rule (row, NULL);
  save ();
  g_assert_cmpint (rungs_app_store_ask (f->store, none), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/offer-dialog/condition", Fixture, NULL, set_up, test_condition, tear_down);
  return g_test_run ();
}
