/* test-wire-json.c: JSON from outside, and paths into it. */

#include "wire/rungs-wire-json.h"

#include <string.h>

#include "base/rungs-error.h"

static void
test_paths (void)
{
  static const char JSON[]
      = "{\"a\": {\"b\": [1, {\"c\": \"x\"}, 2.5]}, \"list\": [{\"key\": \"k\", \"value\": \"v\"},"
        " {\"key\": \"email\", \"value\": \"e\"}], \"q.r\": true, \"n\": null, \"big\":"
        " 820982911946154500, \"money\": 49.90, \"none\": []}";
  static const char *const CASES[][2] = {
    { "a.b[0]", "1" },      { "a.b[1].c", "x" },  { "a.b[-1]", "2.5" },
    { "a.b[3]", NULL },     { "a.b[-4]", NULL },  { "a.b[x]", NULL },
    { "a.b", NULL },        { "a.c", NULL },      { "list[key=email].value", "e" },
    { "list[key=z].value", NULL },                { "\"q.r\"", "true" },
    { "n", NULL },          { "n.x", NULL },      { "big", "820982911946154500" },
    { "money", "49.9" },    { "a.b[0", "1" },     { "a..b[0]", "1" },
    { "[0]", NULL },        { "\"open", NULL },   { "none[0]", NULL },
  };
  g_autoptr (JsonNode) root = rungs_wire_json_read (JSON, strlen (JSON), NULL);

  g_assert_nonnull (root);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = rungs_wire_json_find_text (root, CASES[i][0]);

      g_test_message ("%s", CASES[i][0]);
      g_assert_cmpstr (text, ==, CASES[i][1]);
    }
  g_assert_true (rungs_wire_json_find (root, "") == root);
}

/* What json-glib takes besides JSON hides no depth: a quote in it begins no text. */
static void
test_hidden_depth (void)
{
  static const char *const BEGINNINGS[] = { "['\"',", "[/* \" */", "[# \"\n", "[// \"\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (BEGINNINGS); i++)
    {
      g_autofree char *deep = g_strnfill (4000000, '[');
      g_autofree char *text = g_strconcat (BEGINNINGS[i], deep, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_wire_json_read (text, strlen (text), &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gboolean is_read;
  } CASES[] = {
    { "[]", TRUE },   { "\xef\xbb\xbf[1]", TRUE }, { "{\"a\": \"Zo\xeb\"}", TRUE },
    { "\"a\"", TRUE }, { "", FALSE },              { "{", FALSE },
    { "a=b", FALSE }, { "[1] // x", FALSE },      { "{\"a\": \"http://x\"}", TRUE },
    { "/* \" */ [", FALSE },
  };
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (JsonNode) node
          = rungs_wire_json_read (CASES[i].text, strlen (CASES[i].text), NULL);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (node != NULL, ==, CASES[i].is_read);
    }
  g_assert_null (rungs_wire_json_read (deep, strlen (deep), &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/wire-json/paths", test_paths);
  g_test_add_func ("/wire/wire-json/read", test_read);
  g_test_add_func ("/wire/wire-json/hidden-depth", test_hidden_depth);

  return g_test_run ();
}
