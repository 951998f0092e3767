/* rungs-partner-sales.h: the orders that a partner is credited with, and why they are the
 * partner's. */

#pragma once

#include <adwaita.h>

#include "rungs-partner-load.h"

G_BEGIN_DECLS

/* Makes the rows of `list`, that only this function fills, those of the partner's orders. The row
 * of an order that stays keeps its widgets, and what is open over it stays open. */
void rungs_partner_sales_show (GtkListBox                *list,
                               const RungsPartnerDetails *details);

G_END_DECLS
