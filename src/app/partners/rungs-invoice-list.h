/* rungs-invoice-list.h: all invoices in the name of partners, to be seen and exported. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Over the page. */
void rungs_invoice_list_open (RungsPage *page);

G_END_DECLS
