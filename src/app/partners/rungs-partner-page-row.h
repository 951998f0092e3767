/* rungs-partner-page-row.h: the private page of a partner at the relay: whether there is one, and
 * what can be done with it. */

#pragma once

#include <adwaita.h>

#include "partners/rungs-partner-page-store.h"
#include "partners/rungs-partner-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PARTNER_PAGE_ROW (rungs_partner_page_row_get_type ())

/* Stands within a RungsPage, whose store it writes. */
G_DECLARE_FINAL_TYPE (RungsPartnerPageRow, rungs_partner_page_row, RUNGS, PARTNER_PAGE_ROW,
                      AdwActionRow)

/* `place` (nullable): NULL: it has none. */
void rungs_partner_page_row_set (RungsPartnerPageRow         *self,
                                 const RungsPartner          *partner,
                                 const RungsPartnerPagePlace *place);

G_END_DECLS
