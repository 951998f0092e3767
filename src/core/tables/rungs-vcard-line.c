/* rungs-vcard-line.c: lines of an address card. */

#include "tables/rungs-vcard-line.h"

#include <string.h>

#define LINE_BYTES 75

static void
append_escaped (GString    *line,
                const char *text)
{
  for (; *text != '\0'; text++)
    if (*text == '\n')
      g_string_append (line, "\\n");
    else if (strchr ("\\,;", *text) != NULL)
      g_string_append_printf (line, "\\%c", *text);
    else if ((guchar) *text >= ' ' || *text == '\t')
      g_string_append_c (line, *text);
}

/* The first line has 75 bytes; the others begin with a space. */
static void
append_folded (GString    *card,
               const char *line)
{
  gsize room = LINE_BYTES;
  gsize left = strlen (line);

  while (left > room)
    {
      gsize length = room;

      while (length > 1 && (line[length] & 0xc0) == 0x80)
        length--;
      g_string_append_len (card, line, length);
      g_string_append (card, "\r\n ");
      line += length;
      left -= length;
      room = LINE_BYTES - 1;
    }
  g_string_append (card, line);
  g_string_append (card, "\r\n");
}

void
rungs_vcard_append (GString           *card,
                    const char        *name,
                    const char *const *values,
                    guint              n_values,
                    char               parting)
{
  g_autoptr (GString) line = g_string_new (name);
  gboolean has_value = FALSE;

  g_return_if_fail (card != NULL && name != NULL);

  for (guint i = 0; i < n_values; i++)
    {
      g_string_append_c (line, i == 0 ? ':' : parting);
      append_escaped (line, values[i]);
      has_value |= *values[i] != '\0';
    }
  if (has_value)
    append_folded (card, line->str);
}

void
rungs_vcard_append_text (GString    *card,
                         const char *name,
                         const char *text)
{
  g_return_if_fail (text != NULL);

  rungs_vcard_append (card, name, &text, 1, ',');
}
