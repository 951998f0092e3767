/* rungs-oauth-sign-in.h: a person signs in, in a browser.
 *
 * The browser comes back to a port of this machine that the system chooses and that only this
 * machine can reach. The first answer to our question counts, and then nobody listens any more. */

#pragma once

#include "mail/rungs-oauth.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long a person may take, in seconds. */
#define RUNGS_OAUTH_PATIENCE (10 * 60)

/* Is given the address that the browser must open. */
typedef void (*RungsOAuthOpenFunc) (const char *address,
                                    gpointer    data);

/* `provider` must live until the end; `client` is copied. `user` (nullable): who is expected.
 * `patience`: seconds. `open` is called once, before this returns. */
void rungs_oauth_sign_in_async (const RungsOAuthProvider *provider,
                                const RungsOAuthClient   *client,
                                const char               *user,
                                guint                     patience,
                                RungsOAuthOpenFunc        open,
                                gpointer                  open_data,
                                GCancellable             *cancellable,
                                GAsyncReadyCallback       callback,
                                gpointer                  data);

/* Errors: AUTH: the person did not agree, or the provider refuses; INVALID: its answer is none;
 * NETWORK; G_IO_ERROR_CANCELLED; G_IO_ERROR_TIMED_OUT. */
RungsOAuthTokens *rungs_oauth_sign_in_finish (GAsyncResult  *result,
                                              GError       **error);

/* The same, blocking; `open` is called on this thread. */
RungsOAuthTokens *rungs_oauth_sign_in (const RungsOAuthProvider  *provider,
                                       const RungsOAuthClient    *client,
                                       const char                *user,
                                       guint                      patience,
                                       RungsOAuthOpenFunc         open,
                                       gpointer                   open_data,
                                       GCancellable              *cancellable,
                                       GError                   **error);

G_END_DECLS
