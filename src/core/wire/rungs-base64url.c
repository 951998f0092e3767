/* rungs-base64url.c: bytes in letters that an address can hold. */

#include "wire/rungs-base64url.h"

#include <string.h>

static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

char *
rungs_base64url_encode (const guint8 *bytes,
                        gsize         length)
{
  GString *text = g_string_sized_new (length * 4 / 3 + 4);
  guint32 held = 0;
  guint bits = 0;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  for (gsize i = 0; i < length; i++)
    {
      held = held << 8 | bytes[i];
      for (bits += 8; bits >= 6; bits -= 6)
        g_string_append_c (text, LETTERS[held >> (bits - 6) & 63]);
    }
  if (bits > 0)
    g_string_append_c (text, LETTERS[held << (6 - bits) & 63]);
  return g_string_free (text, FALSE);
}

static int
value_of (char letter)
{
  const char *found = letter != '\0' ? strchr (LETTERS, letter) : NULL;

  return found != NULL ? (int) (found - LETTERS) : -1;
}

guint8 *
rungs_base64url_decode (const char *text,
                        gsize      *length)
{
  gsize letters = strlen (text);
  g_autofree guint8 *bytes = g_malloc (letters * 3 / 4 + 1);
  guint32 held = 0;
  guint bits = 0;

  *length = 0;
  if (letters % 4 == 1)
    return NULL;
  for (; *text != '\0'; text++)
    {
      int value = value_of (*text);

      if (value < 0)
        return NULL;
      held = held << 6 | (guint32) value;
      bits += 6;
      if (bits >= 8)
        {
          bits -= 8;
          bytes[(*length)++] = (guint8) (held >> bits & 255);
        }
    }
  /* what is left over says nothing, and is 0 */
  return (held & ((1u << bits) - 1)) == 0 ? g_steal_pointer (&bytes) : NULL;
}
