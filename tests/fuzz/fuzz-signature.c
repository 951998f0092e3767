/* fuzz-signature.c: any delivery, checked in each way: none of it is believed, for the secret is
 * not in it. */

#include "wire/rungs-provider.h"
#include "wire/rungs-signature.h"
#include "wire/rungs-wire-json.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static GPtrArray *providers = NULL;
  static const char *const SECRETS[] = { "whsec_c2VjcmV0LW9mLW91cnM=", NULL };
  gsize used = 0;
  g_autoptr (RungsRawDelivery) raw
      = rungs_raw_delivery_from_bytes ((const char *) data, size, &used, NULL);

  if (providers == NULL)
    providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);
  for (guint i = 0; raw != NULL && i < providers->len; i++)
    {
      JsonObject *verify = rungs_wire_json_object (
          rungs_provider_get_section (providers->pdata[i], RUNGS_PROVIDER_RECEIVE), "verify");
      g_autofree char *why = NULL;
      g_autofree char *address = rungs_signature_dup_certificate_address (verify, raw, NULL);

      g_assert (rungs_signature_check (verify, raw, SECRETS, "/in/a-path-of-ours", NULL, &why)
                != RUNGS_SIGNATURE_RIGHT);
      g_assert (why != NULL);
      g_assert (address == NULL || g_str_has_prefix (address, "https://"));
    }
  return 0;
}
