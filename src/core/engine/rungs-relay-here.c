/* rungs-relay-here.c: a relay that this computer runs itself. */

#include "engine/rungs-relay-here.h"

#include <arpa/inet.h>
#include <glib/gi18n.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>

#include "base/rungs-error.h"

#define PROGRAM "rungs-relay"

/* Tried first: a number that is remembered is easier to type on a tablet. */
#define USUAL_PORT 8787

/* So long it may take to answer who still asks, when its input has ended. */
#define END_WITHIN (5 * G_USEC_PER_SEC)
#define LOOK_EVERY (G_USEC_PER_SEC / 100)

struct _RungsRelayHere
{
  GSubprocess *process; /* (owned) */
};

/* ---- where */

/* How much an address looks like that of an office: RFC 1918. */
static guint
rank (guint32 address)
{
  if ((address >> 16) == 0xc0a8)
    return 3;
  if ((address >> 24) == 10 || (address >> 20) == 0xac1)
    return 2;
  return 1;
}

char *
rungs_relay_here_dup_network (void)
{
  struct ifaddrs *all = NULL;
  char text[INET_ADDRSTRLEN] = "";
  guint best = 0;

  if (getifaddrs (&all) != 0)
    return NULL;
  for (struct ifaddrs *one = all; one != NULL; one = one->ifa_next)
    {
      const struct sockaddr_in *inet = (const struct sockaddr_in *) one->ifa_addr;

      if (inet == NULL || inet->sin_family != AF_INET || (one->ifa_flags & IFF_LOOPBACK) != 0
          || (one->ifa_flags & IFF_UP) == 0 || rank (ntohl (inet->sin_addr.s_addr)) <= best)
        continue;
      best = rank (ntohl (inet->sin_addr.s_addr));
      inet_ntop (AF_INET, &inet->sin_addr, text, sizeof text);
    }
  freeifaddrs (all);
  return best > 0 ? g_strdup (text) : NULL;
}

static guint16
port_of (const RungsWebRelay *relay)
{
  g_autoptr (GUri) uri = g_uri_parse (relay->address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : 0;
}

/* Whether nobody listens at `*port` of this computer; 0: one that is free. */
static gboolean
try_port (guint16 *port,
          GError **error)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  if (*port == 0)
    *port = g_socket_listener_add_any_inet_port (listener, NULL, error);
  else if (!g_socket_listener_add_inet_port (listener, *port, NULL, error))
    return FALSE;
  g_socket_listener_close (listener);
  return *port != 0;
}

static gboolean
find_port (const RungsWebRelay *before,
           guint16             *port,
           GError             **error)
{
  if (before != NULL && before->place != RUNGS_RELAY_ELSEWHERE)
    {
      *port = port_of (before);
      return TRUE; /* the one that runs may have it still */
    }
  *port = USUAL_PORT;
  if (try_port (port, NULL))
    return TRUE;
  *port = 0;
  return try_port (port, error);
}

static char *
dup_address (RungsRelayPlace place,
             guint16         port,
             GError        **error)
{
  g_autofree char *network
    = place == RUNGS_RELAY_OFFICE ? rungs_relay_here_dup_network () : g_strdup ("127.0.0.1");

  if (network != NULL)
    return g_strdup_printf ("http://%s:%u", network, port);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                       _ ("this computer is in no network"));
  return NULL;
}

char *
rungs_relay_here_dup_moved (const RungsWebRelay *relay)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (relay != NULL, NULL);

  if (relay->place == RUNGS_RELAY_OFFICE)
    address = dup_address (relay->place, port_of (relay), NULL);
  return address != NULL && strcmp (address, relay->address) != 0 ? g_steal_pointer (&address)
                                                                  : NULL;
}

/* ---- the program */

/* Beside this one, where both are installed; else as the shell finds it. */
static char *
dup_program (GError **error)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : g_strdup (".");
  char *program = g_build_filename (folder, PROGRAM, NULL);

  if (!g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_free (program);
      program = g_find_program_in_path (PROGRAM);
    }
  if (program == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                         _ ("the program rungs-relay is not installed"));
  return program;
}

static char *
dup_folder (const char *file,
            GError    **error)
{
  char *folder = g_build_filename (g_get_user_data_dir (), "rungs", "relay", file, NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return folder;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                       _ ("the folder of the relay could not be made"));
  g_free (folder);
  return NULL;
}

/* What it says when it does not do as asked, in its own words. */
static gboolean
refuse (const char *said,
        GError    **error)
{
  g_autofree char *words = g_strstrip (g_strdup (said != NULL ? said : ""));

  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK,
               _ ("the relay of this computer does not start: %s"), words);
  return FALSE;
}

/* "UUID KEY". */
static gboolean
read_key (const char      *told,
          RungsWebPairing *pairing,
          GError         **error)
{
  g_autofree char *line = g_strstrip (g_strdup (told));
  g_auto (GStrv) words = g_strsplit (line, " ", 2);

  if (g_strv_length (words) != 2 || !g_uuid_string_is_valid (words[0]))
    return refuse (told, error);
  pairing->uuid = g_strdup (words[0]);
  pairing->key = g_strdup (words[1]);
  return TRUE;
}

gboolean
rungs_relay_here_prepare (const char          *file,
                          RungsRelayPlace      place,
                          const RungsWebRelay *before,
                          RungsWebPairing     *pairing,
                          GError             **error)
{
  g_autofree char *program = dup_program (error);
  g_autofree char *folder = program != NULL ? dup_folder (file, error) : NULL;
  g_autofree char *told = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GSubprocess) process = NULL;
  guint16 port = 0;

  g_return_val_if_fail (pairing != NULL, FALSE);

  if (folder == NULL || !find_port (before, &port, error))
    return FALSE;
  pairing->address = dup_address (place, port, error);
  if (pairing->address == NULL)
    return FALSE;
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                              error, program, "--folder", folder, "--give-key", NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &told, &said, error))
    return FALSE;
  return g_subprocess_get_successful (process) ? read_key (told, pairing, error)
                                               : refuse (said, error);
}

/* ---- running */

/* Its standard input ends with this program, and then it ends, too. */
static GSubprocess *
spawn (const char          *file,
       const RungsWebRelay *relay,
       GError             **error)
{
  gboolean office = relay->place == RUNGS_RELAY_OFFICE;
  g_autofree char *program = dup_program (error);
  g_autofree char *folder = program != NULL ? dup_folder (file, error) : NULL;
  g_autofree char *address
    = g_strdup_printf ("%s:%u", office ? "0.0.0.0" : "127.0.0.1", port_of (relay));

  return folder == NULL
           ? NULL
           : g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               error, program, "--folder", folder, "--listen", address,
                               "--with-input", office ? "--without-tls" : NULL, NULL);
}

RungsRelayHere *
rungs_relay_here_start (const char          *file,
                        const RungsWebRelay *relay,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *line = NULL;
  RungsRelayHere *self;

  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (relay != NULL && relay->place != RUNGS_RELAY_ELSEWHERE, NULL);

  process = spawn (file, relay, error);
  if (process == NULL)
    return NULL;
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (out, NULL, cancellable, &failure);
  self = g_new0 (RungsRelayHere, 1);
  self->process = g_steal_pointer (&process);
  if (line != NULL && strstr (line, " listens at ") != NULL)
    return self;
  rungs_relay_here_stop (self);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    refuse (line, error);
  return NULL;
}

void
rungs_relay_here_stop (RungsRelayHere *self)
{
  gint64 until = g_get_monotonic_time () + END_WITHIN;

  if (self == NULL)
    return;
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  while (g_subprocess_get_identifier (self->process) != NULL && g_get_monotonic_time () < until)
    g_usleep (LOOK_EVERY);
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self);
}
