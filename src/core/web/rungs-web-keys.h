/* rungs-web-keys.h: what deliveries are checked with: secrets from the keyring, certificates from
 * the addresses that their providers are pinned to. */

#pragma once

#include "web/rungs-web-apply.h"

G_BEGIN_DECLS

typedef struct _RungsWebKeyring RungsWebKeyring;

/* Of the business file `file` (its uuid). `secret` (nullable): of all endpoints, instead of what
 * the keyring has. A secret that is asked for is remembered, and so is a certificate. Blocks while
 * it asks: not on the thread of a window. */
RungsWebKeyring *rungs_web_keyring_new (const char *file,
                                        const char *secret);
void rungs_web_keyring_free (RungsWebKeyring *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebKeyring, rungs_web_keyring_free)

/* Lent by it. */
RungsWebKeys rungs_web_keyring_get_keys (RungsWebKeyring *self);

/* Looks at up to `limit` deliveries that wait, with what the keyring of this file has, as
 * rungs_web_apply_all() does: what the engine calls. `count` (out): how many were ended. */
gboolean rungs_web_apply (RungsDb  *db,
                          gint64    now,
                          guint     limit,
                          gint64   *count,
                          GError  **error);

G_END_DECLS
