/* rungs-liquid-filters-markup.c: the filters about HTML and addresses, and what prints untouched.
 *
 * What escapes marks its result as markup, so that it is not escaped again when it is printed. In
 * plain text there is nothing to escape. */

#include "mail/rungs-liquid-filters.h"

#include <string.h>

static RungsLiquidValue
escape (RungsLiquidRender      *render,
        RungsLiquidValue        input,
        const RungsLiquidValue *args,
        guint                   n_args)
{
  RungsLiquidValue string = rungs_liquid_render_string (render, input);
  g_autoptr (GString) text = g_string_sized_new (string.length * 2);

  if (render->template->output != RUNGS_LIQUID_TO_HTML)
    return string;
  string.is_markup = FALSE;
  rungs_liquid_escape (RUNGS_LIQUID_TO_HTML, text, string);
  string = rungs_liquid_render_take (render, text);
  string.is_markup = TRUE;
  return string;
}

static const struct
{
  const char *entity;
  char character;
} ENTITIES[] = { { "&amp;", '&' },
                 { "&lt;", '<' },
                 { "&gt;", '>' },
                 { "&#34;", '"' },
                 { "&#39;", '\'' } };

static RungsLiquidValue
escape_once (RungsLiquidRender      *render,
             RungsLiquidValue        input,
             const RungsLiquidValue *args,
             guint                   n_args)
{
  RungsLiquidValue string = rungs_liquid_render_string (render, input);
  g_autoptr (GString) text = g_string_sized_new (string.length);

  for (gsize i = 0; i < string.length;)
    {
      gsize length = 0;

      for (gsize j = 0; j < G_N_ELEMENTS (ENTITIES) && length == 0; j++)
        if (string.length - i >= strlen (ENTITIES[j].entity)
            && memcmp (string.string + i, ENTITIES[j].entity, strlen (ENTITIES[j].entity)) == 0)
          {
            length = strlen (ENTITIES[j].entity);
            g_string_append_c (text, ENTITIES[j].character);
          }
      if (length == 0)
        g_string_append_c (text, string.string[i]);
      i += MAX (length, 1);
    }
  return escape (render, rungs_liquid_render_take (render, text), args, n_args);
}

/* Line ends that the output keeps: <br />, or in Markdown a backslash at the end of the line. */
static RungsLiquidValue
newline_to_br (RungsLiquidRender      *render,
               RungsLiquidValue        input,
               const RungsLiquidValue *args,
               guint                   n_args)
{
  RungsLiquidOutput output = render->template->output;
  RungsLiquidValue string = rungs_liquid_render_string (render, input);
  g_autoptr (GString) text = g_string_sized_new (string.length * 2);
  const char *line = string.string;
  const char *end = line + string.length;

  if (output == RUNGS_LIQUID_TO_TEXT)
    return string;
  while (line <= end)
    {
      const char *line_end = memchr (line, '\n', end - line);
      gsize length = (line_end ? line_end : end) - line;
      RungsLiquidValue part = rungs_liquid_string_of (
          line, line_end && length > 0 && line[length - 1] == '\r' ? length - 1 : length);

      part.is_markup = string.is_markup;
      rungs_liquid_escape (output, text, part);
      if (line_end == NULL)
        break;
      g_string_append (text, output == RUNGS_LIQUID_TO_HTML ? "<br />\n" : "\\\n");
      line = line_end + 1;
    }
  string = rungs_liquid_render_take (render, text);
  string.is_markup = TRUE;
  return string;
}

/* Tags, comments, and scripts and styles with what they hold, are left out; what is never closed
 * stays. */
static RungsLiquidValue
strip_html (RungsLiquidRender      *render,
            RungsLiquidValue        input,
            const RungsLiquidValue *args,
            guint                   n_args)
{
  static const struct
  {
    const char *opener, *closer;
  } BLOCKS[] = {
    { "<script", "</script>" }, { "<style", "</style>" }, { "<!--", "-->" }, { "<", ">" }
  };
  gboolean is_hopeless[G_N_ELEMENTS (BLOCKS)] = { FALSE };
  RungsLiquidValue string = rungs_liquid_render_string (render, input);
  g_autoptr (GString) text = g_string_sized_new (string.length);
  const char *p = string.string;
  const char *end = p + string.length;

  while (p < end)
    {
      const char *tag = memchr (p, '<', end - p);
      const char *close = NULL;

      g_string_append_len (text, p, (tag ? tag : end) - p);
      for (gsize i = 0; tag != NULL && i < G_N_ELEMENTS (BLOCKS) && close == NULL; i++)
        {
          gsize opener = strlen (BLOCKS[i].opener);

          if (is_hopeless[i] || (gsize) (end - tag) < opener
              || memcmp (tag, BLOCKS[i].opener, opener) != 0)
            continue;
          close = memmem (tag + opener, end - tag - opener, BLOCKS[i].closer,
                          strlen (BLOCKS[i].closer));
          is_hopeless[i] = close == NULL;
          if (close != NULL)
            close += strlen (BLOCKS[i].closer);
        }
      if (tag != NULL && close == NULL)
        g_string_append_len (text, tag, end - tag);
      p = close ? close : end;
    }
  return rungs_liquid_render_take (render, text);
}

/* As encodeURIComponent has it (RFC 3986 unreserved and !*'()), with + for a space. */
static RungsLiquidValue
url_encode (RungsLiquidRender      *render,
            RungsLiquidValue        input,
            const RungsLiquidValue *args,
            guint                   n_args)
{
  RungsLiquidValue string = rungs_liquid_render_string (render, input);
  g_autoptr (GString) text = g_string_sized_new (string.length * 3);

  for (gsize i = 0; i < string.length; i++)
    {
      guchar c = string.string[i];

      if (g_ascii_isalnum (c) || (c != '\0' && strchr ("-_.!~*'()", c) != NULL))
        g_string_append_c (text, c);
      else if (c == ' ')
        g_string_append_c (text, '+');
      else
        g_string_append_printf (text, "%%%02X", c);
    }
  return rungs_liquid_render_take (render, text);
}

/* The value itself, also its kind. That it is printed untouched is for the printer to see to. */
static RungsLiquidValue
raw (RungsLiquidRender      *render,
     RungsLiquidValue        input,
     const RungsLiquidValue *args,
     guint                   n_args)
{
  return input;
}

static RungsLiquidValue
default_to (RungsLiquidRender      *render,
            RungsLiquidValue        input,
            const RungsLiquidValue *args,
            guint                   n_args)
{
  gboolean allows_false = n_args > 1 && rungs_liquid_is_true (args[1]);

  if (input.kind == RUNGS_LIQUID_STRING || input.kind == RUNGS_LIQUID_LIST)
    return input.length > 0 ? input : args[0];
  if (input.kind == RUNGS_LIQUID_BOOLEAN && allows_false)
    return input;
  return rungs_liquid_is_true (input) ? input : args[0];
}

static const RungsLiquidFilterInfo FILTERS[] = {
  { "default", 1, 1, default_to },
  { "escape", 0, 0, escape },
  { "escape_once", 0, 0, escape_once },
  { "newline_to_br", 0, 0, newline_to_br },
  { "raw", 0, 0, raw },
  { "strip_html", 0, 0, strip_html },
  { "url_encode", 0, 0, url_encode },
};

const RungsLiquidFilterInfo *
rungs_liquid_markup_filters (gsize *n)
{
  *n = G_N_ELEMENTS (FILTERS);
  return FILTERS;
}
