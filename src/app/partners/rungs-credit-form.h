/* rungs-credit-form.h: the form that credits an order to a partner by hand. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens it over `page`, which offers to undo what was done. What comes of it in the ledger is seen
 * before. */
void rungs_credit_form_open (RungsPage *page,
                             gint64     order);

G_END_DECLS
