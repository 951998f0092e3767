/* rungs-messages-view.h: the messages that sequences send. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MESSAGES_VIEW (rungs_messages_view_get_type ())

/**
 * RungsMessagesView::summary-changed: rungs_messages_view_dup_summary() says something else.
 */
G_DECLARE_FINAL_TYPE (RungsMessagesView, rungs_messages_view, RUNGS, MESSAGES_VIEW, GtkWidget)

/* Begins to show the messages of the page's file. The view stands inside `page`. */
void rungs_messages_view_set_up (RungsMessagesView *self,
                                 RungsPage         *page);

/* What it shows may have changed. */
void rungs_messages_view_refresh (RungsMessagesView *self);

/* The page's search text changed. */
void rungs_messages_view_search (RungsMessagesView *self);

/* The table takes the keys; FALSE: there is nothing in it. */
gboolean rungs_messages_view_focus_content (RungsMessagesView *self);

/* How many rows it shows, in words. NULL: none. */
char *rungs_messages_view_dup_summary (RungsMessagesView *self);

/* Opens the editor for a new message. */
void rungs_messages_view_begin (RungsMessagesView *self);

G_END_DECLS
