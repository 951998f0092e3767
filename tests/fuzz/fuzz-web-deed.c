/* fuzz-web-deed.c: any JSON, read by the file of each provider. */

#include "web/rungs-web-deed.h"
#include "wire/rungs-provider.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static GPtrArray *providers = NULL;
  g_autoptr (RungsRawDelivery) raw = rungs_raw_delivery_new ("POST", "/?a=b", "", 1);
  g_autoptr (GBytes) body = g_bytes_new (data, size);

  if (providers == NULL)
    providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);
  rungs_raw_delivery_set_body (raw, body);
  rungs_raw_delivery_add_header (raw, "X-Shopify-Topic", "orders/paid");
  rungs_raw_delivery_add_header (raw, "X-Event-Name", "order_created");
  for (guint i = 0; i < providers->len; i++)
    {
      JsonObject *receive
          = rungs_provider_get_section (providers->pdata[i], RUNGS_PROVIDER_RECEIVE);
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsWebReader) reader = rungs_web_reader_new (receive, raw, &error);
      g_autoptr (GPtrArray) deeds
          = reader != NULL ? rungs_web_deeds_read (receive, reader, 1, &error) : NULL;

      g_assert ((deeds == NULL) == (error != NULL));
    }
  return 0;
}
