/* rungs-text-width.c: text on a terminal. */

#include "rungs-text-width.h"

#define REPLACEMENT 0xfffd

/* Embeddings, overrides and isolates of the bidirectional algorithm (UAX 9): one in a name could
 * turn the rest of a line around. */
static gboolean
turns_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
}

static char *
dup_harmless (const char *text,
              gboolean    keep_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] == '\n')
        continue;
      if (c == '\n' && keep_lines)
        g_string_append_c (line, '\n');
      else if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029)
        g_string_append_c (line, ' ');
      else
        g_string_append_unichar (line,
                                 g_unichar_iscntrl (c) || turns_direction (c) ? REPLACEMENT : c);
    }
  return g_string_free (line, FALSE);
}

guint
rungs_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

char *
rungs_text_dup_line (const char *text)
{
  return dup_harmless (text, FALSE);
}

char *
rungs_text_dup_lines (const char *text)
{
  return dup_harmless (text, TRUE);
}
