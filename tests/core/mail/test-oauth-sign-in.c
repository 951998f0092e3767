/* test-oauth-sign-in.c: somebody signs in, with a browser that does what a case says and a provider
 * that answers what it says. */

#include "mail/rungs-oauth-sign-in.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"

#define GOOD_ANSWER                                                                                \
  "{\"access_token\": \"at\", \"token_type\": \"bearer\", \"refresh_token\": \"rt\"}"

/* A provider in a thread of its own: it knows the token address only. */
typedef struct
{
  GThread *thread;
  GMainLoop *loop;
  GMutex mutex;
  GCond cond;
  guint port;      /* 0: not yet there */
  guint status;    /* what it answers with */
  const char *answer;
  gsize more;      /* so many bytes more */
  char *form;      /* (owned): the last that was asked */
  guint asked;
  guint elsewhere; /* requests for other addresses */
} Provider;

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  Provider *provider = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (!g_str_equal (path, "/token"))
    {
      provider->elsewhere++;
      soup_server_message_set_status (message, 200, NULL);
      return;
    }
  provider->asked++;
  g_free (provider->form);
  provider->form = g_strndup (body->data, (gsize) body->length);
  soup_server_message_set_status (message, provider->status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                "/elsewhere");
  body = soup_server_message_get_response_body (message);
  soup_message_body_append (body, SOUP_MEMORY_COPY, provider->answer, strlen (provider->answer));
  if (provider->more > 0)
    soup_message_body_append_take (body, (guchar *) g_strnfill (provider->more, ' '),
                                   provider->more);
}

static gpointer
provide (gpointer data)
{
  Provider *provider = data;
  GMainContext *context = g_main_loop_get_context (provider->loop);
  g_autoptr (SoupServer) server = NULL;
  g_autoslist (GUri) uris = NULL;

  g_main_context_push_thread_default (context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, asked_cb, provider, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server);
  g_mutex_lock (&provider->mutex);
  provider->port = (guint) g_uri_get_port (uris->data);
  g_cond_signal (&provider->cond);
  g_mutex_unlock (&provider->mutex);
  g_main_loop_run (provider->loop);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (context);
  return NULL;
}

typedef struct
{
  Provider provider;
  RungsOAuthProvider *description;
  GCancellable *cancellable;
  const char *const *requests; /* what the browser asks for, one after the other; see browse() */
  char *address;               /* (owned): where it was sent */
  GThread *browser;
  GPtrArray *pages;            /* (owned): what it was shown: "STATUS BODY" */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  Provider *provider = &fixture->provider;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (JsonObject) section = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;

  provider->status = 200;
  provider->answer = GOOD_ANSWER;
  provider->loop = g_main_loop_new (context, FALSE);
  provider->thread = g_thread_new ("provider", provide, provider);
  g_mutex_lock (&provider->mutex);
  while (provider->port == 0)
    g_cond_wait (&provider->cond, &provider->mutex);
  g_mutex_unlock (&provider->mutex);

  text = g_strdup_printf ("{\"authorize\": \"https://login.example/auth\","
                          " \"token\": \"http://127.0.0.1:%u/token\", \"scopes\": [\"mail\"],"
                          " \"redirect_host\": \"%s\"}",
                          provider->port, data != NULL ? (const char *) data : "127.0.0.1");
  section = rungs_foreign_json_parse (text, strlen (text), NULL);
  fixture->description = rungs_oauth_provider_new ("example", "Example", section, &error);
  g_assert_no_error (error);
  fixture->cancellable = g_cancellable_new ();
  fixture->pages = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  if (fixture->browser != NULL)
    g_thread_join (fixture->browser);
  g_main_loop_quit (fixture->provider.loop);
  g_thread_join (fixture->provider.thread);
  g_main_loop_unref (fixture->provider.loop);
  g_free (fixture->provider.form);
  rungs_oauth_provider_free (fixture->description);
  g_object_unref (fixture->cancellable);
  g_ptr_array_unref (fixture->pages);
  g_free (fixture->address);
}

static char *
find_parameter (const char *address,
                const char *name)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED_QUERY, NULL);
  g_autoptr (GHashTable) fields
    = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  g_assert_nonnull (fields);
  return g_strdup (g_hash_table_lookup (fields, name));
}

/* "METHOD HOST QUERY", where STATE stands for the right state and OURS for the right host. */
static void
ask_once (Fixture    *fixture,
          const char *request,
          const char *redirect,
          const char *state)
{
  g_auto (GStrv) words = g_strsplit (request, " ", 3);
  g_auto (GStrv) parts = g_strsplit (words[2], "STATE", 2);
  g_autofree char *query = g_strjoinv (state, parts);
  g_autofree char *address = g_strconcat (redirect, query, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (words[0], address);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GBytes) body = g_bytes_new_take (g_strnfill (3000000, 'x'), 3000000);
  gsize length = 0;
  const char *page;

  g_assert_nonnull (message);
  if (!g_str_equal (words[1], "OURS"))
    soup_message_headers_replace (soup_message_get_request_headers (message), "Host", words[1]);
  if (g_str_equal (words[0], "POST"))
    soup_message_set_request_body_from_bytes (message, "text/plain", body);
  answer = soup_session_send_and_read (session, message, NULL, NULL);
  page = answer ? g_bytes_get_data (answer, &length) : "";
  g_ptr_array_add (fixture->pages, g_strdup_printf ("%u %.*s", soup_message_get_status (message),
                                                    (int) length, page));
}

static gpointer
browse (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *redirect = find_parameter (fixture->address, "redirect_uri");
  g_autofree char *state = find_parameter (fixture->address, "state");

  for (gsize i = 0; fixture->requests != NULL && fixture->requests[i] != NULL; i++)
    if (g_str_equal (fixture->requests[i], "cancel"))
      g_cancellable_cancel (fixture->cancellable);
    else
      ask_once (fixture, fixture->requests[i], redirect, state);
  return NULL;
}

static void
open_cb (const char *address,
         gpointer    data)
{
  Fixture *fixture = data;

  fixture->address = g_strdup (address);
  fixture->browser = g_thread_new ("browser", browse, fixture);
}

static RungsOAuthTokens *
sign_in (Fixture           *fixture,
         const char *const *requests,
         guint              patience,
         GError           **error)
{
  RungsOAuthClient client = { "id", "secret" };
  RungsOAuthTokens *tokens;

  fixture->requests = requests;
  tokens = rungs_oauth_sign_in (fixture->description, &client, "owner@shop.example", patience,
                                open_cb, fixture, fixture->cancellable, error);
  g_thread_join (g_steal_pointer (&fixture->browser));
  return tokens;
}

static void
assert_page (Fixture    *fixture,
             guint       n,
             const char *status,
             const char *words)
{
  const char *page = fixture->pages->pdata[n];

  g_test_message ("%s", page);
  g_assert_true (g_str_has_prefix (page, status));
  g_assert_nonnull (strstr (page, words));
}

static void
test_right (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const REQUESTS[] = { "GET OURS /?code=4%2Fc&state=STATE", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOAuthTokens) tokens = sign_in (fixture, REQUESTS, 60, &error);
  g_autofree char *challenge = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *redirect = NULL;
  g_auto (GStrv) form = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (tokens->access_token, ==, "at");
  g_assert_cmpstr (tokens->refresh_token, ==, "rt");
  g_assert_cmpstr (tokens->client_id, ==, "id");
  g_assert_cmpstr (tokens->client_secret, ==, "secret");
  assert_page (fixture, 0, "200 ", "close this window");

  /* The verifier that is shown to the provider is that of the browser's challenge. */
  form = g_strsplit (fixture->provider.form, "code_verifier=", 2);
  challenge = rungs_oauth_make_challenge (form[1]);
  expected = find_parameter (fixture->address, "code_challenge");
  g_assert_cmpstr (challenge, ==, expected);
  redirect = find_parameter (fixture->address, "redirect_uri");
  g_assert_true (g_str_has_prefix (redirect, data != NULL ? "http://localhost:"
                                                          : "http://127.0.0.1:"));
  g_assert_nonnull (strstr (form[0], "code=4%2Fc&"));
}

/* What is no answer to our question changes nothing, and the right one still counts. */
static void
test_strangers (Fixture      *fixture,
                gconstpointer data)
{
  static const char *const REQUESTS[] = {
    "GET OURS /",
    "GET OURS /favicon.ico",
    "GET OURS /?code=evil&state=wrong",
    "GET OURS /?error=access_denied",
    "GET OURS /else?code=evil&state=STATE",
    "GET evil.example /?code=evil&state=STATE",
    "POST OURS /?code=evil&state=STATE",
    "GET OURS /?code=right&state=STATE",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOAuthTokens) tokens = sign_in (fixture, REQUESTS, 60, &error);

  g_assert_no_error (error);
  g_assert_nonnull (tokens);
  for (guint i = 0; i < 7; i++)
    assert_page (fixture, i, "400 ", "did not ask");
  assert_page (fixture, 7, "200 ", "close this window");
  g_assert_cmpuint (fixture->provider.asked, ==, 1);
  g_assert_nonnull (strstr (fixture->provider.form, "code=right&"));
}

/* Behind the first right answer nobody listens any more. */
static void
test_second (Fixture      *fixture,
             gconstpointer data)
{
  static const char *const REQUESTS[] = {
    "GET OURS /?code=one&state=STATE",
    "GET OURS /?code=two&state=STATE",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOAuthTokens) tokens = sign_in (fixture, REQUESTS, 60, &error);

  g_assert_no_error (error);
  g_assert_nonnull (tokens);
  g_assert_cmpuint (fixture->provider.asked, ==, 1);
  g_assert_nonnull (strstr (fixture->provider.form, "code=one&"));
  g_assert_false (g_str_has_prefix (fixture->pages->pdata[1], "200"));
}

static void
test_denied (Fixture      *fixture,
             gconstpointer data)
{
  static const char *const REQUESTS[] = {
    "GET OURS /?error=access_denied&error_description=%3Cscript%3E&state=STATE",
    NULL,
  };
  g_autoptr (GError) error = NULL;

  g_assert_null (sign_in (fixture, REQUESTS, 60, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
  assert_page (fixture, 0, "200 ", "not agreed to");
  g_assert_null (strstr (fixture->pages->pdata[0], "<script>"));
  g_assert_cmpuint (fixture->provider.asked, ==, 0);
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  static const char *const REQUESTS[] = { "GET OURS /?code=x&state=wrong", "cancel", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (sign_in (fixture, REQUESTS, 60, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->provider.asked, ==, 0);
}

static void
test_timed_out (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sign_in (fixture, NULL, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* ---- a provider that answers badly */

static void
assert_answer_refused (Fixture    *fixture,
                       guint       status,
                       const char *answer,
                       gsize       more,
                       int         code)
{
  static const char *const REQUESTS[] = { "GET OURS /?code=one&state=STATE", NULL };
  g_autoptr (GError) error = NULL;

  fixture->provider.status = status;
  fixture->provider.answer = answer;
  fixture->provider.more = more;
  g_clear_pointer (&fixture->address, g_free);
  g_assert_null (sign_in (fixture, REQUESTS, 60, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, RUNGS_ERROR, code);
}

static void
test_hostile (Fixture      *fixture,
              gconstpointer data)
{
  assert_answer_refused (fixture, 200, "not JSON", 0, RUNGS_ERROR_INVALID);
  assert_answer_refused (fixture, 200, GOOD_ANSWER, 100000000, RUNGS_ERROR_INVALID);
  assert_answer_refused (fixture, 302, GOOD_ANSWER, 0, RUNGS_ERROR_INVALID);
  assert_answer_refused (fixture, 307, GOOD_ANSWER, 0, RUNGS_ERROR_INVALID);
  assert_answer_refused (fixture, 400, "{\"error\": \"invalid_grant\"}", 0, RUNGS_ERROR_AUTH);
  assert_answer_refused (fixture, 500, GOOD_ANSWER, 0, RUNGS_ERROR_NETWORK);
  g_assert_cmpuint (fixture->provider.elsewhere, ==, 0);
}

/* Nobody answers at the token address. */
static void
test_away (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const REQUESTS[] = { "GET OURS /?code=one&state=STATE", NULL };
  g_autoptr (GError) error = NULL;

  g_free (fixture->description->token);
  fixture->description->token = g_strdup ("http://127.0.0.1:1/token");
  g_assert_null (sign_in (fixture, REQUESTS, 60, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/oauth-sign-in/right", Fixture, NULL, set_up, test_right, tear_down);
  g_test_add ("/oauth-sign-in/localhost", Fixture, "localhost", set_up, test_right, tear_down);
  g_test_add ("/oauth-sign-in/strangers", Fixture, NULL, set_up, test_strangers, tear_down);
  g_test_add ("/oauth-sign-in/second", Fixture, NULL, set_up, test_second, tear_down);
  g_test_add ("/oauth-sign-in/denied", Fixture, NULL, set_up, test_denied, tear_down);
  g_test_add ("/oauth-sign-in/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/oauth-sign-in/timed-out", Fixture, NULL, set_up, test_timed_out, tear_down);
  g_test_add ("/oauth-sign-in/hostile", Fixture, NULL, set_up, test_hostile, tear_down);
  g_test_add ("/oauth-sign-in/away", Fixture, NULL, set_up, test_away, tear_down);

  return g_test_run ();
}
