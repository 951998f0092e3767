/* test-provider.c: providers as data: those that come with Rungs, the user's own, and files that
 * are none. */

#include "wire/rungs-provider.h"

#include <glib/gstdio.h>

#include "base/rungs-error.h"

static RungsProvider *
read_text (const char  *key,
           const char  *text,
           GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return rungs_provider_new (key, bytes, error);
}

#define HEAD "{\"key\": \"post-1\", \"name\": \"Post\", \"home\": \"https://post.example/\""

static void
test_head (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsProvider) provider
    = read_text ("post-1", HEAD ", \"send\": {\"url\": \"https://a.example\"}}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rungs_provider_get_key (provider), ==, "post-1");
  g_assert_cmpstr (rungs_provider_get_name (provider), ==, "Post");
  g_assert_cmpstr (rungs_provider_get_home (provider), ==, "https://post.example/");
  g_assert_cmpstr (json_object_get_string_member (
                     rungs_provider_get_section (provider, RUNGS_PROVIDER_SEND), "url"),
                   ==, "https://a.example");
  g_assert_null (rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE));
}

static void
test_faults (void)
{
  static const struct
  {
    const char *key;
    const char *text;
    const char *says;
  } CASES[] = {
    { "post-1", "", "no JSON object" },
    { "post-1", "{", "cannot be used" },
    { "post-1", "[]", "no JSON object" },
    { "post-1", "\xff\xfe", "cannot be used" },
    { "post-1", "{}", "not the name of the file" },
    { "post-2", HEAD ", \"send\": {}}", "not the name of the file" },
    { "Post-1", HEAD ", \"send\": {}}", "small letters" },
    { "../post-1", HEAD ", \"send\": {}}", "small letters" },
    { "post-1", HEAD "}", "none of" },
    { "post-1", HEAD ", \"send\": []}", "“send”" },
    { "post-1", HEAD ", \"sned\": {}}", "“sned”" },
    { "post-1", "{\"key\": \"post-1\", \"home\": \"https://a\", \"send\": {}}", "“name”" },
    { "post-1", "{\"key\": \"post-1\", \"name\": 7, \"home\": \"https://a\"}", "“name”" },
    { "post-1", "{\"key\": \"post-1\", \"name\": \"P\", \"home\": \"http://a\"}", "“home”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (CASES[i].key, CASES[i].text, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      if (strstr (error->message, CASES[i].says) == NULL)
        g_error ("%s: “%s” does not say “%s”", CASES[i].text, error->message, CASES[i].says);
    }
}

static void
test_words (void)
{
  static const char *const GERMAN[] = { "de_AT", "de", NULL };
  static const char *const FRENCH[] = { "fr", NULL };
  g_autoptr (RungsProvider) provider
    = read_text ("post-1",
                 HEAD ", \"send\": {\"label\": {\"en\": \"Key\", \"de\": \"Schlüssel\"},"
                      " \"plain\": \"ID\", \"number\": 7}}",
                 NULL);
  JsonObject *send = rungs_provider_get_section (provider, RUNGS_PROVIDER_SEND);

  g_assert_cmpstr (rungs_provider_get_words (send, "label", GERMAN), ==, "Schlüssel");
  g_assert_cmpstr (rungs_provider_get_words (send, "label", FRENCH), ==, "Key");
  g_assert_cmpstr (rungs_provider_get_words (send, "plain", FRENCH), ==, "ID");
  g_assert_null (rungs_provider_get_words (send, "number", FRENCH));
  g_assert_null (rungs_provider_get_words (send, "nothing", FRENCH));
}

static gboolean
has_key (GPtrArray  *providers,
         const char *key)
{
  for (guint i = 0; i < providers->len; i++)
    if (strcmp (rungs_provider_get_key (providers->pdata[i]), key) == 0)
      return TRUE;
  return FALSE;
}

/* Every file that comes with Rungs is one, and is listed. */
static void
test_built_in (void)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GPtrArray) all = rungs_provider_list (NULL, &faults);
  g_autoptr (GPtrArray) senders = rungs_provider_list (RUNGS_PROVIDER_SEND, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "providers", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *file;

  g_assert_nonnull (folder);
  g_assert_cmpuint (faults->len, ==, 0);
  while ((file = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (file, ".json"))
      {
        g_autofree char *key = g_strndup (file, strlen (file) - strlen (".json"));

        if (!has_key (all, key))
          g_error ("%s is not in rungs-providers.gresource.xml", file);
      }
  g_assert_true (has_key (senders, "resend"));
  for (guint i = 0; i < senders->len; i++)
    g_assert_nonnull (rungs_provider_get_section (senders->pdata[i], RUNGS_PROVIDER_SEND));
}

static void
put_own (const char *file,
         const char *text)
{
  g_autofree char *folder = rungs_provider_get_own_folder ();
  g_autofree char *path = g_build_filename (folder, file, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* One of the user's own is found, stands for one of the same key, and a bad one is told. */
static void
test_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (RungsProvider) resend = NULL;
  g_autoptr (RungsProvider) none = NULL;

  put_own ("post-1.json", HEAD ", \"send\": {}}");
  put_own ("resend.json", "{\"key\": \"resend\", \"name\": \"Mine\", \"home\": \"https://a/\","
                          " \"send\": {}}");
  put_own ("bad.json", "{}");
  put_own ("notes.txt", "nothing");

  all = rungs_provider_list (NULL, &faults);
  g_assert_true (has_key (all, "post-1"));
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_nonnull (strstr (faults->pdata[0], "bad.json"));

  resend = rungs_provider_load ("resend", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rungs_provider_get_name (resend), ==, "Mine");

  none = rungs_provider_load ("../resend", &error);
  g_assert_null (none);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  none = rungs_provider_load ("bad", &error);
  g_assert_null (none);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/provider/head", test_head);
  g_test_add_func ("/provider/faults", test_faults);
  g_test_add_func ("/provider/words", test_words);
  g_test_add_func ("/provider/built-in", test_built_in);
  g_test_add_func ("/provider/own", test_own);
  return g_test_run ();
}
