/* rungs-signature.h: whether a delivery is from whom it says it is.
 *
 * How a provider signs is data, the object "verify" of its section "receive":
 *
 *   "scheme"            one of the nine below
 *   "header"            where the signature stands
 *   "prefix"            (optional) what stands before it: "sha256="
 *   "encoding"          "hex" or "base64"
 *   "tolerance"         (optional) by how many seconds the time that is signed, where one is, may
 *                       differ from when it was received
 *
 *   hmac-body           HMAC-SHA256 of the body
 *   hmac-timestamp      of time, "join" and body, in a header "t=…,v1=…,v1=…" ("time" and
 *                       "signature" name its keys, "separator" what parts it)
 *   hmac-header-pair    the same, the time in a header of its own: "time_header"; "unit": "ms"
 *   standard-webhooks   of id, time and body, parted by points; "prefixes": ["webhook-", "svix-"]
 *   jws-body-hash       a JWT of HS256, of which "claim" is the hex SHA-256 of the body
 *   hmac-in-body        of fields of the JSON body: "fields", one behind another; "signature" and
 *                       "time" are paths
 *   rsa-string          a certificate's, "signature" and "certificate" each {"header": …} or
 *                       {"path": …}, "host": a pattern that the certificate's address must match,
 *                       "hash": {"header" or "path": …, "sha1": "1"}; of what "parts" say:
 *                       {"header": …}, {"path": …}, "secret", "crc32", with "join" between; or
 *                       "named": of each of these fields that there is, name and value, a line each
 *   ecdsa-header-pair   P-256 over the time of "time_header" and the body; the secret is the public
 *                       key, in PEM or base64
 *   shared-secret       nothing is signed: "where" lists what may hold the secret: "path",
 *                       "bearer", "basic" (secret "user:password"), "header:NAME", "query:NAME"
 *
 * What is checked are the bytes as they came. Texts are compared in a time that does not depend on
 * how much of them is right. One right signature of several is enough, for any one of the secrets:
 * both are so while a key is changed. */

#pragma once

#include <json-glib/json-glib.h>

#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/**
 * RungsSignatureVerdict:
 * @RUNGS_SIGNATURE_RIGHT: it is from whom it says
 * @RUNGS_SIGNATURE_MISSING: it has none, or none that can be read
 * @RUNGS_SIGNATURE_WRONG: made with another secret, or for other bytes
 * @RUNGS_SIGNATURE_OLD: right, but of another time than it came: sent once more by somebody, or a
 *   clock is wrong
 * @RUNGS_SIGNATURE_NO_SECRET: there is nothing to check it with
 * @RUNGS_SIGNATURE_NO_CERTIFICATE: the certificate must be fetched first, is none, or is one of
 *   another time
 */
typedef enum
{
  RUNGS_SIGNATURE_RIGHT,
  RUNGS_SIGNATURE_MISSING,
  RUNGS_SIGNATURE_WRONG,
  RUNGS_SIGNATURE_OLD,
  RUNGS_SIGNATURE_NO_SECRET,
  RUNGS_SIGNATURE_NO_CERTIFICATE,
} RungsSignatureVerdict;

/* "right", "missing", "wrong", "old", "no secret", "no certificate". */
const char *rungs_signature_verdict_to_text (RungsSignatureVerdict verdict);

/* The names of the nine, NULL-terminated. */
const char *const *rungs_signature_schemes (void);

/* Whether `verify` is one of these, with all that it needs. Errors: INVALID. */
gboolean rungs_signature_check_rule (JsonObject  *verify,
                                     GError     **error);

/* Whether a secret must be known; FALSE where the path alone is one, or a certificate tells. */
gboolean rungs_signature_needs_secret (JsonObject *verify);

/* Checks a delivery. `secrets` (nullable, NULL-terminated): of which any may be right; empty ones
 * are passed over. `path`: the one at which deliveries of this endpoint come in. `certificate`
 * (nullable): in PEM, what stood at rungs_signature_dup_certificate_address(). `why` (out)
 * (optional) (nullable): in words, NULL where it is right. */
RungsSignatureVerdict rungs_signature_check (JsonObject              *verify,
                                             const RungsRawDelivery  *delivery,
                                             const char *const       *secrets,
                                             const char              *path,
                                             const char              *certificate,
                                             char                   **why);

/* Whether an address is spoken to over https, at its usual port, and of a host that fits the
 * pattern: "sns.*.amazonaws.com". */
gboolean rungs_signature_is_pinned (const char *address,
                                    const char *host);

/* Where the certificate is to be fetched that the delivery names, over https and from the pinned
 * host alone. Returns: (transfer full) (nullable): NULL without an error where the scheme needs
 * none. Errors: INVALID, none is named, or one of another host. */
char *rungs_signature_dup_certificate_address (JsonObject              *verify,
                                               const RungsRawDelivery  *delivery,
                                               GError                 **error);

G_END_DECLS
