/* rungs-jmap-http.c: asks an HTTP server, and says how far that got.
 *
 * libsoup works in a main context of our own, which is only run while a caller waits: so one place
 * watches for progress, for cancellation and for the answer. Signing in is ours, too: libsoup's own
 * would ask twice, and would follow a redirection with the password. */

#include "mail/rungs-jmap-http.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/rungs-error.h"

#define USUAL_TIMEOUT 60u
#define LONGEST (15 * 60 * G_USEC_PER_SEC)
#define CHUNK 65536
#define TICK_MS 200

struct _RungsJmapHttp
{
  RungsJmapSettings *settings; /* (owned) */
  GMainContext *context;       /* (owned) */
  SoupSession *session;        /* (owned) (nullable) */
};

/* An exchange on its way. */
typedef struct
{
  const RungsJmapAsk *ask;
  GCancellable *cancellable; /* (unowned) (nullable): the caller's */
  GCancellable *stop;        /* (owned): ours */
  SoupMessage *message;      /* (owned) */
  GInputStream *stream;      /* (owned) (nullable) */
  GByteArray *body;          /* (owned) */
  gint64 patience;           /* µs */
  gint64 began_at;
  gint64 moved_at;
  gint64 cancelled_at; /* 0: it was not */
  gboolean wrote_body;
  gboolean timed_out;
  gboolean reading;
  gboolean done;
  GError *error; /* (owned) (nullable) */
} Exchange;

void
rungs_jmap_reply_clear (RungsJmapReply *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->location);
  g_clear_pointer (&self->body, g_bytes_unref);
  *self = (RungsJmapReply){ 0 };
}

RungsJmapHttp *
rungs_jmap_http_new (const RungsJmapSettings *settings)
{
  RungsJmapHttp *self;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_new0 (RungsJmapHttp, 1);
  self->settings = rungs_jmap_settings_copy (settings);
  self->context = g_main_context_new ();
  return self;
}

void
rungs_jmap_http_free (RungsJmapHttp *self)
{
  if (self == NULL)
    return;

  g_main_context_push_thread_default (self->context);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  rungs_jmap_settings_free (self->settings);
  g_free (self);
}

/* FALSE: the file of certificates cannot be read. */
static gboolean
make_session (RungsJmapHttp *self,
              GError       **error)
{
  const char *ca_file = self->settings->ca_file;
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) cause = NULL;

  if (self->session != NULL)
    return TRUE;
  if (ca_file != NULL && *ca_file != '\0')
    {
      database = g_tls_file_database_new (ca_file, &cause);
      if (database == NULL)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                       _ ("the file of certificates “%s” cannot be read: %s"), ca_file,
                       cause->message);
          return FALSE;
        }
    }
  self->session = soup_session_new_with_options ("user-agent", "Rungs", "timeout", 0,
                                                 "idle-timeout", 30, NULL);
  if (database != NULL)
    soup_session_set_tls_database (self->session, database);
  return TRUE;
}

static void
add_secret (RungsJmapHttp *self,
            SoupMessage   *message)
{
  const RungsJmapSettings *settings = self->settings;
  g_autofree char *pair = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *value = NULL;

  if (settings->auth == RUNGS_JMAP_AUTH_BEARER)
    value = g_strconcat ("Bearer ", settings->password, NULL);
  else
    {
      pair = g_strdup_printf ("%s:%s", settings->username, settings->password);
      encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
      value = g_strconcat ("Basic ", encoded, NULL);
      explicit_bzero (pair, strlen (pair));
    }
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
  explicit_bzero (value, strlen (value));
}

/* ---- what happens on the way */

static void
finish (Exchange *exchange,
        GError   *error)
{
  exchange->error = error;
  exchange->done = TRUE;
}

static void
moved_cb (SoupMessage *message,
          guint        size,
          Exchange    *exchange)
{
  exchange->moved_at = g_get_monotonic_time ();
}

static void
wrote_body_cb (SoupMessage *message,
               Exchange    *exchange)
{
  exchange->wrote_body = TRUE;
  exchange->moved_at = g_get_monotonic_time ();
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Exchange *exchange = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = 0;
  const guint8 *data;

  exchange->reading = FALSE;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return finish (exchange, error);
  data = g_bytes_get_data (bytes, &length);
  g_byte_array_append (exchange->body, data, (guint) length);
  exchange->moved_at = g_get_monotonic_time ();
  if (exchange->body->len <= exchange->ask->limit)
    return;
  if (exchange->ask->cut)
    g_byte_array_set_size (exchange->body, (guint) exchange->ask->limit);
  else
    error = g_error_new_literal (RUNGS_ERROR, RUNGS_ERROR_INVALID,
                                 _ ("the server answers more than is sensible"));
  finish (exchange, error);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Exchange *exchange = user_data;
  GError *error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  exchange->moved_at = g_get_monotonic_time ();
  if (exchange->stream == NULL)
    finish (exchange, error);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE; /* it only wakes the loop */
}

/* ---- waiting */

/* Whether the caller has cancelled, and what is on its way need not be waited for. */
static gboolean
is_given_up (Exchange *exchange,
             gint64    now)
{
  if (!g_cancellable_is_cancelled (exchange->cancellable))
    return FALSE;
  if (exchange->cancelled_at == 0)
    exchange->cancelled_at = now;
  return !exchange->wrote_body
         || now - exchange->cancelled_at >= exchange->ask->grace * G_USEC_PER_SEC;
}

static void
watch (Exchange *exchange)
{
  gint64 now = g_get_monotonic_time ();

  if (g_cancellable_is_cancelled (exchange->stop))
    return;
  exchange->timed_out = now - exchange->moved_at > exchange->patience
                        || now - exchange->began_at > LONGEST;
  if (exchange->timed_out || is_given_up (exchange, now))
    g_cancellable_cancel (exchange->stop);
}

static void
run (RungsJmapHttp *self,
     Exchange      *exchange)
{
  g_autoptr (GSource) tick = g_timeout_source_new (TICK_MS);

  g_source_set_callback (tick, tick_cb, NULL, NULL);
  g_source_attach (tick, self->context);
  soup_session_send_async (self->session, exchange->message, G_PRIORITY_DEFAULT, exchange->stop,
                           answered_cb, exchange);
  while (!exchange->done)
    {
      if (exchange->stream != NULL && !exchange->reading)
        {
          exchange->reading = TRUE;
          g_input_stream_read_bytes_async (exchange->stream, CHUNK, G_PRIORITY_DEFAULT,
                                           exchange->stop, read_cb, exchange);
        }
      g_main_context_iteration (self->context, TRUE);
      watch (exchange);
    }
  g_source_destroy (tick);
}

/* Says what went wrong in our own words where those of the library help nobody. */
static void
explain (Exchange *exchange,
         GError  **error)
{
  const GError *cause = exchange->error;
  const char *host = g_uri_get_host (exchange->ask->uri);

  if (cause->domain == RUNGS_ERROR)
    g_propagate_error (error, g_error_copy (cause));
  else if (exchange->timed_out)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, _ ("%s did not answer in time"), host);
  else if (exchange->cancelled_at != 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, cause->message);
  else if (cause->domain == G_TLS_ERROR && cause->code == G_TLS_ERROR_BAD_CERTIFICATE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                 _ ("nobody vouches for the certificate of %s: %s"), host, cause->message);
  else
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, _ ("the connection to %s failed: %s"),
                 host, cause->message);
}

static SoupMessage *
make_message (RungsJmapHttp      *self,
              const RungsJmapAsk *ask)
{
  SoupMessage *message = soup_message_new_from_uri (ask->method, ask->uri);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  soup_message_disable_feature (message, SOUP_TYPE_COOKIE_JAR);
  soup_message_headers_append (soup_message_get_request_headers (message), "Accept", "*/*");
  add_secret (self, message);
  if (ask->body != NULL)
    soup_message_set_request_body_from_bytes (message, ask->type, ask->body);
  return message;
}

static void
tell (const Exchange *exchange,
      RungsJmapReply *reply)
{
  const char *location = soup_message_headers_get_one (
    soup_message_get_response_headers (exchange->message), "Location");

  *reply = (RungsJmapReply){ .status = soup_message_get_status (exchange->message),
                             .location = g_strdup (location),
                             .body = g_bytes_new (exchange->body->data, exchange->body->len),
                             .went_out = exchange->wrote_body };
}

gboolean
rungs_jmap_http_ask (RungsJmapHttp      *self,
                     const RungsJmapAsk *ask,
                     GCancellable       *cancellable,
                     RungsJmapReply     *reply,
                     GError            **error)
{
  gint64 now = g_get_monotonic_time ();
  Exchange exchange = { .ask = ask, .cancellable = cancellable, .began_at = now, .moved_at = now };
  guint timeout;

  g_return_val_if_fail (self != NULL && ask != NULL && reply != NULL, FALSE);

  *reply = (RungsJmapReply){ 0 };
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  timeout = ask->timeout ? ask->timeout : self->settings->timeout;
  exchange.patience = (gint64) (timeout ? timeout : USUAL_TIMEOUT) * G_USEC_PER_SEC;
  exchange.stop = g_cancellable_new ();
  exchange.body = g_byte_array_new ();

  g_main_context_push_thread_default (self->context);
  if (make_session (self, error))
    {
      exchange.message = make_message (self, ask);
      g_signal_connect (exchange.message, "wrote-body-data", G_CALLBACK (moved_cb), &exchange);
      g_signal_connect (exchange.message, "wrote-body", G_CALLBACK (wrote_body_cb), &exchange);
      run (self, &exchange);
      g_signal_handlers_disconnect_by_data (exchange.message, &exchange);
      tell (&exchange, reply);
      if (exchange.error != NULL)
        explain (&exchange, error);
    }
  g_clear_object (&exchange.stream);
  g_main_context_pop_thread_default (self->context);

  g_clear_object (&exchange.message);
  g_clear_object (&exchange.stop);
  g_byte_array_unref (exchange.body);
  if (exchange.error == NULL)
    return reply->status != 0;
  g_error_free (exchange.error);
  return FALSE;
}
