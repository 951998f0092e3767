/* test-account-sign-in.c: an account is signed in to through the browser, or is one of the
 * computer's: the form leads through it, says what is in the way, and what comes of it is kept. */

#include <libsoup/soup.h>

#include <glib/gstdio.h>
#include <string.h>

#include "db/rungs-store.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-mailbox-store.h"
#include "mail/rungs-secret.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "settings/rungs-account-dialog.h"
#include "settings/rungs-account-goa-form.h"
#include "settings/rungs-account-oauth-form.h"
#include "settings/rungs-mailbox-dialog.h"
#include "settings/rungs-settings-page.h"
#include "widgets/rungs-choice-row.h"

/* {"aud":"my-program","email":"owner@shop.example"} */
#define ANSWER                                                                                     \
  "{\"access_token\": \"at\", \"token_type\": \"bearer\", \"refresh_token\": \"rt\","              \
  " \"id_token\": \"e30.eyJhdWQiOiJteS1wcm9ncmFtIiwiZW1haWwiOiJvd25lckBzaG9wLmV4YW1wbGUifQ.c2ln\"}"

#define PROVIDER                                                                                   \
  "{\"key\": \"test-shop\", \"name\": \"Testery\", \"home\": \"https://login.example/\","          \
  " \"oauth\": {\"authorize\": \"https://login.example/auth\","                                    \
  " \"token\": \"http://127.0.0.1:%u/token\", \"scopes\": [\"mail\"], \"needs_secret\": true,"     \
  " \"smtp\": {\"host\": \"smtp.shop.example\", \"port\": 465, \"security\": \"tls\"},"            \
  " \"imap\": {\"host\": \"imap.shop.example\", \"port\": 993, \"security\": \"tls\"}}}"

#define COMPUTER                                                                                   \
  "{\"account_1\": {\"Account\": {\"Id\": \"account_1\", \"ProviderName\": \"Google\","            \
  " \"PresentationIdentity\": \"someone@gmail.example\"}, \"Mail\": {"                             \
  "\"EmailAddress\": \"someone@gmail.example\", \"SmtpSupported\": true,"                          \
  " \"SmtpHost\": \"smtp.gmail.example\", \"SmtpUseSsl\": true, \"ImapSupported\": true,"          \
  " \"ImapHost\": \"imap.gmail.example\"}, \"OAuth2Based\": {}},"                                  \
  " \"account_2\": {\"Account\": {\"Id\": \"account_2\", \"ProviderName\": \"Microsoft 365\","     \
  " \"PresentationIdentity\": \"off@shop.example\", \"MailDisabled\": true}, \"Mail\": {"          \
  "\"SmtpSupported\": true, \"SmtpHost\": \"a.example\"}, \"OAuth2Based\": {}},"                   \
  " \"account_3\": {\"Account\": {\"Id\": \"account_3\", \"ProviderName\": \"IMAP and SMTP\","     \
  " \"PresentationIdentity\": \"shop@shop.example\", \"AttentionNeeded\": true}, \"Mail\": {"      \
  "\"SmtpSupported\": true, \"SmtpHost\": \"smtp.shop.example\"}, \"PasswordBased\": {}}}"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  GtkWidget *page;
  SoupServer *provider;
} Fixture;

static void
answered_cb (SoupServer        *server,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           data)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, ANSWER,
                                    strlen (ANSWER));
}

/* As a user puts a provider beside those that come with Rungs. */
static void
start_provider (Fixture *fixture)
{
  g_autofree char *folder
    = g_build_filename (g_get_user_data_dir (), "rungs", "providers", NULL);
  g_autofree char *path = g_build_filename (folder, "test-shop.json", NULL);
  g_autofree char *text = NULL;
  g_autoslist (GUri) uris = NULL;

  fixture->provider = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->provider, NULL, answered_cb, NULL, NULL);
  g_assert_true (soup_server_listen_local (fixture->provider, 0, SOUP_SERVER_LISTEN_IPV4_ONLY,
                                           NULL));
  uris = soup_server_get_uris (fixture->provider);
  text = g_strdup_printf (PROVIDER, (guint) g_uri_get_port (uris->data));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  start_provider (fixture);
  fixture->store = rungs_app_store_new (NULL, &fixture->reader);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
  gtk_window_set_default_size (fixture->window, 900, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_app_fixture_wait_for (fixture->page, "Test");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_db_close (fixture->reader);
  rungs_app_store_close (fixture->store);
  soup_server_disconnect (fixture->provider);
  g_object_unref (fixture->provider);
}

static GtkWidget *
open_dialog (Fixture            *fixture,
             const RungsAccount *account)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (fixture->reader, NULL);
  GtkWidget *dialog;

  g_assert_nonnull (business);
  dialog = GTK_WIDGET (
    rungs_account_dialog_new (fixture->window, fixture->store, business, account));
  gtk_window_present (GTK_WINDOW (dialog));
  rungs_app_fixture_settle (200);
  return dialog;
}

static GtkWidget *
open_new (Fixture    *fixture,
          const char *kind)
{
  g_autoptr (RungsAccount) fresh = rungs_account_new (RUNGS_ACCOUNT_SMTP);
  GtkWidget *dialog = open_dialog (fixture, fresh);
  GtkWidget *row = rungs_app_fixture_find_type (dialog, RUNGS_TYPE_CHOICE_ROW);

  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (row), kind);
  return dialog;
}

static void
enter (GtkWidget  *dialog,
       const char *title,
       const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (rungs_app_fixture_wait_for (dialog, title)), text);
}

static const char *
get_text (GtkWidget  *dialog,
          const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (rungs_app_fixture_wait_for (dialog, title)));
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

/* ---- through the browser */

static void
choose_provider (GtkWidget  *dialog,
                 const char *provider)
{
  GtkWidget *form = rungs_app_fixture_find_type (dialog, RUNGS_TYPE_ACCOUNT_OAUTH_FORM);

  g_assert_nonnull (form);
  rungs_choice_row_set_value (
    RUNGS_CHOICE_ROW (rungs_app_fixture_find_type (form, RUNGS_TYPE_CHOICE_ROW)), provider);
}

static void
activate (GtkWidget  *dialog,
          const char *action)
{
  GtkWidget *form = rungs_app_fixture_find_type (dialog, RUNGS_TYPE_ACCOUNT_OAUTH_FORM);

  gtk_widget_activate_action (form, action, NULL);
}

/* Stands in for the browser of the session: it writes down what it is to open. */
static char *
get_opened_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "opened", NULL);
}

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
install_browser (void)
{
  g_autofree char *opened = get_opened_path ();
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nprintf %%s \"$1\" >'%s.part'\n"
                                             "mv '%s.part' '%s'\n",
                                             opened, opened, opened);
  g_autofree char *program = g_build_filename (g_get_user_data_dir (), "browser", NULL);
  g_autofree char *entry
    = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\nExec=%s %%u\n"
                       "MimeType=x-scheme-handler/https;\n",
                       program);

  write_file (g_get_user_cache_dir (), "made", "");
  write_file (g_get_user_data_dir (), "browser", script);
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  write_file (g_get_user_data_dir (), "applications/test-browser.desktop", entry);
  write_file (g_get_user_config_dir (), "mimeapps.list",
              "[Default Applications]\nx-scheme-handler/https=test-browser.desktop\n");
}

static gboolean
is_opened (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What the browser was told to open. */
static char *
take_address (void)
{
  g_autofree char *path = get_opened_path ();
  char *address = NULL;

  rungs_app_fixture_wait (is_opened, path);
  g_assert_true (g_file_get_contents (path, &address, NULL, NULL));
  g_unlink (path);
  return address;
}

static char *
find_parameter (const char *address,
                const char *name)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED_QUERY, NULL);
  g_autoptr (GHashTable) fields
    = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  return g_strdup (g_hash_table_lookup (fields, name));
}

static void
came_back_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GBytes) page
    = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  g_assert_nonnull (page);
  g_object_unref (source);
}

/* As the browser does when somebody has agreed, or not. */
static void
come_back (const char *address,
           const char *answer)
{
  g_autofree char *redirect = find_parameter (address, "redirect_uri");
  g_autofree char *state = find_parameter (address, "state");
  g_autofree char *whole = g_strdup_printf ("%s/?%s&state=%s", redirect, answer, state);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", whole);

  soup_session_send_and_read_async (soup_session_new (), message, G_PRIORITY_DEFAULT, NULL,
                                    came_back_cb, NULL);
}

/* A build that is registered with nobody says so, and asks for what it needs. */
static void
test_unregistered (Fixture      *fixture,
                   gconstpointer data)
{
  GtkWidget *dialog = open_new (fixture, "oauth");

  choose_provider (dialog, "google");
  rungs_app_fixture_wait_for (dialog, "This Rungs is not registered with Google");
  rungs_app_fixture_wait_for (dialog, "_Sign In with Google…");
  activate (dialog, "account.sign-in");
  rungs_app_fixture_wait_for (dialog, "Client ID: this is needed");
  rungs_app_fixture_wait_for (dialog, "Client Secret: this is needed");
  choose_provider (dialog, "microsoft");
  rungs_app_fixture_wait_for (dialog, "This Rungs is not registered with Microsoft");
  g_assert_null (rungs_app_fixture_find (dialog, "Client Secret: this is needed"));

  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_app_fixture_wait_for (dialog, "Sign in first.");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GtkWidget *
start_signing_in (Fixture *fixture)
{
  GtkWidget *dialog = open_new (fixture, "oauth");

  choose_provider (dialog, "test-shop");
  enter (dialog, "Client ID", "my-program");
  enter (dialog, "Client Secret", "its-secret");
  activate (dialog, "account.sign-in");
  return dialog;
}

/* The form of its mailbox asks for nothing that others know. */
static void
test_mailbox_form (Fixture            *fixture,
                   const RungsMailbox *mailbox)
{
  GtkWindow *form = rungs_mailbox_dialog_open (RUNGS_PAGE (fixture->page), "file", mailbox);

  rungs_app_fixture_wait_for (GTK_WIDGET (form), "Folder");
  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (form), "User Name"));
  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (form), "Server"));
  gtk_window_destroy (form);
}

static gboolean
has_mailbox (gpointer reader)
{
  g_autoptr (GPtrArray) mailboxes = rungs_mailbox_list (reader, NULL);

  g_assert_nonnull (mailboxes);
  return mailboxes->len == 1;
}

static void
test_signed_in (Fixture      *fixture,
                gconstpointer data)
{
  GtkWidget *dialog = start_signing_in (fixture);
  g_autofree char *address = take_address ();
  g_autofree char *client = find_parameter (address, "client_id");
  g_autoptr (RungsAccount) stored = NULL;
  g_autoptr (GPtrArray) mailboxes = NULL;
  g_autoptr (RungsBusiness) business = rungs_business_load (fixture->reader, NULL);
  const RungsMailbox *mailbox;
  char *secret;

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_assert_cmpstr (client, ==, "my-program");
  come_back (address, "code=abc");
  rungs_app_fixture_wait_for (dialog, "Signed in as owner@shop.example");
  g_assert_cmpstr (get_text (dialog, "Sender’s E-Mail Address"), ==, "owner@shop.example");
  g_assert_cmpstr (get_text (dialog, "Name of the Account"), ==, "owner@shop.example");

  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "mail");
  rungs_app_fixture_wait_for (fixture->page, "owner@shop.example");
  stored = rungs_account_load_by_name (fixture->reader, "owner@shop.example", NULL);
  g_assert_nonnull (stored);
  g_assert_cmpint (stored->auth, ==, RUNGS_SMTP_AUTH_OAUTH);
  g_assert_cmpstr (stored->provider, ==, "test-shop");
  g_assert_cmpstr (stored->username, ==, "owner@shop.example");
  g_assert_cmpstr (stored->host, ==, "smtp.shop.example");
  g_assert_nonnull (strstr (stored->options, "my-program"));
  g_assert_null (strstr (stored->options, "its-secret"));

  rungs_app_fixture_wait (is_gone, &dialog);
  rungs_app_fixture_wait (has_mailbox, fixture->reader);
  mailboxes = rungs_mailbox_list (fixture->reader, NULL);
  mailbox = mailboxes->pdata[0];
  g_assert_cmpint (mailbox->auth, ==, RUNGS_SMTP_AUTH_OAUTH);
  g_assert_cmpstr (mailbox->provider, ==, "test-shop");

  secret = rungs_secret_lookup (business->uuid, stored->uuid, RUNGS_SECRET_TIMEOUT, NULL, NULL);
  g_assert_nonnull (secret);
  g_assert_nonnull (strstr (secret, "its-secret"));
  g_assert_nonnull (strstr (secret, "\"rt\""));
  rungs_secret_free (secret);

  test_mailbox_form (fixture, mailbox);

  /* Opened again, it says who is signed in. */
  dialog = open_dialog (fixture, stored);
  rungs_app_fixture_wait_for (dialog, "Signed in as owner@shop.example");
  rungs_app_fixture_wait_for (dialog, "Sign In _Again…");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_denied (Fixture      *fixture,
             gconstpointer data)
{
  GtkWidget *dialog = start_signing_in (fixture);
  g_autofree char *address = take_address ();

  come_back (address, "error=access_denied");
  rungs_app_fixture_wait_for (dialog, "It was not agreed to in the browser; Testery lets nothing be"
                                      " sent or read.");
  rungs_app_fixture_wait_for (dialog, "_Sign In with Testery…");
  g_assert_null (rungs_app_fixture_find (dialog, "_Stop"));
  g_assert_cmpstr (get_text (dialog, "Sender’s E-Mail Address"), ==, "");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_stopped (Fixture      *fixture,
              gconstpointer data)
{
  GtkWidget *dialog = start_signing_in (fixture);
  GtkWidget *form = rungs_app_fixture_find_type (dialog, RUNGS_TYPE_ACCOUNT_OAUTH_FORM);

  rungs_app_fixture_wait_for (dialog, "_Stop");
  activate (dialog, "account.sign-in");
  rungs_app_fixture_wait_for (dialog, "The sign-in was stopped.");

  /* Closing the window stops it too, and nothing of it stays. */
  activate (dialog, "account.sign-in");
  rungs_app_fixture_wait_for (dialog, "_Stop");
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  gtk_window_destroy (GTK_WINDOW (dialog));
  rungs_app_fixture_wait (is_gone, &form);
}

static gboolean
fill_paused (RungsDb *db,
             Fixture *fixture)
{
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_SMTP);

  account->auth = RUNGS_SMTP_AUTH_OAUTH;
  g_free (account->name);
  g_free (account->provider);
  g_free (account->from_email);
  g_free (account->host);
  account->name = g_strdup ("Gmail");
  account->provider = g_strdup ("google");
  account->from_email = g_strdup ("owner@shop.example");
  account->host = g_strdup ("smtp.gmail.com");
  return rungs_account_add (db, account, 1, NULL)
         && rungs_account_pause (db, account->id,
                                 "The sign-in has ended, or was taken back: sign in again.", 2,
                                 NULL);
}

static gpointer
write_paused (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return GINT_TO_POINTER (fill_paused (db, data));
}

/* An account that must be signed in to again has a button that leads there. */
static void
test_again (Fixture      *fixture,
            gconstpointer data)
{
  rungs_store_write_async (fixture->store, write_paused, fixture, NULL, NULL, NULL, NULL, NULL);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "mail");
  rungs_app_fixture_wait_for (fixture->page, "Sign In _Again…");
}

/* ---- accounts of the computer */

static GSubprocess *
start_computer (void)
{
  g_autofree char *program
    = g_test_build_filename (G_TEST_BUILT, "tests", "support", "rungs-test-goa", NULL);
  g_autofree char *xml = g_test_build_filename (G_TEST_DIST, "tests", "support",
                                                "org.gnome.OnlineAccounts.xml", NULL);
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *accounts = g_build_filename (folder, "accounts.json", NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  GSubprocess *service;

  g_assert_true (g_file_set_contents (accounts, COMPUTER, -1, NULL));
  service = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL,
                              program, xml, accounts, NULL);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (service));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, "ready 0");
  return service;
}

static void
test_computer (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GSubprocess) service = start_computer ();
  GtkWidget *dialog = open_new (fixture, "goa");
  GtkWidget *form = rungs_app_fixture_find_type (dialog, RUNGS_TYPE_ACCOUNT_GOA_FORM);
  GtkWidget *first, *off;
  g_autoptr (RungsAccount) stored = NULL;

  first = rungs_app_fixture_wait_for (form, "someone@gmail.example");
  off = rungs_app_fixture_wait_for (form, "off@shop.example");
  g_assert_false (gtk_widget_is_sensitive (off));
  rungs_app_fixture_wait_for (form, "shop@shop.example");
  enter (dialog, "Name of the Account", "Computer");
  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_app_fixture_wait_for (form, "Choose one of the accounts.");

  gtk_widget_activate (gtk_widget_get_ancestor (first, ADW_TYPE_ACTION_ROW));
  g_assert_cmpstr (get_text (dialog, "Sender’s E-Mail Address: this is not an e-mail address"), ==,
                   "someone@gmail.example");
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_widget_activate_action (dialog, "account.save", NULL);
  rungs_app_fixture_wait (is_gone, &dialog);
  stored = rungs_account_load_by_name (fixture->reader, "Computer", NULL);
  g_assert_nonnull (stored);
  g_assert_cmpint (stored->auth, ==, RUNGS_SMTP_AUTH_GOA);
  g_assert_cmpstr (stored->username, ==, "account_1");
  g_assert_cmpstr (stored->host, ==, "smtp.gmail.example");

  g_output_stream_close (g_subprocess_get_stdin_pipe (service), NULL, NULL);
  g_subprocess_wait (service, NULL, NULL);
}

static void
test_no_computer (Fixture      *fixture,
                  gconstpointer data)
{
  GtkWidget *dialog = open_new (fixture, "goa");

  rungs_app_fixture_wait_for (dialog, "Accounts of This Computer");
  g_assert_nonnull (rungs_app_fixture_find_type (dialog, RUNGS_TYPE_ACCOUNT_GOA_FORM));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *fixture, gconstpointer data);
  } TESTS[] = {
    { "/app/account-sign-in/unregistered", test_unregistered },
    { "/app/account-sign-in/signed-in", test_signed_in },
    { "/app/account-sign-in/denied", test_denied },
    { "/app/account-sign-in/stopped", test_stopped },
    { "/app/account-sign-in/again", test_again },
    { "/app/account-sign-in/computer", test_computer },
    { "/app/account-sign-in/no-computer", test_no_computer },
  };
  g_autofree char *keyring = NULL;

  /* A keyring that is a file. */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  keyring = g_build_filename (g_get_user_data_dir (), "keyring", NULL);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  install_browser ();
  rungs_app_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].name, Fixture, NULL, set_up, TESTS[i].func, tear_down);
  return g_test_run ();
}
