/* test-provider-option.c: what a provider must be told is asked for, checked and completed as its
 * file says. */

#include "wire/rungs-provider-option.h"

#include "base/rungs-error.h"

static const char *const GERMAN[] = { "de", NULL };

static RungsProvider *
load (const char *key)
{
  g_autoptr (GError) error = NULL;
  RungsProvider *provider = rungs_provider_load (key, &error);

  g_assert_no_error (error);
  return provider;
}

static void
test_list (void)
{
  g_autoptr (RungsProvider) ses = load ("ses");
  g_autoptr (RungsProvider) mailgun = load ("mailgun");
  g_autoptr (RungsProvider) brevo = load ("brevo");
  g_autoptr (GPtrArray) options = rungs_provider_list_options (ses, RUNGS_PROVIDER_SEND, GERMAN);
  g_autoptr (GPtrArray) none = rungs_provider_list_options (brevo, RUNGS_PROVIDER_SEND, GERMAN);
  g_autoptr (GPtrArray) with_choices = rungs_provider_list_options (mailgun, RUNGS_PROVIDER_SEND,
                                                                    GERMAN);
  const RungsProviderOption *option = options->pdata[0];

  g_assert_cmpuint (options->len, ==, 3);
  g_assert_cmpstr (option->key, ==, "access_key");
  g_assert_cmpstr (option->label, ==, "Zugriffsschlüssel-ID");
  g_assert_false (option->optional);
  option = options->pdata[2];
  g_assert_true (option->optional);
  g_assert_cmpuint (none->len, ==, 0);
  option = with_choices->pdata[1];
  g_assert_cmpuint (option->choices->len, ==, 2);
  g_assert_cmpstr (rungs_provider_get_secret_label (ses, RUNGS_PROVIDER_SEND, GERMAN), ==,
                   "Geheimer Zugriffsschlüssel");
  g_assert_cmpstr (rungs_provider_get_secret_help (brevo, RUNGS_PROVIDER_SEND, GERMAN), !=, "");
}

/* `given` and `whole` are JSON; NULL: it is refused. */
static void
check (const char *key,
       const char *given,
       const char *whole)
{
  g_autoptr (RungsProvider) provider = load (key);
  g_autoptr (JsonNode) node = json_from_string (given, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) options
    = rungs_provider_complete_options (provider, RUNGS_PROVIDER_SEND,
                                       json_node_get_object (node), &error);
  g_autoptr (JsonNode) result = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  if (whole == NULL)
    {
      g_assert_null (options);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      return;
    }
  g_assert_no_error (error);
  json_node_set_object (result, options);
  text = json_to_string (result, FALSE);
  g_assert_cmpstr (text, ==, whole);
}

static void
test_complete (void)
{
  check ("postmark", "{}", "{\"stream\":\"broadcast\"}");
  check ("postmark", "{\"stream\": \" outbound \"}", "{\"stream\":\"outbound\"}");
  check ("postmark", "{\"stream\": \"a b\"}", NULL);
  check ("postmark", "{\"stream\": 7, \"other\": \"x\"}", "{\"stream\":\"broadcast\"}");
  check ("brevo", "{}", "{}");
  check ("mailgun", "{}", NULL);
  check ("mailgun", "{\"domain\": \"mg.example.org\"}",
         "{\"domain\":\"mg.example.org\",\"host\":\"api.mailgun.net\"}");
  check ("mailgun", "{\"domain\": \"mg.example.org\", \"host\": \"evil.example\"}", NULL);
  check ("mailgun", "{\"domain\": \"mg.example.org/../x\"}", NULL);
  check ("ses", "{\"access_key\": \"AKIDEXAMPLEEXAMPLE\"}",
         "{\"access_key\":\"AKIDEXAMPLEEXAMPLE\",\"region\":\"eu-central-1\","
         "\"configuration_set\":\"\"}");
  check ("ses", "{\"access_key\": \"AKIDEXAMPLEEXAMPLE\", \"region\": \"x@evil.example/\"}", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/provider-option/list", test_list);
  g_test_add_func ("/provider-option/complete", test_complete);
  return g_test_run ();
}
