/* rungs-account-provider.h: the provider of an HTTP account, with what it was told. */

#pragma once

#include "mail/rungs-account-store.h"
#include "wire/rungs-provider.h"

G_BEGIN_DECLS

/* `options` (out) (transfer full): complete. Returns: (transfer full): that by which mail can be
 * sent. Errors: INVALID: there is none of that key, its file cannot be used, or an option is
 * missing or is none. */
RungsProvider *rungs_account_load_provider (const RungsAccount  *account,
                                            JsonObject         **options,
                                            GError             **error);

G_END_DECLS
