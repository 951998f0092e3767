/* test-signature.c: the rules by which deliveries are checked. The signatures themselves are
 * checked with those that other people's libraries make. */

#include "wire/rungs-signature.h"

#include <string.h>

#include "wire/rungs-provider.h"
#include "wire/rungs-wire-json.h"

/* Every provider that can be received from is signed in a way that there is, and each way is one
 * provider's. */
static void
test_providers (void)
{
  g_autoptr (GPtrArray) providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (providers->len, >=, 27);
  for (guint i = 0; i < providers->len; i++)
    {
      const RungsProvider *provider = providers->pdata[i];
      JsonObject *receive = rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE);
      JsonObject *verify = rungs_wire_json_object (receive, "verify");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rungs_provider_get_key (provider));
      g_assert_nonnull (verify);
      rungs_signature_check_rule (verify, &error);
      g_assert_no_error (error);
      g_assert_true (!rungs_signature_needs_secret (verify)
                     || rungs_wire_json_object (receive, "secret") != NULL);
      g_hash_table_add (used, (gpointer) rungs_wire_json_text (verify, "scheme"));
    }
  for (guint i = 0; rungs_signature_schemes ()[i] != NULL; i++)
    g_assert_true (g_hash_table_contains (used, rungs_signature_schemes ()[i]));
  g_assert_cmpuint (g_hash_table_size (used), ==, 9);
}

static void
test_rules (void)
{
  static const char *const WRONG[] = {
    "{}",
    "{\"scheme\": \"none\"}",
    "{\"scheme\": \"hmac-body\"}",
    "{\"scheme\": \"hmac-body\", \"header\": \"X\", \"encoding\": \"rot13\"}",
    "{\"scheme\": \"hmac-body\", \"header\": 5, \"encoding\": \"hex\"}",
    "{\"scheme\": \"hmac-body\", \"header\": {}, \"encoding\": \"hex\"}",
    "{\"scheme\": \"hmac-timestamp\", \"header\": \"X\", \"encoding\": \"hex\", \"time\": \"t\"}",
    "{\"scheme\": \"standard-webhooks\", \"prefixes\": \"svix-\"}",
    "{\"scheme\": \"shared-secret\", \"where\": []}",
    "{\"scheme\": \"shared-secret\", \"where\": [\"moon\"]}",
    "{\"scheme\": \"rsa-string\", \"signature\": {}, \"certificate\": {}, \"host\": \"*.a\"}",
    "{\"scheme\": \"hmac-in-body\", \"fields\": \"a\", \"signature\": \"b\","
    " \"encoding\": \"hex\"}",
  };
  g_autoptr (RungsRawDelivery) delivery = rungs_raw_delivery_new ("POST", "/", "", 0);

  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (JsonNode) rule = json_from_string (WRONG[i], NULL);
      const char *const secrets[] = { "a", NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *why = NULL;

      g_test_message ("%s", WRONG[i]);
      g_assert_false (rungs_signature_check_rule (json_node_get_object (rule), &error));
      g_assert_nonnull (error);
      g_assert_cmpint (rungs_signature_check (json_node_get_object (rule), delivery, secrets, "/",
                                              NULL, &why),
                       !=, RUNGS_SIGNATURE_RIGHT);
      g_assert_nonnull (why);
    }
}

static void
test_certificate_address (void)
{
  static const struct
  {
    const char *provider;
    const char *address;
    gboolean is_pinned;
  } CASES[] = {
    { "paypal", "https://api.paypal.com/v1/notifications/certs/CERT-1", TRUE },
    { "paypal", "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1", TRUE },
    { "paypal", "http://api.paypal.com/x", FALSE },
    { "paypal", "https://paypal.com.evil.example/x", FALSE },
    { "paypal", "https://evilpaypal.com/x", FALSE },
    { "paypal", "https://api.paypal.com@evil.example/x", FALSE },
    { "paypal", "https://evil.example/.paypal.com", FALSE },
    { "paypal", "https://evil.example#.paypal.com", FALSE },
    { "paypal", "https://api.paypal.com:8443/x", FALSE },
    { "paypal", "file:///etc/passwd", FALSE },
    { "paypal", "", FALSE },
    { "ses", "https://sns.eu-west-1.amazonaws.com/a.pem", TRUE },
    { "ses", "https://SNS.eu-west-1.AMAZONAWS.com/a.pem", TRUE },
    { "ses", "https://sns.s3.amazonaws.com/a.pem", FALSE },
    { "ses", "https://sns.evil.s3.amazonaws.com/a.pem", FALSE },
    { "ses", "https://sns.amazonaws.com.evil.example/a.pem", FALSE },
    { "ses", "https://sns.amazonaws.com/a.pem", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsProvider) provider = rungs_provider_load (CASES[i].provider, NULL);
      g_autoptr (RungsRawDelivery) delivery = rungs_raw_delivery_new ("POST", "/", "", 0);
      g_autofree char *json = g_strdup_printf ("{\"SigningCertURL\": \"%s\"}", CASES[i].address);
      g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
      g_autofree char *address = NULL;

      g_test_message ("%s", CASES[i].address);
      rungs_raw_delivery_set_body (delivery, body);
      rungs_raw_delivery_add_header (delivery, "PAYPAL-CERT-URL", CASES[i].address);
      address = rungs_signature_dup_certificate_address (
          rungs_wire_json_object (rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE),
                                  "verify"),
          delivery, NULL);
      g_assert_cmpstr (address, ==, CASES[i].is_pinned ? CASES[i].address : NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/signature/providers", test_providers);
  g_test_add_func ("/wire/signature/rules", test_rules);
  g_test_add_func ("/wire/signature/certificate-address", test_certificate_address);

  return g_test_run ();
}
