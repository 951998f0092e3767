/* test-leads-list.c: the business's own fields are columns of the list of leads, a search says
 * where it found what, and what is deleted there goes back as far as it can. */

#include "leads/rungs-leads-page.h"

#include "leads/rungs-lead-bulk.h"
#include "rungs-app-page.h"
#include "widgets/rungs-focus.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
  RungsBrowser *browser;
} Fixture;

static guint
count_all (Fixture *fixture)
{
  return (guint) rungs_app_store_ask (fixture->store, "SELECT count (*) FROM lead");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->page
    = rungs_app_page_open (RUNGS_TYPE_LEADS_PAGE, "Leads", &fixture->store, &fixture->window);
  fixture->browser
    = RUNGS_BROWSER (rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_BROWSER));
  rungs_app_page_wait_for_rows (fixture->browser, count_all (fixture));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  rungs_app_page_close (fixture->page, fixture->store, fixture->window);
}

/* A field of the business's own is a column that can be shown and sorts; a search says where it
 * found what is not seen. */
static void
test_own_columns (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) shown = NULL;

  rungs_app_store_run (fixture->store,
                       "INSERT INTO field (id, key, label, kind, created_at)"
                       " VALUES (900, 'kiln', 'Kiln size', 'number', 1)");
  rungs_app_store_run (fixture->store, "INSERT INTO lead_value (lead, field, value)"
                                       " VALUES (7, 900, '100'), (8, 900, '9')");
  RUNGS_PAGE_GET_CLASS (fixture->page)->refresh (fixture->page);
  rungs_app_fixture_settle (300);
  rungs_browser_set_sort (fixture->browser, "field.kiln", FALSE);
  rungs_app_fixture_settle (500);
  rungs_app_page_wait_for_rows (fixture->browser, count_all (fixture));
  gtk_widget_activate_action (GTK_WIDGET (fixture->browser), "browser.columns", NULL);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (rungs_app_fixture_wait_for (GTK_WIDGET (fixture->browser),
                                                    "Kiln size")), TRUE);
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->browser), "100");
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (
      rungs_app_fixture_find (GTK_WIDGET (fixture->browser), "Kiln size"), GTK_TYPE_POPOVER)));
  shown = rungs_browser_get_shown (fixture->browser);
  g_assert_cmpstr (((RungsBrowserColumn *) g_ptr_array_index (shown, shown->len - 1))->id, ==,
                   "field.kiln");
  rungs_browser_focus (fixture->browser);
  g_assert_cmpint (rungs_browser_get_single (fixture->browser), ==, 8);
  rungs_app_store_run (fixture->store, "DELETE FROM field WHERE id = 900");
  RUNGS_PAGE_GET_CLASS (fixture->page)->refresh (fixture->page);
  rungs_app_fixture_settle (500);
  g_assert_null (rungs_browser_get_sort (fixture->browser, &(gboolean) { FALSE }));
}

static void
test_found_in (Fixture       *fixture,
               gconstpointer  data)
{
  rungs_app_store_run (fixture->store, "INSERT INTO lead_search (lead_search, rowid, email,"
                                       " first_name, last_name, company, city, phone, notes,"
                                       " logged) SELECT 'delete', * FROM lead_text WHERE id = 7");
  rungs_app_store_run (fixture->store, "UPDATE lead SET notes = 'Wants a zanzibar glaze'"
                                       " WHERE id = 7");
  rungs_app_store_run (fixture->store, "INSERT INTO lead_search (rowid, email, first_name,"
                                       " last_name, company, city, phone, notes, logged)"
                                       " SELECT * FROM lead_text WHERE id = 7");
  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (fixture->browser), "Found in"));
  rungs_page_set_search_text (fixture->page, "zanz");
  rungs_app_page_wait_for_rows (fixture->browser, 1);
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->browser), "Notes: Wants a zanzibar glaze");
  rungs_page_set_search_text (fixture->page, "");
  rungs_app_page_wait_for_rows (fixture->browser, count_all (fixture));
  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (fixture->browser), "Found in"));
}

/* Two of three deleted leads go back; who cannot is told. */
static void
test_restore_most (Fixture       *fixture,
                   gconstpointer  data)
{
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = count_all (fixture);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT id FROM lead l WHERE email IS NOT NULL"
          "   AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.lead = l.id)"
          " ORDER BY id DESC LIMIT 1 OFFSET %u", i);
      gint64 lead = rungs_app_store_ask (fixture->store, sql);

      g_array_append_val (leads, lead);
    }
  rungs_app_store_run (fixture->store, "UPDATE lead SET email = 'taken@example.com',"
                                       " email_key = 'taken@example.com'"
                                       " WHERE id = (SELECT max (id) FROM lead l"
                                       "  WHERE email IS NOT NULL AND NOT EXISTS"
                                       "  (SELECT 1 FROM sales_order o WHERE o.lead = l.id))");
  rungs_lead_bulk_delete (fixture->page, leads);
  rungs_app_page_wait_for_rows (fixture->browser, n - 3);
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "3 leads deleted");
  rungs_app_store_run (fixture->store,
                       "INSERT INTO lead (email, email_key, created_at, updated_at)"
                       " VALUES ('taken@example.com', 'taken@example.com', 1, 1)");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "Taken back for 2 leads");
  g_assert_cmpuint (count_all (fixture), ==, n);
  rungs_app_fixture_settle (200);
  for (GList *all = gtk_window_list_toplevels (), *item = all; item != NULL; item = item->next)
    if (GTK_WINDOW (item->data) != fixture->window
        && rungs_app_fixture_find (item->data, "Some Leads Could Not Be Put Back") != NULL)
      {
        gtk_window_destroy (item->data);
        g_list_free (all);
        return;
      }
  g_assert_not_reached ();
}

/* When, where and in which words a lead agreed and took it back, and from where the lead came. */
static void
test_evidence (Fixture       *fixture,
               gconstpointer  data)
{
  gint64 lead = rungs_app_store_ask (fixture->store,
                                     "SELECT lead FROM consent WHERE action = 'withdrawn'");
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, lead);
  GtkWidget *page = GTK_WIDGET (fixture->page);
  GtkWidget *expander;

  rungs_page_show_target (fixture->page, target);
  rungs_app_fixture_wait_for (page, "Sources");
  expander = gtk_widget_get_ancestor (
    rungs_app_fixture_wait_for (page, "What was said, when and where"), GTK_TYPE_EXPANDER);
  gtk_widget_grab_focus (expander);
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  g_assert_false (rungs_focus_is_in (expander)); /* not in what is folded */
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  rungs_app_fixture_wait_for (page, "Wants no more by e-mail");
  rungs_app_fixture_wait_for (page, "Agreed to be written to by e-mail");
}

static gboolean
has_one_selected (gpointer browser)
{
  return rungs_browser_get_single (browser) != 0 && rungs_focus_is_in (browser);
}

/* Enter in the search, before what is found is there: its first row takes the keys when it is. */
static void
test_enter_at_once (Fixture       *fixture,
                    gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);
  GtkWidget *entry = rungs_app_fixture_find_type (page, GTK_TYPE_SEARCH_ENTRY);
  g_autofree char *sql = NULL;

  gtk_widget_grab_focus (entry);
  rungs_page_set_search_text (fixture->page, "declan");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (rungs_focus_is_in (entry));
  rungs_app_fixture_wait (has_one_selected, fixture->browser);
  sql = g_strdup_printf ("SELECT first_name = 'Declan' FROM lead WHERE id = %" G_GINT64_FORMAT,
                         rungs_browser_get_single (fixture->browser));
  g_assert_cmpint (rungs_app_store_ask (fixture->store, sql), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/leads-list/own-columns", Fixture, NULL, set_up, test_own_columns, tear_down);
  g_test_add ("/app/leads-list/found-in", Fixture, NULL, set_up, test_found_in, tear_down);
  g_test_add ("/app/leads-list/enter-at-once", Fixture, NULL, set_up, test_enter_at_once,
              tear_down);
  g_test_add ("/app/leads-list/evidence", Fixture, NULL, set_up, test_evidence, tear_down);
  g_test_add ("/app/leads-list/restore-most", Fixture, NULL, set_up, test_restore_most, tear_down);
  return g_test_run ();
}
