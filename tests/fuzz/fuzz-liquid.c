/* fuzz-liquid.c: any bytes as a message's text: it is refused, or rendered into well-formed
 * text, soon.
 *
 * The first byte chooses what is rendered to; Markdown is then made into HTML and text. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "mail/rungs-liquid.h"
#include "mail/rungs-markdown.h"

static const char DATA[] =
    "{ \"a\": \"<b>*x* {{ y }}\", \"b\": [3, 1, 2], \"c\": { \"d\": \"e\", \"size\": 5 },"
    "  \"n\": 42, \"l\": [{ \"p\": 1, \"q\": \"z\" }, { \"p\": 2 }],"
    "  \"t\": true, \"f\": false, \"u\": null }";

/* Both parts of a mail are well-formed text without what only marks values on the way. */
static void
read_markdown (const char *markdown)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  rungs_markdown_append (markdown, strlen (markdown), html, text);
  rungs_markdown_has_html (markdown);
  g_assert (g_utf8_validate (html->str, html->len, NULL));
  g_assert (g_utf8_validate (text->str, text->len, NULL));
  g_assert (strstr (html->str, RUNGS_LIQUID_GUARD) == NULL);
  g_assert (strstr (html->str, "<script") == NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes,
                        size_t         size)
{
  g_autofree char *source = size > 0 ? g_strndup ((const char *) bytes + 1, size - 1) : NULL;
  g_autoptr (RungsLiquid) template = NULL;
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (JsonNode) json = json_from_string (DATA, NULL);
  g_autoptr (GPtrArray) variables = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;
  template = rungs_liquid_parse (source, bytes[0] % 3, &error);
  g_assert ((template == NULL) == (error != NULL));
  if (template == NULL)
    return 0;

  variables = rungs_liquid_list_variables (template);
  text = rungs_liquid_render (template, rungs_liquid_from_json (json, arena),
                              G_GINT64_CONSTANT (1795253400000), NULL, &error);
  g_assert ((text == NULL) == (error != NULL));
  g_assert (text == NULL || g_utf8_validate (text, -1, NULL));
  if (text != NULL && bytes[0] % 3 == RUNGS_LIQUID_TO_MARKDOWN)
    read_markdown (text);
  return 0;
}
