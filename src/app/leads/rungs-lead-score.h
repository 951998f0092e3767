/* rungs-lead-score.h: the score of a lead, what it is made of, and giving points by hand. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"
#include "leads/rungs-lead.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LEAD_SCORE (rungs_lead_score_get_type ())

/* To be placed on a RungsPage, by which it writes. */
G_DECLARE_FINAL_TYPE (RungsLeadScore, rungs_lead_score, RUNGS, LEAD_SCORE, GtkWidget)

/* Shows the score at once, and reads what it is made of. */
void rungs_lead_score_show (RungsLeadScore  *self,
                            RungsStore      *store,
                            const RungsLead *lead);

G_END_DECLS
