/* fuzz-delivery.c: any bytes as deliveries of a relay: what is read is written the same way, and
 * its headers are. */

#include <string.h>

#include "wire/rungs-raw-delivery.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gsize used = 0;
  g_autoptr (RungsRawDelivery) read
      = rungs_raw_delivery_from_bytes ((const char *) data, size, &used, NULL);
  g_autoptr (RungsRawDelivery) again = NULL;
  g_autoptr (RungsRawDelivery) other = rungs_raw_delivery_new ("POST", "/", "", 0);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *headers = NULL;
  g_autofree char *query = NULL;
  gsize length = 0;

  if (read == NULL)
    return 0;
  g_assert (used <= size);
  bytes = rungs_raw_delivery_to_bytes (read);
  again = rungs_raw_delivery_from_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                         &length, NULL);
  g_assert (again != NULL && length == g_bytes_get_size (bytes));
  g_assert (g_bytes_equal (again->body, read->body));
  g_assert (strcmp (again->path, read->path) == 0 && again->received_at == read->received_at);
  headers = rungs_raw_delivery_dup_headers (read);
  g_assert (g_utf8_validate (headers, -1, NULL));
  g_assert (rungs_raw_delivery_add_headers (other, headers));
  g_assert (other->headers->len == read->headers->len);
  query = rungs_raw_delivery_dup_query (read, "a");
  g_assert (query == NULL || g_utf8_validate (query, -1, NULL));
  return 0;
}
