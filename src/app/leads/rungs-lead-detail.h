/* rungs-lead-detail.h: what is known of one lead, and what can be done about it. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LEAD_DETAIL (rungs_lead_detail_get_type ())

/* Inside a page: what it takes back it offers there. Its buttons also activate "leads.edit",
 * "leads.add-tag" and "leads.add-to-sequence" of the page. */
G_DECLARE_FINAL_TYPE (RungsLeadDetail, rungs_lead_detail, RUNGS, LEAD_DETAIL, GtkWidget)

void rungs_lead_detail_set_store (RungsLeadDetail *self,
                                  RungsStore      *store);

/* Shows the lead with that id; 0: none. */
void rungs_lead_detail_set_lead (RungsLeadDetail *self,
                                 gint64           lead);

/* Reads it again. */
void rungs_lead_detail_refresh (RungsLeadDetail *self);

G_END_DECLS
