/* rungs-lead-facts.h: the facts of a lead in groups, each edited where it stands. */

#pragma once

#include <adwaita.h>

#include "rungs-lead-fact.h"
#include "rungs-lead-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LEAD_FACTS (rungs_lead_facts_get_type ())

/* Inside a page. Facts that are not known, but for a few, are shown when the user asks for them.
 *
 * RungsLeadFacts:part: "first": how to reach the lead, and the notes; else the rest */
G_DECLARE_FINAL_TYPE (RungsLeadFacts, rungs_lead_facts, RUNGS, LEAD_FACTS, GtkWidget)

/* What shows already what it is to show is left as it is. */
void rungs_lead_facts_show (RungsLeadFacts      *self,
                            const RungsLeadView *view);

/* The e-mail address, as a fact over the whole width; where it needs two lines, the second one
 * begins behind the “@”. Transfer full. */
RungsLeadFactItem *rungs_lead_facts_new_email (const RungsLeadView *view);

G_END_DECLS
