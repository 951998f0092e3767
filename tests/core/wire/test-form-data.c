/* test-form-data.c: forms as they are sent, and as they are broken. */

#include "wire/rungs-form-data.h"

#include <string.h>

static char *
dup_words (GPtrArray *fields)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const RungsFormField *field = fields->pdata[i];

      g_string_append_printf (words, "%s[%s]%s%s", i > 0 ? " " : "", field->name, field->value,
                              field->file_name != NULL ? " (file)" : "");
    }
  return g_string_free (words, FALSE);
}

static void
test_urlencoded (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } CASES[] = {
    { "", "" },
    { "a=1&b=two+words", "[a]1 [b]two words" },
    { "a=1&a=2", "[a]1 [a]2" },
    { "&&a&=b&", "[a] []b" },
    { "fields%5Bname%5D%5Bvalue%5D=Zo%C3%AB", "[fields[name][value]]Zoë" },
    { "a=100%&b=%zz&c=%4", "[a]100% [b]%zz [c]%4" },
    { "a=Zo%EB", "[a]Zoë" },
    { "a=%80", "[a]€" },
    { "a=x%00y", "[a]xy" },
    { "a=1=2", "[a]1=2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) fields
          = rungs_form_data_read_urlencoded (CASES[i].text, strlen (CASES[i].text), &error);
      g_autofree char *words = NULL;

      g_assert_no_error (error);
      words = dup_words (fields);
      g_assert_cmpstr (words, ==, CASES[i].words);
    }
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= RUNGS_FORM_FIELDS_MOST; i++)
    g_string_append (text, "a=b&");
  g_assert_null (rungs_form_data_read_urlencoded (text->str, text->len, &error));
  g_assert_nonnull (error);
}

#define PART(name, value)                                                                          \
  "--x1\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"

static void
test_multipart (void)
{
  static const struct
  {
    const char *type;
    const char *body;
    const char *words; /* NULL: refused */
  } CASES[] = {
    { "multipart/form-data; boundary=x1", PART ("a", "1") PART ("b", "2") "--x1--\r\n",
      "[a]1 [b]2" },
    { "multipart/form-data; charset=utf-8; boundary=\"x1\"", PART ("a", "1") "--x1--", "[a]1" },
    { "multipart/form-data; boundary=x1", "preamble\r\n" PART ("a", "") "--x1--", "[a]" },
    { "multipart/form-data; boundary=x1", PART ("a", "no --x1 here\r\n--x2") "--x1--",
      "[a]no --x1 here\r\n--x2" },
    { "multipart/form-data; boundary=x1",
      "--x1\nContent-Disposition: form-data; name=a; filename=\"b.png\"\n"
      "Content-Type: image/png\n\nPNG\n--x1--\n",
      "[a] (file)" },
    { "multipart/form-data; boundary=x1",
      "--x1\r\nContent-Type: text/plain\r\n\r\nnameless\r\n--x1--", "" },
    { "multipart/form-data; boundary=x1",
      "--x1\r\ncontent-disposition: form-data; name=\"a \\\"b\\\"\"\r\n\r\n1\r\n--x1--",
      "[a \"b\"]1" },
    { "multipart/form-data; boundary=x1", "--x1--", "" },
    { "multipart/form-data; boundary=x1", PART ("a", "1"), NULL },
    { "multipart/form-data; boundary=x1", "--x1", NULL },
    { "multipart/form-data; boundary=x1", "--x1\r\n", NULL },
    { "multipart/form-data; boundary=x1", "", NULL },
    { "multipart/form-data; boundary=", "--\r\n", NULL },
    { "multipart/form-data", "--x1--", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      /* A copy of that length, so that a byte beyond it is found. */
      g_autofree char *body = g_memdup2 (CASES[i].body, MAX (strlen (CASES[i].body), 1));
      g_autoptr (GPtrArray) fields = rungs_form_data_read_multipart (
          CASES[i].type, body, strlen (CASES[i].body), &error);
      g_autofree char *words = NULL;

      g_assert_true ((fields == NULL) == (error != NULL));
      if (fields != NULL)
        words = dup_words (fields);
      g_assert_cmpstr (words, ==, CASES[i].words);
    }
}

static void
test_whichever (void)
{
  static const struct
  {
    const char *type;
    const char *body;
    const char *words; /* NULL: it is an error */
  } CASES[] = {
    { NULL, "a=1", "[a]1" },
    { "text/plain; charset=json", "a=1", "[a]1" },
    { "Multipart/Form-Data; boundary=json", "--json\nContent-Disposition: form-data; name=a\n\n1\n"
      "--json--", "[a]1" },
    { "application/json; charset=utf-8",
      "{\"a\": 1, \"b\": [\"x\", true, [2]], \"c\": {\"d\": 3}, \"e\": null}",
      "[a]1 [b]x [b]true" },
    { "application/json", "[1]", NULL },
    { "application/json", "a=1", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) fields
          = rungs_form_data_read (CASES[i].type, CASES[i].body, strlen (CASES[i].body), &error);
      g_autofree char *words = fields != NULL ? dup_words (fields) : NULL;

      g_assert_true ((fields == NULL) == (error != NULL));
      g_assert_cmpstr (words, ==, CASES[i].words);
      g_assert_null (rungs_form_data_find (fields, "c"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/form-data/urlencoded", test_urlencoded);
  g_test_add_func ("/wire/form-data/too-many", test_too_many);
  g_test_add_func ("/wire/form-data/multipart", test_multipart);
  g_test_add_func ("/wire/form-data/whichever", test_whichever);

  return g_test_run ();
}
