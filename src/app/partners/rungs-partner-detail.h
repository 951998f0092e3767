/* rungs-partner-detail.h: all that is known of one partner. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-partner-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PARTNER_DETAIL (rungs_partner_detail_get_type ())

G_DECLARE_FINAL_TYPE (RungsPartnerDetail, rungs_partner_detail, RUNGS, PARTNER_DETAIL, GtkWidget)

/* Its buttons activate actions of the view: "partners.edit" … */
void rungs_partner_detail_show (RungsPartnerDetail        *self,
                                const RungsPartnerDetails *details);

G_END_DECLS
