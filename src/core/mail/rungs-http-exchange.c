/* rungs-http-exchange.c: one question and one answer over HTTP, with a limit to everything.
 *
 * libsoup does its work in a main context of the line's own, which runs only while something is
 * asked; a timer in it ends what takes too long, however slowly it trickles. What the answer is, is
 * decided by how far it came: libsoup says when the last byte of the question was written. */

#include "mail/rungs-http-exchange.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/rungs-error.h"
#include "smtp/rungs-trusted-file.h"

/* A connection that nobody used for so long is not used again: the other side may be closing it
 * just then, and what was said into it would be in doubt. */
#define STALE_AFTER (20 * G_USEC_PER_SEC)
#define LONGEST_WAIT (24 * 60 * 60 * 1000)

struct _RungsHttpLine
{
  GMainContext *context; /* (owned) */
  SoupSession *session;  /* (owned) (nullable) */
  char *ca_file;         /* (owned) (nullable) */
  guint patience;
  guint connections;
  gint64 used_at; /* monotonic */
};

RungsHttpLine *
rungs_http_line_new (const char *ca_file)
{
  RungsHttpLine *self = g_new0 (RungsHttpLine, 1);

  self->context = g_main_context_new ();
  self->ca_file = g_strdup (ca_file != NULL && *ca_file != '\0' ? ca_file : NULL);
  self->patience = RUNGS_HTTP_PATIENCE;
  return self;
}

/* What libsoup still has to say is heard before the context goes. */
static void
drop_session (RungsHttpLine *self)
{
  if (self->session == NULL)
    return;
  g_main_context_push_thread_default (self->context);
  soup_session_abort (self->session);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
}

void
rungs_http_line_free (RungsHttpLine *self)
{
  if (self == NULL)
    return;
  drop_session (self);
  g_main_context_unref (self->context);
  g_free (self->ca_file);
  g_free (self);
}

void
rungs_http_line_set_patience (RungsHttpLine *self,
                              guint          seconds)
{
  g_return_if_fail (self != NULL && seconds > 0);

  self->patience = seconds;
}

void
rungs_http_line_close (RungsHttpLine *self)
{
  g_return_if_fail (self != NULL);

  drop_session (self);
}

guint
rungs_http_line_get_connections (RungsHttpLine *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->connections;
}

/* ---- questions and answers */

RungsHttpQuestion *
rungs_http_question_new (const char *method)
{
  RungsHttpQuestion *self = g_new0 (RungsHttpQuestion, 1);

  self->method = g_strdup (method);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->most = 256 * 1024;
  return self;
}

void
rungs_http_question_add_header (RungsHttpQuestion *self,
                                const char        *name,
                                const char        *value)
{
  g_return_if_fail (self != NULL && name != NULL && value != NULL);

  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

void
rungs_http_question_free (RungsHttpQuestion *self)
{
  if (self == NULL)
    return;
  g_free (self->method);
  g_free (self->address);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
rungs_http_answer_clear (RungsHttpAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  *self = (RungsHttpAnswer){ 0 };
}

const char *
rungs_http_answer_get_header (const RungsHttpAnswer *self,
                              const char            *name)
{
  g_autofree char *small = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  small = g_ascii_strdown (name, -1);
  return self->headers != NULL ? g_hash_table_lookup (self->headers, small) : NULL;
}

gint64
rungs_http_answer_get_wait (const RungsHttpAnswer *self,
                            gint64                 now)
{
  const char *value;
  guint64 seconds = 0;
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (self != NULL, 0);

  value = rungs_http_answer_get_header (self, "Retry-After");
  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, LONGEST_WAIT / 1000, &seconds, NULL))
    return (gint64) seconds * 1000;
  date = soup_date_time_new_from_http_string (value);
  return date ? CLAMP (g_date_time_to_unix (date) * 1000 - now, 0, LONGEST_WAIT) : 0;
}

/* ---- one exchange */

typedef struct
{
  RungsHttpLine *line;
  const RungsHttpQuestion *question;
  RungsHttpAnswer *answer;
  GCancellable *stop; /* (owned): ours; the caller's, and the clock's */
  GSource *mercy;     /* (owned) (nullable): ends what is waited for after a cancellation */
  gboolean timed_out;
  gboolean is_cut; /* the other side has more to say */
  gboolean ended;
  GByteArray *read; /* (owned) */
  GInputStream *stream;
  GError *error;
} Exchange;

static gboolean
time_passed_cb (gpointer user_data)
{
  Exchange *self = user_data;

  self->timed_out = TRUE;
  g_cancellable_cancel (self->stop);
  return G_SOURCE_REMOVE;
}

static gboolean
grace_over_cb (gpointer user_data)
{
  Exchange *self = user_data;

  g_cancellable_cancel (self->stop);
  return G_SOURCE_REMOVE;
}

/* What is out may be on its way to be done: its answer is worth a little longer. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Exchange *self = user_data;
  guint grace = self->question != NULL ? self->question->grace : 0;

  if (grace == 0 || !self->answer->was_sent)
    return grace_over_cb (self);
  self->mercy = g_timeout_source_new_seconds (grace);
  g_source_set_callback (self->mercy, grace_over_cb, self, NULL);
  g_source_attach (self->mercy, self->line->context);
  return G_SOURCE_REMOVE;
}

static void
body_written_cb (SoupMessage *message,
                 gpointer     user_data)
{
  Exchange *self = user_data;

  self->answer->was_sent = TRUE;
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            user_data)
{
  Exchange *self = user_data;

  self->line->connections += event == G_SOCKET_CLIENT_CONNECTED;
}

static void
take_header_cb (const char *name,
                const char *value,
                gpointer    user_data)
{
  g_hash_table_replace (user_data, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
chunk_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Exchange *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = chunk ? g_bytes_get_size (chunk) : 0;

  if (length > 0)
    g_byte_array_append (self->read, g_bytes_get_data (chunk, NULL), (guint) length);
  if (length > 0 && self->read->len <= self->question->most)
    {
      g_input_stream_read_bytes_async (self->stream, 16384, G_PRIORITY_DEFAULT, self->stop,
                                       chunk_read_cb, self);
      return;
    }
  self->answer->too_large = length > 0 && !self->question->may_be_cut;
  if (length > 0 && self->question->may_be_cut)
    g_byte_array_set_size (self->read, (guint) self->question->most);
  if (chunk != NULL && !self->answer->too_large)
    self->answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->read));
  self->is_cut = length > 0;
  self->ended = TRUE;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Exchange *self = user_data;
  SoupSession *session = SOUP_SESSION (source);
  SoupMessage *message = soup_session_get_async_result_message (session, result);

  self->stream = soup_session_send_finish (session, result, &self->error);
  if (self->stream == NULL)
    {
      self->ended = TRUE;
      return;
    }
  self->answer->status = soup_message_get_status (message);
  soup_message_headers_foreach (soup_message_get_response_headers (message), take_header_cb,
                                self->answer->headers);
  g_input_stream_read_bytes_async (self->stream, 16384, G_PRIORITY_DEFAULT, self->stop,
                                   chunk_read_cb, self);
}

/* Whether there is a connection that was used, or made, a short while ago. */
static gboolean
is_fresh (RungsHttpLine *self)
{
  return self->session != NULL && g_get_monotonic_time () - self->used_at <= STALE_AFTER;
}

static SoupSession *
ensure_session (RungsHttpLine *self,
                GError       **error)
{
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;

  if (is_fresh (self))
    return self->session;
  drop_session (self);
  session = soup_session_new_with_options ("max-conns", 1, "max-conns-per-host", 1, "timeout",
                                           self->patience, "user-agent",
                                           "Rungs/" RUNGS_VERSION, NULL);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  if (self->ca_file != NULL)
    {
      trusted = rungs_trusted_file_open (self->ca_file, error);
      if (trusted == NULL)
        return NULL;
      soup_session_set_tls_database (session, trusted);
    }
  self->session = g_steal_pointer (&session);
  self->used_at = g_get_monotonic_time ();
  return self->session;
}

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return strcmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* NULL, and the error says why: nothing was asked. */
static GUri *
parse_address (const char  *address,
               GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";
  const char *host = uri ? g_uri_get_host (uri) : NULL;

  if (host != NULL && *host != '\0'
      && (strcmp (scheme, "https") == 0
          || (strcmp (scheme, "http") == 0 && is_this_machine (host))))
    return g_steal_pointer (&uri);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("This address is none that begins with https://."));
  return NULL;
}

static SoupMessage *
make_message (const RungsHttpQuestion *question,
              GError                 **error)
{
  g_autoptr (GUri) uri = parse_address (question->address, error);
  SoupMessage *message;
  SoupMessageHeaders *headers;

  if (uri == NULL)
    return NULL;
  message = soup_message_new_from_uri (question->method, uri);
  /* Without the second flag libsoup makes a new connection for each POST. It makes a request again
   * by itself only where the method, not the flag, says that it may. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  headers = soup_message_get_request_headers (message);
  for (guint i = 0; i < question->headers->len; i += 2)
    soup_message_headers_replace (headers, question->headers->pdata[i],
                                  question->headers->pdata[i + 1]);
  if (question->body != NULL)
    soup_message_set_request_body_from_bytes (message, NULL, question->body);
  return message;
}

/* In our words, without the address: it may hold what was filled in. */
static void
set_error (const Exchange *self,
           GCancellable   *cancellable,
           GError        **error)
{
  const GError *cause = self->error;

  if (g_cancellable_is_cancelled (cancellable))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Sending was stopped."));
  else if (self->timed_out || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _ ("The other side took too long."));
  else if (cause != NULL && cause->domain == G_TLS_ERROR)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                 _ ("The certificate of the other side is not to be trusted: %s"), cause->message);
  else
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, _ ("The connection broke off: %s"),
                 cause != NULL ? cause->message : "");
}

/* Runs the line's own context until `ended`. */
static void
run (Exchange     *self,
     GCancellable *cancellable)
{
  RungsHttpLine *line = self->line;
  guint patience = self->question != NULL ? self->question->patience : 0;
  g_autoptr (GSource) clock = g_timeout_source_new_seconds (patience ? patience : line->patience);
  g_autoptr (GSource) stopped = g_cancellable_source_new (cancellable);

  g_source_set_callback (clock, time_passed_cb, self, NULL);
  g_source_attach (clock, line->context);
  g_source_set_callback (stopped, G_SOURCE_FUNC (cancelled_cb), self, NULL);
  g_source_attach (stopped, line->context);
  while (!self->ended)
    g_main_context_iteration (line->context, TRUE);
  g_source_destroy (stopped);
  g_source_destroy (clock);
  if (self->mercy != NULL)
    g_source_destroy (self->mercy);
  line->used_at = g_get_monotonic_time ();
}

/* Gives the connection back: libsoup does so when its stream is closed, in its context. */
static void
exchange_clear (Exchange *self)
{
  if (self->stream != NULL)
    g_input_stream_close (self->stream, NULL, NULL);
  g_clear_pointer (&self->mercy, g_source_unref);
  g_clear_object (&self->stop);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->read, g_byte_array_unref);
  g_clear_error (&self->error);
}

static gboolean
ask (RungsHttpLine            *self,
     const RungsHttpQuestion  *question,
     GCancellable             *cancellable,
     RungsHttpAnswer          *answer,
     GError                  **error)
{
  Exchange exchange = { .line = self, .question = question, .answer = answer };
  g_autoptr (SoupMessage) message = make_message (question, error);
  SoupSession *session = message ? ensure_session (self, error) : NULL;
  gboolean answered;

  if (session == NULL)
    return FALSE;
  exchange.stop = g_cancellable_new ();
  exchange.read = g_byte_array_new ();
  g_signal_connect (message, "wrote-body", G_CALLBACK (body_written_cb), &exchange);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), &exchange);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, exchange.stop, answered_cb,
                           &exchange);
  run (&exchange, cancellable);
  answered = answer->status != 0;
  if (!answered)
    set_error (&exchange, cancellable, error);
  g_signal_handlers_disconnect_by_data (message, &exchange);
  exchange_clear (&exchange);
  if (answer->body == NULL || exchange.is_cut)
    drop_session (self);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  return answered;
}

gboolean
rungs_http_line_ask (RungsHttpLine            *self,
                     const RungsHttpQuestion  *question,
                     GCancellable             *cancellable,
                     RungsHttpAnswer          *answer,
                     GError                  **error)
{
  gboolean answered;

  g_return_val_if_fail (self != NULL && question != NULL && answer != NULL, FALSE);
  g_return_val_if_fail (question->address != NULL, FALSE);

  *answer = (RungsHttpAnswer){ .headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                                 g_free) };
  g_main_context_push_thread_default (self->context);
  answered = ask (self, question, cancellable, answer, error);
  g_main_context_pop_thread_default (self->context);
  return answered;
}

/* ---- connecting beforehand */

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Exchange *self = user_data;

  soup_session_preconnect_finish (SOUP_SESSION (source), result, &self->error);
  self->ended = TRUE;
}

static gboolean
preconnect (RungsHttpLine *self,
            const char    *address,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (RungsHttpQuestion) question = rungs_http_question_new ("GET");
  Exchange exchange = { .line = self };
  g_autoptr (SoupMessage) message = NULL;
  SoupSession *session;
  gboolean connected;

  question->address = g_strdup (address);
  message = make_message (question, error);
  session = message ? ensure_session (self, error) : NULL;
  if (session == NULL)
    return FALSE;
  exchange.stop = g_cancellable_new ();
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), &exchange);
  soup_session_preconnect_async (session, message, G_PRIORITY_DEFAULT, exchange.stop, connected_cb,
                                 &exchange);
  run (&exchange, cancellable);
  connected = exchange.error == NULL;
  if (!connected)
    set_error (&exchange, cancellable, error);
  g_signal_handlers_disconnect_by_data (message, &exchange);
  exchange_clear (&exchange);
  if (!connected)
    drop_session (self);
  return connected;
}

gboolean
rungs_http_line_connect (RungsHttpLine *self,
                         const char    *address,
                         GCancellable  *cancellable,
                         GError       **error)
{
  gboolean connected;

  g_return_val_if_fail (self != NULL && address != NULL, FALSE);

  if (is_fresh (self))
    return TRUE;
  g_main_context_push_thread_default (self->context);
  connected = preconnect (self, address, cancellable, error);
  g_main_context_pop_thread_default (self->context);
  return connected;
}
