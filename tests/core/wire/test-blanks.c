/* test-blanks.c: what is filled in, what is left out, and what stays as it is. */

#include "wire/rungs-blanks.h"

static RungsBlanks *
make_blanks (void)
{
  RungsBlanks *blanks = rungs_blanks_new ();
  RungsBlanks *item;

  rungs_blanks_set (blanks, "name", "Ann \"A\" {x}");
  rungs_blanks_set (blanks, "path", "a/../b?c=d&e@f");
  rungs_blanks_set (blanks, "nothing", "");
  item = rungs_blanks_add_item (blanks, "headers");
  rungs_blanks_set (item, "name", "X-One");
  rungs_blanks_set (item, "value", "1");
  item = rungs_blanks_add_item (blanks, "headers");
  rungs_blanks_set (item, "name", "X-Two");
  rungs_blanks_set (item, "value", "");
  return blanks;
}

static void
test_texts (void)
{
  static const char *const CASES[][2] = {
    { "Hello {name}!", "Hello Ann \"A\" {x}!" },
    { "{nothing}{unknown}", "" },
    { "{ name } {Name} {} {name", "{ name } {Name} {} {name" },
    { "{{name}}", "{Ann \"A\" {x}}" },
  };
  g_autoptr (RungsBlanks) blanks = make_blanks ();

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *filled = rungs_blanks_fill_text (blanks, CASES[i][0]);

      g_assert_cmpstr (filled, ==, CASES[i][1]);
    }
}

/* Nothing that is filled in can lead to another place. */
static void
test_address (void)
{
  g_autoptr (RungsBlanks) blanks = make_blanks ();
  g_autofree char *filled
    = rungs_blanks_fill_address (blanks, "https://{path}.example.org/{path}?q={path}");

  g_assert_cmpstr (filled, ==,
                   "https://a%2F..%2Fb%3Fc%3Dd%26e%40f.example.org/a%2F..%2Fb%3Fc%3Dd%26e%40f"
                   "?q=a%2F..%2Fb%3Fc%3Dd%26e%40f");
}

static void
test_json (void)
{
  static const char *const CASES[][2] = {
    { "{\"a\": \"{name}\", \"b\": \"{nothing}\", \"c\": 7, \"d\": false, \"e\": \"\"}",
      "{\"a\":\"Ann \\\"A\\\" {x}\",\"c\":7,\"d\":false,\"e\":\"\"}" },
    { "{\"a\": {\"b\": \"{nothing}\"}, \"c\": [\"{nothing}\"], \"d\": \"no {nothing}\"}",
      "{\"d\":\"no \"}" },
    { "{\"a\": {\"$each\": \"headers\", \"$as\": {\"n\": \"{name}\", \"v\": \"{value}\"}}}",
      "{\"a\":[{\"n\":\"X-One\",\"v\":\"1\"},{\"n\":\"X-Two\"}]}" },
    { "{\"a\": [0, {\"$each\": \"headers\", \"$as\": \"{name}\"}, 9]}",
      "{\"a\":[0,\"X-One\",\"X-Two\",9]}" },
    { "{\"a\": {\"$each\": \"none\", \"$as\": \"{name}\"}}", "{}" },
    { "{\"a\": {\"$map\": \"headers\", \"$name\": \"{name}\", \"$value\": \"{value}\","
      " \"$and\": {\"k\": \"{name}\"}}}",
      "{\"a\":{\"X-One\":\"1\",\"k\":\"Ann \\\"A\\\" {x}\"}}" },
    { "[{\"$if\": \"nothing\", \"a\": 1}, {\"$if\": \"name\", \"a\": 2}]", "[{\"a\":2}]" },
  };
  g_autoptr (RungsBlanks) blanks = make_blanks ();

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (JsonNode) template = json_from_string (CASES[i][0], NULL);
      g_autoptr (JsonNode) filled = rungs_blanks_fill_json (blanks, template);
      g_autofree char *text = json_to_string (filled, FALSE);

      g_assert_cmpstr (text, ==, CASES[i][1]);
    }
}

static void
test_values (void)
{
  g_autoptr (RungsBlanks) blanks = rungs_blanks_new ();
  g_autoptr (JsonNode) values
    = json_from_string ("{\"t\": \"x\", \"n\": 7, \"b\": true, \"o\": {}, \"a\": []}", NULL);
  g_autofree char *filled = NULL;

  rungs_blanks_set_all (blanks, json_node_get_object (values));
  filled = rungs_blanks_fill_text (blanks, "{t} {n} {b} {o}{a}");
  g_assert_cmpstr (filled, ==, "x 7 true ");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blanks/texts", test_texts);
  g_test_add_func ("/blanks/address", test_address);
  g_test_add_func ("/blanks/json", test_json);
  g_test_add_func ("/blanks/values", test_values);
  return g_test_run ();
}
