/* test-landing.c: landing pages: both variants, what is refused, and what is put up. */

#include <string.h>

#include "base/rungs-error.h"
#include "ladder/rungs-sales-letter-store.h"
#include "rungs-fixture.h"
#include "web/rungs-landing-store.h"
#include "web/rungs-web-pages.h"
#include "web/rungs-web-relay-store.h"

#define BLOCKS                                                                                     \
  "[{\"type\": \"heading\", \"level\": 1, \"text\": \"Clay & <fire>\"},"                           \
  " {\"type\": \"text\", \"text\": \"A [kiln](https://kiln.example) {hot}\"},"                     \
  " {\"type\": \"button\", \"text\": \"Book\", \"link\": \"https://shop.example/\"}]"

static RungsLanding *
new_draft (const char *blocks)
{
  RungsLanding *draft = rungs_landing_new ();

  rungs_landing_set (&draft->title, "Clay");
  rungs_landing_set (&draft->blocks, blocks);
  rungs_landing_set (&draft->content, "[Firing](https://blog.example)");
  return draft;
}

static void
test_variants (RungsFixture *f,
               RungsDb      *db)
{
  g_autoptr (RungsLanding) draft = new_draft (BLOCKS);
  g_autofree char *hash = NULL;
  g_autofree char *ppc = rungs_landing_dup_html (db, draft, RUNGS_LANDING_PPC, &hash, NULL);
  g_autofree char *email = rungs_landing_dup_html (db, draft, RUNGS_LANDING_EMAIL, NULL, NULL);

  g_assert_true (g_str_has_prefix (hash, "sha256-"));
  g_assert_nonnull (strstr (ppc, "<h1>Clay &amp; &#60;fire&#62;</h1>"));
  g_assert_nonnull (strstr (ppc, "kiln.example"));
  g_assert_nonnull (strstr (ppc, "&#123;hot}"));
  g_assert_nonnull (strstr (ppc, "blog.example"));
  g_assert_nonnull (strstr (email, "A kiln &#123;hot}"));
  g_assert_null (strstr (email, "kiln.example"));
  g_assert_null (strstr (email, "blog.example"));
  g_assert_nonnull (strstr (email, "href=\"https://shop.example/\""));
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  static const char *const CASES[] = {
    "[{\"type\": \"text\", \"text\": \"Hello {{ lead.first_name }}\"}]",
    "[{\"type\": \"heading\", \"text\": \"{{action}}\"}]",
    "[{\"type\": \"button\", \"text\": \"Go\", \"link\": \"javascript:alert(1)\"}]",
    "[{\"type\": \"button\", \"text\": \"Go\", \"link\": \"\"}]",
    "[{\"type\": \"picture\", \"picture\": \"none\"}]",
    "[{\"type\": \"product\", \"sku\": \"NONE\"}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsLanding) draft = new_draft (CASES[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *html = rungs_landing_dup_html (db, draft, RUNGS_LANDING_PPC, NULL, &error);

      g_assert_null (html);
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, "Block 1: ")
                     || g_str_has_prefix (error->message, "Text: "));
    }
}

static char *
publish (RungsDb *db)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

  json_builder_begin_object (builder);
  g_assert_true (rungs_web_pages_publish (db, builder, &error));
  g_assert_no_error (error);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static guint
count (const char *text,
       const char *word)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, word)) != NULL; at++)
    n++;
  return n;
}

/* What people see is what was published, not the draft. */
static void
test_published (RungsFixture *f,
                RungsDb      *db)
{
  g_autoptr (RungsLanding) draft = new_draft (BLOCKS);
  gint64 id = rungs_landing_add (db, NULL, 0, draft, 1, NULL);
  g_autoptr (RungsLandingPage) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = publish (db);
  g_autofree char *first = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpuint (count (before, "\"landing\""), ==, 0);
  g_assert_true (rungs_landing_publish (db, id, 2, NULL));
  first = publish (db);
  g_assert_cmpuint (count (first, "\"landing\""), ==, 2);
  g_assert_cmpuint (count (first, "\"slug\":\"clay\""), ==, 2);

  rungs_landing_set (&draft->title, "Other");
  g_assert_true (rungs_landing_save (db, id, "clay", 0, draft, 3, NULL));
  page = rungs_landing_load (db, id, NULL);
  g_assert_true (page->is_changed);
  after = publish (db);
  g_assert_cmpstr (first, ==, after);
  g_assert_false (rungs_landing_save (db, id, "other", 0, draft, 3, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);

  g_clear_pointer (&after, g_free);
  g_assert_true (rungs_landing_retire (db, id, 4, NULL));
  after = publish (db);
  g_assert_cmpuint (count (after, "\"landing\""), ==, 0);
}

/* The product gets it as two letters, once. */
static void
test_letters (RungsFixture *f,
              RungsDb      *db)
{
  gint64 product = rungs_fixture_add_product (f, "CLAY", 1000);
  g_autoptr (RungsLanding) draft = new_draft (BLOCKS);
  gint64 id = rungs_landing_add (db, "clay", product, draft, 1, NULL);
  g_autoptr (RungsSalesLetter) letter = NULL;
  g_autoptr (GPtrArray) letters = NULL;

  g_assert_true (rungs_web_relay_save (db, "u", "https://relay.example", "",
                                       RUNGS_RELAY_ELSEWHERE, 1, NULL));
  g_assert_true (rungs_landing_publish (db, id, 2, NULL));
  g_assert_true (rungs_landing_publish (db, id, 3, NULL));
  letters = rungs_sales_letter_list (db, product, NULL);
  g_assert_cmpuint (letters->len, ==, 2);
  letter = rungs_sales_letter_find (db, product, RUNGS_LETTER_EMAIL, NULL);
  g_assert_cmpstr (letter->address, ==, "https://relay.example/p/clay?v=email");
  g_assert_true (rungs_landing_retire (db, id, 4, NULL));
  g_assert_null (rungs_sales_letter_find (db, product, RUNGS_LETTER_PPC, NULL));
  g_assert_true (rungs_landing_publish (db, id, 5, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM sales_letter"
                                            " WHERE retired_at IS NULL"), ==, 2);
}

static void
test_visits (RungsFixture *f,
             RungsDb      *db)
{
  g_autoptr (RungsLanding) draft = new_draft (BLOCKS);
  gint64 id = rungs_landing_add (db, "clay", 0, draft, 1, NULL);
  g_autoptr (RungsLandingPage) page = NULL;

  rungs_fixture_run (f, "INSERT INTO web_visit (day, path, variant, code, machine, visits) VALUES"
                        " ('2026-03-02', '/p/clay', 'ppc', '', 0, 5),"
                        " ('2026-03-03', '/p/clay', 'ppc', 'x', 0, 2),"
                        " ('2026-03-03', '/p/clay', 'ppc', '', 1, 9),"
                        " ('2026-03-03', '/p/clay', 'email', '', 0, 1)");
  page = rungs_landing_load (db, id, NULL);
  g_assert_cmpint (page->visits[RUNGS_LANDING_PPC], ==, 7);
  g_assert_cmpint (page->visits[RUNGS_LANDING_EMAIL], ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/landing/variants", test_variants);
  rungs_fixture_add_test ("/landing/refused", test_refused);
  rungs_fixture_add_test ("/landing/published", test_published);
  rungs_fixture_add_test ("/landing/letters", test_letters);
  rungs_fixture_add_test ("/landing/visits", test_visits);
  return g_test_run ();
}
