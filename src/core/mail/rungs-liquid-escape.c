/* rungs-liquid-escape.c: values as the output wants them. */

#include "mail/rungs-liquid-render.h"

static void
escape_html (GString    *out,
             const char *text,
             gsize       length)
{
  const char *end = text + length;
  const char *plain = text;

  for (const char *p = text; p < end; p++)
    {
      const char *entity = *p == '&'    ? "&amp;"
                           : *p == '<'  ? "&lt;"
                           : *p == '>'  ? "&gt;"
                           : *p == '"'  ? "&#34;"
                           : *p == '\'' ? "&#39;"
                                        : NULL;

      if (entity == NULL)
        continue;
      g_string_append_len (out, plain, p - plain);
      g_string_append (out, entity);
      plain = p + 1;
    }
  g_string_append_len (out, plain, end - plain);
}

/* Every ASCII sign with a backslash before it is only itself (CommonMark 0.30, 2.4). White space is
 * made one space, so that no value can begin a paragraph. The guards at both ends count as letters:
 * a value cannot begin a list or a block of code, an author's backslash cannot undo ours, and *{{
 * name }}* is emphasised whatever the name is. */
static void
escape_markdown (GString    *out,
                 const char *text,
                 gsize       length)
{
  gboolean is_after_space = FALSE;

  g_string_append (out, RUNGS_LIQUID_GUARD);
  for (const char *p = text; p < text + length; p++)
    {
      gboolean is_space = g_ascii_isspace (*p) || *p == '\v';

      if (is_space && !is_after_space)
        g_string_append_c (out, ' ');
      is_after_space = is_space;
      if (is_space)
        continue;
      if (g_ascii_ispunct (*p))
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
      if (*p == ':')
        g_string_append (out, RUNGS_LIQUID_GUARD);
    }
  g_string_append (out, RUNGS_LIQUID_GUARD);
}

void
rungs_liquid_escape (RungsLiquidOutput  output,
                     GString           *out,
                     RungsLiquidValue   string)
{
  if (string.is_markup || output == RUNGS_LIQUID_TO_TEXT)
    g_string_append_len (out, string.string, string.length);
  else if (output == RUNGS_LIQUID_TO_HTML)
    escape_html (out, string.string, string.length);
  else
    escape_markdown (out, string.string, string.length);
}
