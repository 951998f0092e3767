/* rungs-practice-view.h: the mails that the practice account wrote instead of sending them. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PRACTICE_VIEW (rungs_practice_view_get_type ())

/**
 * RungsPracticeView::summary-changed: rungs_practice_view_dup_summary() says something else.
 */
G_DECLARE_FINAL_TYPE (RungsPracticeView, rungs_practice_view, RUNGS, PRACTICE_VIEW, GtkWidget)

/* Begins to show the folder of the page's file. The view stands inside `page`. */
void rungs_practice_view_set_up (RungsPracticeView *self,
                                 RungsPage         *page);

/* Something may have been written. */
void rungs_practice_view_refresh (RungsPracticeView *self);

/* The page's search text changed. */
void rungs_practice_view_search (RungsPracticeView *self);

/* The table takes the keys; FALSE: there is nothing in it. */
gboolean rungs_practice_view_focus_content (RungsPracticeView *self);

/* How many rows it shows, in words. NULL: none. */
char *rungs_practice_view_dup_summary (RungsPracticeView *self);

G_END_DECLS
