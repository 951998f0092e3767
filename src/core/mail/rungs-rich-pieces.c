/* rungs-rich-pieces.c: hides the merge language from Markdown. */

#include "mail/rungs-rich-pieces.h"

#include <string.h>

#include "mail/rungs-rich.h"

/* Supplementary Private Use Area-A. */
#define FIRST 0xF0000
#define LAST 0xFFFFD

void
rungs_rich_pieces_init (RungsRichPieces *self)
{
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
}

void
rungs_rich_pieces_clear (RungsRichPieces *self)
{
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

gsize
rungs_rich_liquid_length (const char *text)
{
  const char *end;

  g_return_val_if_fail (text != NULL, 0);

  if (g_str_has_prefix (text, "{{"))
    end = strstr (text + 2, "}}");
  else if (g_str_has_prefix (text, "{%"))
    end = strstr (text + 2, "%}");
  else
    return 0;
  return end != NULL ? (gsize) (end - text) + 2 : 0;
}

static gunichar
sign_of (RungsRichPieces *self,
         const char      *text,
         gsize            length)
{
  g_autofree char *piece = g_strndup (text, length);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, piece));

  if (place == 0)
    {
      g_ptr_array_add (self->texts, piece);
      place = self->texts->len;
      g_hash_table_insert (self->places, g_steal_pointer (&piece), GUINT_TO_POINTER (place));
    }
  return MIN (FIRST + place - 1, LAST);
}

char *
rungs_rich_pieces_hide (RungsRichPieces *self,
                        const char      *text)
{
  GString *hidden = g_string_sized_new (strlen (text));

  while (*text != '\0')
    {
      gsize length = rungs_rich_liquid_length (text);

      if (length > 0)
        g_string_append_unichar (hidden, sign_of (self, text, length));
      else
        g_string_append_c (hidden, *text++);
      text += length;
    }
  return g_string_free (hidden, FALSE);
}

char *
rungs_rich_pieces_show (const RungsRichPieces *self,
                        const char            *hidden)
{
  GString *text = g_string_sized_new (strlen (hidden));

  for (const char *p = hidden; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar sign = g_utf8_get_char (p);

      if (sign >= FIRST && sign - FIRST < self->texts->len)
        g_string_append (text, g_ptr_array_index (self->texts, sign - FIRST));
      else
        g_string_append_unichar (text, sign);
    }
  return g_string_free (text, FALSE);
}

gboolean
rungs_rich_pieces_is_full (const RungsRichPieces *self,
                           const char            *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_utf8_get_char (text) >= FIRST)
      return TRUE;
  return self->texts->len > LAST - FIRST;
}
