/* rungs-lead-columns.h: the columns of a browser of leads, with the business's own fields. */

#pragma once

#include "leads/rungs-lead-list.h"
#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

/* Reads which fields the business has, and lets the browser have a column for each, hidden until
 * the user wants it. To be called when the browser is set up and when fields may have changed.
 * `searched` says whether the list can be searched: a column then tells where it was found. */
void rungs_lead_columns_load (RungsBrowser *browser,
                              RungsStore   *store,
                              gboolean      searched);

/* How the column of that id sorts (NULL: by when the lead became known). `query` is filled in but
 * for the direction. */
void rungs_lead_columns_sort (RungsBrowser   *browser,
                              RungsLeadQuery *query);

G_END_DECLS
