/* rungs-broadcast-results-view.h: what came of a broadcast: drawn, in figures, and as a table. */

#pragma once

#include <gtk/gtk.h>

#include "insights/rungs-broadcast-results-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BROADCAST_RESULTS_VIEW (rungs_broadcast_results_view_get_type ())

/* Activates broadcasts.show-leads (a target of the page Leads) and broadcasts.say (a text that is
 * shown for a moment). */
G_DECLARE_FINAL_TYPE (RungsBroadcastResultsView, rungs_broadcast_results_view, RUNGS,
                      BROADCAST_RESULTS_VIEW, GtkWidget)

/* NULL: it is not seen. */
void rungs_broadcast_results_view_show (RungsBroadcastResultsView   *self,
                                        const RungsBroadcastResults *results);

/* A number with the leads behind it: activates broadcasts.show-leads with `target`. `name` is what
 * a screen reader calls it. */
GtkWidget *rungs_broadcast_leads_button (gint64      leads,
                                         const char *target,
                                         const char *name);

G_END_DECLS
