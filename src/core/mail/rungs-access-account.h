/* rungs-access-account.h: mail accounts and mailboxes that are let in otherwise than by a password
 * of ours: what stands in them, and what does not change when somebody signs in again. */

#pragma once

#include "mail/rungs-account-store.h"
#include "mail/rungs-goa.h"
#include "mail/rungs-mailbox-store.h"
#include "mail/rungs-oauth-provider.h"

G_BEGIN_DECLS

/* Makes it an account that sends by a sign-in with `provider`. `client_id` (nullable): a program
 * that the owner registered; NULL or empty: Rungs' own. `user` (nullable): who signs in; NULL or
 * empty: as it was. */
void rungs_access_account_set_oauth (RungsAccount             *account,
                                     const RungsOAuthProvider *provider,
                                     const char               *client_id,
                                     const char               *user);

/* Returns: (transfer full): the client ID that an owner gave; empty where there is none. */
char *rungs_access_account_dup_client_id (const RungsAccount *account);

/* Makes it an account that sends by an account of the computer. */
void rungs_access_account_set_goa (RungsAccount          *account,
                                   const RungsGoaAccount *goa);

/* Returns: (transfer full) (nullable): a mailbox, not stored, that is read by the same sign-in, or
 * by the same account of the computer; NULL where it has none. */
RungsMailbox *rungs_access_mailbox_new_oauth (const RungsOAuthProvider *provider,
                                              const char               *user);
RungsMailbox *rungs_access_mailbox_new_goa (const RungsGoaAccount *goa);

/* Stores it, unless there is one of that server and user; a name that is taken gets a number. */
gboolean rungs_access_mailbox_add (RungsDb       *db,
                                   RungsMailbox  *mailbox,
                                   gint64         now,
                                   GError       **error);

G_END_DECLS
