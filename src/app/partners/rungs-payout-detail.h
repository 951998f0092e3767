/* rungs-payout-detail.h: a payout, and what became of each payment in it. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-payout-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PAYOUT_DETAIL (rungs_payout_detail_get_type ())

G_DECLARE_FINAL_TYPE (RungsPayoutDetail, rungs_payout_detail, RUNGS, PAYOUT_DETAIL, GtkWidget)

/* Its buttons and menus activate actions of the view: "payouts.paid" with a partner … `details`
 * (nullable) is lent until it is called again. */
void rungs_payout_detail_show (RungsPayoutDetail  *self,
                               RungsPayoutDetails *details);

G_END_DECLS
