/* rungs-oauth.h: what is said when a person agrees in a browser that Rungs may use their mail:
 * OAuth 2 (RFC 6749) with an authorization code, PKCE (RFC 7636) and a way back to this machine
 * (RFC 8252). Read this first for signing in. Nothing here waits or touches the network:
 * rungs-oauth-sign-in.h does it, rungs-oauth-token.h keeps what came of it. */

#pragma once

#include "mail/rungs-oauth-provider.h"

G_BEGIN_DECLS

/* The program that signs in, as the provider knows it. */
typedef struct
{
  const char *id;
  const char *secret; /* (nullable): only where the provider's programs have one */
} RungsOAuthClient;

/* What one sign-in is proved by; every one has its own. */
typedef struct
{
  char *verifier;  /* (owned): 43 characters that only we know until the code is redeemed */
  char *challenge; /* (owned): its SHA-256, which the browser carries */
  char *state;     /* (owned): by which the answer is known to be one to our question */
} RungsOAuthProof;

/* By the random numbers of the system. */
RungsOAuthProof *rungs_oauth_proof_new (void);
void rungs_oauth_proof_free (RungsOAuthProof *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOAuthProof, rungs_oauth_proof_free)

/* The challenge of a verifier: BASE64URL(SHA256(…)), RFC 7636, 4.2. */
char *rungs_oauth_make_challenge (const char *verifier);

/* The address that the browser opens. `user` (nullable): the address whose owner is expected. */
char *rungs_oauth_make_address (const RungsOAuthProvider *provider,
                                const RungsOAuthClient   *client,
                                const RungsOAuthProof    *proof,
                                const char               *redirect,
                                const char               *user);

/**
 * RungsOAuthReturn:
 * @RUNGS_OAUTH_RETURN_STRANGE: no answer to our question; it is not listened to
 * @RUNGS_OAUTH_RETURN_CODE: it was agreed to, and there is a code
 * @RUNGS_OAUTH_RETURN_REFUSED: it was not
 */
typedef enum
{
  RUNGS_OAUTH_RETURN_STRANGE,
  RUNGS_OAUTH_RETURN_CODE,
  RUNGS_OAUTH_RETURN_REFUSED,
} RungsOAuthReturn;

/* Reads what the browser came back with. `code` (out): of RETURN_CODE; `error`: of RETURN_REFUSED:
 * AUTH, and the message says why. */
RungsOAuthReturn rungs_oauth_read_return (const RungsOAuthProvider  *provider,
                                          const char                *query,
                                          const char                *state,
                                          char                     **code,
                                          GError                   **error);

/* What is sent to the provider's `token` address, as application/x-www-form-urlencoded: for a code,
 * and for a new access token. Holds secrets: wipe it. */
char *rungs_oauth_make_code_request (const RungsOAuthClient *client,
                                     const RungsOAuthProof  *proof,
                                     const char             *redirect,
                                     const char             *code);
char *rungs_oauth_make_renewal_request (const RungsOAuthClient *client,
                                        const char             *refresh_token);

/* What came of a sign-in: all that is needed to go on without a person. Times are ms UTC. */
typedef struct
{
  char *provider;      /* (owned): its key */
  char *client_id;     /* (owned) */
  char *client_secret; /* (owned) (nullable) */
  char *email;         /* (owned) (nullable): who signed in, where the provider tells */
  char *access_token;  /* (owned) */
  gint64 renew_at;     /* from then on a new one is asked for */
  gint64 ends_at;      /* from then on it is refused */
  char *refresh_token; /* (owned) (nullable): NULL: a person must sign in again at the end */
} RungsOAuthTokens;

/* Wipes and frees. */
void rungs_oauth_tokens_free (RungsOAuthTokens *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOAuthTokens, rungs_oauth_tokens_free)

/* Reads the answer of the `token` address. `before` (nullable): what it renews: its refresh token
 * stays where the answer has no other (RFC 6749, 6). Errors: AUTH: refused, and only signing in
 * again helps; NETWORK: refused for now; INVALID: this is no such answer. */
RungsOAuthTokens *rungs_oauth_read_tokens (const RungsOAuthProvider  *provider,
                                           const RungsOAuthClient    *client,
                                           const RungsOAuthTokens    *before,
                                           guint                      status,
                                           const char                *body,
                                           gsize                      length,
                                           gint64                     now,
                                           GError                   **error);

/* Sets the error of a sign-in that is over: AUTH. It is a whole sentence, for it is stored with the
 * account, in English, and shown in the user's language. */
void rungs_oauth_set_ended (GError **error);

/* As they are kept in the keyring, in place of a password; free the text with rungs_secret_free().
 * Errors: INVALID: this is a password, or nothing of ours. */
char *rungs_oauth_tokens_to_text (const RungsOAuthTokens *self);
RungsOAuthTokens *rungs_oauth_tokens_from_text (const char  *text,
                                                GError     **error);

G_END_DECLS
