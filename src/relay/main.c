/* main.c: rungs-relay: takes deliveries while the desktop sleeps. */

#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rungs-error.h"
#include "rungs-relay-pairing.h"
#include "rungs-relay.h"

#define SUMMARY                                                                                    \
  "Keeps what forms, shops and mail providers send until Rungs, on its owner's\n"                  \
  "machine, has taken it.\n\n"                                                                     \
  "  rungs-relay --folder DIR --listen 0.0.0.0:443 --certificate F --private-key F\n"              \
  "  rungs-relay --folder DIR --listen 127.0.0.1:8080 --behind-proxy\n"                            \
  "  rungs-relay --folder DIR --pair      shows a code by which a desktop is paired"

/* What the command line says, as the parser of options wants it. */
typedef struct
{
  char *folder;
  char *address;
  char *certificate;
  char *private_key;
  gboolean behind_proxy;
  gboolean without_tls;
  gboolean pair;
  gboolean give_key;
  gboolean with_input;
  gboolean version;
  int rate;
  int room;
  int connections;
} Words;

static gboolean
stop_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
parse (Words    *words,
       int      *argc,
       char   ***argv,
       GError  **error)
{
  const GOptionEntry entries[] = {
    { "folder", 'd', 0, G_OPTION_ARG_FILENAME, &words->folder, "Where its file is", "DIR" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &words->address,
      "Where it is reached (127.0.0.1:8080)", "ADDRESS:PORT" },
    { "certificate", 'c', 0, G_OPTION_ARG_FILENAME, &words->certificate,
      "PEM, with its chain; it is read again when it changes", "FILE" },
    { "private-key", 'k', 0, G_OPTION_ARG_FILENAME, &words->private_key, "PEM", "FILE" },
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &words->behind_proxy,
      "A proxy on this machine encrypts, and says who asks (X-Forwarded-For)", NULL },
    { "without-tls", 0, 0, G_OPTION_ARG_NONE, &words->without_tls,
      "Be reached from elsewhere without encryption: for a network that is trusted", NULL },
    { "rate", 0, 0, G_OPTION_ARG_INT, &words->rate,
      "Requests a second of one address (100; 0: any number)", "N" },
    { "connections", 0, 0, G_OPTION_ARG_INT, &words->connections,
      "At the same time (512)", "N" },
    { "room", 0, 0, G_OPTION_ARG_INT, &words->room,
      "MiB that may wait for the desktop (2048)", "N" },
    { "pair", 0, 0, G_OPTION_ARG_NONE, &words->pair,
      "Show a code by which a desktop is paired, and end", NULL },
    { "give-key", 0, 0, G_OPTION_ARG_NONE, &words->give_key,
      "For Rungs on the same computer: say by what it is known, and end", NULL },
    { "with-input", 0, 0, G_OPTION_ARG_NONE, &words->with_input,
      "End when the standard input ends", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &words->version, "Say the version, and end", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, SUMMARY);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
is_of_this_machine (const char *address)
{
  g_autoptr (GSocketConnectable) named = g_network_address_parse (address, 0, NULL);
  const char *host = named ? g_network_address_get_hostname (G_NETWORK_ADDRESS (named)) : "";
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (host);

  return inet != NULL && g_inet_address_get_is_loopback (inet);
}

static gboolean
refuse (const char *words,
        GError    **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
understand (const Words       *words,
            RungsRelayOptions *options,
            GError           **error)
{
  rungs_relay_options_set_usual (options);
  options->folder = words->folder;
  if (words->address != NULL)
    options->address = words->address;
  options->certificate = words->certificate;
  options->private_key = words->private_key;
  options->is_behind_proxy = words->behind_proxy;
  if (words->rate < 0 || words->room < 1 || words->connections < 1)
    return refuse ("--rate, --room and --connections are numbers above 0", error);
  options->per_second = (guint) words->rate;
  options->room = (gint64) words->room * 1024 * 1024;
  options->limits.connections = (guint) words->connections;
  if (words->rate == 0 || words->behind_proxy)
    options->limits.from_one = 0;
  if ((words->certificate == NULL) != (words->private_key == NULL))
    return refuse ("--certificate and --private-key are given together", error);
  if (words->certificate == NULL && !words->without_tls && !is_of_this_machine (options->address))
    return refuse ("whoever is reached from elsewhere has a --certificate and a --private-key, or"
                   " listens at 127.0.0.1 --behind-proxy",
                   error);
  return TRUE;
}

static gboolean
show_code (const char *folder,
           GError    **error)
{
  g_autofree char *code = rungs_relay_make_code (folder, error);

  if (code == NULL)
    return FALSE;
  g_print ("Pairing code: %s\nIt counts once, for %d minutes.\n", code, RUNGS_RELAY_CODE_MINUTES);
  return TRUE;
}

static gboolean
show_key (const char *folder,
          GError    **error)
{
  g_autofree char *told = rungs_relay_give_key (folder, error);

  if (told == NULL)
    return FALSE;
  g_print ("%s\n", told);
  return TRUE;
}

/* For a program that started this one, which may be killed. */
static gboolean
input_cb (int          fd,
          GIOCondition condition,
          gpointer     loop)
{
  char bytes[64];

  if (read (fd, bytes, sizeof bytes) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static gboolean
run (const RungsRelayOptions *options,
     gboolean                 with_input,
     GError                 **error)
{
  g_autoptr (RungsRelay) relay = rungs_relay_new (options, error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint16 port = 0;

  if (relay == NULL || !rungs_relay_start (relay, &port, error))
    return FALSE;
  g_print ("rungs-relay %s listens at %s, port %u\n", RUNGS_VERSION, options->address, port);
  if (!rungs_relay_is_paired (relay) && !show_code (options->folder, error))
    return FALSE;
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  if (with_input)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_cb, loop);
  g_main_loop_run (loop);
  rungs_relay_stop (relay);
  return TRUE;
}

static void
words_clear (Words *words)
{
  g_free (words->folder);
  g_free (words->address);
  g_free (words->certificate);
  g_free (words->private_key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static gboolean
do_as_told (const Words *words,
            GError     **error)
{
  RungsRelayOptions options;

  if (words->version)
    {
      g_print ("rungs-relay %s\n", RUNGS_VERSION);
      return TRUE;
    }
  if (words->folder == NULL)
    return refuse ("where is its file to be? --folder DIR", error);
  if (words->pair)
    return show_code (words->folder, error);
  if (words->give_key)
    return show_key (words->folder, error);
  return understand (words, &options, error) && run (&options, words->with_input, error);
}

int
main (int    argc,
      char **argv)
{
  g_auto (Words) words = { .rate = 100, .room = 2048, .connections = 512 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  umask (0077); /* what came in, and a password, are nobody else's */
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (parse (&words, &argc, &argv, &error) && do_as_told (&words, &error))
    return EXIT_SUCCESS;
  g_printerr ("rungs-relay: %s\n", error->message);
  return EXIT_FAILURE;
}
