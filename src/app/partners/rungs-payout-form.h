/* rungs-payout-form.h: makes a payout, after it was seen what it would be. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens the form. When the payout is made the page shows it. */
void rungs_payout_form_open (RungsPage *page);

/* The same with only these partners ticked (element-type gint64). Takes them. */
void rungs_payout_form_open_for (RungsPage *page,
                                 GArray    *partners);

G_END_DECLS
