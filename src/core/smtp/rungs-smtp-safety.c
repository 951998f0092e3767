/* rungs-smtp-safety.c: that nothing is taken for a command that is not one. */

#include "smtp/rungs-smtp-safety.h"

#include <string.h>

gboolean
rungs_smtp_is_safe_address (const char *address)
{
  for (const char *p = address; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || *p == 0x7f || *p == '<' || *p == '>')
      return FALSE;
  return *address != '\0';
}

GBytes *
rungs_smtp_with_line_ends (GBytes *message)
{
  gsize size;
  const char *data = g_bytes_get_data (message, &size);
  const char *end = data != NULL ? data + size : NULL;
  gboolean clean = size > 0 && end[-1] == '\n';
  g_autoptr (GByteArray) mended = NULL;

  if (size == 0)
    return g_bytes_ref (message);
  for (const char *p = data; clean && (p = memchr (p, '\n', (gsize) (end - p))) != NULL; p++)
    clean = p > data && p[-1] == '\r';
  for (const char *p = data; clean && (p = memchr (p, '\r', (gsize) (end - p))) != NULL; p++)
    clean = p + 1 < end && p[1] == '\n';
  if (clean)
    return g_bytes_ref (message);

  mended = g_byte_array_sized_new ((guint) size + 64);
  for (const char *p = data; p < end; p++)
    if (*p != '\r' && *p != '\n')
      g_byte_array_append (mended, (const guint8 *) p, 1);
    else
      {
        g_byte_array_append (mended, (const guint8 *) "\r\n", 2);
        if (*p == '\r' && p + 1 < end && p[1] == '\n')
          p++;
      }
  if (end[-1] != '\r' && end[-1] != '\n')
    g_byte_array_append (mended, (const guint8 *) "\r\n", 2);
  return g_byte_array_free_to_bytes (g_steal_pointer (&mended));
}

void
rungs_smtp_append_with_dots (GByteArray *out,
                             GBytes     *message)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);
  gsize begin = 0;

  if (size > 0 && data[0] == '.')
    g_byte_array_append (out, (const guint8 *) ".", 1);
  for (gsize i = 0; i + 1 < size; i++)
    if (data[i] == '\n' && data[i + 1] == '.')
      {
        g_byte_array_append (out, data + begin, (guint) (i + 1 - begin));
        g_byte_array_append (out, (const guint8 *) ".", 1);
        begin = i + 1;
      }
  if (size > 0)
    g_byte_array_append (out, data + begin, (guint) (size - begin));
  g_byte_array_append (out, (const guint8 *) ".\r\n", 3);
}
