/* rungs-broadcasts-view.h: the broadcasts, with how far each has got and what came of it. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BROADCASTS_VIEW (rungs_broadcasts_view_get_type ())

/* Signals: "summary-changed": rungs_broadcasts_view_dup_summary() says something else. */
G_DECLARE_FINAL_TYPE (RungsBroadcastsView, rungs_broadcasts_view, RUNGS, BROADCASTS_VIEW,
                      GtkWidget)

/* To be called first, and once. */
void rungs_broadcasts_view_set_up (RungsBroadcastsView *self,
                                   RungsPage           *page);

void rungs_broadcasts_view_refresh (RungsBroadcastsView *self);
void rungs_broadcasts_view_search (RungsBroadcastsView *self);
gboolean rungs_broadcasts_view_focus_content (RungsBroadcastsView *self);
char *rungs_broadcasts_view_dup_summary (RungsBroadcastsView *self);

/* Begins a new one. */
void rungs_broadcasts_view_begin (RungsBroadcastsView *self);

void rungs_broadcasts_view_select (RungsBroadcastsView *self,
                                   gint64               broadcast);

G_END_DECLS
