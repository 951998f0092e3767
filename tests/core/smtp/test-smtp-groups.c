/* test-smtp-groups.c: what is said to a mail server goes out together where it may, and still each
 * message's fate is known, and a refusal of one is none of the next. */

#include <string.h>

#include "../../support/rungs-test-server.h"
#include "smtp/rungs-smtp-transport.h"

typedef struct
{
  char *folder;
  char *log;
  RungsTestServer *server;
  RungsTransport *transport;
} Fixture;

/* `data`: what the server does not offer; "" for nothing. */
static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  const char *argv[] = { "node",   "tests/faults/smtp-chunks.js", "--log", NULL,
                         "--keep", NULL, "--without", data, NULL };
  g_autoptr (RungsSmtpSettings) settings = NULL;

  fixture->folder = rungs_test_folder_new ();
  fixture->log = g_build_filename (fixture->folder, "log", NULL);
  argv[3] = fixture->log;
  argv[5] = fixture->folder;
  fixture->server = rungs_test_server_start (argv);
  settings = rungs_smtp_settings_new ("localhost", rungs_test_server_get_port (fixture->server, 0),
                                      RUNGS_SMTP_CLEAR);
  settings->final_timeout = 1;
  settings->connect_timeout = 60;
  fixture->transport = rungs_smtp_transport_new (settings);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->transport);
  rungs_test_server_stop (fixture->server);
  rungs_test_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->log);
}

static void
hand_over_text (Fixture       *fixture,
                const char    *to,
                const char    *text,
                RungsDelivery *delivery)
{
  g_autofree char *whole = g_strconcat ("Message-ID: <1@shop.example>\r\n\r\n", text, NULL);
  g_autoptr (GBytes) message = g_bytes_new (whole, strlen (whole));
  RungsEnvelope envelope = { "shop@example.org", to, "1@shop.example" };

  rungs_transport_send (fixture->transport, &envelope, message, NULL, delivery);
  g_test_message ("%s: %s %d “%s”", to, rungs_delivery_outcome_get_name (delivery->outcome),
                  delivery->code, delivery->reply);
}

static RungsDeliveryOutcome
hand_over (Fixture    *fixture,
           const char *to)
{
  g_auto (RungsDelivery) delivery = { 0 };

  hand_over_text (fixture, to, "hello\r\n", &delivery);
  return delivery.outcome;
}

static guint
count_lines (Fixture    *fixture,
             const char *prefix)
{
  g_auto (GStrv) lines = rungs_test_read_lines (fixture->log, prefix);

  return g_strv_length (lines);
}

/* ---- */

static const struct
{
  const char *without;
  const char *group; /* how the first message of a connection came */
  guint n;           /* groups of each message */
} WAYS[] = {
  { "", "!group\tMAIL RCPT BDAT", 1 },
  { "CHUNKING", "!group\tMAIL RCPT DATA", 1 },
  { "PIPELINING", "!group\tRCPT", 3 },
};

static void
test_goes_out_together (Fixture      *fixture,
                        gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    g_assert_cmpint (hand_over (fixture, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (count_lines (fixture, "lead@example.org\t1@shop.example"), ==, 20);
  g_assert_cmpuint (count_lines (fixture, "!connect"), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (WAYS); i++)
    if (strcmp (WAYS[i].without, data) == 0)
      {
        g_assert_cmpuint (count_lines (fixture, WAYS[i].group), ==, 20);
        g_assert_cmpuint (count_lines (fixture, "!group\tMAIL"), ==, 20);
        g_assert_cmpuint (count_lines (fixture, "!group"), ==, 1 + 20 * WAYS[i].n);
      }
}

static const struct
{
  const char *to;
  RungsDeliveryOutcome outcome;
  int code;
  gboolean keeps; /* the connection, for the next message */
} ANSWERS[] = {
  { "rcpt.550.5.1.1@example.org", RUNGS_DELIVERY_PERMANENT, 550, TRUE },
  { "rcpt.451.4.7.1@example.org", RUNGS_DELIVERY_TEMPORARY, 451, TRUE },
  { "pass.550.5.1.1@example.org", RUNGS_DELIVERY_PERMANENT, 550, TRUE },
  { "data.554.5.6.0@example.org", RUNGS_DELIVERY_PERMANENT, 554, TRUE },
  { "data.452.4.3.1@example.org", RUNGS_DELIVERY_TEMPORARY, 452, TRUE },
  { "rcpt.421.4.7.0@example.org", RUNGS_DELIVERY_TEMPORARY, 421, FALSE },
  { "close.550.5.1.1@example.org", RUNGS_DELIVERY_PERMANENT, 550, FALSE },
  { "drop@example.org", RUNGS_DELIVERY_IN_DOUBT, 0, FALSE },
  { "hang@example.org", RUNGS_DELIVERY_IN_DOUBT, 0, FALSE },
  { "nul@example.org", RUNGS_DELIVERY_ACCEPTED, 250, TRUE },
};

/* What one is answered is none of the next one's, which comes by the same connection if it can. */
static void
test_answers (Fixture      *fixture,
              gconstpointer data)
{
  guint connections = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    {
      g_auto (RungsDelivery) delivery = { 0 };

      g_assert_cmpint (hand_over (fixture, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
      g_assert_cmpuint (count_lines (fixture, "!connect"), ==, connections);
      hand_over_text (fixture, ANSWERS[i].to, "hello\r\n", &delivery);
      g_assert_cmpint (delivery.outcome, ==, ANSWERS[i].outcome);
      g_assert_cmpint (delivery.code, ==, ANSWERS[i].code);
      connections += !ANSWERS[i].keeps;
    }
  g_assert_cmpuint (count_lines (fixture, "lead@example.org"), ==, G_N_ELEMENTS (ANSWERS));
  g_assert_cmpuint (count_lines (fixture, "!command\tMAIL"), ==, 2 * G_N_ELEMENTS (ANSWERS));
}

/* A line that breaks at RCPT: a message that was not out cannot have been taken,
 * one that was can. */
static void
test_line_breaks_early (Fixture      *fixture,
                        gconstpointer data)
{
  gboolean unasked = *(const char *) data == '\0';

  g_assert_cmpint (hand_over (fixture, "away@example.org"), ==,
                   unasked ? RUNGS_DELIVERY_IN_DOUBT : RUNGS_DELIVERY_TEMPORARY);
  g_assert_cmpint (hand_over (fixture, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
}

/* One so large that it would be a waste waits for what is said of its recipient. */
static void
test_large_ones_wait (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (GString) large = g_string_new (NULL);
  g_auto (RungsDelivery) taken = { 0 };
  g_auto (RungsDelivery) broken = { 0 };
  g_auto (RungsDelivery) too_large = { 0 };
  g_autofree char *kept = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "1.eml", NULL);
  guint begun;

  for (int i = 0; i < 30000; i++)
    g_string_append_printf (large, ".%d\r\n.\r\n", i);
  hand_over_text (fixture, "lead@example.org", large->str, &taken);
  g_assert_cmpint (taken.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (count_lines (fixture, "!group\tMAIL RCPT"), ==, 1);
  g_assert_cmpuint (count_lines (fixture, "!group\tMAIL RCPT BDAT"), ==, 0);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (strstr (kept, "\r\n\r\n") + 4, ==, large->str);

  hand_over_text (fixture, "away@example.org", large->str, &broken);
  g_assert_cmpint (broken.outcome, ==, RUNGS_DELIVERY_TEMPORARY);

  /* And one that it said it does not take is not even begun. */
  while (large->len < 1000000)
    g_string_append (large, "more and more\r\n");
  begun = count_lines (fixture, "!command\tMAIL");
  hand_over_text (fixture, "lead@example.org", large->str, &too_large);
  g_assert_cmpint (too_large.outcome, ==, RUNGS_DELIVERY_PERMANENT);
  g_assert_cmpuint (count_lines (fixture, "!command\tMAIL"), ==, begun);
}

/* A connection that may be gone without our knowing is asked first: what is lost with it then was
 * not sent. */
static void
test_asks_after_a_pause (Fixture      *fixture,
                         gconstpointer data)
{
  g_assert_cmpint (hand_over (fixture, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_usleep (5100000);
  g_assert_cmpint (hand_over (fixture, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (count_lines (fixture, "!group\tMAIL RCPT"), ==, 2);
  g_assert_cmpuint (count_lines (fixture, "!group\tMAIL RCPT BDAT"), ==, 1);
}

/* Replies to what was not said yet are nobody's: nothing is taken for an answer to the message. */
static void
test_answers_ahead (Fixture      *fixture,
                    gconstpointer data)
{
  g_auto (RungsDelivery) delivery = { 0 };

  hand_over_text (fixture, "ahead@example.org", "hello\r\n", &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_TEMPORARY);
  g_assert_cmpuint (count_lines (fixture, "ahead@example.org"), ==, 0);
  g_assert_cmpint (hand_over (fixture, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
}

static void
test_letters_beyond_ascii (Fixture      *fixture,
                           gconstpointer data)
{
  gboolean knows = *(const char *) data == '\0';
  g_auto (RungsDelivery) delivery = { 0 };

  hand_over_text (fixture, "grüße@example.org", "Grüße\r\n", &delivery);
  g_assert_cmpint (delivery.outcome, ==,
                   knows ? RUNGS_DELIVERY_ACCEPTED : RUNGS_DELIVERY_PERMANENT);
  g_assert_false (delivery.address_is_bad);
  g_assert_cmpuint (count_lines (fixture, "!command\tMAIL FROM:<shop@example.org> SIZE=41 "
                                          "BODY=8BITMIME SMTPUTF8"), ==, knows);
  g_assert_cmpint (hand_over (fixture, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (count_lines (fixture, "!connect"), ==, 1);
}

static void
add (const char *path,
     const char *without,
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *whole = g_strdup_printf ("/smtp-groups/%s%s%s", path,
                                            *without ? "-without-" : "", without);

  g_test_add (whole, Fixture, without, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (WAYS); i++)
    {
      add ("together", WAYS[i].without, test_goes_out_together);
      add ("answers", WAYS[i].without, test_answers);
      add ("breaks-early", WAYS[i].without, test_line_breaks_early);
    }
  add ("large", "", test_large_ones_wait);
  add ("pause", "", test_asks_after_a_pause);
  add ("ahead", "CHUNKING", test_answers_ahead);
  add ("letters", "", test_letters_beyond_ascii);
  add ("letters", "SMTPUTF8", test_letters_beyond_ascii);
  return g_test_run ();
}
