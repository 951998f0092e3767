/* test-messages-page.c: messages in doubt are decided, mails of the practice folder are read, and a
 * message is written, deleted and put back, over the demo business. */

#include "messages/rungs-messages-page.h"

#include "mail/rungs-practice-transport.h"
#include "messages/rungs-block-editor.h"
#include "messages/rungs-message-dialog.h"
#include "messages/rungs-messages-view.h"
#include "messages/rungs-outbox-view.h"
#include "messages/rungs-practice-view.h"
#include "messages/rungs-rich-view.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "widgets/rungs-browser.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
} Fixture;

static GtkWidget *
view_of (Fixture *fixture,
         GType    type)
{
  return rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), type);
}

static RungsBrowser *
browser_of (Fixture *fixture,
            GType    type)
{
  return RUNGS_BROWSER (rungs_app_fixture_find_type (view_of (fixture, type), RUNGS_TYPE_BROWSER));
}

/* What is waited for. */
typedef struct
{
  RungsBrowser *browser;
  guint n_rows;
} Count;

static gboolean
has_rows (gpointer data)
{
  const Count *count = data;

  return rungs_browser_get_n_rows (count->browser) == count->n_rows;
}

static void
wait_for_rows (Fixture *fixture,
               GType    view,
               guint    n)
{
  Count count = { browser_of (fixture, view), n };

  rungs_app_fixture_wait (has_rows, &count);
}

typedef struct
{
  GtkWidget *widget;
  const char *text;
} Sought;

static gboolean
is_seen (gpointer data)
{
  const Sought *sought = data;

  return rungs_app_fixture_find (sought->widget, sought->text) != NULL;
}

static void
wait_for (GtkWidget  *widget,
          const char *text)
{
  Sought sought = { widget, text };

  rungs_app_fixture_wait (is_seen, &sought);
}

static guint
ask (Fixture    *fixture,
     const char *sql)
{
  return (guint) rungs_app_store_ask (fixture->store, sql);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  fixture->window = GTK_WINDOW (adw_window_new ());
  fixture->page
    = g_object_new (RUNGS_TYPE_MESSAGES_PAGE, "store", fixture->store, "title", "Messages", NULL);
  gtk_window_set_default_size (fixture->window, 1200, 800);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
  wait_for_rows (fixture, RUNGS_TYPE_OUTBOX_VIEW, ask (fixture, "SELECT count (*) FROM outbox"));
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

static void
test_doubt (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 id
    = rungs_app_store_ask (fixture->store, "SELECT min (id) FROM outbox WHERE state = 'doubt'");
  guint n = ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'doubt'");

  g_assert_cmpuint (n, >, 0);
  rungs_page_show_target (fixture->page, "state:doubt");
  wait_for_rows (fixture, RUNGS_TYPE_OUTBOX_VIEW, n);
  g_assert_cmpuint (rungs_page_get_badge (fixture->page), ==, n);
  rungs_browser_select (browser_of (fixture, RUNGS_TYPE_OUTBOX_VIEW), id);
  wait_for (GTK_WIDGET (fixture->page), "It _Was Sent");
  gtk_widget_activate_action (view_of (fixture, RUNGS_TYPE_OUTBOX_VIEW), "outbox.sent", NULL);
  wait_for_rows (fixture, RUNGS_TYPE_OUTBOX_VIEW, n - 1);
  g_assert_cmpuint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'doubt'"), ==, n - 1);
}

static void
test_try_again (Fixture       *fixture,
                gconstpointer  data)
{
  gint64 id
    = rungs_app_store_ask (fixture->store, "SELECT min (id) FROM outbox WHERE state = 'failed'");
  guint failed = ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'failed'");
  guint planned = ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'planned'");

  g_assert_cmpuint (failed, >, 0);
  rungs_page_show_target (fixture->page, "state:failed");
  wait_for_rows (fixture, RUNGS_TYPE_OUTBOX_VIEW, failed);
  rungs_browser_select (browser_of (fixture, RUNGS_TYPE_OUTBOX_VIEW), id);
  gtk_widget_activate_action (view_of (fixture, RUNGS_TYPE_OUTBOX_VIEW), "outbox.retry", NULL);
  wait_for_rows (fixture, RUNGS_TYPE_OUTBOX_VIEW, failed - 1);
  g_assert_cmpuint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'planned'"), ==,
                    planned + 1);
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  guint n = ask (fixture, "SELECT count (*) FROM outbox o JOIN message m ON m.id = o.message"
                          " WHERE m.name LIKE '%pinholes%'");

  g_assert_cmpuint (n, >, 0);
  rungs_page_set_search_text (fixture->page, "pinholes");
  wait_for_rows (fixture, RUNGS_TYPE_OUTBOX_VIEW, n);
  rungs_page_show_target (fixture->page, "messages");
  wait_for_rows (fixture, RUNGS_TYPE_MESSAGES_VIEW, 1);
  g_signal_emit_by_name (view_of (fixture, GTK_TYPE_SEARCH_ENTRY), "activate");
  g_assert_cmpuint (
    rungs_browser_get_n_selected (browser_of (fixture, RUNGS_TYPE_MESSAGES_VIEW)), ==, 1);
  rungs_page_set_search_text (fixture->page, "");
  wait_for_rows (fixture, RUNGS_TYPE_MESSAGES_VIEW, ask (fixture, "SELECT count (*) FROM message"));
}

static void
test_practice (Fixture       *fixture,
               gconstpointer  data)
{
  static const char MAIL[]
    = "From: shop@example.org\r\nTo: Ann <ann@example.org>\r\nSubject: On paper\r\n"
      "Message-ID: <1@example.org>\r\nContent-Type: text/plain\r\n\r\nHello Ann\r\n";
  g_autofree char *folder = rungs_practice_get_folder (rungs_store_get_path (fixture->store));
  g_autofree char *path = g_build_filename (folder, "1.eml", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, MAIL, -1, NULL));
  rungs_page_show_target (fixture->page, "practice");
  wait_for_rows (fixture, RUNGS_TYPE_PRACTICE_VIEW, 1);
  rungs_page_set_search_text (fixture->page, "ANN@");
  wait_for_rows (fixture, RUNGS_TYPE_PRACTICE_VIEW, 1);
  rungs_page_set_search_text (fixture->page, "nobody");
  wait_for_rows (fixture, RUNGS_TYPE_PRACTICE_VIEW, 0);
}

static GtkWidget *
open_dialog (void)
{
  return rungs_app_fixture_find_window (RUNGS_TYPE_MESSAGE_DIALOG);
}

static gboolean
can_save (gpointer data)
{
  GtkWidget *dialog = open_dialog ();
  GtkWidget *save = dialog ? rungs_app_fixture_find (dialog, "_Save") : NULL;

  return save != NULL && gtk_widget_is_sensitive (save);
}

static void
fill (GtkWidget  *dialog,
      const char *title,
      const char *text)
{
  GtkWidget *field = rungs_app_fixture_find (dialog, title);
  GtkWidget *row, *line;

  g_assert_nonnull (field);
  if (GTK_IS_EDITABLE (field))
    {
      gtk_editable_set_text (GTK_EDITABLE (field), text);
      return;
    }
  row = gtk_widget_get_ancestor (field, ADW_TYPE_PREFERENCES_ROW);
  line = rungs_app_fixture_find_type (row, RUNGS_TYPE_RICH_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (line)), text, -1);
}

static void
write_message (GtkWidget *dialog)
{
  GtkWidget *blocks = rungs_app_fixture_find_type (dialog, RUNGS_TYPE_BLOCK_EDITOR);
  GtkTextView *text = GTK_TEXT_VIEW (rungs_app_fixture_find_type (blocks, RUNGS_TYPE_RICH_VIEW));

  fill (dialog, "Name", "aa-first");
  fill (dialog, "What it is for", "Say hello");
  fill (dialog, "What the reader gets from it", "A greeting");
  fill (dialog, "Subject", "Hello {{ lead.first_name }}");
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (gtk_widget_get_ancestor (rungs_app_fixture_find (dialog, "Language"),
                                            ADW_TYPE_COMBO_ROW)),
    3);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (text), "Dear {{ lead.first_name", -1);
  rungs_app_fixture_settle (600);
  g_assert_false (can_save (NULL)); /* the template is torn */
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (text), "Dear {{ lead.first_name }}", -1);
  rungs_app_fixture_wait (can_save, NULL);
}

static void
test_write (Fixture       *fixture,
            gconstpointer  data)
{
  guint n = ask (fixture, "SELECT count (*) FROM message");
  gint64 id;

  rungs_page_do_main_action (fixture->page);
  write_message (open_dialog ());
  gtk_widget_activate_action (open_dialog (), "message.save", NULL);
  wait_for_rows (fixture, RUNGS_TYPE_MESSAGES_VIEW, n + 1);
  id = rungs_app_store_ask (fixture->store, "SELECT id FROM message WHERE name = 'aa-first'");
  g_assert_cmpint (id, >, 0);
  g_assert_cmpint (rungs_app_store_ask (
                     fixture->store,
                     "SELECT count (*) FROM message m JOIN message_version v ON v.id = m.version"
                     " WHERE m.name = 'aa-first' AND m.language = 'de'"
                     "   AND v.subject = 'Hello {{ lead.first_name }}'"),
                   ==, 1);

  rungs_browser_select (browser_of (fixture, RUNGS_TYPE_MESSAGES_VIEW), id);
  wait_for (view_of (fixture, RUNGS_TYPE_MESSAGES_VIEW), "aa-first");
  gtk_widget_activate_action (view_of (fixture, RUNGS_TYPE_MESSAGES_VIEW), "messages.delete", NULL);
  wait_for_rows (fixture, RUNGS_TYPE_MESSAGES_VIEW, n);
  wait_for (GTK_WIDGET (fixture->page), "“aa-first” was deleted");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
  wait_for_rows (fixture, RUNGS_TYPE_MESSAGES_VIEW, n + 1);
}

static gboolean
is_wrong (gpointer row)
{
  return gtk_widget_has_css_class (row, "error");
}

/* Who closes the editor while it saves loses nothing where that fails. */
static void
test_taken_name (Fixture       *fixture,
                 gconstpointer  data)
{
  guint n = ask (fixture, "SELECT count (*) FROM message");
  GtkWidget *name;

  for (guint i = 0; i < 2; i++)
    {
      rungs_page_do_main_action (fixture->page);
      name = rungs_app_fixture_find (open_dialog (), "Name");
      write_message (open_dialog ());
      gtk_editable_set_text (GTK_EDITABLE (name), "this & that");
      rungs_app_fixture_settle (600);
      gtk_widget_activate_action (open_dialog (), "message.save", NULL);
      gtk_window_close (GTK_WINDOW (open_dialog ()));
      wait_for_rows (fixture, RUNGS_TYPE_MESSAGES_VIEW, n + 1);
    }
  rungs_app_fixture_wait (is_wrong, name);
  g_assert_true (can_save (NULL));
  gtk_window_destroy (GTK_WINDOW (open_dialog ()));
}

/* All checks stand in the popover, the one that decides among them. */
static void
test_why (Fixture       *fixture,
          gconstpointer  data)
{
  GtkWidget *button;

  rungs_browser_select (
      browser_of (fixture, RUNGS_TYPE_OUTBOX_VIEW),
      rungs_app_store_ask (fixture->store, "SELECT max (id) FROM outbox WHERE state = 'sent'"));
  button = rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "Why?");
  button = gtk_widget_get_ancestor (button, GTK_TYPE_MENU_BUTTON);
  g_assert_nonnull (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  wait_for (button, "What became of it: nothing in the way");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

#define ADD(name, func) g_test_add ("/messages-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  ADD ("doubt", test_doubt);
  ADD ("try-again", test_try_again);
  ADD ("search", test_search);
  ADD ("practice", test_practice);
  ADD ("write", test_write);
  ADD ("taken-name", test_taken_name);
  ADD ("why", test_why);
  return g_test_run ();
}
