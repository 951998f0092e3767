/* rungs-partner-lead-row.h: a row of a form that says which lead a partner is. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"
#include "leads/rungs-lead.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PARTNER_LEAD_ROW (rungs_partner_lead_row_get_type ())

/**
 * RungsPartnerLeadRow::picked: the user picked a lead.
 * @lead: (type RungsLead): it, with its name, address and telephone number
 */
G_DECLARE_FINAL_TYPE (RungsPartnerLeadRow, rungs_partner_lead_row, RUNGS, PARTNER_LEAD_ROW,
                      AdwActionRow)

/* `partner` is the id of the one that the form is about; 0: a new one. */
GtkWidget *rungs_partner_lead_row_new (RungsStore *store,
                                       gint64      partner);

/* Shows that lead; NULL: none. */
void rungs_partner_lead_row_set_lead (RungsPartnerLeadRow *self,
                                      const RungsLead     *lead);

/* Its id; 0: none. */
gint64 rungs_partner_lead_row_get_lead (RungsPartnerLeadRow *self);

G_END_DECLS
