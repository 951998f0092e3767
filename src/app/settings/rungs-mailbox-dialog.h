/* rungs-mailbox-dialog.h: adds or edits a mailbox in which replies and returned mail come in. */

#pragma once

#include "mail/rungs-mailbox-store.h"
#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens the form over `page`. `file`: the uuid of the business, under which the keyring has the
 * password. `mailbox` (nullable): NULL: a new one. Returns: (transfer none): the form. */
GtkWindow *rungs_mailbox_dialog_open (RungsPage          *page,
                                      const char         *file,
                                      const RungsMailbox *mailbox);

G_END_DECLS
