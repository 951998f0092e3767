/* test-published.c: what the desktop puts up is read whole, or refused whole. */

#include "rungs-relay-published.h"

#include <string.h>

#include "base/rungs-error.h"

#define HASH "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define KEY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static const char WHOLE[]
  = "{\"stamp\": \"s\", \"endpoints\": [{\"path\": \"form-0123456789abcdef\"}],"
    " \"link_keys\": [\"" KEY "\"],"
    " \"pages\": [{\"kind\": \"confirm\", \"language\": \"en\", \"html\": \"english\"},"
    "             {\"kind\": \"confirm\", \"language\": \"DE\", \"html\": \"deutsch\","
    "              \"styles\": [\"" HASH "\", \"" HASH "\"]},"
    "             {\"kind\": \"landing\", \"slug\": \"a\", \"variant\": \"email\","
    "              \"language\": \"en\", \"html\": \"for mail\"},"
    "             {\"kind\": \"landing\", \"slug\": \"a\", \"variant\": \"ppc\","
    "              \"language\": \"en\", \"html\": \"for ads\"}],"
    " \"forms\": [{\"slug\": \"news\", \"least_seconds\": 3, \"bits\": 12, \"per_hour\": 0,"
    "   \"trap\": \"company\", \"most\": 2, \"always\": [\"email\"],"
    "   \"then\": \"https://a.example/\", \"languages\":"
    "   [{\"language\": \"en\", \"head\": \"h\", \"tail\": \"t\", \"thanks\": \"thanks\","
    "     \"fields\": [{\"key\": \"email\", \"html\": \"<input>\"}]},"
    "    {\"language\": \"pt-br\", \"thanks\": \"obrigado\"}]}],"
    " \"sources\": [{\"code\": \"Anna\", \"to\": \"https://shop.example/x\", \"remember\":"
    " \"both\","
    "   \"days\": 60}]}";

static RungsRelayPublished *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  RungsRelayPublished *published = rungs_relay_published_parse (json, strlen (json), &error);

  g_assert_no_error (error);
  return published;
}

static const RungsRelayPage *
confirm_page (RungsRelayPublished *published,
              const char          *accept)
{
  g_auto (GStrv) languages = rungs_relay_languages_of (NULL, accept);

  return rungs_relay_published_find_page (published, RUNGS_RELAY_PAGE_CONFIRM,
                                          (const char *const *) languages);
}

static void
test_pages (void)
{
  g_autoptr (RungsRelayPublished) published = parse (WHOLE);

  g_assert_cmpstr (rungs_relay_published_get_stamp (published), ==, "s");
  g_assert_cmpuint (rungs_relay_published_get_link_keys (published)->len, ==, 1);
  g_assert_cmpstr (confirm_page (published, "de-AT, en;q=0.5")->html, ==, "deutsch");
  g_assert_cmpstr (confirm_page (published, "de;q=0.1, en")->html, ==, "english");
  g_assert_cmpstr (confirm_page (published, "de;q=0, fr")->html, ==, "english");
  g_assert_cmpstr (confirm_page (published, NULL)->html, ==, "english");
  g_assert_cmpstr (confirm_page (published, "de")->styles, ==, "'" HASH "' '" HASH "'");
  g_assert_cmpstr (confirm_page (published, "en")->styles, ==, "");
}

static const char *
landing (RungsRelayPublished *published,
         const char          *variant)
{
  const char *const none[] = { NULL };

  return rungs_relay_published_find_landing (published, "a", variant, none)->html;
}

static void
test_landings (void)
{
  const char *const none[] = { NULL };
  g_autoptr (RungsRelayPublished) published = parse (WHOLE);

  g_assert_cmpstr (landing (published, NULL), ==, "for ads");
  g_assert_cmpstr (landing (published, "email"), ==, "for mail");
  g_assert_cmpstr (landing (published, "nonsense"), ==, "for ads");
  g_assert_null (rungs_relay_published_find_landing (published, "b", NULL, none));
}

static void
test_forms (void)
{
  const char *const brazil[] = { "pt-br", "pt", NULL };
  const char *const france[] = { "fr", NULL };
  g_autoptr (RungsRelayPublished) published = parse (WHOLE);
  const RungsRelayForm *form = rungs_relay_published_find_form (published, "news");
  const RungsRelayFormText *text;

  g_assert_nonnull (form);
  g_assert_null (rungs_relay_published_find_form (published, "other"));
  g_assert_cmpuint (form->least_seconds, ==, 3);
  g_assert_cmpuint (form->bits, ==, 12);
  g_assert_cmpuint (form->per_hour, ==, 0);
  g_assert_cmpuint (form->most, ==, 2);
  g_assert_cmpstr (form->trap, ==, "company");
  g_assert_cmpstr (form->then, ==, "https://a.example/");
  g_assert_cmpstr (form->always[0], ==, "email");
  g_assert_cmpstr (rungs_relay_form_find_text (form, brazil)->thanks, ==, "obrigado");
  text = rungs_relay_form_find_text (form, france);
  g_assert_cmpstr (text->head, ==, "h");
  g_assert_cmpstr (((RungsRelayField *) text->fields->pdata[0])->html, ==, "<input>");
}

static void
test_sources (void)
{
  g_autoptr (RungsRelayPublished) published = parse (WHOLE);
  const RungsRelaySource *source = rungs_relay_published_find_source (published, "Anna");

  g_assert_nonnull (source);
  g_assert_cmpstr (source->to, ==, "https://shop.example/x");
  g_assert_cmpint (source->remember, ==, RUNGS_RELAY_REMEMBER_BOTH);
  g_assert_cmpuint (source->days, ==, 60);
  g_assert_null (rungs_relay_published_find_source (published, "anna"));
}

static void
test_refused (void)
{
  const char *const wrong[] = {
    "\"link_keys\": {}",
    "\"link_keys\": [\"short\"]",
    "\"link_keys\": [1]",
    "\"pages\": [1]",
    "\"pages\": {}",
    "\"pages\": [{\"kind\": \"other\", \"language\": \"en\", \"html\": \"x\"}]",
    "\"pages\": [{\"kind\": \"gone\", \"language\": \"en\"}]",
    "\"pages\": [{\"kind\": \"gone\", \"language\": \"e n\", \"html\": \"x\"}]",
    "\"pages\": [{\"kind\": \"gone\", \"language\": \"en\", \"html\": 7}]",
    "\"pages\": [{\"kind\": \"gone\", \"language\": \"en\", \"html\": \"x\", \"styles\": [\"x\"]}]",
    "\"pages\": [{\"kind\": \"gone\", \"language\": \"en\", \"html\": \"x\","
    " \"styles\": [\"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA;'=\"]}]",
    "\"pages\": [{\"kind\": \"landing\", \"language\": \"en\", \"html\": \"x\"}]",
    "\"pages\": [{\"kind\": \"landing\", \"slug\": \"A/b\", \"language\": \"en\", \"html\":"
    " \"x\"}]",
    "\"pages\": [{\"kind\": \"landing\", \"slug\": \"a\", \"variant\": \"x\", \"language\": \"en\","
    " \"html\": \"x\"}]",
    "\"forms\": [{\"slug\": \"a\"}]",
    "\"forms\": [{\"slug\": \"a\", \"languages\": []}]",
    "\"forms\": [{\"slug\": \"a\", \"languages\": [1]}]",
    "\"forms\": [{\"slug\": \"\", \"languages\": [{\"language\": \"en\"}]}]",
    "\"forms\": [{\"slug\": \"a\", \"bits\": 21, \"languages\": [{\"language\": \"en\"}]}]",
    "\"forms\": [{\"slug\": \"a\", \"bits\": -1, \"languages\": [{\"language\": \"en\"}]}]",
    "\"forms\": [{\"slug\": \"a\", \"per_hour\": \"x\", \"languages\": [{\"language\": \"en\"}]}]",
    "\"forms\": [{\"slug\": \"a\", \"then\": \"javascript:x\", \"languages\": [{\"language\":"
    " \"en\"}]}]",
    "\"forms\": [{\"slug\": \"a\", \"always\": [1], \"languages\": [{\"language\": \"en\"}]}]",
    "\"forms\": [{\"slug\": \"a\", \"languages\": [{\"language\": \"en\","
    " \"fields\": [{\"html\": \"\"}]}]}]",
    "\"forms\": [{\"slug\": \"a\", \"languages\": [{\"language\": \"en\","
    " \"fields\": [{\"key\": \"a,b\", \"html\": \"\"}]}]}]",
    "\"sources\": [{\"code\": \"a\"}]",
    "\"sources\": [{\"code\": \"a b\", \"to\": \"https://a\"}]",
    "\"sources\": [{\"code\": \"a;b\", \"to\": \"https://a\"}]",
    "\"sources\": [{\"code\": \"a\", \"to\": \"//a\"}]",
    "\"sources\": [{\"code\": \"a\", \"to\": \"https://a\", \"remember\": \"all\"}]",
    "\"sources\": [{\"code\": \"a\", \"to\": \"https://a\", \"days\": 4000}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *json
        = g_strdup_printf ("{\"stamp\": \"s\", \"endpoints\": [], %s}", wrong[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_relay_published_parse (json, strlen (json), &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_test_message ("%s: %s", wrong[i], error->message);
    }
}

/* No beginning of it is one, and none does harm. */
static void
test_cut (void)
{
  for (gsize n = 0; n + 1 < sizeof WHOLE - 1; n++)
    {
      g_autofree char *part = g_strndup (WHOLE, n);

      g_assert_null (rungs_relay_published_parse (part, n, NULL));
    }
}

static void
assert_languages (const char *asked,
                  const char *accept,
                  const char *expected)
{
  g_auto (GStrv) languages = rungs_relay_languages_of (asked, accept);
  g_autofree char *list = g_strjoinv (" ", languages);

  g_assert_cmpstr (list, ==, expected);
}

static void
test_languages (void)
{
  g_autofree char *endless = g_strnfill (100000, ',');

  assert_languages (NULL, NULL, "");
  assert_languages (NULL, "de", "de");
  assert_languages (NULL, "pt-BR,pt;q=0.9,en;q=0.8", "pt-br pt en");
  assert_languages (NULL, "en;q=0.5, fr;q=0.7, de", "de fr en");
  assert_languages ("FR", "de", "fr de");
  assert_languages ("<script>", "*, de;q=7, en;q=x, fr;q=0", "");
  assert_languages (NULL, "zh-Hans-CN", "zh-hans-cn zh-hans zh");
  assert_languages ("", endless, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/published/pages", test_pages);
  g_test_add_func ("/relay/published/landings", test_landings);
  g_test_add_func ("/relay/published/forms", test_forms);
  g_test_add_func ("/relay/published/sources", test_sources);
  g_test_add_func ("/relay/published/refused", test_refused);
  g_test_add_func ("/relay/published/cut", test_cut);
  g_test_add_func ("/relay/published/languages", test_languages);
  return g_test_run ();
}
