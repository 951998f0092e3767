/* rungs-lead-rows.h: the leads as rows of a browser. */

#pragma once

#include "leads/rungs-lead-list-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Remembers the list of all leads, so that a search need not sort them at each key press. From any
 * thread. */
typedef struct _RungsLeadRoll RungsLeadRoll;

RungsLeadRoll *rungs_lead_roll_new (void);
RungsLeadRoll *rungs_lead_roll_ref (RungsLeadRoll *self);
void rungs_lead_roll_unref (RungsLeadRoll *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadRoll, rungs_lead_roll_unref)

/* Leads came, went or changed. */
void rungs_lead_roll_forget (RungsLeadRoll *self);

/* Returns: (transfer full): a query of the source below. Takes `query`. */
gpointer rungs_lead_rows_query_new (RungsLeadQuery *query,
                                    RungsLeadRoll  *roll);

const RungsBrowserSource *rungs_lead_rows_get_source (void);
const RungsBrowserColumn *rungs_lead_rows_get_columns (guint *n);

/* By what a column of that id sorts. `column` NULL: by when the lead became known. */
RungsLeadSort rungs_lead_rows_get_sort (const char *column);

G_END_DECLS
