/* rungs-lead-sections.h: the parts of a lead's details, each changed into what was read. */

#pragma once

#include "rungs-lead-fact.h"
#include "rungs-lead-line.h"
#include "rungs-lead-view.h"

G_BEGIN_DECLS

/* What shows already what it is to show is left as it is: `box` is one of
 * rungs_keyed_rows_update(). The buttons of the rows activate actions of "lead.". */

/* The e-mail address; where it needs two lines, the second one begins behind the “@”. */
void rungs_lead_sections_show_email (RungsLeadFact       *fact,
                                     const RungsLeadView *view);

/* What the lead owns; what comes next, and in the popover of `why` (a RungsWhyPopover), why. */
void rungs_lead_sections_show_owned (GtkWidget           *box,
                                     const RungsLeadView *view);
void rungs_lead_sections_show_next (RungsLeadLine       *line,
                                    GtkMenuButton       *why,
                                    const RungsLeadView *view);

/* How soon somebody was in touch; nothing where that is not counted. */
void rungs_lead_sections_show_contact (GtkLabel            *label,
                                       const RungsLeadView *view);

/* Which partner the lead is; the line is hidden where it is none. */
void rungs_lead_sections_show_partner (RungsLeadLine       *line,
                                       const RungsLeadView *view);

void rungs_lead_sections_show_sequences (GtkWidget           *box,
                                         const RungsLeadView *view);
void rungs_lead_sections_show_orders (GtkWidget           *box,
                                      const RungsLeadView *view);

/* Whether messages may be sent, the button that changes it, and what else stands in their way. */
void rungs_lead_sections_show_consent (RungsLeadLine       *line,
                                       GtkButton           *button,
                                       const RungsLeadView *view);
void rungs_lead_sections_show_obstacles (GtkWidget           *box,
                                         const RungsLeadView *view);

/* `box` is a GtkFlowBox. */
void rungs_lead_sections_show_tags (GtkWidget           *box,
                                    const RungsLeadView *view);

G_END_DECLS
