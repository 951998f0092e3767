/* rungs-web-relay-mail.h: the account by which the relay asks people to confirm their address,
 * where the owner wants that it does so itself: its password lies at the relay then. */

#pragma once

#include "mail/rungs-account-store.h"
#include "web/rungs-web-relay-store.h"

G_BEGIN_DECLS

/* Whether the relay can send by that account. Errors: CONFLICT, in words. */
gboolean rungs_web_relay_may_send_by (const RungsWebRelay  *relay,
                                      const RungsAccount   *account,
                                      GError              **error);

/* Returns: (transfer full): what the relay is told of it (wire/rungs-relay-protocol.h), with the
 * password; free it with rungs_secret_free(). `password` may be "". */
char *rungs_web_relay_mail_dup (const RungsWebRelay *relay,
                                const RungsAccount  *account,
                                const char          *password);

/* Returns: (transfer full): the stamp that stands in it. */
char *rungs_web_relay_mail_dup_stamp (const char *mail);

G_END_DECLS
