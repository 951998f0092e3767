/* test-jmap-transport.c: messages are handed to a JMAP server, and what it does wrong loses none
 * and sends none twice. */

#include "mail/rungs-jmap-transport.h"

#include <string.h>

#include "../../support/rungs-fake-jmap.h"
#include "../../support/rungs-test-server.h"

#define FROM "u1@shop.example"

typedef struct
{
  RungsFakeJmap *server;
  RungsJmapSettings *settings;
  RungsTransport *transport;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->server = rungs_fake_jmap_start ();
  fixture->settings = rungs_fake_jmap_new_settings (fixture->server);
  fixture->transport = rungs_jmap_transport_new (fixture->settings);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->transport);
  rungs_jmap_settings_free (fixture->settings);
  rungs_fake_jmap_stop (fixture->server);
}

static void
hand_over_from (Fixture       *fixture,
                const char    *from,
                int            number,
                gboolean       again,
                GCancellable  *cancellable,
                RungsDelivery *delivery)
{
  g_autofree char *message_id = g_strdup_printf ("m%d@shop.example", number);
  g_autofree char *whole
      = g_strdup_printf ("From: %s\r\nTo: lead@example.org\r\nMessage-ID: <%s>\r\nSubject: x\r\n"
                         "\r\nGr=C3=BC=C3=9Fe\n.\r\n..\r\n",
                         from, message_id);
  g_autoptr (GBytes) message = g_bytes_new (whole, strlen (whole));
  RungsEnvelope envelope = { from, "lead@example.org", message_id, again };

  rungs_transport_send (fixture->transport, &envelope, message, cancellable, delivery);
  g_test_message ("%d: %s “%s”", number, rungs_delivery_outcome_get_name (delivery->outcome),
                  delivery->reply);
}

static RungsDeliveryOutcome
hand_over (Fixture *fixture,
           int      number,
           gboolean again)
{
  g_auto (RungsDelivery) delivery = { 0 };

  hand_over_from (fixture, FROM, number, again, NULL, &delivery);
  return delivery.outcome;
}

/* As it is: lines end in CR LF, and the envelope is ours. */
static void
test_sends (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (JsonObject) told = NULL;
  JsonObject *sent;
  JsonArray *asked;

  for (int i = 0; i < 3; i++)
    g_assert_cmpint (hand_over (fixture, i, FALSE), ==, RUNGS_DELIVERY_ACCEPTED);
  told = rungs_fake_jmap_tell (fixture->server);
  g_assert_cmpuint (rungs_fake_jmap_count_sent (fixture->server), ==, 3);
  g_assert_cmpuint (rungs_fake_jmap_count_in (fixture->server, "sent"), ==, 3);
  g_assert_cmpuint (rungs_fake_jmap_count_in (fixture->server, "drafts"), ==, 0);

  sent = json_array_get_object_element (json_object_get_array_member (told, "sent"), 0);
  g_assert_cmpstr (json_object_get_string_member (sent, "messageId"), ==, "m0@shop.example");
  g_assert_cmpstr (json_object_get_string_member (sent, "from"), ==, FROM);
  g_assert_cmpstr (json_object_get_string_member (sent, "identity"), ==, "i0");
  g_assert_true (g_str_has_suffix (json_object_get_string_member (sent, "raw"),
                                   "\r\n\r\nGr=C3=BC=C3=9Fe\r\n.\r\n..\r\n"));
  /* Three requests a message, after the two for the session and one for mailboxes. */
  asked = json_object_get_array_member (told, "asked");
  g_assert_cmpuint (json_array_get_length (asked), ==, 2 + 1 + 3 * 3);
}

static void
test_token (Fixture      *fixture,
            gconstpointer data)
{
  fixture->settings->auth = RUNGS_JMAP_AUTH_BEARER;
  rungs_jmap_settings_set_password (fixture->settings, "a-token");
  g_object_unref (fixture->transport);
  fixture->transport = rungs_jmap_transport_new (fixture->settings);
  g_assert_cmpint (hand_over (fixture, 1, FALSE), ==, RUNGS_DELIVERY_ACCEPTED);
}

static void
test_wrong_password (Fixture      *fixture,
                     gconstpointer data)
{
  g_auto (RungsDelivery) delivery = { 0 };

  rungs_jmap_settings_set_password (fixture->settings, "wrong-horse");
  g_object_unref (fixture->transport);
  fixture->transport = rungs_jmap_transport_new (fixture->settings);
  hand_over_from (fixture, FROM, 1, FALSE, NULL, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCOUNT_TROUBLE);
  g_assert_cmpint (delivery.code, ==, 401);
  g_assert_null (strstr (delivery.reply, "wrong-horse"));
}

static void
test_identities (Fixture      *fixture,
                 gconstpointer data)
{
  g_auto (RungsDelivery) refused = { 0 };
  g_auto (RungsDelivery) accepted = { 0 };

  rungs_fake_jmap_control (fixture->server,
                           "{'options': {'identities': ['other@shop.example', '*@big.example']}}");
  hand_over_from (fixture, FROM, 1, FALSE, NULL, &refused);
  g_assert_cmpint (refused.outcome, ==, RUNGS_DELIVERY_ACCOUNT_TROUBLE);
  g_assert_nonnull (strstr (refused.reply, "other@shop.example"));
  hand_over_from (fixture, "any@BIG.example", 2, FALSE, NULL, &accepted);
  g_assert_cmpint (accepted.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (rungs_fake_jmap_count_sent (fixture->server), ==, 1);
}

/* What the server does wrong, and what we make of it. */
typedef struct
{
  const char *at;
  const char *does;
  RungsDeliveryOutcome outcome;
  guint sent;
  guint drafts; /* that are left behind */
  gboolean bad_address;
  gboolean away;
} Fault;

#define SUBMIT "EmailSubmission/set"
#define ACCEPTED RUNGS_DELIVERY_ACCEPTED
#define TEMPORARY RUNGS_DELIVERY_TEMPORARY
#define PERMANENT RUNGS_DELIVERY_PERMANENT
#define TROUBLE RUNGS_DELIVERY_ACCOUNT_TROUBLE
#define IN_DOUBT RUNGS_DELIVERY_IN_DOUBT

static const Fault FAULTS[] = {
  { "session", "cut", TEMPORARY, 0, 0, FALSE, TRUE },
  { "session", "hang", TEMPORARY, 0, 0, FALSE, TRUE },
  { "session", "half", TEMPORARY, 0, 0, FALSE, TRUE },
  { "session", "huge", TROUBLE, 0, 0, FALSE, FALSE },
  { "session", "deep", TROUBLE, 0, 0, FALSE, FALSE },
  { "session", "garbage", TROUBLE, 0, 0, FALSE, FALSE },
  { "session", "slow", ACCEPTED, 1, 0, FALSE, FALSE },
  { "session", "elsewhere", TROUBLE, 0, 0, FALSE, FALSE },
  { "session", "status:401", TROUBLE, 0, 0, FALSE, FALSE },
  { "session", "status:404", TROUBLE, 0, 0, FALSE, FALSE },
  { "session", "status:503", TEMPORARY, 0, 0, FALSE, TRUE },
  { "Identity/get", "refuse:accountNotSupportedByMethod", TROUBLE, 0, 0, FALSE, FALSE },
  { "Identity/get", "refuse:serverUnavailable", TEMPORARY, 0, 0, FALSE, TRUE },
  { "upload", "cut", TEMPORARY, 0, 0, FALSE, TRUE },
  { "upload", "cut-after", TEMPORARY, 0, 0, FALSE, TRUE },
  { "upload", "hang", TEMPORARY, 0, 0, FALSE, TRUE },
  { "upload", "garbage", TROUBLE, 0, 0, FALSE, FALSE },
  { "upload", "status:429", TEMPORARY, 0, 0, FALSE, TRUE },
  { "upload", "status:500", TEMPORARY, 0, 0, FALSE, TRUE },
  { "Email/import", "cut", TEMPORARY, 0, 0, FALSE, TRUE },
  { "Email/import", "cut-after", TEMPORARY, 0, 1, FALSE, TRUE },
  { "Email/import", "object:overQuota", TROUBLE, 0, 0, FALSE, FALSE },
  { "Email/import", "object:invalidEmail", PERMANENT, 0, 0, FALSE, FALSE },
  { "Email/import", "refuse:accountReadOnly", TROUBLE, 0, 0, FALSE, FALSE },
  { SUBMIT, "cut", IN_DOUBT, 0, 1, FALSE, FALSE },
  { SUBMIT, "hang", IN_DOUBT, 0, 1, FALSE, FALSE },
  { SUBMIT, "crash", IN_DOUBT, 1, 1, FALSE, FALSE },
  { SUBMIT, "cut-after", ACCEPTED, 1, 0, FALSE, FALSE },
  { SUBMIT, "hang-after", ACCEPTED, 1, 0, FALSE, FALSE },
  { SUBMIT, "half", ACCEPTED, 1, 0, FALSE, FALSE },
  { SUBMIT, "garbage", ACCEPTED, 1, 0, FALSE, FALSE },
  { SUBMIT, "deep", ACCEPTED, 1, 0, FALSE, FALSE },
  { SUBMIT, "slow", ACCEPTED, 1, 0, FALSE, FALSE },
  { SUBMIT, "status:500", IN_DOUBT, 0, 1, FALSE, FALSE },
  { SUBMIT, "status:503", TEMPORARY, 0, 0, FALSE, TRUE },
  { SUBMIT, "status:429", TEMPORARY, 0, 0, FALSE, TRUE },
  { SUBMIT, "status:401", TROUBLE, 0, 0, FALSE, FALSE },
  { SUBMIT, "refuse:serverUnavailable", TEMPORARY, 0, 0, FALSE, TRUE },
  { SUBMIT, "refuse:serverFail", TEMPORARY, 0, 0, FALSE, FALSE },
  { SUBMIT, "refuse:serverPartialFail", IN_DOUBT, 0, 1, FALSE, FALSE },
  { SUBMIT, "refuse:forbidden", TROUBLE, 0, 0, FALSE, FALSE },
  { SUBMIT, "object:invalidRecipients", PERMANENT, 0, 0, TRUE, FALSE },
  { SUBMIT, "object:invalidRecipients:5.7.1 spam", PERMANENT, 0, 0, FALSE, FALSE },
  { SUBMIT, "object:forbiddenToSend:4.7.1 greylisted", TEMPORARY, 0, 0, FALSE, FALSE },
  { SUBMIT, "object:forbiddenToSend:5.1.1 no such user", PERMANENT, 0, 0, TRUE, FALSE },
  { SUBMIT, "object:forbiddenToSend", TROUBLE, 0, 0, FALSE, FALSE },
  { SUBMIT, "object:forbiddenFrom", TROUBLE, 0, 0, FALSE, FALSE },
  { SUBMIT, "object:forbiddenMailFrom", TROUBLE, 0, 0, FALSE, FALSE },
  { SUBMIT, "object:tooManyRecipients", PERMANENT, 0, 0, FALSE, FALSE },
  { SUBMIT, "object:tooLarge", PERMANENT, 0, 0, FALSE, FALSE },
  { SUBMIT, "object:rateLimit", TEMPORARY, 0, 0, FALSE, TRUE },
  { SUBMIT, "object:somethingNew", TEMPORARY, 0, 0, FALSE, FALSE },
};

/* Then nothing is wrong any more, and what may be tried again is, as the outbox would: in the end
 * it was sent once. */
static void
check_fault (Fixture     *fixture,
             const Fault *fault)
{
  g_autofree char *control = g_strdup_printf (
      "{'reset': true, 'faults': [{'at': '%s', 'do': '%s', 'times': 9}]}", fault->at, fault->does);
  g_auto (RungsDelivery) delivery = { 0 };

  g_test_message ("%s: %s", fault->at, fault->does);
  rungs_fake_jmap_control (fixture->server, control);
  hand_over_from (fixture, FROM, 1, FALSE, NULL, &delivery);
  g_assert_cmpstr (rungs_delivery_outcome_get_name (delivery.outcome), ==,
                   rungs_delivery_outcome_get_name (fault->outcome));
  g_assert_cmpint (delivery.address_is_bad, ==, fault->bad_address);
  g_assert_cmpint (delivery.server_is_away, ==, fault->away);
  g_assert_cmpuint (rungs_fake_jmap_count_sent (fixture->server), ==, fault->sent);
  g_assert_cmpuint (rungs_fake_jmap_count_in (fixture->server, "drafts"), ==, fault->drafts);

  if (fault->outcome != TEMPORARY && fault->outcome != TROUBLE)
    return;
  rungs_fake_jmap_control (fixture->server, "{'faults': []}");
  g_assert_cmpint (hand_over (fixture, 1, TRUE), ==, ACCEPTED);
  g_assert_cmpuint (rungs_fake_jmap_count_sent (fixture->server), ==, 1);
  g_assert_cmpuint (rungs_fake_jmap_count_in (fixture->server, "drafts"), ==, 0);
}

static void
test_faults (Fixture      *fixture,
             gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FAULTS); i++)
    {
      check_fault (fixture, &FAULTS[i]);
      g_object_unref (fixture->transport);
      fixture->transport = rungs_jmap_transport_new (fixture->settings);
    }
}

/* A person tries again what was in doubt: if it got through after all, it is not sent again. */
static void
test_again (Fixture      *fixture,
            gconstpointer data)
{
  g_assert_cmpint (hand_over (fixture, 1, FALSE), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpint (hand_over (fixture, 1, TRUE), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (rungs_fake_jmap_count_sent (fixture->server), ==, 1);

  /* Also where the server cannot search by header, but refuses to take the same mail twice. */
  rungs_fake_jmap_control (fixture->server, "{'options': {'no-header-filter': true}}");
  g_assert_cmpint (hand_over (fixture, 1, TRUE), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (rungs_fake_jmap_count_sent (fixture->server), ==, 1);
}

/* The draft that a person's second attempt finds is no second mail. */
static void
test_again_draft (Fixture      *fixture,
                  gconstpointer data)
{
  rungs_fake_jmap_control (fixture->server,
                           "{'faults': [{'at': 'EmailSubmission/set', 'do': 'cut'}]}");
  g_assert_cmpint (hand_over (fixture, 1, FALSE), ==, RUNGS_DELIVERY_IN_DOUBT);
  g_assert_cmpint (hand_over (fixture, 1, TRUE), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (rungs_fake_jmap_count_sent (fixture->server), ==, 1);
  g_assert_cmpuint (rungs_fake_jmap_count_in (fixture->server, "drafts"), ==, 0);
}

static void
test_too_large (Fixture      *fixture,
                gconstpointer data)
{
  rungs_fake_jmap_control (fixture->server, "{'options': {'maxSizeUpload': 10}}");
  g_assert_cmpint (hand_over (fixture, 1, FALSE), ==, RUNGS_DELIVERY_PERMANENT);
}

static void
test_no_submission (Fixture      *fixture,
                    gconstpointer data)
{
  rungs_fake_jmap_control (fixture->server, "{'options': {'primary': "
                                            "{'urn:ietf:params:jmap:mail': 'a1'}}}");
  g_assert_cmpint (hand_over (fixture, 1, FALSE), ==, RUNGS_DELIVERY_ACCOUNT_TROUBLE);
}

/* The password goes to the address that was given, and to no other. */
static void
test_redirection (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (JsonObject) told = NULL;
  g_auto (RungsDelivery) delivery = { 0 };
  JsonArray *asked;

  rungs_fake_jmap_control (fixture->server, "{'faults': [{'at': 'session', 'do': 'elsewhere'}]}");
  hand_over_from (fixture, FROM, 1, FALSE, NULL, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCOUNT_TROUBLE);
  g_assert_nonnull (strstr (delivery.reply, "http://localhost:"));
  told = rungs_fake_jmap_tell (fixture->server);
  asked = json_object_get_array_member (told, "asked");
  g_assert_cmpuint (json_array_get_length (asked), ==, 1);
  g_assert_nonnull (strstr (json_array_get_string_element (asked, 0), "127.0.0.1"));
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (300 * G_TIME_SPAN_MILLISECOND);
  g_cancellable_cancel (data);
  return NULL;
}

/* Cancelled before the message could leave: it did not. */
static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (RungsDelivery) delivery = { 0 };
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  rungs_fake_jmap_control (fixture->server, "{'faults': [{'at': 'upload', 'do': 'hang'}]}");
  hand_over_from (fixture, FROM, 1, FALSE, cancellable, &delivery);
  g_thread_join (thread);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_CANCELLED);
}

static void
test_settings (void)
{
  static const struct
  {
    const char *url;
    const char *session; /* NULL: none */
    gboolean safe;
  } CASES[] = {
    { "mail.example.com", "https://mail.example.com/.well-known/jmap", TRUE },
    { "mail.example.com:8443", "https://mail.example.com:8443/.well-known/jmap", TRUE },
    { "https://mail.example.com", "https://mail.example.com/.well-known/jmap", TRUE },
    { "https://mail.example.com/jmap/session", "https://mail.example.com/jmap/session", TRUE },
    { "http://localhost:8080", "http://localhost:8080/.well-known/jmap", TRUE },
    { "http://mail.example.com/", "http://mail.example.com/.well-known/jmap", FALSE },
    { "https://u:p@mail.example.com/", NULL, FALSE },
    { "ftp://mail.example.com/", NULL, FALSE },
    { "", NULL, FALSE },
    { "https://", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsJmapSettings) settings
          = rungs_jmap_settings_new (CASES[i].url, RUNGS_JMAP_AUTH_BASIC);
      g_autoptr (GUri) uri = rungs_jmap_settings_dup_session_uri (settings);
      g_autofree char *text = uri ? g_uri_to_string (uri) : NULL;

      settings->username = g_strdup ("u");
      rungs_jmap_settings_set_password (settings, "p");
      g_assert_cmpstr (text, ==, CASES[i].session);
      g_assert_cmpint (rungs_jmap_settings_find_fault (settings) == NULL, ==, CASES[i].safe);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jmap-transport/settings", test_settings);
  g_test_add ("/jmap-transport/sends", Fixture, NULL, set_up, test_sends, tear_down);
  g_test_add ("/jmap-transport/token", Fixture, NULL, set_up, test_token, tear_down);
  g_test_add ("/jmap-transport/wrong-password", Fixture, NULL, set_up, test_wrong_password,
              tear_down);
  g_test_add ("/jmap-transport/identities", Fixture, NULL, set_up, test_identities, tear_down);
  g_test_add ("/jmap-transport/again", Fixture, NULL, set_up, test_again, tear_down);
  g_test_add ("/jmap-transport/again-draft", Fixture, NULL, set_up, test_again_draft, tear_down);
  g_test_add ("/jmap-transport/too-large", Fixture, NULL, set_up, test_too_large, tear_down);
  g_test_add ("/jmap-transport/no-submission", Fixture, NULL, set_up, test_no_submission,
              tear_down);
  g_test_add ("/jmap-transport/redirection", Fixture, NULL, set_up, test_redirection, tear_down);
  g_test_add ("/jmap-transport/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/jmap-transport/faults", Fixture, NULL, set_up, test_faults, tear_down);
  return g_test_run ();
}
