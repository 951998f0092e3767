/* rungs-relay-gate.c: lets connections in, and puts out those that hold others up.
 *
 * SoupServer has no limits of its own, so the gate accepts, and hands over. It owns no connection:
 * libsoup lets the stream go when it is done, and the gate is told by a weak reference. A message
 * is matched with its connection by the address object that was handed over with the stream.
 * Putting out is a shutdown of the socket: libsoup then reads its end. */

#include "rungs-relay-gate.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "rungs-relay-meter.h"
#include "rungs-relay-stream.h"

#define LOOK_EVERY_SECONDS 1
#define BACKLOG 512

#define COUNTED "rungs-counted"
#define TOO_LARGE "rungs-too-large"

struct _RungsRelayGate
{
  GObject parent_instance;

  SoupServer *server;           /* (owned) */
  GSocketListener *listener;    /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GCancellable *closed;         /* (owned) */
  RungsRelayLimits limits;
  GQueue guests;                /* (element-type Guest) (owned): in the order in which they came */
  GHashTable *by_address;       /* (owned): GSocketAddress -> Guest */
  GHashTable *hosts;            /* (owned): text -> how many guests */
  guint look;
  gboolean is_accepting;
};

G_DEFINE_FINAL_TYPE (RungsRelayGate, rungs_relay_gate, G_TYPE_OBJECT)

/* A connection. */
typedef struct
{
  RungsRelayGate *gate;
  GSocketConnection *stream; /* weak */
  RungsRelayStream *given;   /* weak (nullable): to libsoup, while that has it */
  GSocketAddress *address;   /* (owned) */
  char *host;                /* (owned) */
  gint64 deadline;           /* of g_get_monotonic_time() */
  gboolean asks;             /* its next request is not there yet */
} Guest;

/* ---- who is there */

static guint
count_of (RungsRelayGate *self,
          const char     *host)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->hosts, host));
}

static void
set_count (RungsRelayGate *self,
           const char     *host,
           guint           count)
{
  if (count > 0)
    g_hash_table_insert (self->hosts, g_strdup (host), GUINT_TO_POINTER (count));
  else
    g_hash_table_remove (self->hosts, host);
}

static void
guest_free (gpointer data)
{
  Guest *guest = data;

  g_clear_weak_pointer (&guest->given);
  g_object_unref (guest->address);
  g_free (guest->host);
  g_free (guest);
}

static void
gone_cb (gpointer data,
         GObject *stream)
{
  Guest *guest = data;
  RungsRelayGate *self = guest->gate;

  set_count (self, guest->host, count_of (self, guest->host) - 1);
  g_hash_table_remove (self->by_address, guest->address);
  g_queue_remove (&self->guests, guest);
  guest_free (guest);
}

/* When libsoup closes the socket, what is still on its way is refused, too, so that a sender who
 * does not listen does not wait for a window that never opens. */
static void
put_out (Guest *guest)
{
  GSocket *socket = g_socket_connection_get_socket (guest->stream);
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static void
give_time (Guest    *guest,
           gboolean  asks)
{
  const RungsRelayLimits *limits = &guest->gate->limits;
  guint seconds = asks ? limits->seconds_to_ask : limits->seconds_to_answer;

  guest->asks = asks;
  guest->deadline = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
}

static Guest *
add_guest (RungsRelayGate    *self,
           GSocketConnection *stream,
           GSocketAddress    *address)
{
  Guest *guest = g_new0 (Guest, 1);

  guest->gate = self;
  guest->stream = stream;
  guest->address = g_object_ref (address);
  guest->host = rungs_relay_host_of (address);
  give_time (guest, TRUE);
  g_object_weak_ref (G_OBJECT (stream), gone_cb, guest);
  g_queue_push_tail (&self->guests, guest);
  g_hash_table_insert (self->by_address, address, guest);
  set_count (self, guest->host, count_of (self, guest->host) + 1);
  return guest;
}

/* Whether there is a place for one more, who may take that of the one that lets us wait longest. */
static gboolean
make_room (RungsRelayGate *self,
           GSocketAddress *address)
{
  g_autofree char *host = rungs_relay_host_of (address);
  Guest *first = NULL;

  if (self->limits.from_one > 0 && count_of (self, host) >= self->limits.from_one)
    return FALSE;
  if (self->guests.length < self->limits.connections)
    return TRUE;
  for (GList *link = self->guests.head; link != NULL; link = link->next)
    {
      Guest *guest = link->data;

      if (guest->asks && (first == NULL || guest->deadline < first->deadline))
        first = guest;
    }
  if (first != NULL)
    put_out (first);
  return first != NULL;
}

/* ---- letting in */

static void
hand_over (RungsRelayGate *self,
           GIOStream      *stream,
           GSocketAddress *local,
           GSocketAddress *remote)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (RungsRelayStream) given = rungs_relay_stream_new (stream);
  Guest *guest = g_hash_table_lookup (self->by_address, remote);

  if (guest != NULL)
    g_set_weak_pointer (&guest->given, given);
  if (!soup_server_accept_iostream (self->server, G_IO_STREAM (given), local, remote, &failure))
    g_warning ("a connection was not taken: %s", failure->message);
}

/* A connection whose encryption is being agreed on. */
typedef struct
{
  RungsRelayGate *gate;  /* (owned) */
  GSocketAddress *local; /* (owned) */
  GSocketAddress *remote; /* (owned) */
} Greeting;

static void
greeting_free (Greeting *self)
{
  g_object_unref (self->gate);
  g_object_unref (self->local);
  g_object_unref (self->remote);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Greeting, greeting_free)

static void
greeted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Greeting) greeting = data;
  g_autoptr (GIOStream) stream = G_IO_STREAM (source);

  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL))
    hand_over (greeting->gate, stream, greeting->local, greeting->remote);
}

/* Strangers that cannot agree on an encryption are nothing to report. */
static void
greet (RungsRelayGate    *self,
       GSocketConnection *stream,
       GSocketAddress    *local,
       GSocketAddress    *remote)
{
  g_autoptr (GError) failure = NULL;
  GIOStream *encrypted
    = g_tls_server_connection_new (G_IO_STREAM (stream), self->certificate, &failure);
  Greeting *greeting;

  if (encrypted == NULL)
    {
      g_warning ("a connection could not be encrypted: %s", failure->message);
      return;
    }
  greeting = g_new0 (Greeting, 1);
  greeting->gate = g_object_ref (self);
  greeting->local = g_object_ref (local);
  greeting->remote = g_object_ref (remote);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (encrypted), FALSE);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (encrypted), G_PRIORITY_DEFAULT, NULL,
                                    greeted_cb, greeting);
}

static void
let_in (RungsRelayGate    *self,
        GSocketConnection *stream)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (stream, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (stream, NULL);

  if (local == NULL || remote == NULL || !make_room (self, remote))
    return;
  /* head and body of an answer are written apart: the body shall not wait for an acknowledgement */
  g_socket_set_option (g_socket_connection_get_socket (stream), IPPROTO_TCP, TCP_NODELAY, TRUE,
                       NULL);
  add_guest (self, stream, remote);
  if (self->certificate != NULL)
    greet (self, stream, local, remote);
  else
    hand_over (self, G_IO_STREAM (stream), local, remote);
}

static void
accepted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (RungsRelayGate) self = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GSocketConnection) stream
    = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &failure);

  self->is_accepting = FALSE;
  if (g_cancellable_is_cancelled (self->closed))
    return;
  if (stream == NULL)
    {
      g_warning ("nobody can be let in for a moment: %s", failure->message);
      return;
    }
  let_in (self, stream);
  self->is_accepting = TRUE;
  g_socket_listener_accept_async (self->listener, self->closed, accepted_cb, g_object_ref (self));
}

static gboolean
look_cb (gpointer data)
{
  RungsRelayGate *self = data;
  gint64 now = g_get_monotonic_time ();

  for (GList *link = self->guests.head; link != NULL; link = link->next)
    if (((Guest *) link->data)->deadline < now)
      put_out (link->data);
  if (!self->is_accepting)
    {
      self->is_accepting = TRUE;
      g_socket_listener_accept_async (self->listener, self->closed, accepted_cb,
                                      g_object_ref (self));
    }
  return G_SOURCE_CONTINUE;
}

/* ---- how far a request is */

static Guest *
guest_of (RungsRelayGate    *self,
          SoupServerMessage *message)
{
  return g_hash_table_lookup (self->by_address,
                              soup_server_message_get_remote_address (message));
}

static void
throw_away (SoupServerMessage *message)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data (G_OBJECT (message), TOO_LARGE, message);
}

static gsize
body_most (RungsRelayGate    *self,
           SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *path = uri != NULL ? g_uri_get_path (uri) : "";

  for (const RungsRelayBodyLimit *limit = self->limits.bodies; limit && limit->prefix; limit++)
    if (g_str_has_prefix (path, limit->prefix))
      return limit->most;
  return self->limits.body;
}

static void
got_headers_cb (SoupServerMessage *message,
                RungsRelayGate    *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_content_length (headers) > (goffset) body_most (self, message))
    throw_away (message);
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              RungsRelayGate    *self)
{
  gsize counted = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (message), COUNTED))
                  + g_bytes_get_size (chunk);
  gsize most = body_most (self, message);
  Guest *guest = guest_of (self, message);

  g_object_set_data (G_OBJECT (message), COUNTED, GSIZE_TO_POINTER (counted));
  if (counted > most)
    throw_away (message);
  if (counted > 2 * most && guest != NULL)
    put_out (guest);
}

static void
request_started_cb (RungsRelayGate    *self,
                    SoupServerMessage *message)
{
  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), self, 0);
  g_signal_connect_object (message, "got-chunk", G_CALLBACK (got_chunk_cb), self, 0);
}

static void
request_read_cb (RungsRelayGate    *self,
                 SoupServerMessage *message)
{
  Guest *guest = guest_of (self, message);

  if (guest != NULL)
    give_time (guest, FALSE);
}

static void
request_finished_cb (RungsRelayGate    *self,
                     SoupServerMessage *message)
{
  Guest *guest = guest_of (self, message);

  if (guest == NULL)
    return;
  give_time (guest, TRUE);
  if (guest->given != NULL)
    rungs_relay_stream_rest (guest->given);
}

static void
rungs_relay_gate_dispose (GObject *object)
{
  RungsRelayGate *self = RUNGS_RELAY_GATE (object);
  Guest *guest;

  while ((guest = g_queue_pop_head (&self->guests)) != NULL)
    {
      g_object_weak_unref (G_OBJECT (guest->stream), gone_cb, guest);
      guest_free (guest);
    }
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_object (&self->server);
  g_clear_object (&self->certificate);
  G_OBJECT_CLASS (rungs_relay_gate_parent_class)->dispose (object);
}

static void
rungs_relay_gate_finalize (GObject *object)
{
  RungsRelayGate *self = RUNGS_RELAY_GATE (object);

  g_object_unref (self->listener);
  g_object_unref (self->closed);
  g_hash_table_unref (self->by_address);
  g_hash_table_unref (self->hosts);
  G_OBJECT_CLASS (rungs_relay_gate_parent_class)->finalize (object);
}

static void
rungs_relay_gate_class_init (RungsRelayGateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_relay_gate_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_relay_gate_finalize;
}

static void
rungs_relay_gate_init (RungsRelayGate *self)
{
  self->listener = g_socket_listener_new ();
  self->closed = g_cancellable_new ();
  self->by_address = g_hash_table_new (NULL, NULL);
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->guests);
  g_socket_listener_set_backlog (self->listener, BACKLOG);
}

/* A server that listens nowhere closes each connection after one answer. So it listens where nobody
 * comes: at a socket whose name was taken away again. */
static gboolean
listen_nowhere (SoupServer *server,
                GError    **error)
{
  g_autofree char *folder = g_dir_make_tmp ("rungs-relay-XXXXXX", error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "nowhere", NULL) : NULL;
  g_autoptr (GSocketAddress) address = path != NULL ? g_unix_socket_address_new (path) : NULL;
  g_autoptr (GSocket) nowhere = NULL;
  gboolean listens;

  if (folder == NULL)
    return FALSE;
  nowhere = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, error);
  listens = nowhere != NULL && g_socket_bind (nowhere, address, FALSE, error)
            && g_socket_listen (nowhere, error);
  g_unlink (path);
  g_rmdir (folder);
  return listens && soup_server_listen_socket (server, nowhere, 0, error);
}

RungsRelayGate *
rungs_relay_gate_new (SoupServer             *server,
                      const RungsRelayLimits *limits,
                      GError                **error)
{
  RungsRelayGate *self;

  g_return_val_if_fail (SOUP_IS_SERVER (server), NULL);
  g_return_val_if_fail (limits != NULL, NULL);

  if (!listen_nowhere (server, error))
    return NULL;
  self = g_object_new (RUNGS_TYPE_RELAY_GATE, NULL);
  self->server = g_object_ref (server);
  self->limits = *limits;
  g_signal_connect_object (server, "request-started", G_CALLBACK (request_started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "request-read", G_CALLBACK (request_read_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "request-finished", G_CALLBACK (request_finished_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

guint16
rungs_relay_gate_listen (RungsRelayGate     *self,
                         GInetSocketAddress *address,
                         GError            **error)
{
  g_autoptr (GSocketAddress) effective = NULL;

  g_return_val_if_fail (RUNGS_IS_RELAY_GATE (self), 0);

  if (!g_socket_listener_add_address (self->listener, G_SOCKET_ADDRESS (address),
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                      &effective, error))
    return 0;
  look_cb (self);
  if (self->look == 0)
    self->look = g_timeout_add_seconds (LOOK_EVERY_SECONDS, look_cb, self);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
}

void
rungs_relay_gate_set_certificate (RungsRelayGate  *self,
                                  GTlsCertificate *certificate)
{
  g_return_if_fail (RUNGS_IS_RELAY_GATE (self));

  g_set_object (&self->certificate, certificate);
}

guint
rungs_relay_gate_count (RungsRelayGate *self)
{
  g_return_val_if_fail (RUNGS_IS_RELAY_GATE (self), 0);

  return self->guests.length;
}

void
rungs_relay_gate_close (RungsRelayGate *self)
{
  g_return_if_fail (RUNGS_IS_RELAY_GATE (self));

  g_clear_handle_id (&self->look, g_source_remove);
  g_cancellable_cancel (self->closed);
  g_socket_listener_close (self->listener);
}

gboolean
rungs_relay_gate_is_too_large (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), TOO_LARGE) != NULL;
}
