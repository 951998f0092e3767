/* rungs-sender-route.h: the way out of an account, with what the keyring holds of it. Read this to
 * add a kind of account: rungs-sender-route.c is where its transport is made.
 *
 * Opening it asks whatever has to be asked once for all connections (the keyring, who gives
 * tokens), on a thread that may wait. Afterwards it never changes: each connection makes its
 * transport from it, on a thread of its own. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "mail/rungs-account-store.h"
#include "smtp/rungs-transport.h"

G_BEGIN_DECLS

/* What it is opened for; all of it is copied. */
typedef struct
{
  const char *path;            /* of the file: the practice folder is beside it */
  const char *file;            /* uuid of the business: names the file in the keyring */
  const RungsAccount *account; /* stored or not */
  const char *secret;          /* (nullable): used instead of what the keyring holds */
  gboolean person_waits;       /* the keyring may ask, the server must answer soon */
} RungsSenderRoutePlan;

typedef struct _RungsSenderRoute RungsSenderRoute;

/* Blocks. Errors: AUTH where the keyring, or who gives tokens, is in the way, INVALID where the
 * account cannot send as it is: both are for a person to mend; and G_IO_ERROR_CANCELLED. */
RungsSenderRoute *rungs_sender_route_open (const RungsSenderRoutePlan  *plan,
                                           GCancellable                *cancellable,
                                           GError                     **error);

/* From any thread. */
RungsSenderRoute *rungs_sender_route_ref (RungsSenderRoute *self);
void rungs_sender_route_unref (RungsSenderRoute *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSenderRoute, rungs_sender_route_unref)

const char *rungs_sender_route_get_path (RungsSenderRoute *self);
const RungsAccount *rungs_sender_route_get_account (RungsSenderRoute *self);

/* The sender's address as SMTP wants it; a practice account without one has an invented one. */
const char *rungs_sender_route_get_from (RungsSenderRoute *self);

/* Returns: (transfer full): one connection, not yet made. */
RungsTransport *rungs_sender_route_new_transport (RungsSenderRoute *self);

G_END_DECLS
