/* rungs-row-details.h: what is read of the one row that is selected in a browser. */

#pragma once

#include "rungs-page.h"
#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ROW_DETAILS (rungs_row_details_get_type ())

/* Signals: "changed": another row is selected, whose details are not there yet, or they are. */
G_DECLARE_FINAL_TYPE (RungsRowDetails, rungs_row_details, RUNGS, ROW_DETAILS, GObject)

/* Reads by `load`, which gets the id of the row (gint64 *), whenever one row is selected; the page
 * says what cannot be read, but not that a row is gone (NOT_FOUND). `details_free` frees what
 * `load` returned. Neither browser nor page is kept alive by it, and when one of them goes, nothing
 * is read any more. */
RungsRowDetails *rungs_row_details_new (RungsPage      *page,
                                        RungsBrowser   *browser,
                                        RungsStoreFunc  load,
                                        GDestroyNotify  details_free);

/* Reads once more: something has changed. What is there stays until then. */
void rungs_row_details_refresh (RungsRowDetails *self);

/* Returns: (transfer none) (nullable): NULL while none are there. */
gpointer rungs_row_details_get (RungsRowDetails *self);

G_END_DECLS
