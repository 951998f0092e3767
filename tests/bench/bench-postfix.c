/* bench-postfix.c: postfix's smtp-sink to send to, and its smtp-source to be measured against. */

#include "bench-postfix.h"

struct _BenchSink
{
  GSubprocess *process; /* (owned) */
  guint port;
};

/* Starts a tool of postfix; `arguments` until NULL. */
static GSubprocess *
start_tool (const char        *tool,
            const char *const *arguments)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "tests/bench/postfix-tool", NULL);
  g_autofree char *cache = g_test_build_filename (G_TEST_BUILT, "tests/postfix", NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_add_many (builder, script, cache, tool, NULL);
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  process
    = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  return process;
}

static guint
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static gboolean
answers (guint port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);

  return connection != NULL;
}

BenchSink *
bench_sink_start (void)
{
  BenchSink *self = g_new0 (BenchSink, 1);
  g_autofree char *address = NULL;

  self->port = find_free_port ();
  address = g_strdup_printf ("127.0.0.1:%u", self->port);
  self->process
    = start_tool ("smtp-sink", (const char *[]){ "-h", "localhost", address, "100", NULL });
  for (int i = 0; i < 600 && !answers (self->port); i++)
    g_usleep (50000);
  g_assert_true (answers (self->port));
  return self;
}

guint
bench_sink_get_port (BenchSink *self)
{
  return self->port;
}

void
bench_sink_stop (BenchSink *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self);
}

double
bench_smtp_source (guint    port,
                   guint    sessions,
                   guint    n,
                   guint    size,
                   gboolean keeps)
{
  g_autofree char *s = g_strdup_printf ("%u", sessions);
  g_autofree char *m = g_strdup_printf ("%u", n);
  g_autofree char *l = g_strdup_printf ("%u", size);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  const char *arguments[] = { "-s", s, "-m", m, "-l", l, keeps ? "-d" : address,
                              keeps ? address : NULL, NULL };
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GSubprocess) process = start_tool ("smtp-source", arguments);
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  return n / ((double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
}
