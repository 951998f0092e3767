/* test-jmap-cyrus.c: a JMAP server of the real world (Cyrus) sends what we hand to it, by TLS. */

#include "mail/rungs-jmap-transport.h"

#include <string.h>

#include "../../support/rungs-test-server.h"
#include "mail/rungs-jmap.h"

#define SHOP "shop@business.example"

typedef struct
{
  char *folder;
  char *cyrus;
  char *ca_file;
  RungsTestServer *server;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *cache = g_test_build_filename (G_TEST_BUILT, "tests", "cyrus", NULL);
  const char *argv[] = { "tests/journeys/cyrus.sh", cache, NULL, NULL };

  fixture->folder = rungs_test_folder_new ();
  argv[2] = fixture->cyrus = g_build_filename (fixture->folder, "cyrus", NULL);
  fixture->ca_file = g_build_filename (fixture->cyrus, "ca.pem", NULL);
  fixture->server = rungs_test_server_start (argv);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  rungs_test_server_stop (fixture->server);
  rungs_test_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->cyrus);
  g_free (fixture->ca_file);
}

static RungsJmapSettings *
settings_for (Fixture    *fixture,
              const char *password)
{
  guint port = rungs_test_server_get_port (fixture->server, 1);
  g_autofree char *url = g_strdup_printf ("https://localhost:%u", port);
  RungsJmapSettings *settings = rungs_jmap_settings_new (url, RUNGS_JMAP_AUTH_BASIC);

  settings->username = g_strdup (SHOP);
  settings->ca_file = g_strdup (fixture->ca_file);
  rungs_jmap_settings_set_password (settings, password);
  return settings;
}

static void
hand_over (RungsTransport *transport,
           const char     *to,
           int             number,
           gboolean        again,
           RungsDelivery  *delivery)
{
  g_autofree char *message_id = g_strdup_printf ("m%d@business.example", number);
  g_autofree char *whole = g_strdup_printf ("From: Shop <" SHOP ">\r\nTo: %s\r\n"
                                            "Message-ID: <%s>\r\nSubject: x\r\n"
                                            "Date: Sun, 22 Nov 2026 10:00:0%d +0000\r\n\r\n"
                                            "Hello %d\r\n.\r\n..\r\n",
                                            to, message_id, number % 10, number);
  g_autoptr (GBytes) message = g_bytes_new (whole, strlen (whole));
  RungsEnvelope envelope = { SHOP, to, message_id, again };

  rungs_transport_send (transport, &envelope, message, NULL, delivery);
  g_test_message ("%s: %s “%s”", to, rungs_delivery_outcome_get_name (delivery->outcome),
                  delivery->reply);
}

/* How many mails the mail server behind it has delivered with that Message-ID, once there is one;
 * at least `wait` of them are waited for. */
static guint
count_delivered (Fixture    *fixture,
                 const char *message_id,
                 guint       wait)
{
  g_autofree char *folder = g_build_filename (fixture->cyrus, "mail", "new", NULL);
  guint n = 0;

  for (int i = 0; i < 200 && n < MAX (wait, 1); i++)
    {
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      for (n = 0; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);
          g_autofree char *text = NULL;

          n += g_file_get_contents (path, &text, NULL, NULL) && strstr (text, message_id) != NULL
               && strstr (text, "Return-path: <" SHOP ">") != NULL;
        }
      g_usleep (n == 0 ? 50000 : 0);
    }
  return n;
}

/* How many mails a folder of the user holds. */
static guint
count_in (RungsJmap  *jmap,
          const char *role)
{
  const char *account = rungs_jmap_get_account (jmap, RUNGS_JMAP_MAIL);
  g_autoptr (RungsJmapRequest) request = rungs_jmap_request_new ();
  g_autoptr (RungsJmapAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *arguments = json_object_new ();
  JsonObject *got;
  JsonArray *list;

  json_object_set_string_member (arguments, "accountId", account);
  rungs_jmap_request_add (request, "Mailbox/get", arguments, "m");
  answer = rungs_jmap_call (jmap, request, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  got = rungs_jmap_answer_get (answer, "m", "Mailbox/get", &error);
  g_assert_no_error (error);
  list = rungs_jmap_json_get_array (got, "list");
  for (guint i = 0; i < rungs_jmap_json_get_length (list); i++)
    {
      JsonObject *mailbox = rungs_jmap_json_get_object_at (list, i);

      if (g_strcmp0 (rungs_jmap_json_get_text (mailbox, "role"), role) == 0)
        return (guint) rungs_jmap_json_get_int (mailbox, "totalEmails");
    }
  g_assert_not_reached ();
}

static void
test_cyrus (Fixture      *fixture,
            gconstpointer data)
{
  static const struct
  {
    const char *to;
    RungsDeliveryOutcome outcome;
  } CASES[] = {
    { "lead@example.org", RUNGS_DELIVERY_ACCEPTED },
    { "nobody@example.org", RUNGS_DELIVERY_ACCEPTED }, /* it bounces later */
    { "reject@example.org", RUNGS_DELIVERY_PERMANENT },
    { "defer@example.org", RUNGS_DELIVERY_TEMPORARY },
    { "lead2@example.org", RUNGS_DELIVERY_ACCEPTED },
  };
  g_autoptr (RungsJmapSettings) settings = settings_for (fixture, "correct-horse");
  g_autoptr (RungsTransport) transport = rungs_jmap_transport_new (settings);
  g_autoptr (RungsJmap) jmap = rungs_jmap_new (settings);
  g_auto (RungsDelivery) again = { 0 };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_auto (RungsDelivery) delivery = { 0 };

      hand_over (transport, CASES[i].to, (int) i, FALSE, &delivery);
      g_assert_cmpstr (rungs_delivery_outcome_get_name (delivery.outcome), ==,
                       rungs_delivery_outcome_get_name (CASES[i].outcome));
    }
  g_assert_cmpuint (count_delivered (fixture, "<m0@business.example>", 1), ==, 1);
  g_assert_cmpuint (count_delivered (fixture, "<m4@business.example>", 1), ==, 1);

  /* What was sent is known, and is not sent again. */
  hand_over (transport, "lead@example.org", 0, TRUE, &again);
  g_assert_cmpint (again.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_true (rungs_jmap_open (jmap, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_in (jmap, "sent"), ==, 3);
  g_assert_cmpuint (count_in (jmap, "drafts"), ==, 0);
  g_assert_cmpuint (count_delivered (fixture, "<m0@business.example>", 1), ==, 1);
}

static void
test_not_let_in (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (RungsJmapSettings) wrong = settings_for (fixture, "wrong-horse");
  g_autoptr (RungsJmapSettings) stranger = settings_for (fixture, "correct-horse");
  RungsJmapSettings *const settings[] = { wrong, stranger };

  g_clear_pointer (&stranger->ca_file, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (RungsTransport) transport = rungs_jmap_transport_new (settings[i]);
      g_auto (RungsDelivery) delivery = { 0 };

      hand_over (transport, "lead@example.org", 1, FALSE, &delivery);
      g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCOUNT_TROUBLE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/jmap-cyrus/sends", Fixture, NULL, set_up, test_cyrus, tear_down);
  g_test_add ("/jmap-cyrus/not-let-in", Fixture, NULL, set_up, test_not_let_in, tear_down);
  return g_test_run ();
}
