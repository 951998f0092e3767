/* rungs-sender-route.h: the way out of an account, with what the keyring holds of it. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-transport.h"

G_BEGIN_DECLS

/* What messages are sent by. `settings` (nullable: a practice account) holds the password. */
typedef struct
{
  const char *path;
  RungsClock *clock;
  const RungsAccount *account;
  const RungsSmtpSettings *settings;
} RungsSenderRoute;

/* Returns: (transfer full) (nullable): how the server is reached, with the password: `password`
 * (nullable), or the one in the keyring. NULL for a practice account, and on error: AUTH where the
 * keyring is in the way, or G_IO_ERROR_CANCELLED. */
RungsSmtpSettings *rungs_sender_route_load_settings (RungsDb            *db,
                                                     const RungsAccount *account,
                                                     const char         *password,
                                                     GCancellable       *cancellable,
                                                     GError            **error);

/* The sender's address of an account, as SMTP wants it; a practice account need not have one.
 * Errors: INVALID. */
char *rungs_sender_route_dup_from (const RungsAccount *account,
                                   GError            **error);

/* Returns: (transfer full): one connection, not yet made. */
RungsTransport *rungs_sender_route_new_transport (const RungsSenderRoute *route);

G_END_DECLS
