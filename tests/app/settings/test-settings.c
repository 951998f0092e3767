/* test-settings.c: the settings are stored at once and can be taken back;
 * an account is checked, added and tested. */

#include "db/rungs-store.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-mailbox-store.h"
#include "mail/rungs-practice-transport.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "settings/rungs-account-dialog.h"
#include "settings/rungs-account-smtp-form.h"
#include "settings/rungs-holidays-group.h"
#include "settings/rungs-mailboxes-group.h"
#include "settings/rungs-relay-group.h"
#include "settings/rungs-settings-page.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new (NULL, &fixture->reader);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
  gtk_window_set_default_size (fixture->window, 900, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_app_fixture_wait_for (fixture->page, "Test");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_db_close (fixture->reader);
  rungs_app_store_close (fixture->store);
}

static RungsBusiness *
load_business (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  RungsBusiness *business = rungs_business_load (fixture->reader, &error);

  g_assert_no_error (error);
  return business;
}

/* What the stored business is to be. */
typedef struct
{
  Fixture *fixture;
  const char *name;
  int window_from;
} Expected;

static gboolean
is_stored (gpointer data)
{
  const Expected *expected = data;
  g_autoptr (RungsBusiness) business = load_business (expected->fixture);

  return g_str_equal (business->name, expected->name)
         && business->window_from == expected->window_from;
}

static void
wait_for_name (Fixture    *fixture,
               const char *name)
{
  rungs_app_fixture_wait (is_stored, &(Expected) { fixture, name, -1 });
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *row = rungs_app_fixture_find (fixture->page, "Name");

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Test");
  gtk_editable_set_text (GTK_EDITABLE (row), "Test & Sons");
  g_signal_emit_by_name (row, "apply");
  wait_for_name (fixture, "Test & Sons");

  rungs_app_fixture_wait_for (fixture->page, "The settings are saved");
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  wait_for_name (fixture, "Test");
  rungs_app_fixture_wait_for (fixture->page, "Test");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Test");
}

static void
test_window_of_time (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkWidget *window_switch = rungs_app_fixture_find_type (
    rungs_app_fixture_find (fixture->page, "Send only at Certain Times"), GTK_TYPE_SWITCH);
  g_autoptr (RungsBusiness) on = NULL;

  gtk_switch_set_active (GTK_SWITCH (window_switch), TRUE);
  rungs_app_fixture_wait (is_stored, &(Expected) { fixture, "Test", 8 * 60 });
  on = load_business (fixture);
  g_assert_cmpint (on->window_to, ==, 20 * 60);

  gtk_switch_set_active (GTK_SWITCH (window_switch), FALSE);
  wait_for_name (fixture, "Test");
}

/* ---- days */

static gboolean
has_days (gpointer data)
{
  const Expected *expected = data;
  g_autoptr (RungsBusiness) business = load_business (expected->fixture);

  return business->window_days == (guint) expected->window_from;
}

static void
test_weekdays (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *sunday = rungs_app_fixture_find (fixture->page, "Sun");
  GtkWidget *clock = rungs_app_fixture_find_type (
    rungs_app_fixture_find (fixture->page, "By the Lead’s Own Clock"), GTK_TYPE_SWITCH);
  g_autoptr (RungsBusiness) stored = NULL;

  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (sunday)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (sunday), FALSE);
  rungs_app_fixture_wait (has_days, &(Expected) { fixture, "", 63 });
  gtk_switch_set_active (GTK_SWITCH (clock), TRUE);
  rungs_app_fixture_wait_for (fixture->page, "The settings are saved");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (sunday), TRUE);
  rungs_app_fixture_wait (has_days, &(Expected) { fixture, "", 0 });
  stored = load_business (fixture);
  g_assert_true (stored->window_of_lead);
}

static gboolean
counts_clicks (gpointer data)
{
  g_autoptr (RungsBusiness) business = load_business (data);

  return business->count_clicks;
}

static void
test_clicks (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *clicks = rungs_app_fixture_find_type (
    rungs_app_fixture_find (fixture->page, "Count Clicks"), GTK_TYPE_SWITCH);

  g_assert_false (gtk_switch_get_active (GTK_SWITCH (clicks)));
  gtk_switch_set_active (GTK_SWITCH (clicks), TRUE);
  rungs_app_fixture_wait (counts_clicks, fixture);
}

static void
test_holidays (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *row = rungs_app_fixture_find (fixture->page, "Add a Day, and Why");
  GtkWidget *days = rungs_app_fixture_find_type (
    rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_HOLIDAYS_GROUP), ADW_TYPE_EXPANDER_ROW);

  rungs_app_fixture_wait_for (fixture->page, "No Holidays to Come");
  gtk_editable_set_text (GTK_EDITABLE (row), "2099-12-24 Shut for stock-taking");
  g_signal_emit_by_name (row, "apply");
  rungs_app_fixture_wait_for (fixture->page, "1 Holiday to Come");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (days), TRUE);
  rungs_app_fixture_wait_for (fixture->page, "Shut for stock-taking");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
  gtk_editable_set_text (GTK_EDITABLE (row), "2099-12-24");
  g_signal_emit_by_name (row, "apply");
  rungs_app_fixture_wait_for (fixture->page, "That day is among the holidays already");
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait_for (fixture->page, "No Holidays to Come");
}

static GtkWidget *
open_dialog (Fixture            *fixture,
             const RungsAccount *account)
{
  g_autoptr (RungsBusiness) business = load_business (fixture);
  GtkWidget *dialog = GTK_WIDGET (
    rungs_account_dialog_new (fixture->window, fixture->store, business, account));

  gtk_window_present (GTK_WINDOW (dialog));
  rungs_app_fixture_settle (200);
  return dialog;
}

static void
enter (GtkWidget  *dialog,
       const char *title,
       const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (rungs_app_fixture_find (dialog, title)), text);
}

/* What others point at is on the view that is shown then. */
static void
test_targets (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *target;
    const char *seen;
  } CASES[] = {
    { "accounts", "Practice" },    { "data", "Backups" }, { "leads", "Score" },
    { "address", "Postal Address" }, { "mail", "Practice" }, { "business", "Time Zone" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      rungs_page_show_target (RUNGS_PAGE (fixture->page), CASES[i].target);
      rungs_app_fixture_wait_for (fixture->page, CASES[i].seen);
    }
}

static void
test_add_account (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (RungsAccount) fresh = rungs_account_new (RUNGS_ACCOUNT_SMTP);
  g_autoptr (RungsAccount) stored = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog = open_dialog (fixture, fresh);

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  enter (dialog, "Sender’s E-Mail Address", "not an address");
  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_app_fixture_wait_for (dialog, "Name of the Account: this is needed");
  rungs_app_fixture_wait_for (dialog, "Sender’s E-Mail Address: this is not an e-mail address");
  rungs_app_fixture_wait_for (dialog, "Server: this is needed");

  enter (dialog, "Name of the Account: this is needed", "News");
  enter (dialog, "Sender’s E-Mail Address: this is not an e-mail address", "news@example.com");
  enter (dialog, "Server: this is needed", "mail.example.com");
  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "mail");
  rungs_app_fixture_wait_for (fixture->page, "News");
  rungs_app_fixture_wait (is_gone, &dialog);

  stored = rungs_account_load_by_name (fixture->reader, "News", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stored->host, ==, "mail.example.com");
  g_assert_false (stored->is_default);
}

/* Each kind of account has a form of its own. */
static void
test_account_kinds (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (RungsAccount) fresh = rungs_account_new (RUNGS_ACCOUNT_SMTP);
  GtkWidget *dialog = open_dialog (fixture, fresh);
  GtkWidget *kind = rungs_app_fixture_find_type (dialog, RUNGS_TYPE_CHOICE_ROW);

  g_assert_nonnull (rungs_app_fixture_find_type (dialog, RUNGS_TYPE_ACCOUNT_SMTP_FORM));
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (kind), "practice");
  rungs_app_fixture_wait_for (dialog, "Practice Folder");
  g_assert_null (rungs_app_fixture_find_type (dialog, RUNGS_TYPE_ACCOUNT_SMTP_FORM));
  enter (dialog, "Name of the Account", "Exercise");
  enter (dialog, "Sender’s E-Mail Address", "news@example.com");
  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "mail");
  rungs_app_fixture_wait_for (fixture->page, "Exercise");
}

/* The address of a JMAP server is one, and begins with https:// where nothing else was entered. */
static void
test_jmap_account (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (RungsAccount) fresh = rungs_account_new (RUNGS_ACCOUNT_SMTP);
  g_autoptr (RungsAccount) stored = NULL;
  GtkWidget *dialog = open_dialog (fixture, fresh);
  GtkWidget *kind = rungs_app_fixture_find_type (dialog, RUNGS_TYPE_CHOICE_ROW);

  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (kind), "jmap");
  rungs_app_fixture_wait_for (dialog, "JMAP Server");
  enter (dialog, "Name of the Account", "Post");
  enter (dialog, "Sender’s E-Mail Address", "news@example.com");
  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_app_fixture_wait_for (dialog, "Address of the Server: this is needed");
  rungs_app_fixture_wait_for (dialog, "User Name: this is needed");
  enter (dialog, "User Name: this is needed", "news@example.com");
  enter (dialog, "Address of the Server: this is needed", "http://mail.example.com");
  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_app_fixture_wait_for (dialog,
                              "Address of the Server: the address must begin with https://");
  enter (dialog, "Address of the Server: the address must begin with https://",
         "mail.example.com");
  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "mail");
  rungs_app_fixture_wait_for (fixture->page, "Post");
  stored = rungs_account_load_by_name (fixture->reader, "Post", NULL);
  g_assert_nonnull (stored);
  g_assert_cmpint (stored->kind, ==, RUNGS_ACCOUNT_JMAP);
  g_assert_cmpstr (stored->url, ==, "https://mail.example.com");
  g_assert_cmpstr (stored->username, ==, "news@example.com");
}

static void
test_mailbox (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *group = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_MAILBOXES_GROUP);
  GtkWidget *form;
  GtkWidget *kind;
  g_autoptr (RungsMailbox) stored = NULL;

  rungs_page_show_target (RUNGS_PAGE (fixture->page), "mail");
  rungs_app_fixture_wait_for (group, "No mailbox yet");
  gtk_widget_activate_action (group, "mailboxes.add", NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  form = rungs_app_fixture_find_form (NULL);
  rungs_form_agree (RUNGS_FORM (form));
  rungs_app_fixture_wait_for (form, "Name of the Mailbox: this is needed");
  rungs_app_fixture_wait_for (form, "Password: this is needed");
  gtk_window_destroy (GTK_WINDOW (form));

  rungs_app_store_run (fixture->store,
                       "INSERT INTO mailbox (uuid, name, host, username, trouble, created_at)"
                       " VALUES ('u', 'Shop', 'mail.example', 'shop', 'no answer', 0)");
  rungs_app_fixture_wait_for (group, "no answer");
  gtk_widget_activate_action (group, "mailboxes.edit", "x", G_GINT64_CONSTANT (1));
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  form = rungs_app_fixture_find_form (NULL);
  kind = rungs_app_fixture_find_type (form, RUNGS_TYPE_CHOICE_ROW);
  g_assert_null (rungs_app_fixture_find (form, "Address of the Server"));
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (kind), "jmap");
  rungs_app_fixture_wait_for (form, "Address of the Server");
  g_assert_nonnull (rungs_app_fixture_find (form, "With a password"));
  g_assert_null (rungs_app_fixture_find (form, "Server"));
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (kind), "imap");
  enter (form, "Name of the Mailbox", "Post");
  rungs_form_agree (RUNGS_FORM (rungs_app_fixture_find_form (NULL)));
  rungs_app_fixture_wait_for (group, "Post");
  stored = rungs_mailbox_load_by_name (fixture->reader, "Post", NULL);
  g_assert_cmpstr (stored->trouble, ==, "");
  g_assert_cmpstr (stored->uuid, ==, "u");

  gtk_widget_activate_action (group, "mailboxes.look", "x", G_GINT64_CONSTANT (1));
  rungs_app_fixture_wait_for (fixture->page, "The mailbox is looked into now");
}

static void
test_relay (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *group = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_RELAY_GROUP);
  GtkWidget *form;

  rungs_page_show_target (RUNGS_PAGE (fixture->page), "mail");
  rungs_app_fixture_wait_for (group, "No relay yet");
  gtk_widget_activate_action (group, "relay.pair", NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  form = rungs_app_fixture_find_form (NULL);
  rungs_form_agree (RUNGS_FORM (form));
  rungs_app_fixture_wait_for (form, "Address: Where is the relay reached?");
  rungs_app_fixture_wait_for (form, "Code: Which code does it show?");
  enter (form, "Address: Where is the relay reached?", "http://relay.example");
  enter (form, "Code: Which code does it show?", "ABCD-EFGH");
  rungs_form_agree (RUNGS_FORM (form));
  rungs_app_fixture_wait_for (form,
                              "Address: This address is none that begins with https://.");
  gtk_window_destroy (GTK_WINDOW (form));

  rungs_app_store_run (fixture->store,
                       "INSERT INTO web_relay (id, uuid, address, trouble, paired_at)"
                       " VALUES (1, 'u', 'https://relay.example', 'no answer', 0)");
  rungs_app_fixture_wait_for (group, "https://relay.example");
  rungs_app_fixture_wait_for (group, "no answer");
  rungs_app_store_run (fixture->store, "UPDATE web_relay SET trouble = ''");
  rungs_app_fixture_wait_for (group, "Not asked yet");
  g_assert_null (rungs_app_fixture_find (group, "Here, for Trying"));
  g_assert_null (rungs_app_fixture_find (group, "In This Office"));
  rungs_app_store_run (fixture->store, "DELETE FROM web_relay");
  rungs_app_fixture_wait_for (group, "No relay yet");
}

/* What is offered where no server is paired; the program itself is tested by relay/desktop. */
static void
test_relay_here (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *group = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_RELAY_GROUP);

  rungs_page_show_target (RUNGS_PAGE (fixture->page), "mail");
  rungs_app_fixture_wait_for (group, "No relay yet");
  rungs_app_fixture_wait_for (group, "Here, for Trying");
  rungs_app_fixture_wait_for (group, "In This Office");
  rungs_app_store_run (fixture->store,
                       "INSERT INTO web_relay (id, uuid, address, place, paired_at)"
                       " VALUES (1, 'u', 'http://127.0.0.1:8787', 'here', 0)");
  rungs_app_fixture_wait_for (group, "http://127.0.0.1:8787");
  g_assert_null (rungs_app_fixture_find (group, "Here, for Trying"));
  g_assert_nonnull (rungs_app_fixture_find (group, "In This Office"));
}

static void
test_practice_message (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsAccount) practice = rungs_account_load_default (fixture->reader, &error);
  g_autofree char *folder = rungs_practice_get_folder (rungs_store_get_path (fixture->store));
  GtkWidget *dialog = open_dialog (fixture, practice);

  g_assert_no_error (error);
  enter (dialog, "Sender’s E-Mail Address", "practice@business.example");
  gtk_widget_activate_action (dialog, "account.test", NULL);
  rungs_app_fixture_wait_for (dialog, "The test message is in the practice folder.");
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
has_name (gpointer data)
{
  return g_str_equal (gtk_editable_get_text (data), "Test");
}

/* The name is read though its row had the focus before; what is being typed stays. */
static void
test_focused_name (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
  GtkEditable *name = NULL;

  gtk_window_set_child (fixture->window, page);
  name = GTK_EDITABLE (rungs_app_fixture_find_type (page, ADW_TYPE_ENTRY_ROW));
  gtk_widget_grab_focus (GTK_WIDGET (name));
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (gtk_editable_get_delegate (name))));
  rungs_page_queue_refresh (RUNGS_PAGE (page));
  rungs_app_fixture_wait (has_name, name);

  gtk_editable_set_text (name, "Tes");
  rungs_page_queue_refresh (RUNGS_PAGE (page));
  rungs_app_fixture_settle (500);
  g_assert_cmpstr (gtk_editable_get_text (name), ==, "Tes");
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
    { "/app/settings/focused-name", test_focused_name },
    { "/app/settings/undo", test_undo },
    { "/app/settings/window-of-time", test_window_of_time },
    { "/app/settings/weekdays", test_weekdays },
    { "/app/settings/clicks", test_clicks },
    { "/app/settings/holidays", test_holidays },
    { "/app/settings/targets", test_targets },
    { "/app/settings/mailbox", test_mailbox },
    { "/app/settings/relay", test_relay },
    { "/app/settings/relay-here", test_relay_here },
    { "/app/settings/add-account", test_add_account },
    { "/app/settings/account-kinds", test_account_kinds },
    { "/app/settings/jmap-account", test_jmap_account },
    { "/app/settings/practice-message", test_practice_message },
  };

  rungs_app_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
