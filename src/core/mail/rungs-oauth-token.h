/* rungs-oauth-token.h: the tokens that a sign-in brought, kept in the keyring and renewed in time.
 *
 * They stand in the keyring in place of the password of an account or a mailbox (`owner`, its
 * uuid). Several threads and programs that need one at once renew it once. All of it blocks: for
 * worker threads and the command line. */

#pragma once

#include "mail/rungs-oauth.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks the provider's `token` address. Errors: those of rungs_oauth_read_tokens(), NETWORK, and
 * G_IO_ERROR_CANCELLED. */
RungsOAuthTokens *rungs_oauth_redeem_code (const RungsOAuthProvider  *provider,
                                           const RungsOAuthClient    *client,
                                           const RungsOAuthProof     *proof,
                                           const char                *redirect,
                                           const char                *code,
                                           GCancellable              *cancellable,
                                           GError                   **error);

/* Returns: (transfer full): an access token that is good for some minutes at least, renewed where
 * that is due; free it with rungs_secret_free(). `refused` (nullable): one that the server has
 * refused: another one is got, unless somebody else got one already. `good_until` (out): ms UTC,
 * from when on to ask for the next. Errors: AUTH: the keyring is in the way, or a person must sign
 * in again (the message says which); INVALID: the keyring holds something else; NETWORK;
 * G_IO_ERROR_CANCELLED. */
char *rungs_oauth_token_take (const char                *file,
                              const char                *owner,
                              const RungsOAuthProvider  *provider,
                              const char                *refused,
                              gint64                    *good_until,
                              GCancellable              *cancellable,
                              GError                   **error);

/* What the keyring holds for an owner. Errors as above. */
RungsOAuthTokens *rungs_oauth_tokens_look_up (const char    *file,
                                              const char    *owner,
                                              GCancellable  *cancellable,
                                              GError       **error);

G_END_DECLS
