/* test-today-page.c: what was imported today is told, a missing address too; done can be undone. */

#include "today/rungs-today-page.h"

#include "db/rungs-statement.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"

static const char OPEN_TASKS[] = "SELECT count (*) FROM task WHERE done_at IS NULL";

typedef struct
{
  RungsStore *store;
  GtkWidget *page;
  gint64 number;
} Counted;

static gboolean
is_counted (gpointer data)
{
  const Counted *counted = data;

  return rungs_app_store_ask (counted->store, OPEN_TASKS) == counted->number;
}

static gpointer
run_sql (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (RungsStatement) change = rungs_db_prepare (db, data, error);

  if (change != NULL)
    rungs_statement_run (change, error);
  return NULL;
}

/* Waits until it is written. */
static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
change (RungsStore *store,
        const char *sql)
{
  gboolean written = FALSE;

  rungs_store_write_async (store, run_sql, (gpointer) sql, NULL, NULL, NULL, written_cb, &written);
  rungs_app_fixture_wait (is_true, &written);
}

static GtkWindow *
show_page (RungsStore *store)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *page = g_object_new (RUNGS_TYPE_TODAY_PAGE, "store", store, NULL);

  gtk_window_set_default_size (window, 900, 700);
  gtk_window_set_child (window, page);
  gtk_window_present (window);
  rungs_app_fixture_wait_for (page, "Waiting for You");
  return window;
}

static void
close_page (GtkWindow  *window,
            RungsStore *store)
{
  gtk_window_destroy (window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (store);
}

static void
press (GtkWidget  *page,
       const char *label)
{
  GtkWidget *button
    = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (page, label), GTK_TYPE_BUTTON);

  g_signal_emit_by_name (button, "clicked");
}

static void
test_done (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = show_page (store);
  gint64 before = rungs_app_store_ask (store, OPEN_TASKS);

  press (GTK_WIDGET (window), "_Done");
  rungs_app_fixture_wait (is_counted, &(Counted) { store, NULL, before - 1 });
  press (GTK_WIDGET (window), "_Undo");
  rungs_app_fixture_wait (is_counted, &(Counted) { store, NULL, before });
  close_page (window, store);
}

static void
test_imported (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = show_page (store);

  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (window), "Imported Today"));
  change (store, "INSERT INTO import_run (file_name, on_match, mapping, leads_created, started_at,"
                 " finished_at) SELECT 'old.csv', 'fill', '{}', 2, unixepoch () * 1000, 0");
  rungs_app_fixture_wait_for (GTK_WIDGET (window), "Imported Today");
  rungs_app_fixture_wait_for (GTK_WIDGET (window), "2 leads imported");
  close_page (window, store);
}

static void
test_address (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = show_page (store);

  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (window), "Your postal address is missing"));
  change (store, "UPDATE business SET address = ''");
  rungs_app_fixture_wait_for (GTK_WIDGET (window), "Your postal address is missing");
  close_page (window, store);
}

#define ADD_MAIL(message)                                                                          \
  "INSERT INTO mail_return (hash, kind, raw, at)"                                                  \
  " SELECT '" message "', 'bounce',"                                                               \
  "        CAST ('From: MAILER-DAEMON@mx.example' || char (10)"                                    \
  "              || 'Content-Type: multipart/report; boundary=b' || char (10, 10) || '--b'"        \
  "              || char (10) || 'Content-Type: message/delivery-status' || char (10, 10)"         \
  "              || 'Reporting-MTA: dns; mx' || char (10, 10) || 'Action: failed' || char (10)"    \
  "              || 'Status: 5.1.1' || char (10) || 'Final-Recipient: rfc822; ' || email"          \
  "              || char (10, 10) || '--b--' || char (10) AS BLOB), 0"                             \
  "   FROM lead WHERE id = 1"

static const char SUPPRESSED[]
  = "SELECT count (*) FROM suppression s JOIN lead l ON l.email = s.email WHERE l.id = 1";

static gboolean
is_suppressed (gpointer data)
{
  return rungs_app_store_ask (data, SUPPRESSED) == 1;
}

static gboolean
is_settled (gpointer data)
{
  return rungs_app_store_ask (data, "SELECT count (raw) FROM mail_return") == 0;
}

static gboolean
has_no_question (gpointer data)
{
  return rungs_app_fixture_find (data, "_Forget It") == NULL;
}

/* A mail that claims that an address is bad, and names no message of ours, waits for a person. */
static void
test_unclear_mail (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = show_page (store);

  change (store, ADD_MAIL ("one"));
  press (GTK_WIDGET (window), "_Forget It");
  rungs_app_fixture_wait (is_settled, store);
  rungs_app_fixture_wait (has_no_question, window);
  g_assert_cmpint (rungs_app_store_ask (store, SUPPRESSED), ==, 0);

  change (store, ADD_MAIL ("two"));
  press (GTK_WIDGET (window), "It Is _True");
  rungs_app_fixture_wait (is_suppressed, store);
  rungs_app_fixture_wait (is_settled, store);
  close_page (window, store);
}

static void
test_mailbox_in_trouble (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = show_page (store);

  change (store, "INSERT INTO mailbox (uuid, name, host, username, trouble, created_at)"
                 " VALUES ('u', 'Shop', 'mail.example', 'shop', 'no answer', 0)");
  rungs_app_fixture_wait_for (GTK_WIDGET (window), "The mailbox “Shop” cannot be read");
  close_page (window, store);
}

static const char SHOP[]
  = "INSERT INTO web_endpoint (id, uuid, name, provider, path, created_at)"
    " VALUES (900, 'stall', 'Stall', 'stripe', '/in/stall', 0)";

/* A provider that refuses the key waits for a person; one that failed once does not. */
static void
test_asked_in_vain (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = show_page (store);
  GtkWidget *row;
  const char *page = NULL, *target = NULL;

  change (store, SHOP);
  change (store, "INSERT INTO web_pull (endpoint, since) VALUES (900, 0)");
  change (store, "INSERT INTO web_pull_question (endpoint, name, since, looked_at, tries, trouble)"
                 " VALUES (900, 'events', 0, 1, 1, 'no answer')");
  change (store, "UPDATE business SET address = ''");
  rungs_app_fixture_wait_for (GTK_WIDGET (window), "Your postal address is missing");
  g_assert_null (
    rungs_app_fixture_find (GTK_WIDGET (window), "The endpoint “Stall” gets no answers"));

  change (store, "UPDATE web_pull_question SET refused = 1, trouble = 'no such key'");
  row = gtk_widget_get_ancestor (
    rungs_app_fixture_wait_for (GTK_WIDGET (window), "The endpoint “Stall” gets no answers"),
    ADW_TYPE_ACTION_ROW);
  g_assert_nonnull (rungs_app_fixture_find (row, "no such key"));
  g_variant_get (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (row)), "(&s&s)", &page,
                 &target);
  g_assert_cmpstr (page, ==, "web");
  g_assert_cmpstr (target, ==, "endpoints:900");
  close_page (window, store);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/today/done", test_done);
  g_test_add_func ("/app/today/imported", test_imported);
  g_test_add_func ("/app/today/address", test_address);
  g_test_add_func ("/app/today/unclear-mail", test_unclear_mail);
  g_test_add_func ("/app/today/mailbox-in-trouble", test_mailbox_in_trouble);
  g_test_add_func ("/app/today/asked-in-vain", test_asked_in_vain);
  return g_test_run ();
}
