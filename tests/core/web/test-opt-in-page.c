/* test-opt-in-page.c: an opt-in form as HTML, and what the relay is told of it. */

#include "rungs-fixture.h"
#include "web/rungs-opt-in-page.h"

#include <string.h>

#include "web/rungs-opt-in-store.h"

/* What somebody who means harm writes wherever text can be written. */
#define EVIL "\\\"><script>alert(1)</script>{{hidden}}</style>"

static const char FORM[]
    = "{\"title\": \"" EVIL "\", \"intro\": \"" EVIL "\\n\\nTwo\", \"button\": \"" EVIL "\","
      " \"fields\": [{\"key\": \"email\", \"label\": \"" EVIL "\", \"help\": \"" EVIL "\","
      "   \"required\": true},"
      "  {\"key\": \"first_name\", \"label\": \"First name\"},"
      "  {\"key\": \"question:likes\", \"kind\": \"choices\", \"label\": \"You like\","
      "   \"choices\": [{\"value\": \"green\", \"label\": \"" EVIL "\"},"
      "                 {\"value\": \"black\", \"label\": \"Black tea\"}], \"profile\": true}],"
      " \"consent\": {\"wording\": \"Write to me about tea & cake.\", \"required\": true},"
      " \"thanks\": {\"title\": \"" EVIL "\", \"text\": \"" EVIL "\"},"
      " \"languages\": {\"de\": {\"consent\": \"Schreibt mir.\", \"button\": \"Los\"}}}";

static RungsOptIn *
parse (void)
{
  g_autoptr (GError) error = NULL;
  RungsOptIn *form = rungs_opt_in_parse (FORM, &error);

  g_assert_no_error (error);
  return form;
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

static void
test_text_stays_text (void)
{
  g_autoptr (RungsOptIn) form = parse ();
  const RungsOptInFace face = { .definition = form, .slug = "tea", .version = 7,
                                .relay = "https://relay.example", .business = "Tea" };

  for (guint shape = RUNGS_OPT_IN_SHAPE_PAGE; shape <= RUNGS_OPT_IN_SHAPE_PASTE; shape++)
    {
      g_autofree char *html = rungs_opt_in_dup_html (&face, shape);

      g_assert_null (strstr (html, "<script>"));
      g_assert_null (strstr (html, "{{"));
      g_assert_cmpuint (count (html, "</style>"), ==, shape == RUNGS_OPT_IN_SHAPE_PASTE ? 0 : 1);
      g_assert_nonnull (strstr (html, "action=\"https://relay.example/f/tea\""));
      g_assert_nonnull (strstr (html, "name=\"form_version\" value=\"7\""));
      g_assert_nonnull (strstr (html, "Write to me about tea &amp; cake."));
      g_assert_nonnull (strstr (html, "autocomplete=\"given-name\""));
      g_assert_cmpuint (strlen (html), <, 30000);
    }
}

static void
test_shapes (void)
{
  g_autoptr (RungsOptIn) form = parse ();
  const RungsOptInFace face = { .definition = form, .slug = "tea", .language = "de",
                                .relay = "https://relay.example" };
  g_autofree char *page = rungs_opt_in_dup_html (&face, RUNGS_OPT_IN_SHAPE_PAGE);
  g_autofree char *snippet = rungs_opt_in_dup_html (&face, RUNGS_OPT_IN_SHAPE_SNIPPET);
  g_autofree char *paste = rungs_opt_in_dup_html (&face, RUNGS_OPT_IN_SHAPE_PASTE);

  g_assert_nonnull (strstr (page, "<html lang=\"de\">"));
  g_assert_nonnull (strstr (page, "Schreibt mir."));
  g_assert_cmpuint (count (page, "(Pflichtfeld)"), ==, 2);
  g_assert_nonnull (strstr (page, "Schreibt mir. <span class=\"n\">(Pflichtfeld)</span>"));
  g_assert_nonnull (strstr (snippet, "<script src=\"https://relay.example/f.js\" defer>"));
  g_assert_nonnull (strstr (snippet, "name=\"rungs-language\" value=\"de\""));
  g_assert_null (strstr (paste, "<script"));
  g_assert_null (strstr (paste, "<style"));
}

static void
add_and_publish (RungsDb *db)
{
  g_autoptr (RungsOptIn) draft = parse ();
  g_autoptr (GError) error = NULL;
  guint number;
  gint64 kept = rungs_opt_in_add (db, "Tea", "tea", 0, draft, 1000, &error);
  gint64 retired = rungs_opt_in_add (db, "Old", "old", 0, draft, 1000, &error);

  rungs_opt_in_add (db, "Never", "never", 0, draft, 1000, &error);
  rungs_opt_in_publish (db, kept, 2000, &number, &error);
  rungs_opt_in_publish (db, retired, 2000, &number, &error);
  rungs_opt_in_retire (db, retired, 3000, &error);
  g_assert_no_error (error);
}

static void
test_relay_is_told (RungsFixture *fixture,
                    RungsDb      *db)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *forms, *languages, *fields;
  JsonObject *form, *text;

  add_and_publish (db);
  json_builder_begin_object (builder);
  rungs_web_forms_publish (db, builder, &error);
  g_assert_no_error (error);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  forms = json_object_get_array_member (json_node_get_object (root), "forms");
  g_assert_cmpuint (json_array_get_length (forms), ==, 1);
  form = json_array_get_object_element (forms, 0);
  g_assert_cmpstr (json_object_get_string_member (form, "slug"), ==, "tea");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (form, "always")), ==, 2);
  languages = json_object_get_array_member (form, "languages");
  g_assert_cmpuint (json_array_get_length (languages), ==, 2);
  text = json_array_get_object_element (languages, 1);
  fields = json_object_get_array_member (text, "fields");
  g_assert_cmpuint (json_array_get_length (fields), ==, 3);
  g_assert_nonnull (strstr (json_object_get_string_member (text, "head"),
                            "action=\"{{action}}\""));
  g_assert_nonnull (strstr (json_object_get_string_member (text, "tail"), "{{token}}"));
  g_assert_cmpuint (count (json_object_get_string_member (text, "tail"), "{{hidden}}"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web/opt-in-page/text", test_text_stays_text);
  g_test_add_func ("/web/opt-in-page/shapes", test_shapes);
  rungs_fixture_add_test ("/web/opt-in-page/relay", test_relay_is_told);
  return g_test_run ();
}
