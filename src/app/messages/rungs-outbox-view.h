/* rungs-outbox-view.h: the messages on their way, and what became of them. */

#pragma once

#include "mail/rungs-outbox.h"
#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_OUTBOX_VIEW (rungs_outbox_view_get_type ())

/**
 * RungsOutboxView::summary-changed: rungs_outbox_view_dup_summary() says something else.
 */
G_DECLARE_FINAL_TYPE (RungsOutboxView, rungs_outbox_view, RUNGS, OUTBOX_VIEW, GtkWidget)

/* Begins to show the outbox of the page's store. The view stands inside `page`. */
void rungs_outbox_view_set_up (RungsOutboxView *self,
                               RungsPage       *page);

/* What it shows may have changed. */
void rungs_outbox_view_refresh (RungsOutboxView *self);

/* The page's search text changed. */
void rungs_outbox_view_search (RungsOutboxView *self);

/* The table takes the keys; FALSE: there is nothing in it. */
gboolean rungs_outbox_view_focus_content (RungsOutboxView *self);

/* How many rows it shows, in words: "1,204 messages". NULL: none. */
char *rungs_outbox_view_dup_summary (RungsOutboxView *self);

/* Shows only messages in that state; 0: all. */
void rungs_outbox_view_set_state (RungsOutboxView  *self,
                                  RungsOutboxState  state);

/* Selects one message, among all. */
void rungs_outbox_view_select (RungsOutboxView *self,
                               gint64           outbox);

/* How many messages are in each state; counts[0] is all. */
void rungs_outbox_view_set_counts (RungsOutboxView *self,
                                   const gint64     counts[RUNGS_OUTBOX_DOUBT + 1]);

G_END_DECLS
