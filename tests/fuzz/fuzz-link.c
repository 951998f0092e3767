/* fuzz-link.c: any text as a token, which is none of ours; any bytes rightly sealed, which are read
 * in one way only; and any text as where a link leads. */

#include <string.h>

#include "wire/rungs-base64url.h"
#include "wire/rungs-link.h"

/* What is believed is written again as the same text. */
static void
check_sealed (GPtrArray    *keys,
              const guint8 *data,
              gsize         size)
{
  g_autofree guint8 *sealed = g_malloc (size + RUNGS_LINK_SEAL_BYTES);
  g_autofree char *text = NULL;
  g_auto (RungsLink) link = { 0 };
  g_autofree char *again = NULL;

  memcpy (sealed, data, size);
  rungs_link_seal (keys->pdata[0], sealed, size, sealed + size);
  text = rungs_base64url_encode (sealed, size + RUNGS_LINK_SEAL_BYTES);
  if (!rungs_link_parse (keys, text, &link, NULL))
    return;
  again = rungs_link_make (keys->pdata[0], &link);
  g_assert_cmpstr (again, ==, text);
  g_assert (link.kind != RUNGS_LINK_CLICK || rungs_link_is_target (link.rest));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static GPtrArray *keys = NULL;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (RungsLink) link = { 0 };

  if (keys == NULL)
    {
      keys = g_ptr_array_new ();
      g_ptr_array_add (keys, g_bytes_new ("0123456789abcdef0123456789abcdef", 32));
    }
  g_assert (!rungs_link_parse (keys, text, &link, NULL));
  g_assert (!rungs_link_is_target (text) || strpbrk (text, "\r\n\\ ") == NULL);
  check_sealed (keys, data, size);
  return 0;
}
