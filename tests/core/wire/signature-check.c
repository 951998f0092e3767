/* signature-check.c: says of deliveries, a JSON object a line on its input, what is thought of
 * their signatures, a line each: {"provider": KEY, "headers": [[NAME, VALUE]], "body": BASE64,
 * "at": MILLISECONDS, "path": …, "secrets": […], "certificate": …}. */

#include <locale.h>
#include <stdio.h>

#include "wire/rungs-provider.h"
#include "wire/rungs-signature.h"
#include "wire/rungs-wire-json.h"

static RungsRawDelivery *
read_delivery (JsonObject *object)
{
  RungsRawDelivery *delivery
      = rungs_raw_delivery_new ("POST", json_object_get_string_member (object, "path"), "",
                                json_object_get_int_member (object, "at"));
  JsonArray *headers = json_object_get_array_member (object, "headers");
  gsize length = 0;
  guchar *body = g_base64_decode (json_object_get_string_member (object, "body"), &length);
  g_autoptr (GBytes) bytes = g_bytes_new_take (body, length);

  rungs_raw_delivery_set_body (delivery, bytes);
  for (guint i = 0; i < json_array_get_length (headers); i++)
    {
      JsonArray *header = json_array_get_array_element (headers, i);

      g_assert_true (rungs_raw_delivery_add_header (delivery,
                                                    json_array_get_string_element (header, 0),
                                                    json_array_get_string_element (header, 1)));
    }
  return delivery;
}

static char **
read_secrets (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "secrets");
  GStrvBuilder *builder = g_strv_builder_new ();
  char **secrets;

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  secrets = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return secrets;
}

static void
check (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsProvider) provider
      = rungs_provider_load (json_object_get_string_member (object, "provider"), &error);
  g_autoptr (RungsRawDelivery) delivery = read_delivery (object);
  g_auto (GStrv) secrets = read_secrets (object);
  g_autofree char *why = NULL;
  JsonObject *verify;
  RungsSignatureVerdict verdict;

  g_assert_no_error (error);
  verify = rungs_wire_json_object (
      rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE), "verify");
  verdict = rungs_signature_check (verify, delivery, (const char *const *) secrets, "/in/secret-7",
                                   rungs_wire_json_text (object, "certificate"), &why);
  g_assert_true ((verdict == RUNGS_SIGNATURE_RIGHT) == (why == NULL));
  puts (rungs_signature_verdict_to_text (verdict));
}

int
main (void)
{
  char *line = NULL;
  size_t size = 0;

  setlocale (LC_ALL, "C.UTF-8");
  while (getline (&line, &size, stdin) > 0)
    check (line);
  free (line);
  return 0;
}
