/* rungs-payee-words.h: how somebody is paid, in words. */

#pragma once

#include "partners/rungs-payee.h"

G_BEGIN_DECLS

/* "Bank transfer", "PayPal" …; of UNSAID "Nobody has said yet". */
const char *rungs_pay_way_words (RungsPayWay way);

/* The same of somebody who is to be paid: of UNSAID "Nobody has said yet how to pay". */
const char *rungs_payee_way_words (RungsPayWay way);

/* The title of a field: "Account Holder" … */
const char *rungs_payee_field_words (RungsPayeeField field);

/* Returns: (transfer full): the way, and where to, as much as a glance needs: "Bank transfer: DE89
 * … 00". */
char *rungs_payee_dup_short (const RungsPayee *self);

/* Returns: (transfer full): all that is known, a line each. */
char *rungs_payee_dup_whole (const RungsPayee *self);

G_END_DECLS
