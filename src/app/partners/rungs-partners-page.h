/* rungs-partners-page.h: partners, what they earn, the book of it, and payouts. */

#pragma once

#include "rungs-views-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PARTNERS_PAGE (rungs_partners_page_get_type ())

G_DECLARE_FINAL_TYPE (RungsPartnersPage, rungs_partners_page, RUNGS, PARTNERS_PAGE, RungsViewsPage)

G_END_DECLS
