/* bench-delay.c: a line as long as one across a country: what goes through it arrives later.
 *
 * Of each direction of a connection one thread reads and notes when what it read is due, another
 * one waits for that and writes. */

#include "bench-delay.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

struct _BenchDelay
{
  GSocketService *service; /* (owned) */
  GMainContext *context;   /* (owned) */
  GMainLoop *loop;         /* (owned) */
  GThread *thread;
  guint target;
  guint port;
  gint64 delay; /* µs */
};

typedef struct
{
  gint64 due;    /* monotonic µs */
  GBytes *bytes; /* (owned) (nullable): NULL: the end */
} Piece;

typedef struct
{
  gint64 delay;
  GSocketConnection *from; /* (owned) */
  GSocketConnection *to;   /* (owned) */
  GAsyncQueue *pieces;     /* (element-type Piece) (owned) */
} Direction;

static void
send_at_once (GSocketConnection *connection)
{
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, 1,
                       NULL);
}

/* Ends by itself when the other side closes. */
static gpointer
write_direction (gpointer data)
{
  Direction *direction = data;
  GSocket *to = g_socket_connection_get_socket (direction->to);
  gboolean more = TRUE;

  while (more)
    {
      g_autofree Piece *piece = g_async_queue_pop (direction->pieces);
      gint64 wait = piece->due - g_get_monotonic_time ();

      if (wait > 0)
        g_usleep ((gulong) wait);
      more = piece->bytes != NULL;
      if (more)
        g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (direction->to)),
                                   g_bytes_get_data (piece->bytes, NULL),
                                   g_bytes_get_size (piece->bytes), NULL, NULL, NULL);
      else
        g_socket_shutdown (to, FALSE, TRUE, NULL);
      g_clear_pointer (&piece->bytes, g_bytes_unref);
    }
  return NULL;
}

static gpointer
run_direction (gpointer data)
{
  Direction *direction = data;
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (direction->from));
  GThread *writer = g_thread_new ("delay-write", write_direction, direction);
  gboolean more = TRUE;

  while (more)
    {
      Piece *piece = g_new0 (Piece, 1);

      piece->bytes = g_input_stream_read_bytes (in, 65536, NULL, NULL);
      if (piece->bytes != NULL && g_bytes_get_size (piece->bytes) == 0)
        g_clear_pointer (&piece->bytes, g_bytes_unref);
      piece->due = g_get_monotonic_time () + direction->delay;
      more = piece->bytes != NULL;
      g_async_queue_push (direction->pieces, piece);
    }

  g_thread_join (writer);
  g_object_unref (direction->from);
  g_object_unref (direction->to);
  g_async_queue_unref (direction->pieces);
  g_free (direction);
  return NULL;
}

static void
start_direction (BenchDelay        *self,
                 GSocketConnection *from,
                 GSocketConnection *to)
{
  Direction *direction = g_new0 (Direction, 1);

  direction->delay = self->delay;
  direction->from = g_object_ref (from);
  direction->to = g_object_ref (to);
  direction->pieces = g_async_queue_new ();
  g_thread_unref (g_thread_new ("delay-read", run_direction, direction));
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  BenchDelay *self = user_data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) target
      = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) self->target, NULL, NULL);

  g_assert_nonnull (target);
  send_at_once (connection);
  send_at_once (target);
  start_direction (self, connection, target);
  start_direction (self, target, connection);
  return TRUE;
}

static gpointer
run_service (gpointer data)
{
  BenchDelay *self = data;

  g_main_context_push_thread_default (self->context);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, NULL);
  g_socket_service_start (self->service);
  g_main_loop_run (self->loop);
  g_clear_object (&self->service);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

BenchDelay *
bench_delay_start (guint port,
                   guint milliseconds)
{
  BenchDelay *self = g_new0 (BenchDelay, 1);

  self->target = port;
  self->delay = milliseconds * 1000;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("delay", run_service, self);
  while (!g_main_loop_is_running (self->loop))
    g_usleep (1000);
  return self;
}

guint
bench_delay_get_port (BenchDelay *self)
{
  return self->port;
}

void
bench_delay_stop (BenchDelay *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}
