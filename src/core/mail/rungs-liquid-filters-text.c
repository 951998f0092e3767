/* rungs-liquid-filters-text.c: the filters that work on texts. */

#include "mail/rungs-liquid-filters.h"

#include <string.h>

static RungsLiquidValue
take (RungsLiquidRender *render, char *text) /* (transfer full) */
{
  RungsLiquidValue value =
      rungs_liquid_string (rungs_arena_strndup (render->arena, text, strlen (text)));

  g_free (text);
  return value;
}

static RungsLiquidValue
upcase (RungsLiquidRender      *render,
        RungsLiquidValue        input,
        const RungsLiquidValue *args,
        guint                   n_args)
{
  RungsLiquidValue string = rungs_liquid_render_string (render, input);

  return take (render, g_utf8_strup (string.string, string.length));
}

static RungsLiquidValue
downcase (RungsLiquidRender      *render,
          RungsLiquidValue        input,
          const RungsLiquidValue *args,
          guint                   n_args)
{
  RungsLiquidValue string = rungs_liquid_render_string (render, input);

  return take (render, g_utf8_strdown (string.string, string.length));
}

static RungsLiquidValue
capitalize (RungsLiquidRender      *render,
            RungsLiquidValue        input,
            const RungsLiquidValue *args,
            guint                   n_args)
{
  RungsLiquidValue string = rungs_liquid_render_string (render, input);
  RungsLiquidValue head = rungs_liquid_substring (string, 0, 1);
  g_autofree char *first = g_utf8_strup (head.string, head.length);
  g_autofree char *rest = g_utf8_strdown (string.string + head.length, string.length - head.length);

  return take (render, g_strconcat (first, rest, NULL));
}

static RungsLiquidValue
strip (RungsLiquidRender      *render,
       RungsLiquidValue        input,
       const RungsLiquidValue *args,
       guint                   n_args)
{
  return rungs_liquid_trim (rungs_liquid_render_string (render, input), TRUE, TRUE);
}

static RungsLiquidValue
lstrip (RungsLiquidRender      *render,
        RungsLiquidValue        input,
        const RungsLiquidValue *args,
        guint                   n_args)
{
  return rungs_liquid_trim (rungs_liquid_render_string (render, input), TRUE, FALSE);
}

static RungsLiquidValue
rstrip (RungsLiquidRender      *render,
        RungsLiquidValue        input,
        const RungsLiquidValue *args,
        guint                   n_args)
{
  return rungs_liquid_trim (rungs_liquid_render_string (render, input), FALSE, TRUE);
}

static RungsLiquidValue
concatenate (RungsLiquidRender *render,
             RungsLiquidValue   a,
             RungsLiquidValue   b)
{
  g_autoptr (GString) text = g_string_sized_new (a.length + b.length);

  g_string_append_len (text, a.string, a.length);
  g_string_append_len (text, b.string, b.length);
  return rungs_liquid_render_take (render, text);
}

static RungsLiquidValue
append (RungsLiquidRender      *render,
        RungsLiquidValue        input,
        const RungsLiquidValue *args,
        guint                   n_args)
{
  return concatenate (render, rungs_liquid_render_string (render, input),
                      rungs_liquid_render_string (render, args[0]));
}

static RungsLiquidValue
prepend (RungsLiquidRender      *render,
         RungsLiquidValue        input,
         const RungsLiquidValue *args,
         guint                   n_args)
{
  return concatenate (render, rungs_liquid_render_string (render, args[0]),
                      rungs_liquid_render_string (render, input));
}

static RungsLiquidValue
replace (RungsLiquidRender      *render,
         RungsLiquidValue        input,
         const RungsLiquidValue *args,
         guint                   n_args)
{
  RungsLiquidValue parts = rungs_liquid_split (render, rungs_liquid_render_string (render, input),
                                               rungs_liquid_render_string (render, args[0]));

  return rungs_liquid_join (render, parts,
                            n_args > 1 ? rungs_liquid_render_string (render, args[1])
                                       : rungs_liquid_string_of ("", 0));
}

static RungsLiquidValue
replace_first (RungsLiquidRender      *render,
               RungsLiquidValue        input,
               const RungsLiquidValue *args,
               guint                   n_args)
{
  RungsLiquidValue string = rungs_liquid_render_string (render, input);
  RungsLiquidValue pattern = rungs_liquid_render_string (render, args[0]);
  RungsLiquidValue other = rungs_liquid_render_string (render, args[1]);
  const char *found = pattern.length == 0
                          ? string.string
                          : memmem (string.string, string.length, pattern.string, pattern.length);
  g_autoptr (GString) text = NULL;

  if (found == NULL)
    return string;
  text = g_string_new_len (string.string, found - string.string);
  g_string_append_len (text, other.string, other.length);
  g_string_append_len (text, found + pattern.length,
                       string.string + string.length - found - pattern.length);
  return rungs_liquid_render_take (render, text);
}

static RungsLiquidValue
strip_newlines (RungsLiquidRender      *render,
                RungsLiquidValue        input,
                const RungsLiquidValue *args,
                guint                   n_args)
{
  RungsLiquidValue string = rungs_liquid_render_string (render, input);
  g_autoptr (GString) text = g_string_sized_new (string.length);

  for (gsize i = 0; i < string.length; i++)
    if (string.string[i] == '\n' && text->len > 0 && text->str[text->len - 1] == '\r')
      g_string_truncate (text, text->len - 1);
    else if (string.string[i] != '\n')
      g_string_append_c (text, string.string[i]);
  return rungs_liquid_render_take (render, text);
}

static RungsLiquidValue
truncate_to (RungsLiquidRender      *render,
             RungsLiquidValue        input,
             const RungsLiquidValue *args,
             guint                   n_args)
{
  RungsLiquidValue string = rungs_liquid_render_string (render, input);
  RungsLiquidValue ellipsis =
      n_args > 1 ? rungs_liquid_render_string (render, args[1]) : rungs_liquid_string_of ("...", 3);
  double wanted = n_args > 0 ? rungs_liquid_number_of (args[0]) : 50;
  glong tail = g_utf8_strlen (ellipsis.string, ellipsis.length);

  if (g_utf8_strlen (string.string, string.length) <= wanted)
    return input;
  return concatenate (
      render, rungs_liquid_substring (string, 0, (gsize) CLAMP (wanted - tail, 0, string.length)),
      ellipsis);
}

/* So many words, with one space between; the ellipsis only where words are left out. */
static RungsLiquidValue
truncatewords (RungsLiquidRender      *render,
               RungsLiquidValue        input,
               const RungsLiquidValue *args,
               guint                   n_args)
{
  RungsLiquidValue rest =
      rungs_liquid_trim (rungs_liquid_render_string (render, input), TRUE, TRUE);
  RungsLiquidValue ellipsis =
      n_args > 1 ? rungs_liquid_render_string (render, args[1]) : rungs_liquid_string_of ("...", 3);
  double wanted = MAX (1, n_args > 0 ? rungs_liquid_number_of (args[0]) : 15);
  g_autoptr (GString) text = g_string_new (NULL);

  for (double n = 0; rest.length > 0; n++)
    {
      const char *end = rest.string;

      if (n >= wanted)
        {
          g_string_append_len (text, ellipsis.string, ellipsis.length);
          break;
        }
      while (end < rest.string + rest.length && !rungs_liquid_is_space (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append_len (text, rest.string, end - rest.string);
      rest = rungs_liquid_trim (rungs_liquid_string_of (end, rest.string + rest.length - end), TRUE,
                                FALSE);
    }
  return rungs_liquid_render_take (render, text);
}

static const RungsLiquidFilterInfo FILTERS[] = {
  { "append", 1, 1, append },
  { "capitalize", 0, 0, capitalize },
  { "downcase", 0, 0, downcase },
  { "lstrip", 0, 0, lstrip },
  { "prepend", 1, 1, prepend },
  { "remove", 1, 1, replace },
  { "replace", 2, 2, replace },
  { "replace_first", 2, 2, replace_first },
  { "rstrip", 0, 0, rstrip },
  { "strip", 0, 0, strip },
  { "strip_newlines", 0, 0, strip_newlines },
  { "truncate", 0, 2, truncate_to },
  { "truncatewords", 0, 2, truncatewords },
  { "upcase", 0, 0, upcase },
};

const RungsLiquidFilterInfo *
rungs_liquid_text_filters (gsize *n)
{
  *n = G_N_ELEMENTS (FILTERS);
  return FILTERS;
}
