/* rungs-lead-timeline.h: everything that happened to a lead, the newest first, filtered by kind. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LEAD_TIMELINE (rungs_lead_timeline_get_type ())

/* Inside a RungsLeadDetail, whose actions "lead.note", "lead.call", "lead.meeting" and
 * "lead.edit-note" (x) it activates, and inside a page. It reads a page at a time; which kinds are
 * shown is remembered. */
G_DECLARE_FINAL_TYPE (RungsLeadTimeline, rungs_lead_timeline, RUNGS, LEAD_TIMELINE, GtkWidget)

void rungs_lead_timeline_set_store (RungsLeadTimeline *self,
                                    RungsStore        *store);

/* What happened to that lead is shown from the next refreshing on; 0: nobody. */
void rungs_lead_timeline_set_lead (RungsLeadTimeline *self,
                                   gint64             lead);

/* Reads it again: what is shown stays where it is. */
void rungs_lead_timeline_refresh (RungsLeadTimeline *self);

/* Its end is nearly seen: more is read, if there is more. */
void rungs_lead_timeline_go_on (RungsLeadTimeline *self);

/* How many rows it shows. */
guint rungs_lead_timeline_get_n_rows (RungsLeadTimeline *self);

/* Makes the rows of `box`, a RungsRows, `rows` (element-type RungsTimelineRow). */
void rungs_lead_timeline_show_rows (GtkWidget *box,
                                    GPtrArray *rows);

G_END_DECLS
