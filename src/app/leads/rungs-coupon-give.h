/* rungs-coupon-give.h: writes down that a lead was told the code of a coupon. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens the form over the page; what was stored can be undone there. */
void rungs_coupon_give_open (RungsPage *page,
                             gint64     lead);

G_END_DECLS
