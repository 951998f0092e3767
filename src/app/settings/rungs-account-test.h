/* rungs-account-test.h: sends one test message by an account, stored or not, and tells what became
 * of it. */

#pragma once

#include <gio/gio.h>

#include "mail/rungs-account-store.h"
#include "smtp/rungs-transport.h"

G_BEGIN_DECLS

/* What the test needs to know. */
typedef struct
{
  const RungsAccount *account;
  const char *file;          /* uuid of the business: where the password is found in the keyring */
  const char *business_name;
  const char *path;          /* of the business: where the practice folder is found */
  const char *password;      /* (nullable) NULL or empty: the one in the keyring */
  const char *to;            /* address */
} RungsAccountTest;

/* Runs on a thread of its own. */
void rungs_account_test_async (const RungsAccountTest *test,
                               GCancellable           *cancellable,
                               GAsyncReadyCallback     callback,
                               gpointer                data);

/* FALSE where the message could not even be handed over: INVALID (an address that is none), AUTH
 * (the keyring), CANCELLED. Otherwise `delivery` says what the server did with it. */
gboolean rungs_account_test_finish (GAsyncResult   *result,
                                    RungsDelivery  *delivery,
                                    GError        **error);

/* What it means, in the user's words: one or two sentences. */
char *rungs_account_test_describe (const RungsDelivery *delivery,
                                   const RungsAccount  *account);

G_END_DECLS
