/* rungs-signature-make.h: signs a delivery as its provider would, to see whether it is believed. */

#pragma once

#include "wire/rungs-signature.h"

G_BEGIN_DECLS

/* Whether that can be done with the secret alone: not where the provider signs with a key of its
 * own (rsa-string, ecdsa-header-pair), or inside of the body (hmac-in-body). */
gboolean rungs_signature_can_make (JsonObject *verify);

/* Adds to `delivery` what makes it right at `now` (milliseconds). `secret` may be "" where none is
 * needed. Errors: INVALID, it cannot be made, or the secret is none. */
gboolean rungs_signature_make (JsonObject        *verify,
                               RungsRawDelivery  *delivery,
                               const char        *secret,
                               gint64             now,
                               GError           **error);

G_END_DECLS
