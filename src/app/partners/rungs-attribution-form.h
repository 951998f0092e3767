/* rungs-attribution-form.h: the form of the rules by which orders are credited. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens it over `page` with the rules that are in force; what other ones would have done is seen
 * before they can be saved. */
void rungs_attribution_form_open (RungsPage *page);

G_END_DECLS
