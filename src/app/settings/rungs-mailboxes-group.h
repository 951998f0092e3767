/* rungs-mailboxes-group.h: the mailboxes in which replies and returned mail come in. */

#pragma once

#include <adwaita.h>

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MAILBOXES_GROUP (rungs_mailboxes_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsMailboxesGroup, rungs_mailboxes_group, RUNGS, MAILBOXES_GROUP, AdwBin)

/* Shows `mailboxes` (element-type RungsMailbox) of the business whose uuid is `file`; `page` holds
 * the group. */
void rungs_mailboxes_group_show (RungsMailboxesGroup *self,
                                 RungsPage           *page,
                                 const char          *file,
                                 GPtrArray           *mailboxes);

G_END_DECLS
