/* test-publish.c: what is put up at the relay: keys of links, pages, links of sources. */

#include "rungs-fixture.h"

#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-source-link-store.h"
#include "leads/rungs-source-store.h"
#include "mail/rungs-link-key-store.h"
#include "web/rungs-web-link-store.h"
#include "web/rungs-web-pages.h"
#include "web/rungs-web-sources.h"

typedef gboolean (*Publish) (RungsDb *, JsonBuilder *, GError **);

static JsonArray *
publish (RungsDb    *db,
         Publish     func,
         const char *member,
         JsonNode  **root)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;

  json_builder_begin_object (builder);
  func (db, builder, &error);
  g_assert_no_error (error);
  json_builder_end_object (builder);
  *root = json_builder_get_root (builder);
  return json_object_get_array_member (json_node_get_object (*root), member);
}

static void
test_keys (RungsFixture *self,
           RungsDb      *db)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GBytes) key = NULL;
  JsonArray *array;

  rungs_link_key_ensure (db, rungs_fixture_now (self), NULL);
  keys = rungs_link_keys_load (db, NULL);
  array = publish (db, rungs_web_links_publish, "link_keys", &root);
  g_assert_cmpuint (json_array_get_length (array), ==, 1);
  key = rungs_link_key_from_text (json_array_get_string_element (array, 0));
  g_assert_true (g_bytes_equal (key, keys->pdata[0]));
}

/* The page of that kind and language, where it stands in its kind. */
static JsonObject *
find_page (JsonArray  *pages,
           const char *kind,
           const char *language,
           guint      *place)
{
  *place = 0;
  for (guint i = 0; i < json_array_get_length (pages); i++)
    {
      JsonObject *page = json_array_get_object_element (pages, i);

      if (strcmp (json_object_get_string_member (page, "kind"), kind) != 0)
        continue;
      if (strcmp (json_object_get_string_member (page, "language"), language) == 0)
        return page;
      (*place)++;
    }
  g_error ("there is no page %s in %s", kind, language);
}

typedef struct
{
  const char *kind;
  gboolean has_form;
  const char *german;
} PageCase;

static void
test_pages (RungsFixture *self,
            RungsDb      *db)
{
  static const PageCase CASES[] = {
    { "unsubscribe", TRUE, "Abmelden" },   { "unsubscribed", FALSE, "notiert" },
    { "confirm", TRUE, "Ja, bestätigen" }, { "confirmed", FALSE, "Vielen Dank" },
    { "gone", FALSE, "Hier ist nichts" },  { "prove", TRUE, "Absenden" },
    { "later", FALSE, "später" },
  };
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) german = NULL;
  JsonArray *pages;
  guint place;

  rungs_fixture_run (self, "UPDATE business SET name = 'Bread & <b>{{action}}</b>'");
  pages = publish (db, rungs_web_pages_publish, "pages", &root);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      JsonObject *page = find_page (pages, CASES[i].kind, "de", &place);
      const char *html = json_object_get_string_member (page, "html");
      const char *action = strstr (html, "{{action}}");

      g_test_message ("%s", CASES[i].kind);
      g_assert_cmpuint (place, ==, 1);
      g_assert_nonnull (strstr (html, "<html lang=\"de\""));
      g_assert_nonnull (strstr (html, CASES[i].german));
      g_assert_nonnull (strstr (html, "Bread "));
      g_assert_null (strstr (html, "<b>"));
      g_assert_cmpint (action != NULL, ==, CASES[i].has_form);
      g_assert_cmpint (strstr (html, "{{hidden}}") != NULL, ==, CASES[i].has_form);
      g_assert_true (action == NULL || strstr (action + 1, "{{action}}") == NULL);
      g_assert_true (g_str_has_prefix (
          json_array_get_string_element (json_object_get_array_member (page, "styles"), 0),
          "sha256-"));
    }

  rungs_fixture_run (self, "INSERT INTO message (name, purpose, value, language, created_at,"
                           " updated_at) VALUES ('a', 'p', 'v', 'de', 0, 0),"
                           " ('b', 'p', 'v', 'de-AT', 0, 0), ('c', 'p', 'v', 'en', 0, 0)");
  pages = publish (db, rungs_web_pages_publish, "pages", &german);
  find_page (pages, "unsubscribe", "de", &place);
  g_assert_cmpuint (place, ==, 0);
}

typedef struct
{
  const char *code;
  const char *target;
  const char *remember;
  gint64 days;
  RungsError fault; /* -1: none */
} LinkCase;

static void
test_sources (RungsFixture *self,
              RungsDb      *db)
{
  static const LinkCase CASES[] = {
    { "spring_1-A", "https://shop.example/?a=b", "first", 60, -1 },
    { "", "https://shop.example/", "both", 30, RUNGS_ERROR_INVALID },
    { "a/b", "https://shop.example/", "both", 30, RUNGS_ERROR_INVALID },
    { "a", "javascript:alert(1)", "both", 30, RUNGS_ERROR_INVALID },
    { "a", "https://shop.example/", "all", 30, RUNGS_ERROR_INVALID },
    { "a", "https://shop.example/", "", 0, RUNGS_ERROR_INVALID },
    { "taken", "https://shop.example/", "", 30, RUNGS_ERROR_CONFLICT },
  };
  gint64 now = rungs_fixture_now (self);
  gint64 other = rungs_source_add (db, RUNGS_SOURCE_JV, "Sue", now, NULL);
  gint64 source = rungs_source_add (db, RUNGS_SOURCE_PPC, "Spring", now, NULL);
  g_autoptr (RungsSourceLink) taken = rungs_source_link_new (other, "taken", "https://a.example/");
  g_autoptr (JsonNode) root = NULL;
  JsonObject *first;
  JsonArray *array;
  gint64 found;

  g_assert_true (rungs_source_link_save (db, taken, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsSourceLink) link
          = rungs_source_link_new (source, CASES[i].code, CASES[i].target);
      g_autoptr (GError) error = NULL;

      g_free (link->remember);
      link->remember = g_strdup (CASES[i].remember);
      link->days = CASES[i].days;
      g_test_message ("%s → %s", link->code, link->target);
      g_assert_cmpint (rungs_source_link_save (db, link, &error), ==, (int) CASES[i].fault == -1);
      if (error != NULL)
        g_assert_error (error, RUNGS_ERROR, (int) CASES[i].fault);
    }
  rungs_source_retire (db, other, now, NULL);
  array = publish (db, rungs_web_sources_publish, "sources", &root);
  g_assert_cmpuint (json_array_get_length (array), ==, 1);
  first = json_array_get_object_element (array, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "code"), ==, "spring_1-A");
  g_assert_cmpstr (json_object_get_string_member (first, "to"), ==, "https://shop.example/?a=b");
  g_assert_cmpstr (json_object_get_string_member (first, "remember"), ==, "first");
  g_assert_cmpint (json_object_get_int_member (first, "days"), ==, 60);
  rungs_source_find_by_code (db, "taken", &found, NULL);
  g_assert_cmpint (found, ==, other);
  rungs_source_find_by_code (db, "nobody", &found, NULL);
  g_assert_cmpint (found, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/publish/keys", test_keys);
  rungs_fixture_add_test ("/publish/pages", test_pages);
  rungs_fixture_add_test ("/publish/sources", test_sources);
  return g_test_run ();
}
