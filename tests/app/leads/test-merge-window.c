/* test-merge-window.c: leads that are one person are found, merged, and two again; a pair that is
 * none is not listed again, unless that is taken back. */

#include "leads/rungs-merge-window.h"

#include "leads/rungs-leads-page.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
  gint64 leads;
} Fixture;

typedef struct
{
  RungsStore *store;
  const char *sql;
  gint64 answer;
} Question;

static gboolean
is_answered (gpointer data)
{
  const Question *question = data;

  return rungs_app_store_ask (question->store, question->sql) == question->answer;
}

static void
wait_for_answer (Fixture    *fixture,
                 const char *sql,
                 gint64      answer)
{
  Question question = { fixture->store, sql, answer };

  rungs_app_fixture_wait (is_answered, &question);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  fixture->window = GTK_WINDOW (adw_window_new ());
  fixture->page
      = g_object_new (RUNGS_TYPE_LEADS_PAGE, "store", fixture->store, "title", "Leads", NULL);
  fixture->leads = rungs_app_store_ask (fixture->store, "SELECT count (*) FROM lead");
  gtk_window_set_default_size (fixture->window, 1200, 800);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (300);
  rungs_app_store_close (fixture->store);
}

static GtkWidget *
merge_window (void)
{
  return rungs_app_fixture_find_window (RUNGS_TYPE_MERGE_WINDOW);
}

static gboolean
is_ready (gpointer data)
{
  return gtk_widget_is_sensitive (data);
}

static void
click (const char *text)
{
  GtkWidget *label = rungs_app_fixture_wait_for (merge_window (), text);
  GtkWidget *button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);

  rungs_app_fixture_wait (is_ready, button);
  g_signal_emit_by_name (button, "clicked");
}

/* As a person would: not before the notice is there to be read. */
static void
click_undo (void)
{
  rungs_app_fixture_settle (600);
  click ("_Undo");
}

static gboolean
is_quiet (gpointer data)
{
  return rungs_app_fixture_find (merge_window (), "_Undo") == NULL;
}

static void
test_pairs (Fixture       *fixture,
            gconstpointer  data)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "leads.find-duplicates", NULL);
  rungs_app_fixture_wait_for (merge_window (), "Same name and place");
  click ("_Merge");
  wait_for_answer (fixture, "SELECT count (*) FROM lead", fixture->leads - 1);
  click_undo ();
  wait_for_answer (fixture, "SELECT count (*) FROM lead", fixture->leads);
  rungs_app_fixture_wait_for (merge_window (), "Same name and place");
  rungs_app_fixture_wait (is_quiet, NULL);

  click ("_Different People");
  wait_for_answer (fixture, "SELECT count (*) FROM lead_different", 1);
  click_undo ();
  wait_for_answer (fixture, "SELECT count (*) FROM lead_different", 0);
  gtk_window_close (GTK_WINDOW (merge_window ()));
}

static void
test_selected (Fixture       *fixture,
               gconstpointer  data)
{
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 merge;

  for (gint64 id = 1; id <= 3; id++)
    g_array_append_val (leads, id);
  rungs_merge_open (fixture->page, leads);
  click ("_Merge");
  wait_for_answer (fixture, "SELECT count (*) FROM lead", fixture->leads - 2);
  rungs_app_fixture_settle (300);
  g_assert_null (merge_window ());

  merge = rungs_app_store_ask (fixture->store, "SELECT max (id) FROM lead_merge");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "leads.undo-merge", "x", merge);
  wait_for_answer (fixture, "SELECT count (*) FROM lead", fixture->leads);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/merge-window/pairs", Fixture, NULL, set_up, test_pairs, tear_down);
  g_test_add ("/merge-window/selected", Fixture, NULL, set_up, test_selected, tear_down);
  return g_test_run ();
}
