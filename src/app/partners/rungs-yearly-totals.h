/* rungs-yearly-totals.h: what partners were paid in a year, for tax forms: seen and exported. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens over the page. */
void rungs_yearly_totals_open (RungsPage *page);

G_END_DECLS
