/* rungs-test-provider.c: the providers that come with Rungs, spoken to on loopback. */

#include "rungs-test-provider.h"

#include "mail/rungs-http-transport.h"
#include "wire/rungs-provider-option.h"

char *
rungs_test_provider_dup_text (const char *key,
                              const char *base)
{
  g_autofree char *name = g_strconcat (key, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "providers", name, NULL);
  g_autofree char *text = NULL;
  g_autofree char *replacement = g_strdup_printf ("\"address\": \"%s/", base);
  g_autoptr (GRegex) address = g_regex_new ("\"address\": \"https://[^/\"]+/", 0, 0, NULL);
  g_autoptr (GError) error = NULL;
  char *replaced;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  replaced = g_regex_replace_literal (address, text, -1, 0, replacement, 0, &error);
  g_assert_no_error (error);
  return replaced;
}

RungsProvider *
rungs_test_provider_load (const char *key,
                          const char *base)
{
  g_autofree char *text = rungs_test_provider_dup_text (key, base);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  RungsProvider *provider = rungs_provider_new (key, bytes, &error);

  g_assert_no_error (error);
  return provider;
}

JsonObject *
rungs_test_provider_new_options (RungsProvider *provider)
{
  g_autoptr (JsonObject) given = json_object_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *options;

  json_object_set_string_member (given, "domain", "mg.business.example");
  json_object_set_string_member (given, "access_key", "AKIDEXAMPLEEXAMPLE");
  options = rungs_provider_complete_options (provider, RUNGS_PROVIDER_SEND, given, &error);
  g_assert_no_error (error);
  return options;
}

RungsTransport *
rungs_test_provider_new_transport (const char *key,
                                   const char *base)
{
  g_autoptr (RungsProvider) provider = rungs_test_provider_load (key, base);
  g_autoptr (JsonObject) options = rungs_test_provider_new_options (provider);

  return rungs_http_transport_new (provider, options, RUNGS_TEST_PROVIDER_KEY);
}
