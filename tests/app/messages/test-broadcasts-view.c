/* test-broadcasts-view.c: a broadcast is checked, sent and taken back; one that stopped itself says
 * why and goes on; over the demo business. */

#include "messages/rungs-broadcasts-view.h"

#include "messages/rungs-messages-page.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-chart.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
} Fixture;

/* What is waited for: a text that is seen somewhere, or a question about the file that says yes. */
typedef struct
{
  Fixture *fixture;
  const char *text;
} Sought;

static gboolean
is_seen (gpointer data)
{
  const Sought *sought = data;

  return rungs_app_fixture_find (GTK_WIDGET (sought->fixture->page), sought->text) != NULL;
}

static void
wait_for (Fixture    *fixture,
          const char *text)
{
  Sought sought = { fixture, text };

  rungs_app_fixture_wait (is_seen, &sought);
}

static gboolean
is_so (gpointer data)
{
  const Sought *sought = data;

  return rungs_app_store_ask (sought->fixture->store, sought->text) == 1;
}

static void
wait_until (Fixture    *fixture,
            const char *sql)
{
  Sought sought = { fixture, sql };

  rungs_app_fixture_wait (is_so, &sought);
}

static GtkWidget *
view_of (Fixture *fixture)
{
  return rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_BROADCASTS_VIEW);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  rungs_app_store_run (fixture->store,
                       "INSERT INTO broadcast (id, name, message, sells, rule, created_at,"
                       "                       updated_at)"
                       " SELECT 1, 'Spring', min (m.id), (SELECT id FROM product"
                       "                                  WHERE sku = 'KIT'),"
                       "        '{\"all\":[]}', 1, 1 FROM message m");
  fixture->window = GTK_WINDOW (adw_window_new ());
  fixture->page
    = g_object_new (RUNGS_TYPE_MESSAGES_PAGE, "store", fixture->store, "title", "Messages", NULL);
  gtk_window_set_default_size (fixture->window, 1200, 800);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
  rungs_page_show_target (fixture->page, "broadcast:1");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  RungsPage *page = fixture->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (300);
  g_assert_null (page);
  rungs_app_store_close (fixture->store);
}

static gboolean
can_agree (gpointer label)
{
  GtkWidget *form = rungs_app_fixture_find_form (NULL);
  GtkWidget *button = form != NULL ? rungs_app_fixture_find (form, label) : NULL;

  return button != NULL && gtk_widget_is_sensitive (button);
}

static void
test_send_and_take_back (Fixture       *fixture,
                         gconstpointer  data)
{
  wait_for (fixture, "Spring");
  wait_for (fixture, "Before It Is Sent");
  wait_for (fixture, "The practice account is in use: everything is written to the practice folder,"
                     " and nothing leaves.");
  gtk_widget_activate_action (view_of (fixture), "broadcasts.send", NULL);
  rungs_app_fixture_wait (can_agree, "_Send");
  rungs_form_agree (RUNGS_FORM (rungs_app_fixture_find_form (NULL)));
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
  wait_until (fixture, "SELECT state = 'scheduled' AND due_at IS NOT NULL FROM broadcast");
  wait_for (fixture, "_Take It Back");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
  wait_until (fixture, "SELECT state = 'draft' FROM broadcast");
  wait_for (fixture, "_Send…");
}

#define NO_ADDRESS "Marketing needs your postal address in its footer. Enter it in Settings."

static gboolean
says_why (gpointer data)
{
  GtkWidget *form = rungs_app_fixture_find_form (NULL);

  return form != NULL && rungs_app_fixture_find (form, NO_ADDRESS) != NULL;
}

/* What has no postal address is not sent. */
static void
test_blocked (Fixture       *fixture,
              gconstpointer  data)
{
  rungs_app_store_run (fixture->store, "UPDATE business SET address = ''");
  rungs_page_queue_refresh (fixture->page);
  wait_for (fixture, NO_ADDRESS);
  gtk_widget_activate_action (view_of (fixture), "broadcasts.send", NULL);
  rungs_app_fixture_wait (says_why, NULL);
  g_assert_false (can_agree ("_Send"));
  gtk_window_destroy (GTK_WINDOW (rungs_app_fixture_find_form (NULL)));
}

/* Twenty got it with two subjects, ten were held out; the figures are drawn, and can be copied. */
static const char *const DONE[] = {
  "UPDATE broadcast SET state = 'done', fixed_at = 1000, ended_at = 2000, goal = 'clicks',"
  "       held_share = 3300, test_share = 10000",
  "INSERT INTO broadcast_subject (broadcast, number, subject)"
  " VALUES (1, 1, 'One'), (1, 2, 'Two')",
  "INSERT INTO broadcast_lead (broadcast, lead, part, variant, due_at, planned)"
  " SELECT 1, l.id, iif (l.id % 3 = 0, 'held', 'test'), iif (l.id % 3 = 0, NULL, l.id % 3), 1000,"
  "        l.id % 3 > 0"
  "   FROM (SELECT id FROM lead ORDER BY id LIMIT 30) l",
  "INSERT INTO outbox (lead, message, broadcast, visit, state, due_at, ended_at, message_id,"
  "                    created_at)"
  " SELECT x.lead, b.message, 1, x.lead, 'sent', 1000, 1000, 'b' || x.lead || '@example', 1000"
  "   FROM broadcast_lead x, broadcast b WHERE x.part = 'test'",
};

static void
test_results (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *view, *copy;

  for (guint i = 0; i < G_N_ELEMENTS (DONE); i++)
    rungs_app_store_run (fixture->store, DONE[i]);
  rungs_page_queue_refresh (fixture->page);
  wait_for (fixture, "Subject 1: One");
  wait_for (fixture, "Held out, got nothing");
  view = view_of (fixture);
  g_assert_true (gtk_widget_get_child_visible (
      rungs_app_fixture_find_type (view, RUNGS_TYPE_CHART)));
  copy = rungs_app_fixture_find (view, "_Copy the Table");
  g_assert_nonnull (copy);
  g_signal_emit_by_name (gtk_widget_get_ancestor (copy, GTK_TYPE_BUTTON), "clicked");
  wait_for (fixture, "The table is copied");
}

static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  rungs_app_store_run (fixture->store,
                       "UPDATE broadcast SET state = 'paused', fixed_at = 1, paused_at = 1,"
                       "       paused_reason = 'bounces', paused_hits = 12, paused_of = 200");
  rungs_page_queue_refresh (fixture->page);
  wait_for (fixture, "It paused itself: 12 of 200 messages came back for good (6.0 %; the limit is"
                     " 5.0 %). Look where these addresses come from before it goes on.");
  wait_for (fixture, "Let It _Go On");
  gtk_widget_activate_action (view_of (fixture), "broadcasts.resume", NULL);
  wait_until (fixture, "SELECT state = 'sending' AND paused_hits = 0 FROM broadcast");
}

/* A row, or the title of one. */
static void
write_into (GtkWidget  *field,
            const char *text)
{
  GtkWidget *row;

  g_assert_nonnull (field);
  row = gtk_widget_get_ancestor (field, RUNGS_TYPE_VALUE_ROW);
  if (row != NULL)
    rungs_value_row_set_text (RUNGS_VALUE_ROW (row), text);
  else
    gtk_editable_set_text (GTK_EDITABLE (field), text);
}

static void
test_add (Fixture       *fixture,
          gconstpointer  data)
{
  static const struct
  {
    const char *title;
    const char *text;
  } FIELDS[] = {
    { "Name", "Summer" },
    { "Subject 1", "One" },
    { "Tried on", "12,5 %" },
    { "Not before", "never" },
  };
  GtkWidget *form, *second;

  wait_for (fixture, "Spring");
  rungs_page_do_main_action (fixture->page);
  rungs_app_fixture_wait (can_agree, "_Add");
  form = rungs_app_fixture_find_form (NULL);
  second = rungs_app_fixture_find (form, "Subject 2");
  g_assert_true (GTK_IS_EDITABLE (second));
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      GtkWidget *field = rungs_app_fixture_find (form, FIELDS[i].title);

      write_into (field, FIELDS[i].text);
    }
  rungs_form_agree (RUNGS_FORM (form));
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT count (*) FROM broadcast"), ==, 1);
  g_assert_true (gtk_widget_has_css_class (second, "error"));
  gtk_editable_set_text (GTK_EDITABLE (second), "Two");
  g_assert_nonnull (
      rungs_app_fixture_find (form, "Write a day and a time such as 2026-11-24 9:00"));
  rungs_form_agree (RUNGS_FORM (form));
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT count (*) FROM broadcast"), ==, 1);
  write_into (rungs_app_fixture_find (form, "Not before"), "");
  rungs_form_agree (RUNGS_FORM (form));
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
  wait_until (fixture, "SELECT test_share = 1250 FROM broadcast WHERE name = 'Summer'");
  wait_until (fixture, "SELECT count (*) = 2 FROM broadcast_subject");
  wait_for (fixture, "Summer");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/broadcasts-view/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  ADD ("send-and-take-back", test_send_and_take_back);
  ADD ("blocked", test_blocked);
  ADD ("results", test_results);
  ADD ("stopped", test_stopped);
  ADD ("add", test_add);
  return g_test_run ();
}
