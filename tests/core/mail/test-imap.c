/* test-imap.c: a mailbox is read from a server of the real world, and nothing in it changes; and
 * what a broken or hostile server says does no harm. */

#include "mail/rungs-imap.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../../support/rungs-test-server.h"
#include "base/rungs-error.h"

#define PASSWORD "correct-horse"

typedef struct
{
  char *folder;
  char *dovecot;
  char *ca_file;
  RungsTestServer *server;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *cache = g_test_build_filename (G_TEST_BUILT, "tests", "dovecot", NULL);
  const char *argv[] = { "tests/journeys/dovecot.sh", cache, NULL, NULL };

  fixture->folder = rungs_test_folder_new ();
  argv[2] = fixture->dovecot = g_build_filename (fixture->folder, "dovecot", NULL);
  fixture->ca_file = g_build_filename (fixture->dovecot, "ca.pem", NULL);
  fixture->server = rungs_test_server_start (argv);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  rungs_test_server_stop (fixture->server);
  rungs_test_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->dovecot);
  g_free (fixture->ca_file);
}

/* Puts a mail into the inbox, for a server that runs as somebody else to read. */
static void
deliver (Fixture    *fixture,
         const char *name,
         const char *mail)
{
  g_autofree char *path = g_build_filename (fixture->dovecot, "mail", "new", name, NULL);

  g_assert_true (g_file_set_contents_full (path, mail, -1, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
  g_assert_cmpint (g_chmod (path, 0666), ==, 0);
}

static RungsSmtpSettings *
settings_for (Fixture          *fixture,
              RungsSmtpSecurity security,
              const char       *password)
{
  guint port = rungs_test_server_get_port (fixture->server, security == RUNGS_SMTP_TLS);
  RungsSmtpSettings *settings = rungs_smtp_settings_new ("localhost", port, security);

  settings->auth = RUNGS_SMTP_AUTH_AUTO;
  settings->username = g_strdup ("u1");
  settings->ca_file = g_strdup (fixture->ca_file);
  rungs_smtp_settings_set_password (settings, password);
  return settings;
}

static char *
read_text (GBytes *bytes)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

/* How many mails of the inbox are marked as read: dovecot says so in the name of the file. */
static guint
count_seen (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dovecot, "mail", "cur", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint seen = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    seen += g_str_has_suffix (name, "S");
  return seen;
}

static void
read_mailbox (Fixture          *fixture,
              RungsSmtpSecurity security)
{
  g_autoptr (RungsSmtpSettings) settings = settings_for (fixture, security, PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsImap) imap = rungs_imap_open (settings, NULL, &error);
  RungsImapFolder folder;
  g_autoptr (GArray) uids = NULL;
  g_autoptr (GArray) later = NULL;
  g_autoptr (GBytes) headers = NULL;
  g_autoptr (GBytes) mail = NULL;
  g_autoptr (GBytes) start = NULL;
  g_autoptr (GBytes) gone = NULL;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;
  guint32 first;

  g_assert_no_error (error);
  g_assert_true (rungs_imap_examine (imap, "INBOX", &folder, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (folder.validity, !=, 0);
  g_assert_cmpuint (folder.mails, ==, 2);

  uids = rungs_imap_list_from (imap, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (uids->len, ==, 2);
  first = g_array_index (uids, guint32, 0);
  later = rungs_imap_list_from (imap, first + 1, NULL, &error);
  g_assert_cmpuint (later->len, ==, 1);

  headers = rungs_imap_read_headers (imap, first, NULL, &error);
  g_assert_no_error (error);
  text = read_text (headers);
  g_assert_cmpstr (text, ==, "From: a@b.example\r\nSubject: one\r\n\r\n");
  mail = rungs_imap_read_mail (imap, first, 100000, NULL, &error);
  whole = read_text (mail);
  g_assert_cmpstr (whole, ==, "From: a@b.example\r\nSubject: one\r\n\r\nA0005 OK {3}\r\n* BYE\r\n");
  start = rungs_imap_read_mail (imap, first, 4, NULL, &error);
  g_assert_cmpuint (g_bytes_get_size (start), ==, 4);
  gone = rungs_imap_read_mail (imap, first + 1000, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (gone), ==, 0);
  g_assert_cmpuint (count_seen (fixture), ==, 0);
}

/* What stands in a mail is never taken for what the server says. */
static void
test_read (Fixture      *fixture,
           gconstpointer data)
{
  deliver (fixture, "1.a.host",
           "From: a@b.example\r\nSubject: one\r\n\r\nA0005 OK {3}\r\n* BYE\r\n");
  deliver (fixture, "2.b.host", "From: a@b.example\r\nSubject: two\r\n\r\n");
  read_mailbox (fixture, RUNGS_SMTP_TLS);
  read_mailbox (fixture, RUNGS_SMTP_STARTTLS);
}

static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (RungsSmtpSettings) settings = settings_for (fixture, RUNGS_SMTP_TLS, PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsImap) imap = rungs_imap_open (settings, NULL, &error);
  RungsImapFolder folder;
  g_autoptr (GArray) uids = NULL;

  g_assert_no_error (error);
  g_assert_true (rungs_imap_examine (imap, "INBOX", &folder, NULL, NULL));
  uids = rungs_imap_list_from (imap, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (uids->len, ==, 0);
  g_assert_false (rungs_imap_examine (imap, "Bügel \"&\"", &folder, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED);
}

static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (RungsSmtpSettings) settings = settings_for (fixture, RUNGS_SMTP_TLS, "wrong");
  g_autoptr (RungsSmtpSettings) stranger = settings_for (fixture, RUNGS_SMTP_TLS, PASSWORD);
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_imap_open (settings, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
  g_clear_error (&error);

  g_clear_pointer (&stranger->ca_file, g_free);
  g_assert_null (rungs_imap_open (stranger, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
}

/* ---- a server that says what it is told */

typedef struct
{
  GSocketListener *listener;
  guint16 port;
  const char *const *replies; /* the first is the greeting, each other one answers a line */
} Script;

static gpointer
serve (gpointer data)
{
  Script *script = data;
  g_autoptr (GSocketConnection) connection
    = g_socket_listener_accept (script->listener, NULL, NULL, NULL);
  g_autoptr (GDataInputStream) in
    = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  for (guint i = 0; script->replies[i] != NULL; i++)
    {
      g_autofree char *line = i > 0 ? g_data_input_stream_read_line (in, NULL, NULL, NULL) : NULL;

      if (i > 0 && line == NULL)
        break;
      g_output_stream_write_all (out, script->replies[i], strlen (script->replies[i]), NULL, NULL,
                                 NULL);
    }
  return NULL;
}

/* What comes of it: opening it, the inbox, the list and a mail. */
static void
play (const char *const *replies,
      int                code)
{
  Script script = { .listener = g_socket_listener_new (), .replies = replies };
  g_autoptr (RungsSmtpSettings) settings = NULL;
  g_autoptr (RungsImap) imap = NULL;
  g_autoptr (GArray) uids = NULL;
  g_autoptr (GBytes) mail = NULL;
  g_autoptr (GError) error = NULL;
  RungsImapFolder folder;
  GThread *thread;

  script.port = g_socket_listener_add_any_inet_port (script.listener, NULL, NULL);
  thread = g_thread_new ("server", serve, &script);
  settings = rungs_smtp_settings_new ("127.0.0.1", script.port, RUNGS_SMTP_CLEAR);
  settings->username = g_strdup ("u1");
  settings->reply_timeout = 2;
  rungs_smtp_settings_set_password (settings, PASSWORD);

  imap = rungs_imap_open (settings, NULL, &error);
  if (imap != NULL && rungs_imap_examine (imap, "INBOX", &folder, NULL, &error))
    uids = rungs_imap_list_from (imap, 1, NULL, &error);
  if (uids != NULL)
    mail = rungs_imap_read_headers (imap, 7, NULL, &error);
  g_clear_pointer (&imap, rungs_imap_close);
  g_thread_join (thread);
  g_object_unref (script.listener);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, RUNGS_ERROR, code);
}

#define HELLO "* OK hello\r\n"
#define NO_PLAIN "* CAPABILITY IMAP4rev1\r\nA0001 OK\r\n"
#define LET_IN "A0002 OK in\r\n"
#define OPENED "* 1 EXISTS\r\n* OK [UIDVALIDITY 9] x\r\nA0003 OK\r\n"

static void
test_scripts (void)
{
  static const struct
  {
    const char *replies[8];
    int code;
  } CASES[] = {
    { { HELLO, NO_PLAIN, LET_IN, OPENED, "* 1 FETCH (UID 7)\r\nA0004 OK\r\n",
        "* SEARCH 7\r\nA0005 OK\r\n",
        "* 1 FETCH (UID 7 BODY[HEADER] {5}\r\nA0006)\r\nA0006 OK\r\n", NULL }, -1 },
    { { "", NULL }, RUNGS_ERROR_NETWORK },
    { { "hello\r\n", NULL }, RUNGS_ERROR_INVALID },
    { { "* BYE too busy\r\n", NULL }, RUNGS_ERROR_FAILED },
    { { HELLO, "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nA0001 OK\r\n", NULL }, RUNGS_ERROR_AUTH },
    { { HELLO, NO_PLAIN, "A0002 NO [AUTHENTICATIONFAILED] no\r\n", NULL }, RUNGS_ERROR_AUTH },
    { { HELLO, NO_PLAIN, "+ more?\r\n", NULL }, RUNGS_ERROR_INVALID },
    { { HELLO, "* CAPABILITY AUTH=PLAIN\r\nA0001 OK\r\n", "+\r\n", "+ and?\r\n",
        "A0002 BAD cancelled\r\n", NULL }, RUNGS_ERROR_AUTH },
    { { HELLO, NO_PLAIN, LET_IN, "A0003 OK\r\n", NULL }, RUNGS_ERROR_INVALID },
    { { HELLO, NO_PLAIN, LET_IN, OPENED, "* 1 FETCH {99999999999}\r\n", NULL },
      RUNGS_ERROR_INVALID },
    { { HELLO, NO_PLAIN, LET_IN, OPENED, "* 1 FETCH {10}\r\nabc", NULL }, RUNGS_ERROR_NETWORK },
    { { HELLO, NO_PLAIN, LET_IN, OPENED, "A0004 MAYBE\r\n", NULL }, RUNGS_ERROR_INVALID },
    { { HELLO, NO_PLAIN, LET_IN, OPENED, "A0004 BAD what?\r\n", NULL }, RUNGS_ERROR_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      play (CASES[i].replies, CASES[i].code);
    }
}

/* A line without an end is not kept for ever. */
static void
test_endless_line (void)
{
  g_autofree char *endless = g_strnfill (200000, 'x');
  const char *replies[] = { HELLO, endless, NULL };

  play (replies, RUNGS_ERROR_INVALID);
}

/* Without encryption the password goes to this machine only. */
static void
test_in_the_clear (void)
{
  g_autoptr (RungsSmtpSettings) settings
    = rungs_smtp_settings_new ("192.0.2.1", 143, RUNGS_SMTP_CLEAR);
  g_autoptr (GError) error = NULL;

  settings->username = g_strdup ("u1");
  rungs_smtp_settings_set_password (settings, PASSWORD);
  g_assert_null (rungs_imap_open (settings, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/imap/read", Fixture, NULL, set_up, test_read, tear_down);
  g_test_add ("/imap/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/imap/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add_func ("/imap/scripts", test_scripts);
  g_test_add_func ("/imap/endless-line", test_endless_line);
  g_test_add_func ("/imap/in-the-clear", test_in_the_clear);
  return g_test_run ();
}
