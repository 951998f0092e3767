/* rungs-notice-dialog.h: how staff are told of new leads, of all or of one way in. */

#pragma once

#include "process/rungs-notice-rule-store.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* `rule` (nullable) is changed; NULL: there is a new exception, for one of `ways` (element-type
 * RungsNoticeRule). Both are copied. */
RungsForm *rungs_notice_dialog_new (GtkWindow             *parent,
                                    RungsStore            *store,
                                    const RungsNoticeRule *rule,
                                    GPtrArray             *ways);

/* What a rule is about: "All new leads", "The form “Contact”". */
char *rungs_notice_dup_title (const RungsNoticeRule *rule);

G_END_DECLS
