/* rungs-signature.c: whether a delivery is from whom it says it is.
 *
 * Where several faults are there, the one
 * that is told is the one that a person can mend: no secret, then no signature, then a wrong one,
 * and last a right one of another time. */

#include "wire/rungs-signature.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "wire/rungs-signature-scheme.h"
#include "wire/rungs-wire-json.h"

static const char *const VERDICTS[]
    = { "right", "missing", "wrong", "old", "no secret", "no certificate" };

const char *
rungs_signature_verdict_to_text (RungsSignatureVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (VERDICTS), "");

  return VERDICTS[verdict];
}

/* ---- the rule */

const char *const *
rungs_signature_schemes (void)
{
  static const char *const NAMES[] = {
    "hmac-body",    "hmac-timestamp", "hmac-header-pair",  "standard-webhooks", "jws-body-hash",
    "hmac-in-body", "rsa-string",     "ecdsa-header-pair", "shared-secret",     NULL,
  };

  return NAMES;
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("How it is signed is not told whole: “%s” is missing or not known."), what);
  return FALSE;
}

/* Each place of a shared secret is one that there is. */
static gboolean
check_places (JsonArray  *where,
              GError    **error)
{
  for (guint i = 0; i < json_array_get_length (where); i++)
    {
      g_autofree char *place = rungs_wire_json_dup_text (json_array_get_element (where, i));

      if (place == NULL
          || (strcmp (place, "path") != 0 && strcmp (place, "bearer") != 0
              && strcmp (place, "basic") != 0 && !g_str_has_prefix (place, "header:")
              && !g_str_has_prefix (place, "query:")))
        return refuse (error, "where");
    }
  return json_array_get_length (where) > 0 || refuse (error, "where");
}

/* Members that are no text. */
static gboolean
check_kinds (JsonObject    *verify,
             const RungsSignatureScheme  *scheme,
             GError       **error)
{
  if (scheme->shape == RUNGS_SHAPE_SHARED)
    return rungs_wire_json_array (verify, "where") == NULL
             ? refuse (error, "where")
             : check_places (rungs_wire_json_array (verify, "where"), error);
  if (scheme->shape == RUNGS_SHAPE_STANDARD)
    return rungs_wire_json_array (verify, "prefixes") != NULL || refuse (error, "prefixes");
  if (scheme->shape == RUNGS_SHAPE_IN_BODY)
    return rungs_wire_json_array (verify, "fields") != NULL || refuse (error, "fields");
  if (scheme->shape != RUNGS_SHAPE_RSA)
    return TRUE;
  return (rungs_wire_json_object (verify, "signature") != NULL || refuse (error, "signature"))
         && (rungs_wire_json_object (verify, "certificate") != NULL
             || refuse (error, "certificate"))
         && (rungs_wire_json_array (verify, "parts") != NULL
             || rungs_wire_json_array (verify, "named") != NULL || refuse (error, "parts"));
}

gboolean
rungs_signature_check_rule (JsonObject  *verify,
                            GError     **error)
{
  const RungsSignatureScheme *scheme;
  const char *encoding;

  g_return_val_if_fail (verify != NULL, FALSE);

  scheme = rungs_signature_scheme_find (rungs_wire_json_text (verify, "scheme"));
  if (scheme == NULL)
    return refuse (error, "scheme");
  for (gsize i = 0; i < G_N_ELEMENTS (scheme->needs) && scheme->needs[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (verify, scheme->needs[i]);

      if (node == NULL)
        return refuse (error, scheme->needs[i]);
      if (JSON_NODE_HOLDS_VALUE (node) && rungs_wire_json_text (verify, scheme->needs[i]) == NULL)
        return refuse (error, scheme->needs[i]);
      if (!JSON_NODE_HOLDS_VALUE (node) && scheme->shape != RUNGS_SHAPE_RSA
          && !JSON_NODE_HOLDS_ARRAY (node))
        return refuse (error, scheme->needs[i]);
    }
  encoding = rungs_wire_json_text (verify, "encoding");
  if (encoding != NULL && strcmp (encoding, "hex") != 0 && strcmp (encoding, "base64") != 0)
    return refuse (error, "encoding");
  return check_kinds (verify, scheme, error);
}

static gboolean
has_place (JsonArray  *where,
           const char *place)
{
  for (guint i = 0; where != NULL && i < json_array_get_length (where); i++)
    if (g_strcmp0 (json_array_get_string_element (where, i), place) == 0)
      return TRUE;
  return FALSE;
}

gboolean
rungs_signature_needs_secret (JsonObject *verify)
{
  const RungsSignatureScheme *scheme;

  g_return_val_if_fail (verify != NULL, TRUE);

  scheme = rungs_signature_scheme_find (rungs_wire_json_text (verify, "scheme"));
  if (scheme != NULL && scheme->shape == RUNGS_SHAPE_RSA)
    return rungs_wire_json_array (verify, "parts") != NULL;
  return scheme == NULL || scheme->shape != RUNGS_SHAPE_SHARED
         || !has_place (rungs_wire_json_array (verify, "where"), "path");
}

/* Whether one is not empty. */
static gboolean
has_secret (const RungsSignatureCheck *self)
{
  for (guint i = 0; self->secrets != NULL && self->secrets[i] != NULL; i++)
    if (*self->secrets[i] != '\0')
      return TRUE;
  return FALSE;
}

static char *
dup_why (RungsSignatureVerdict  verdict,
         JsonObject            *verify)
{
  const char *header = rungs_wire_json_text (verify, "header");

  switch (verdict)
    {
    case RUNGS_SIGNATURE_MISSING:
      return header != NULL
               ? g_strdup_printf (
                   _ ("It is not signed: the header %s is missing or cannot be read."), header)
               : g_strdup (_ ("It is not signed, or its signature cannot be read."));
    case RUNGS_SIGNATURE_WRONG:
      return g_strdup (_ ("Its signature is not right: the secret is another one than that of the"
                          " provider, or it was changed on its way."));
    case RUNGS_SIGNATURE_OLD:
      return g_strdup (_ ("It was signed at another time than it came: somebody has sent it once"
                          " more, or a clock is wrong."));
    case RUNGS_SIGNATURE_NO_SECRET:
      return g_strdup (_ ("The secret that it is checked with is missing, or is none."));
    case RUNGS_SIGNATURE_NO_CERTIFICATE:
      return g_strdup (_ ("The certificate that it is checked with is missing, or not valid."));
    case RUNGS_SIGNATURE_RIGHT:
    default:
      return NULL;
    }
}

RungsSignatureVerdict
rungs_signature_check (JsonObject              *verify,
                       const RungsRawDelivery  *delivery,
                       const char *const       *secrets,
                       const char              *path,
                       const char              *certificate,
                       char                   **why)
{
  RungsSignatureCheck check = { verify, delivery, secrets, path, certificate, NULL };
  RungsSignatureVerdict verdict = RUNGS_SIGNATURE_NO_SECRET;

  g_return_val_if_fail (verify != NULL && delivery != NULL, RUNGS_SIGNATURE_NO_SECRET);

  if (rungs_signature_check_rule (verify, NULL)
      && (has_secret (&check) || !rungs_signature_needs_secret (verify)))
    verdict = rungs_signature_scheme_find (rungs_wire_json_text (verify, "scheme"))->check (&check);
  g_clear_pointer (&check.body, json_node_unref);
  if (why != NULL)
    *why = dup_why (verdict, verify);
  return verdict;
}

/* Whether `host` matches a pattern: "*.paypal.com" is any below paypal.com; in
 * "sns.*.amazonaws.com" the star is one label of three characters at least, for "sns.s3" could be
 * anybody's bucket. */
static gboolean
is_host (const char *host,
         const char *pattern)
{
  const char *star = strchr (pattern, '*');
  g_autofree char *low = g_ascii_strdown (host, -1);
  g_autofree char *before = NULL;
  gsize fixed = strlen (pattern) - 1;

  if (star == NULL)
    return strcmp (low, pattern) == 0;
  before = g_strndup (pattern, (gsize) (star - pattern));
  if (strlen (low) <= fixed || !g_str_has_prefix (low, before) || !g_str_has_suffix (low, star + 1)
      || strspn (low, "abcdefghijklmnopqrstuvwxyz0123456789-.") != strlen (low))
    return FALSE;
  return *before == '\0'
         || (strlen (low) >= fixed + 3
             && strcspn (low + strlen (before), ".") == strlen (low) - fixed);
}

gboolean
rungs_signature_is_pinned (const char *address,
                           const char *host)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (address != NULL && host != NULL, FALSE);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  return uri != NULL && strcmp (g_uri_get_scheme (uri), "https") == 0
         && g_uri_get_host (uri) != NULL && g_uri_get_userinfo (uri) == NULL
         && (g_uri_get_port (uri) == -1 || g_uri_get_port (uri) == 443)
         && is_host (g_uri_get_host (uri), host);
}

char *
rungs_signature_dup_certificate_address (JsonObject              *verify,
                                         const RungsRawDelivery  *delivery,
                                         GError                 **error)
{
  RungsSignatureCheck check = { verify, delivery, NULL, NULL, NULL, NULL };
  JsonObject *place;
  const char *host;
  g_autofree char *address = NULL;

  g_return_val_if_fail (verify != NULL && delivery != NULL, NULL);

  place = rungs_wire_json_object (verify, "certificate");
  host = rungs_wire_json_text (verify, "host");
  if (place == NULL || host == NULL)
    return NULL;
  address = rungs_signature_dup_named (&check, place);
  g_clear_pointer (&check.body, json_node_unref);
  if (address != NULL && rungs_signature_is_pinned (address, host))
    return g_steal_pointer (&address);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("It names no certificate of %s, so that it cannot be checked."), host);
  return NULL;
}
