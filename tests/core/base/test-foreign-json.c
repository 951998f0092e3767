/* test-foreign-json.c: what a stranger calls JSON is read, or refused; nothing else happens. */

#include "base/rungs-foreign-json.h"

#include <string.h>

#include "base/rungs-error.h"

static char *
nest (const char *before,
      guint       depth)
{
  g_autoptr (GString) text = g_string_new (before);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_read (void)
{
  static const char TEXT[] = "{\"a\": \"x [[[ \\\" // {\", \"n\": 12, \"t\": \"13\", \"d\": 14.0,"
                             " \"huge\": 1e300, \"b\": true, \"o\": {}, \"z\": null}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = rungs_foreign_json_parse (TEXT, strlen (TEXT), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rungs_foreign_json_get_text (object, "a"), ==, "x [[[ \" // {");
  g_assert_null (rungs_foreign_json_get_text (object, "n"));
  g_assert_null (rungs_foreign_json_get_text (object, "o"));
  g_assert_null (rungs_foreign_json_get_text (object, "z"));
  g_assert_null (rungs_foreign_json_get_text (object, "none"));
  g_assert_cmpint (rungs_foreign_json_get_number (object, "n", -1), ==, 12);
  g_assert_cmpint (rungs_foreign_json_get_number (object, "t", -1), ==, 13);
  g_assert_cmpint (rungs_foreign_json_get_number (object, "d", -1), ==, 14);
  g_assert_cmpint (rungs_foreign_json_get_number (object, "huge", -1), ==, -1);
  g_assert_cmpint (rungs_foreign_json_get_number (object, "a", -1), ==, -1);
  g_assert_cmpint (rungs_foreign_json_get_number (object, "b", -1), ==, -1);
}

static void
assert_refused (const char *text,
                gsize       length)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_foreign_json_parse (text, length, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_refused (void)
{
  static const char *const TEXTS[] = { "", " ", "null", "[]", "\"a\"", "{\"a\": ", "<html>",
                                       "{\"a\": \"\xff\"}", "{'a': 1}", "// a\n{}", "{} trailing" };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    assert_refused (TEXTS[i], strlen (TEXTS[i]));
  assert_refused ("{\"a\": 1}\0", 9);
}

/* The depth is judged before anybody follows it. */
static void
test_depth (void)
{
  g_autofree char *shallow = nest ("{\"a\": ", RUNGS_FOREIGN_JSON_DEPTH - 1);
  g_autofree char *deep = nest ("{\"a\": ", RUNGS_FOREIGN_JSON_DEPTH);
  g_autofree char *endless = nest ("{\"a\": ", 4000000);
  g_autofree char *hidden = nest ("{\"a\": /* \" */ ", 4000000);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = rungs_foreign_json_parse (shallow, strlen (shallow), &error);

  g_assert_no_error (error);
  assert_refused (deep, strlen (deep));
  assert_refused (endless, strlen (endless));
  assert_refused (hidden, strlen (hidden));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/foreign-json/read", test_read);
  g_test_add_func ("/foreign-json/refused", test_refused);
  g_test_add_func ("/foreign-json/depth", test_depth);

  return g_test_run ();
}
