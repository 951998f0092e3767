/* rungs-lead-view.h: a lead as the commands name and show it. */

#pragma once

#include "leads/rungs-lead.h"
#include "rungs-column.h"

G_BEGIN_DECLS

/* The lead that the n-th argument names: an address, or the number that lists show. Errors:
 * NOT_FOUND; INVALID for an address that is none. */
RungsLead *rungs_lead_argument (RungsInvocation  *call,
                                RungsDb          *db,
                                guint             n,
                                GError          **error);

/* How sentences call the lead: its name, else its number. */
char *rungs_lead_dup_title (const RungsLead *lead);

/* The columns of the table `lead`, as keys of the same names. */
JsonObject *rungs_lead_to_row (const RungsLead *lead);

/* Puts out these leads (element-type gint64), who stand behind a figure, by number, address and
 * name. */
gboolean rungs_lead_list_behind (RungsInvocation  *call,
                                 RungsDb          *db,
                                 GArray           *leads,
                                 GError          **error);

/* Puts out the lead with everything about it, and `events` rows of its timeline. */
gboolean rungs_lead_show (RungsInvocation  *call,
                          RungsDb          *db,
                          const RungsLead  *lead,
                          guint             events,
                          GError          **error);

G_END_DECLS
