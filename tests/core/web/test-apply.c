/* test-apply.c: what becomes of deliveries. */

#include "rungs-web-world.h"

#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-lead-store.h"

static RungsFixture *
world_new (void)
{
  RungsFixture *fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, rungs_web_world_make);
  return fixture;
}

static RungsWebState
receive (RungsFixture *fixture,
         const char   *endpoint,
         const char   *body)
{
  g_autoptr (RungsRawDelivery) raw
      = rungs_web_world_delivery (fixture->db, endpoint, "application/json", body);

  return rungs_web_world_receive (fixture, raw);
}

/* The samples of every provider are understood, and the same again does nothing. */
static void
test_samples (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (GPtrArray) providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);

  for (guint i = 0; i < providers->len; i++)
    {
      const char *key = rungs_provider_get_key (providers->pdata[i]);
      g_autoptr (GPtrArray) samples = rungs_web_world_samples (fixture->db, key);

      g_assert_cmpuint (samples->len, >, 0);
      for (guint j = 0; j < samples->len; j++)
        {
          RungsWebState state = rungs_web_world_receive (fixture, samples->pdata[j]);

          g_test_message ("%s %u: %s", key, j, rungs_web_state_to_text (state));
          g_assert_cmpint (state, ==, strcmp (key, "meta-lead-ads") == 0 ? RUNGS_WEB_QUARANTINE
                                                                         : RUNGS_WEB_APPLIED);
          if (state == RUNGS_WEB_APPLIED)
            g_assert_cmpint (rungs_web_world_receive (fixture, samples->pdata[j]), ==,
                             RUNGS_WEB_IGNORED);
        }
    }
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM sales_order"), ==, 8);
}

typedef struct
{
  const char *sql;
  gint64 number;
} Fact;

static void
test_facts (void)
{
  static const char *const PROVIDERS[] = { "typeform", "tally",   "jotform", "stripe",
                                           "woocommerce", "shopify", "gumroad", "calendly" };
  static const Fact FACTS[] = {
    { "SELECT count (*) FROM lead WHERE email = 'ada@example.com' AND first_name = 'Ada'"
      "   AND last_name = 'Lovelace'", 1 },
    { "SELECT count (*) FROM touch_tag WHERE name = 'utm_campaign' AND value = 'spring'", 3 },
    { "SELECT count (*) FROM consent c JOIN web_consent w ON w.consent = c.id"
      "  JOIN lead l ON l.id = c.lead WHERE l.email = 'ada@example.com' AND c.action = 'given'"
      "   AND c.wording = 'May we write to you?: true' AND c.at = 1771438622000", 1 },
    { "SELECT count (*) FROM consent c JOIN lead l ON l.id = c.lead"
      " WHERE l.email = 'bo@example.com'", 0 },
    { "SELECT count (*) FROM lead WHERE email = 'cleo@example.com' AND first_name = 'Cleo'"
      "   AND phone = '+353 86 123 4567'", 1 },
    { "SELECT count (*) FROM sales_order WHERE external = 'stripe:pi_1' AND currency = 'EUR'", 1 },
    { "SELECT sum (r.amount) FROM refund_line r JOIN refund f ON f.id = r.refund"
      "  JOIN sales_order o ON o.id = f.sales_order WHERE o.external = 'stripe:pi_1'", 4900 },
    { "SELECT l.paid_until FROM order_line l JOIN sales_order o ON o.id = l.sales_order"
      " WHERE o.external = 'stripe:in_1'", 1773000000000 },
    { "SELECT sum (r.amount) FROM refund_line r JOIN refund f ON f.id = r.refund"
      "  JOIN sales_order o ON o.id = f.sales_order WHERE o.external = 'woocommerce:727'", 3900 },
    { "SELECT sum (r.amount) FROM refund_line r JOIN refund f ON f.id = r.refund"
      "  JOIN sales_order o ON o.id = f.sales_order"
      " WHERE o.external = 'shopify:820982911946154500'", 2000 },
    { "SELECT count (*) FROM consent c JOIN lead l ON l.id = c.lead"
      " WHERE l.email = 'pia@example.com' AND c.action = 'given'", 1 },
    { "SELECT count (*) FROM lead WHERE email = 'jon@example.com' AND zone = 'Europe/Berlin'", 1 },
    { "SELECT count (*) FROM event WHERE kind = 'form.submitted'", 5 },
  };
  g_autoptr (RungsFixture) fixture = world_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (PROVIDERS); i++)
    {
      g_autoptr (GPtrArray) samples = rungs_web_world_samples (fixture->db, PROVIDERS[i]);

      for (guint j = 0; j < samples->len; j++)
        g_assert_cmpint (rungs_web_world_receive (fixture, samples->pdata[j]), ==,
                         RUNGS_WEB_APPLIED);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (FACTS); i++)
    {
      g_test_message ("%s", FACTS[i].sql);
      g_assert_cmpint (rungs_fixture_number (fixture, FACTS[i].sql), ==, FACTS[i].number);
    }
}

/* A mail provider's word is about leads that are there. */
static void
test_mail (void)
{
  static const char *const PEOPLE[] = { "vic@example.com", "wes@example.com", "una@example.com" };
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (GPtrArray) sendgrid = NULL;
  g_autoptr (GPtrArray) mailgun = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (PEOPLE); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"email\": \"%s\", \"consent\": \"yes\"}",
                                               PEOPLE[i]);

      g_assert_cmpint (receive (fixture, "generic", body), ==, RUNGS_WEB_APPLIED);
    }
  sendgrid = rungs_web_world_samples (fixture->db, "sendgrid");
  mailgun = rungs_web_world_samples (fixture->db, "mailgun");
  g_assert_cmpint (rungs_web_world_receive (fixture, sendgrid->pdata[0]), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (rungs_web_world_receive (fixture, mailgun->pdata[1]), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM lead WHERE email ="
                                                  " 'vic@example.com' AND bounced_at > 0"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM suppression WHERE email ="
                                                  " 'wes@example.com' AND reason = 'unsubscribed'"),
                   ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM suppression WHERE email ="
                                                  " 'una@example.com' AND reason = 'complained'"),
                   ==, 1);
}

/* What cannot be understood changes nothing, and says why. */
static void
test_quarantine (void)
{
  static const struct
  {
    const char *endpoint;
    const char *body;
    const char *says;
  } CASES[] = {
    { "generic", "{", "JSON" },
    { "generic", "", "JSON" },
    { "generic", "\xff\xfe", "JSON" },
    { "generic", "{}", "neither an e-mail address" },
    { "generic", "[]", "neither an e-mail address" },
    { "generic", "{\"email\": \"ann\"}", "no e-mail address" },
    { "generic", "{\"email\": {\"a\": {\"b\": []}}}", "neither an e-mail address" },
    { "generic", "{\"email\": [\"ann@example.com\", 5]}", "no e-mail address" },
    { "typeform", "{\"event_type\": \"form_response\", \"form_response\": []}", "neither" },
    { "typeform", "{\"event_type\": \"form_response\", \"form_response\": {\"answers\": 7}}",
      "neither" },
    { "stripe", "{\"id\": \"e1\", \"type\": \"checkout.session.completed\", \"data\": {\"object\":"
                " {\"payment_status\": \"paid\"}}}", "no number" },
    { "stripe", "{\"id\": \"e2\", \"type\": \"checkout.session.completed\", \"data\": {\"object\":"
                " {\"payment_status\": \"paid\", \"id\": \"cs_1\", \"currency\": \"euros\"}}}",
      "currency" },
    { "stripe", "{\"id\": \"e3\", \"type\": \"checkout.session.completed\", \"data\": {\"object\":"
                " {\"payment_status\": \"paid\", \"id\": \"cs_1\", \"currency\": \"eur\","
                " \"amount_total\": \"lots\"}}}", "no number" },
    { "stripe", "{\"id\": \"e4\", \"type\": \"checkout.session.completed\", \"data\": {\"object\":"
                " {\"payment_status\": \"paid\", \"id\": \"cs_1\", \"currency\": \"eur\","
                " \"amount_total\": 500, \"customer_email\": \"new@example.com\","
                " \"payment_link\": \"plink_9\"}}}", "plink_9" },
    { "stripe", "{\"id\": \"e5\", \"type\": \"charge.refunded\", \"data\": {\"object\": 5}}",
      "which order" },
    { "meta-lead-ads", "{\"entry\": [{\"changes\": [{\"field\": \"leadgen\", \"value\": {}}]}]}",
      "fetched" },
    { "ses", "{\"Type\": \"SubscriptionConfirmation\", \"MessageId\": \"1\", \"SubscribeURL\":"
             " \"https://sns.eu-west-1.amazonaws.com/?x\"}", "https://sns.eu-west-1" },
  };
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autofree char *before = rungs_web_world_dump (fixture->db);
  g_autofree char *after = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GPtrArray) list = NULL;
      const RungsWebDelivery *delivery;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (receive (fixture, CASES[i].endpoint, CASES[i].body), ==,
                       RUNGS_WEB_QUARANTINE);
      list = rungs_web_delivery_list (fixture->db, RUNGS_WEB_QUARANTINE, 0, 1, NULL);
      delivery = list->pdata[0];
      g_assert_nonnull (strstr (delivery->reason, CASES[i].says));
    }
  after = rungs_web_world_dump (fixture->db);
  g_assert_cmpstr (before, ==, after);
}

static void
test_other_words (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (RungsRawDelivery) latin = rungs_web_world_delivery (
      fixture->db, "elementor", "application/x-www-form-urlencoded",
      "E-Mail=zoe%40example.com&Vorname=Zo%EB&Unbekannt=x&utm_source=a");

  g_assert_cmpint (rungs_web_world_receive (fixture, latin), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM lead WHERE email ="
                                                  " 'zoe@example.com' AND first_name = 'Zoë'"),
                   ==, 1);
  g_assert_cmpint (receive (fixture, "stripe", "{\"id\": \"e1\", \"type\": \"balance.available\"}"),
                   ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (receive (fixture, "stripe", "{\"id\": \"e2\", \"livemode\": false, \"type\":"
                                               " \"checkout.session.completed\"}"),
                   ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (receive (fixture, "woocommerce", "{\"webhook_id\": 5}"), ==, RUNGS_WEB_IGNORED);
}

/* Nothing is believed without a secret. */
static void
demand_signature (RungsFixture *fixture,
                  RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE web_endpoint SET verify = NULL");
}

static void
test_unsigned (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (GPtrArray) providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);

  rungs_fixture_write (fixture, demand_signature);
  for (guint i = 0; i < providers->len; i++)
    {
      const char *key = rungs_provider_get_key (providers->pdata[i]);
      g_autoptr (GPtrArray) samples = rungs_web_world_samples (fixture->db, key);
      RungsWebState state = rungs_web_world_receive (fixture, samples->pdata[0]);
      gboolean path_is_enough = g_strv_contains (
          (const char *const[]){ "jotform", "elementor", "gumroad", "generic", "gravity-forms",
                                 "google-apps-script", NULL }, key);

      g_test_message ("%s", key);
      g_assert_cmpint (state, ==, path_is_enough ? RUNGS_WEB_APPLIED : RUNGS_WEB_QUARANTINE);
    }
}

static gboolean
mend (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  g_autoptr (RungsWebEndpoint) endpoint = rungs_web_endpoint_load_by_name (db, "generic", error);
  gint64 count = 0;

  g_free (endpoint->mapping);
  endpoint->mapping = g_strdup ("{\"contact\": \"email\", \"How old?\": \"ignore\"}");
  return rungs_web_endpoint_save (db, endpoint, error)
         && rungs_web_delivery_replay_all (db, 0, &count, error) && count == 1;
}

/* The mapping is mended, and what waited is done. */
static void
test_replay (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (GError) error = NULL;
  RungsWebResult result = { 0 };

  g_assert_cmpint (receive (fixture, "generic", "{\"contact\": \"ann@example.com\"}"), ==,
                   RUNGS_WEB_QUARANTINE);
  rungs_db_write (fixture->db, mend, NULL, &error);
  g_assert_no_error (error);
  rungs_web_apply_all (fixture->db, NULL, 1, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.applied, ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM lead WHERE email ="
                                                  " 'ann@example.com'"), ==, 1);
}

static void
write_city (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  rungs_lead_set_text (db, 1, "city", "Rome", rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
}

/* What staff wrote stays; what an earlier form said does not. */
static void
test_fields (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();

  receive (fixture, "generic", "{\"event_id\": 1, \"submitted_at\": \"2026-02-01\", \"email\":"
                               " \"ann@example.com\", \"city\": \"Bonn\", \"company\": \"A\"}");
  rungs_fixture_write (fixture, write_city);
  receive (fixture, "generic", "{\"event_id\": 2, \"submitted_at\": \"2026-02-02\", \"email\":"
                               " \"ann@example.com\", \"city\": \"Cork\", \"company\": \"B\"}");
  receive (fixture, "generic", "{\"event_id\": 3, \"submitted_at\": \"2026-01-02\", \"email\":"
                               " \"ann@example.com\", \"company\": \"C\", \"phone\": \"0228 55\"}");
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM lead WHERE city = 'Rome'"
                                                  " AND company = 'B' AND phone = '0228 55'"),
                   ==, 1);
}

static gboolean
erase (RungsDb   *db,
       gpointer   data,
       GError   **error)
{
  gint64 lead = 0;
  RungsErasure *erasure;

  if (!rungs_lead_find (db, "ada@example.com", &lead, error))
    return FALSE;
  erasure = rungs_lead_erase (db, lead, NULL, 5, error);
  if (erasure == NULL)
    return FALSE;
  rungs_erasure_free (erasure);
  return TRUE;
}

/* Nothing of an erased person is left in what came in, and they do not come back by themselves. */
static void
test_erasure (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (GPtrArray) samples = rungs_web_world_samples (fixture->db, "typeform");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (receive (fixture, "generic", "{\"e\": \"ADA@example.com\"}"), ==,
                   RUNGS_WEB_QUARANTINE);
  g_assert_cmpint (rungs_web_world_receive (fixture, samples->pdata[0]), ==, RUNGS_WEB_APPLIED);
  g_assert_true (rungs_db_write (fixture->db, erase, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM web_raw"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM web_value"), ==, 0);
  g_assert_cmpint (rungs_web_world_receive (fixture, samples->pdata[0]), ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (receive (fixture, "generic", "{\"email\": \"ada@example.com\"}"), ==,
                   RUNGS_WEB_QUARANTINE);
}

/* ---- a keyring that is locked */

typedef struct
{
  int code;   /* of RungsError; -1: it gives the secret */
  guint asked;
} Keyring;

static char **
give_secrets (const RungsWebEndpoint  *endpoint,
              gpointer                 data,
              GError                 **error)
{
  static const char *const SECRETS[] = { "secret", NULL };
  Keyring *keyring = data;

  keyring->asked++;
  if (keyring->code < 0)
    return g_strdupv ((char **) SECRETS);
  g_set_error_literal (error, RUNGS_ERROR, keyring->code, "the keyring says so");
  return NULL;
}

static void
apply_with (RungsFixture *fixture,
            Keyring      *keyring,
            const char   *state)
{
  RungsWebKeys keys = { .secrets = give_secrets, .data = keyring };
  RungsWebResult result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM web_delivery WHERE state = '%s' AND (state = 'applied'"
    "   OR reason = 'the keyring says so')", state);

  rungs_web_apply_all (fixture->db, &keys, rungs_fixture_now (fixture), &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (fixture, sql), ==, 1);
}

static void
want_bearer (RungsFixture *fixture,
             RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE web_endpoint SET verify ="
                              " '{\"scheme\": \"shared-secret\", \"where\": [\"bearer\"]}'");
}

static void
let_wait (RungsFixture *fixture,
          RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE web_delivery SET state = 'waiting'");
}

/* It lets deliveries wait; one without the secret does not. */
static void
test_locked (void)
{
  static const char *const STATES[] = { "quarantine", "waiting" };
  static const RungsError CODES[] = { RUNGS_ERROR_AUTH, RUNGS_ERROR_LOCKED };

  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    {
      g_autoptr (RungsFixture) fixture = world_new ();
      g_autoptr (RungsRawDelivery) raw
        = rungs_web_world_delivery (fixture->db, "generic", "application/json",
                                    "{\"email\": \"ann@example.com\"}");
      Keyring keyring = { (int) CODES[i], 0 };

      rungs_raw_delivery_add_header (raw, "Authorization", "Bearer secret");
      rungs_fixture_write (fixture, want_bearer);
      rungs_web_world_take (fixture, raw);
      apply_with (fixture, &keyring, STATES[i]);
      apply_with (fixture, &keyring, STATES[i]);
      g_assert_cmpuint (keyring.asked, ==, i == 0 ? 1 : 2);
      keyring.code = -1;
      rungs_fixture_write (fixture, let_wait);
      apply_with (fixture, &keyring, "applied");
    }
}

/* ---- an address that is opened, once it is believed who asks for it */

typedef struct
{
  const char *secret;
  guint visits;
  gboolean away;
} Visitor;

static char **
give_its_secret (const RungsWebEndpoint  *endpoint,
                 gpointer                 data,
                 GError                 **error)
{
  const char *secrets[] = { ((Visitor *) data)->secret, NULL };

  return g_strdupv ((char **) secrets);
}

static gboolean
visit_it (const char  *address,
          gpointer     data,
          GError     **error)
{
  Visitor *visitor = data;

  g_assert_cmpstr (address, ==, "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription");
  visitor->visits++;
  if (visitor->away)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, "it is away");
  return !visitor->away;
}

static RungsWebState
ask_for_visit (const char *address,
               Visitor    *visitor)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autofree char *body = g_strdup_printf ("{\"Type\": \"SubscriptionConfirmation\","
                                           " \"MessageId\": \"1\", \"SubscribeURL\": \"%s\"}",
                                           address);
  g_autoptr (RungsRawDelivery) raw
    = rungs_web_world_delivery (fixture->db, "ses", "application/json", body);
  RungsWebKeys keys = { .secrets = give_its_secret, .visit = visit_it, .data = visitor };
  RungsWebResult result = { 0 };
  g_autoptr (RungsWebDelivery) delivery = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  rungs_raw_delivery_add_header (raw, "Authorization", "Bearer secret");
  rungs_fixture_write (fixture, want_bearer);
  id = rungs_web_world_take (fixture, raw);
  rungs_web_apply_all (fixture->db, &keys, rungs_fixture_now (fixture), &result, &error);
  g_assert_no_error (error);
  delivery = rungs_web_delivery_load (fixture->db, id, &error);
  g_assert_no_error (error);
  return delivery->state;
}

static void
test_visit (void)
{
  static const char OURS[] = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription";
  static const char *const OTHERS[] = { "https://sns.evil.example/", "https://evil.example/",
                                        "http://sns.eu-west-1.amazonaws.com/",
                                        "https://sns.eu-west-1.amazonaws.com:8443/",
                                        "https://x@sns.eu-west-1.amazonaws.com/",
                                        "https://sns.amazonaws.com.evil.example/", "no" };
  Visitor right = { .secret = "secret" };
  Visitor wrong = { .secret = "other" };
  Visitor away = { .secret = "secret", .away = TRUE };
  Visitor elsewhere = { .secret = "secret" };

  g_assert_cmpint (ask_for_visit (OURS, &right), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpuint (right.visits, ==, 1);
  g_assert_cmpint (ask_for_visit (OURS, &wrong), ==, RUNGS_WEB_QUARANTINE);
  g_assert_cmpuint (wrong.visits, ==, 0);
  g_assert_cmpint (ask_for_visit (OURS, &away), ==, RUNGS_WEB_WAITING);
  for (guint i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    g_assert_cmpint (ask_for_visit (OTHERS[i], &elsewhere), ==, RUNGS_WEB_QUARANTINE);
  g_assert_cmpuint (elsewhere.visits, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/web/apply/samples", test_samples);
  g_test_add_func ("/web/apply/facts", test_facts);
  g_test_add_func ("/web/apply/mail", test_mail);
  g_test_add_func ("/web/apply/quarantine", test_quarantine);
  g_test_add_func ("/web/apply/other-words", test_other_words);
  g_test_add_func ("/web/apply/unsigned", test_unsigned);
  g_test_add_func ("/web/apply/replay", test_replay);
  g_test_add_func ("/web/apply/fields", test_fields);
  g_test_add_func ("/web/apply/erasure", test_erasure);
  g_test_add_func ("/web/apply/locked", test_locked);
  g_test_add_func ("/web/apply/visit", test_visit);

  return g_test_run ();
}
