/* rungs-access.h: what lets Rungs into a mail server where that is not a password of ours: tokens
 * that a sign-in in the browser brought, and what GNOME Online Accounts gives. */

#pragma once

#include <gio/gio.h>

#include "mail/rungs-goa.h"
#include "mail/rungs-imap.h"
#include "smtp/rungs-transport.h"

G_BEGIN_DECLS

/* Never changes, so that any thread may use it. */
typedef struct _RungsAccess RungsAccess;

/* By what the keyring holds for `owner` (uuid of an account or a mailbox) of the business `file`
 * (its uuid), or by `tokens` (nullable), the text of rungs_oauth_tokens_to_text(), alone, which are
 * not renewed. `provider`: its key. Errors: AUTH: nobody has signed in yet; INVALID: there is no
 * such provider, or these are no tokens. */
RungsAccess *rungs_access_new_oauth (const char  *file,
                                     const char  *owner,
                                     const char  *provider,
                                     const char  *tokens,
                                     GError     **error);

/* By the account of the computer with that id. Nothing is asked yet. */
RungsAccess *rungs_access_new_goa (const char  *id,
                                   RungsGoaUse  use);

RungsAccess *rungs_access_ref (RungsAccess *self);
void rungs_access_unref (RungsAccess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsAccess, rungs_access_unref)

/* What lets one in. */
typedef struct
{
  char *secret;              /* (owned): a token or a password; empty: none is needed */
  RungsSmtpSettings *server; /* (owned) (nullable): of an account of the computer: how its server
                              * is reached, with the secret */
  gint64 good_until;         /* ms UTC, from when on to take the next; G_MAXINT64: as long as it
                              * works */
} RungsAccessKey;

/* Wipes what it holds and makes it empty. */
void rungs_access_key_clear (RungsAccessKey *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsAccessKey, rungs_access_key_clear)

/* Fills in `key`, which is empty; blocks. `refused` (nullable): a secret that the server has
 * refused: another one is got. Errors: AUTH, INVALID: a person must see to it; NETWORK, BUSY:
 * later; G_IO_ERROR_CANCELLED. */
gboolean rungs_access_take (RungsAccess     *self,
                            const char      *refused,
                            RungsAccessKey  *key,
                            GCancellable    *cancellable,
                            GError         **error);

/* Opens a mailbox with it; where the server refuses, once more with what is got then. `settings`:
 * how the server is reached, where that is not for the account of the computer to say. Errors:
 * those of both. */
RungsImap *rungs_access_open_imap (RungsAccess              *self,
                                   const RungsSmtpSettings  *settings,
                                   GCancellable             *cancellable,
                                   GError                  **error);

/* Makes the transport that signs in with that key. */
typedef RungsTransport *(*RungsAccessMakeFunc) (const RungsAccessKey *key,
                                                gpointer              data);

/* A transport that takes what lets it in when it connects, again when that ends, and once more
 * where the server refuses to sign it in (an answer 401, 530, 534, 535 or 538): what it is refused
 * then is the account's trouble. `data` is freed by `destroy` (nullable) with the transport. */
RungsTransport *rungs_access_new_transport (RungsAccess         *self,
                                            RungsAccessMakeFunc  make,
                                            gpointer             data,
                                            GDestroyNotify       destroy);

G_END_DECLS
