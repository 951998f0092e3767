/* rungs-test-message.h: one message past the outbox, to see whether an account works. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "mail/rungs-account-store.h"

G_BEGIN_DECLS

/* Sends it to `to` by `account` of the file at `path`. `password` is used where given, else the
 * keyring's. Blocks. Errors: AUTH, NETWORK, INVALID, FAILED;
 * the message holds the server's words. */
gboolean rungs_test_message_send (const char         *path,
                                  RungsClock         *clock,
                                  const RungsAccount *account,
                                  const char         *to,
                                  const char         *password,
                                  GCancellable       *cancellable,
                                  GError            **error);

G_END_DECLS
