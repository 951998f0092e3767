/* rungs-base64url.h: bytes in letters that an address can hold (RFC 4648, section 5, without
 * padding). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full). */
char *rungs_base64url_encode (const guint8 *bytes,
                              gsize         length);

/* Strict: there is one way to write given bytes, and every other is refused. `length` (out).
 * Returns: (transfer full) (nullable): NULL where it is none; not NULL where it is empty. */
guint8 *rungs_base64url_decode (const char *text,
                                gsize      *length);

G_END_DECLS
