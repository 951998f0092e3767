/* rungs-oauth-sign-in.c: a person signs in, in a browser.
 *
 * Anybody on this machine may knock at the port while it is open, and so may a web page, blindly: a
 * request that is not GET / of our own host with our state is told so and changes nothing. Its body
 * is not kept. The first right one ends the listening; the code is redeemed on another thread. */

#include "mail/rungs-oauth-sign-in.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-oauth-page.h"
#include "mail/rungs-oauth-token.h"
#include "mail/rungs-secret.h"

/* One sign-in: what its task works on. */
typedef struct
{
  const RungsOAuthProvider *provider; /* (unowned) */
  char *client_id;                    /* (owned) */
  char *client_secret;                /* (owned) (nullable) */
  RungsOAuthProof *proof;             /* (owned) */
  SoupServer *server;                 /* (owned) */
  gboolean answered;                  /* by the browser: nobody else is listened to */
  gboolean stopped;                   /* nobody is listened to */
  guint port;
  char *redirect;                     /* (owned) */
  char *code;                         /* (owned) (nullable): once the browser brought it */
  GError *refusal;                    /* (owned) (nullable): or that it was not agreed to */
  GSource *timer;                     /* (owned) (nullable) */
  GCancellable *outer;                /* (owned) (nullable): the caller's */
  gulong outer_handler;
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *self = data;

  g_free (self->client_id);
  rungs_secret_free (self->client_secret);
  rungs_oauth_proof_free (self->proof);
  g_clear_object (&self->server);
  g_free (self->redirect);
  rungs_secret_free (self->code);
  g_clear_error (&self->refusal);
  g_clear_pointer (&self->timer, g_source_unref);
  g_clear_object (&self->outer);
  g_free (self);
}

/* FALSE where it had stopped already. The server itself goes with the task: it may be in the middle
 * of something. */
static gboolean
stop_listening (SignIn *self)
{
  if (self->stopped)
    return FALSE;
  self->stopped = TRUE;
  g_source_destroy (self->timer);
  g_cancellable_disconnect (self->outer, self->outer_handler);
  soup_server_disconnect (self->server);
  soup_server_remove_handler (self->server, NULL);
  return TRUE;
}

/* ---- the code is redeemed */

static void
redeem_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  SignIn *self = data;
  RungsOAuthClient client = { self->client_id, self->client_secret };
  GError *error = NULL;
  RungsOAuthTokens *tokens = rungs_oauth_redeem_code (self->provider, &client, self->proof,
                                                      self->redirect, self->code, cancellable,
                                                      &error);

  if (tokens != NULL)
    g_task_return_pointer (task, tokens, (GDestroyNotify) rungs_oauth_tokens_free);
  else
    g_task_return_error (task, error);
}

/* ---- the browser comes back */

static void
show (SoupServerMessage *message,
      guint              status,
      const char        *heading,
      const char        *line)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  char *page = rungs_oauth_page_new (heading, line);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, page,
                                    strlen (page));
}

/* A page of somewhere else whose name was made to lead here does not know our host. */
static gboolean
is_for_us (const SignIn      *self,
           SoupServerMessage *message,
           const char        *path)
{
  const char *host
    = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");
  g_autofree char *ours = g_strdup_printf ("%s:%u", self->provider->redirect_host, self->port);

  return g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_GET)
         && g_str_equal (path, "/") && g_strcmp0 (host, ours) == 0;
}

/* On to the code, or to the reason why there is none. */
static gboolean
go_on_cb (gpointer data)
{
  GTask *task = data;
  SignIn *self = g_task_get_task_data (task);

  if (!stop_listening (self))
    return G_SOURCE_REMOVE;
  if (self->refusal != NULL)
    g_task_return_error (task, g_steal_pointer (&self->refusal));
  else
    g_task_run_in_thread (task, redeem_thread);
  return G_SOURCE_REMOVE;
}

/* The page is on its way. The server is still busy with it: what follows, which may be its end, is
 * done when it is not. */
static void
answered_cb (SoupServerMessage *message,
             gpointer           data)
{
  g_autoptr (GSource) idle = g_idle_source_new ();

  g_source_set_callback (idle, go_on_cb, g_object_ref (data), g_object_unref);
  g_source_attach (idle, g_task_get_context (data));
}

/* Nobody else is listened to from now on. */
static void
take_answer (GTask             *task,
             SoupServerMessage *message)
{
  SignIn *self = g_task_get_task_data (task);
  g_autofree char *heading = NULL;

  self->answered = TRUE;
  if (self->refusal != NULL)
    show (message, SOUP_STATUS_OK, _ ("Not signed in"), self->refusal->message);
  else
    {
      heading = g_strdup_printf (_ ("%s has answered"), self->provider->name);
      show (message, SOUP_STATUS_OK, heading,
            _ ("You can close this window now and go back to Rungs."));
    }
  g_signal_connect_data (message, "finished", G_CALLBACK (answered_cb), g_object_ref (task),
                         (GClosureNotify) (void *) g_object_unref, 0);
}

static void
requested_cb (SoupServer        *server,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              gpointer           data)
{
  GTask *task = data;
  SignIn *self = g_task_get_task_data (task);
  RungsOAuthReturn answer = RUNGS_OAUTH_RETURN_STRANGE;

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (!self->answered && is_for_us (self, message, path))
    answer = rungs_oauth_read_return (self->provider,
                                      g_uri_get_query (soup_server_message_get_uri (message)),
                                      self->proof->state, &self->code, &self->refusal);
  if (answer == RUNGS_OAUTH_RETURN_STRANGE)
    show (message, SOUP_STATUS_BAD_REQUEST, _ ("Nothing is here"),
          _ ("Rungs did not ask for this. Go back to Rungs and sign in from there."));
  else
    take_answer (task, message);
}

/* ---- listening */

static gboolean
time_over_cb (gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);

  if (stop_listening (g_task_get_task_data (task)))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                             _ ("Nobody signed in, in the browser, for too long."));
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);

  if (stop_listening (g_task_get_task_data (task)))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             _ ("The sign-in was stopped."));
  return G_SOURCE_REMOVE;
}

/* On whatever thread cancels. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  g_autoptr (GSource) idle = g_idle_source_new ();

  g_source_set_callback (idle, stop_cb, g_object_ref (data), g_object_unref);
  g_source_attach (idle, g_task_get_context (data));
}

/* Where the browser is to come back to "localhost", it may try the other kind of address first. */
static void
listen_on_ipv6 (SignIn *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16) self->port);

  soup_server_listen (self->server, address, 0, NULL);
}

static gboolean
start_listening (SignIn  *self,
                 GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoslist (GUri) uris = NULL;

  self->server = soup_server_new ("server-header", "Rungs", NULL);
  if (!soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &cause))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                   _ ("No port of this computer is free for the browser to come back to: %s"),
                   cause->message);
      return FALSE;
    }
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  if (g_str_equal (self->provider->redirect_host, "localhost"))
    listen_on_ipv6 (self);
  self->redirect
    = g_strdup_printf ("http://%s:%u", self->provider->redirect_host, self->port);
  return TRUE;
}

static void
watch (GTask *task,
       guint  patience)
{
  SignIn *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->timer = g_timeout_source_new_seconds (patience);
  g_source_set_callback (self->timer, time_over_cb, g_object_ref (task), g_object_unref);
  g_source_attach (self->timer, g_task_get_context (task));
  if (cancellable == NULL)
    return;
  self->outer = g_object_ref (cancellable);
  self->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                               g_object_ref (task), g_object_unref);
}

void
rungs_oauth_sign_in_async (const RungsOAuthProvider *provider,
                           const RungsOAuthClient   *client,
                           const char               *user,
                           guint                     patience,
                           RungsOAuthOpenFunc        open,
                           gpointer                  open_data,
                           GCancellable             *cancellable,
                           GAsyncReadyCallback       callback,
                           gpointer                  data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *address = NULL;
  SignIn *self;
  GError *error = NULL;

  g_return_if_fail (provider != NULL && client != NULL && open != NULL);

  self = g_new0 (SignIn, 1);
  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_task_data (task, self, sign_in_free);
  self->provider = provider;
  self->client_id = g_strdup (client->id);
  self->client_secret = g_strdup (client->secret);
  self->proof = rungs_oauth_proof_new ();
  if (!start_listening (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  soup_server_add_early_handler (self->server, NULL, requested_cb, g_object_ref (task),
                                 g_object_unref);
  watch (task, patience);
  address = rungs_oauth_make_address (provider, client, self->proof, self->redirect, user);
  open (address, open_data);
}

RungsOAuthTokens *
rungs_oauth_sign_in_finish (GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

RungsOAuthTokens *
rungs_oauth_sign_in (const RungsOAuthProvider *provider,
                     const RungsOAuthClient   *client,
                     const char               *user,
                     guint                     patience,
                     RungsOAuthOpenFunc        open,
                     gpointer                  open_data,
                     GCancellable             *cancellable,
                     GError                  **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  rungs_oauth_sign_in_async (provider, client, user, patience, open, open_data, cancellable,
                             keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);
  return rungs_oauth_sign_in_finish (result, error);
}
