/* rungs-lead-sections.h: the parts of a lead's details, each made from what was read. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-lead-view.h"

G_BEGIN_DECLS

/* Each returns: (transfer floating). Their buttons activate actions of "leads." and "lead.". */

/* Name, address, and how to reach the lead. */
GtkWidget *rungs_lead_section_head (const RungsLeadView *view);
GtkWidget *rungs_lead_section_facts (const RungsLeadView *view);

/* Whether messages may be sent, and why not. */
GtkWidget *rungs_lead_section_consent (const RungsLeadView *view);

GtkWidget *rungs_lead_section_tags (const RungsLeadView *view);

/* What the lead owns, what comes next and why, and the orders. */
GtkWidget *rungs_lead_section_ladder (const RungsLeadView *view);
GtkWidget *rungs_lead_section_orders (const RungsLeadView *view);

GtkWidget *rungs_lead_section_sequences (const RungsLeadView *view);
GtkWidget *rungs_lead_section_timeline (const RungsLeadView *view);

G_END_DECLS
