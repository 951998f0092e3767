/* liquid-render.c: renders the cases of a file, for liquid-compare.js to hold them against
 * liquidjs.
 *
 * liquid-render CASES.json prints an array with one text per case: what was rendered, or "error:
 * …". */

#include <stdio.h>

#include "mail/rungs-liquid.h"

static char *
render_case (JsonObject *cases,
             JsonObject *object)
{
  const char *output = json_object_get_string_member_with_default (object, "output", "text");
  JsonObject *from = json_object_has_member (object, "data") ? object : cases;
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  RungsLiquidValue data = rungs_liquid_from_json (json_object_get_member (from, "data"), arena);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLiquid) template = NULL;
  char *text = NULL;

  template = rungs_liquid_parse (
      json_object_get_string_member (object, "template"),
      g_str_equal (output, "html") ? RUNGS_LIQUID_TO_HTML : RUNGS_LIQUID_TO_TEXT, &error);
  if (template != NULL)
    text = rungs_liquid_render (template, data, json_object_get_int_member (cases, "now"), NULL,
                                &error);
  return text ? text : g_strconcat ("error: ", error->message, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) results = NULL;
  g_autofree char *printed = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *cases;
  JsonArray *array;

  if (argc != 2 || !json_parser_load_from_file (parser, argv[1], &error))
    g_error ("%s", error ? error->message : "usage: liquid-render CASES.json");

  cases = json_node_get_object (json_parser_get_root (parser));
  array = json_object_get_array_member (cases, "cases");
  json_builder_begin_array (builder);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *text = render_case (cases, json_array_get_object_element (array, i));

      json_builder_add_string_value (builder, text);
    }
  json_builder_end_array (builder);
  results = json_builder_get_root (builder);
  printed = json_to_string (results, FALSE);
  puts (printed);
  return 0;
}
