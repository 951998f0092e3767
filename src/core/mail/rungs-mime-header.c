/* rungs-mime-header.c: texts as mail headers carry them.
 *
 * Encoded words are made here and not by GMime, which makes them longer than the 75 bytes that
 * RFC 2047 allows, and lets a name through that looks like one. */

#include "mail/rungs-mime-header.h"

#include <string.h>

#define LINE_LENGTH 76 /* RFC 2047, 2; RFC 5322 would like 78 */
#define LONGEST_ATOM 200
#define WORD_BEGIN "=?utf-8?B?"
#define WORD_END "?="
#define WORD_FRAME (sizeof WORD_BEGIN - 1 + sizeof WORD_END - 1)

/* Joiners stay: some scripts and emoji need them. */
static gboolean
is_hidden (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x061C || c == 0x200B || c == 0x200E || c == 0x200F
         || (c >= 0x2028 && c <= 0x202E) || c == 0x2060 || (c >= 0x2066 && c <= 0x2069)
         || c == 0xFEFF || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

char *
rungs_mime_clean_line (const char *text,
                       glong       limit)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_sized_new (strlen (valid));
  glong length = 0;

  for (const char *p = valid; *p != '\0' && length < limit; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';

      if (is_space ? line->len == 0 || line->str[line->len - 1] == ' ' : is_hidden (c))
        continue;
      g_string_append_unichar (line, is_space ? ' ' : c);
      length++;
    }
  if (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  return g_string_free (line, FALSE);
}

/* Whether it can stand as it is: ASCII, nothing that a reader could decode, no endless word. */
static gboolean
is_plain (const char *text)
{
  gsize word = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      word = *p == ' ' ? 0 : word + 1;
      if ((guchar) *p >= 0x80 || word > LONGEST_ATOM || (p[0] == '=' && p[1] == '?'))
        return FALSE;
    }
  return TRUE;
}

/* Both below go on in a line of which `column` bytes are written, and return how many then are. */
static gsize
append_folded (GString    *out,
               const char *text,
               gsize       column)
{
  const char *word = text;

  while (*word != '\0')
    {
      gsize length = (*word == ' ') + strcspn (word + (*word == ' '), " ");

      if (column + length > LINE_LENGTH && *word == ' ')
        {
          g_string_append_len (out, "\r\n", 2);
          column = 0;
        }
      g_string_append_len (out, word, length);
      column += length;
      word += length;
    }
  return column;
}

static gsize
append_encoded (GString    *out,
                const char *text,
                gsize       column)
{
  while (*text != '\0')
    {
      gsize most =
          column + WORD_FRAME + 8 > LINE_LENGTH ? 0 : (LINE_LENGTH - column - WORD_FRAME) / 4 * 3;
      const char *end = text;
      g_autofree char *word = NULL;

      while (*end != '\0' && (gsize) (g_utf8_next_char (end) - text) <= most)
        end = g_utf8_next_char (end);
      if (end > text)
        {
          word = g_base64_encode ((const guchar *) text, end - text);
          g_string_append_printf (out, WORD_BEGIN "%s" WORD_END, word);
          column += WORD_FRAME + strlen (word);
        }
      if (*end != '\0')
        {
          g_string_append_len (out, "\r\n ", 3);
          column = 1;
        }
      text = end;
    }
  return column;
}

static void
begin_header (GString    *out,
              const char *header)
{
  g_string_append (out, header);
  g_string_append_len (out, ": ", 2);
}

void
rungs_mime_append_text (GString    *out,
                        const char *header,
                        const char *text)
{
  begin_header (out, header);
  if (is_plain (text))
    append_folded (out, text, strlen (header) + 2);
  else
    append_encoded (out, text, strlen (header) + 2);
  g_string_append_len (out, "\r\n", 2);
}

static gboolean
is_atoms (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr (" !#$%&'*+-/=?^_`{|}~", *text) == NULL)
      return FALSE;
  return TRUE;
}

static char *
quote (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *text);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

void
rungs_mime_append_phrase (GString    *out,
                          const char *header,
                          const char *phrase,
                          const char *between)
{
  gsize column = strlen (header) + 2;

  begin_header (out, header);
  if (*phrase != '\0')
    {
      g_autofree char *quoted = is_atoms (phrase) ? g_strdup (phrase) : quote (phrase);

      column = is_plain (phrase) ? append_folded (out, quoted, column)
                                 : append_encoded (out, phrase, column);
      if (column + strlen (between) + 3 > LINE_LENGTH)
        g_string_append_len (out, "\r\n", 2);
      g_string_append_c (out, ' ');
    }
  g_string_append_printf (out, "<%s>\r\n", between);
}
