/* test-oauth-token.c: what a sign-in brought is renewed in time, once, whoever asks, and stays in
 * the keyring.
 *
 * Each case runs this program again, as a child with a keyring of its own (the script keyring
 * beside this file). The provider is a program of its own too, tests/core/mail/token-provider.js,
 * which takes each refresh token once and treats one that comes again as stolen. */

#include "mail/rungs-oauth-token.h"

#include <string.h>

#include "../../support/rungs-test-server.h"
#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "mail/rungs-secret.h"

#define FILE_ID "file-1"
#define OWNER "6a0a7dbe-0000-4000-8000-000000000001"
#define THREADS 8
#define PROGRAMS 4

static RungsOAuthProvider *
new_provider (void)
{
  g_autofree char *text
    = g_strdup_printf ("{\"authorize\": \"https://login.example/auth\","
                       " \"token\": \"http://127.0.0.1:%s/token\", \"scopes\": [\"mail\"]}",
                       g_getenv ("RUNGS_TEST_PORT"));
  g_autoptr (JsonObject) section = rungs_foreign_json_parse (text, strlen (text), NULL);
  g_autoptr (GError) error = NULL;
  RungsOAuthProvider *provider
    = rungs_oauth_provider_new ("example", "Example", section, &error);

  g_assert_no_error (error);
  return provider;
}

/* Stores what is due in `renew_in` and ends in `ends_in` ms. */
static void
store (const char *refresh_token,
       gint64      renew_in,
       gint64      ends_in)
{
  gint64 now = g_get_real_time () / 1000;
  RungsOAuthTokens tokens = {
    .provider = (char *) "example",
    .client_id = (char *) "id",
    .access_token = (char *) "first",
    .renew_at = now + renew_in,
    .ends_at = now + ends_in,
    .refresh_token = (char *) refresh_token,
  };
  g_autoptr (GError) error = NULL;
  char *text = rungs_oauth_tokens_to_text (&tokens);

  rungs_secret_store (FILE_ID, OWNER, "Rungs: test", text, RUNGS_SECRET_TIMEOUT, NULL, &error);
  g_assert_no_error (error);
  rungs_secret_free (text);
}

static char *
take (const char  *refused,
      GError     **error)
{
  g_autoptr (RungsOAuthProvider) provider = new_provider ();
  gint64 good_until = 0;
  char *token
    = rungs_oauth_token_take (FILE_ID, OWNER, provider, refused, &good_until, NULL, error);

  g_assert_true (token == NULL || good_until > g_get_real_time () / 1000);
  return token;
}

static void
assert_taken (const char *refused,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *token = take (refused, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, expected);
  rungs_secret_free (token);
}

static void
assert_kept (const char *access_token,
             const char *refresh_token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOAuthTokens) tokens
    = rungs_oauth_tokens_look_up (FILE_ID, OWNER, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tokens->access_token, ==, access_token);
  g_assert_cmpstr (tokens->refresh_token, ==, refresh_token);
}

/* ---- what runs in the child */

static void
child_good (void)
{
  store ("R1", RUNGS_HOUR, RUNGS_HOUR);
  assert_taken (NULL, "first");
  assert_taken ("another", "first");
  assert_kept ("first", "R1");
}

static void
child_due (void)
{
  store ("R1", -1, RUNGS_MINUTE);
  assert_taken (NULL, "A2");
  assert_kept ("A2", "R2");
  assert_taken (NULL, "A2");
}

/* What the server has refused is renewed once, and not again for who still holds the old one. */
static void
child_refused (void)
{
  store ("R1", RUNGS_HOUR, RUNGS_HOUR);
  assert_taken ("first", "A2");
  assert_taken ("first", "A2");
  assert_kept ("A2", "R2");
}

static gpointer
take_in_thread (gpointer data)
{
  assert_taken (NULL, "A2");
  return NULL;
}

static void
take_in_threads (void)
{
  GThread *threads[THREADS];

  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("take", take_in_thread, NULL);
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
}

/* Several programs, each with several threads, at once. */
static void
child_once (void)
{
  g_autoptr (GPtrArray) programs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  store ("R1", -1, RUNGS_MINUTE);
  for (guint i = 0; i < PROGRAMS; i++)
    g_ptr_array_add (programs, g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, self, "child",
                                                 "threads", NULL));
  take_in_threads ();
  for (guint i = 0; i < PROGRAMS; i++)
    {
      g_autoptr (GError) error = NULL;

      g_subprocess_wait_check (programs->pdata[i], NULL, &error);
      g_assert_no_error (error);
    }
  assert_kept ("A2", "R2");
}

static void
child_revoked (void)
{
  g_autoptr (GError) error = NULL;

  store ("stolen", -1, RUNGS_MINUTE);
  g_assert_null (take (NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "sign in again"));
  assert_kept ("first", "stolen");
}

static void
child_no_refresh_token (void)
{
  g_autoptr (GError) error = NULL;

  store (NULL, -1, RUNGS_MINUTE);
  g_assert_null (take (NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "sign in again"));
}

/* A provider that is away: the old token serves until its end, and not longer. */
static void
child_away (void)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("RUNGS_TEST_PORT", "1", TRUE);
  store ("R1", -1, RUNGS_MINUTE);
  assert_taken (NULL, "first");
  g_assert_null (take ("first", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK);
  g_clear_error (&error);
  store ("R1", -2, -1);
  g_assert_null (take (NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK);
}

static void
child_password (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (take (NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
  g_clear_error (&error);
  rungs_secret_store (FILE_ID, OWNER, "Rungs: test", "a password", RUNGS_SECRET_TIMEOUT, NULL,
                      NULL);
  g_assert_null (take (NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static const struct
{
  const char *name;
  void (*run) (void);
} CHILDREN[] = {
  { "good", child_good },
  { "due", child_due },
  { "refused", child_refused },
  { "once", child_once },
  { "threads", take_in_threads },
  { "revoked", child_revoked },
  { "no-refresh-token", child_no_refresh_token },
  { "away", child_away },
  { "password", child_password },
};

static int
run_child (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CHILDREN); i++)
    if (g_str_equal (CHILDREN[i].name, name))
      CHILDREN[i].run ();
  return 0;
}

/* ---- the cases */

static void
test_child (gconstpointer name)
{
  const char *provider[] = { "node", "tests/core/mail/token-provider.js", NULL };
  g_autoptr (RungsTestServer) server = rungs_test_server_start (provider);
  g_autofree char *port = g_strdup_printf ("%u", rungs_test_server_get_port (server, 0));
  g_autofree char *home = rungs_test_folder_new ();
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { "tests/core/mail/keyring", home, "unlocked", self, "child", name, NULL };

  g_setenv ("RUNGS_TEST_PORT", port, TRUE);
  rungs_test_run (argv);
  rungs_test_folder_remove (home);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "child"))
    return run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (CHILDREN); i++)
    {
      g_autofree char *path = g_strdup_printf ("/oauth-token/%s", CHILDREN[i].name);

      if (!g_str_equal (CHILDREN[i].name, "threads"))
        g_test_add_data_func (path, CHILDREN[i].name, test_child);
    }

  return g_test_run ();
}
