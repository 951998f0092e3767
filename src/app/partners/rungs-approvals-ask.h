/* rungs-approvals-ask.h: many commissions are approved, or put back on hold, when their sum was
 * seen. */

#pragma once

#include "rungs-approvals-load.h"
#include "rungs-page.h"

G_BEGIN_DECLS

/* Asks whether what the plan comes to, in each currency, is to be approved, and does it; that can
 * be undone. Says so where there is nothing. Takes the plan. */
void rungs_approvals_ask (RungsPage          *page,
                          RungsApprovalsPlan *plan);

/* Does it without asking (element-type gint64), for one whose amount is seen. Takes `lines`. */
void rungs_approvals_do (RungsPage *page,
                         GArray    *lines,
                         gboolean   approve);

G_END_DECLS
