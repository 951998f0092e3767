/* rungs-relay-pairing.h: how a relay knows its desktop.
 *
 * Where the relay runs, a code is shown that counts for a quarter of an hour, once, and survives
 * five wrong tries. Whoever tells it gets a key of 256 bits, of which the relay keeps the SHA-256
 * only; a key that was given out before counts no more. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

#define RUNGS_RELAY_CODE_MINUTES 15

/* Names the relay where it has no name yet. `uuid` (out). */
gboolean rungs_relay_pairing_name (RungsDb  *db,
                                   char    **uuid,
                                   GError  **error);

/* Makes a code; one that was made before counts no more. `code` (out): "ABCD-EFGH". */
gboolean rungs_relay_pairing_begin (RungsDb  *db,
                                    gint64    now,
                                    char    **code,
                                    GError  **error);

/* Gives the key for the code, in any case, with or without what stands between its letters. `key`
 * (out): NULL where the code is wrong or does not count any more, which is no error. */
gboolean rungs_relay_pairing_finish (RungsDb     *db,
                                     const char  *code,
                                     gint64       now,
                                     char       **key,
                                     GError     **error);

/* Gives a key without a code: to whoever may read the file of the relay anyway. `key` (out). */
gboolean rungs_relay_pairing_give (RungsDb  *db,
                                   char    **key,
                                   GError  **error);

/* Returns: (transfer full): by what the relay knows the key. */
char *rungs_relay_pairing_hash (const char *key);

G_END_DECLS
