/* rungs-smtp-safety.c: that nothing is taken for a command that is not one. */

#include "mail/rungs-smtp-safety.h"

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
  const char *end = data + size;
  gboolean clean = TRUE;
  g_autoptr (GByteArray) mended = NULL;

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
  return g_byte_array_free_to_bytes (g_steal_pointer (&mended));
}
