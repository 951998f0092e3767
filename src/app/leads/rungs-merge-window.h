/* rungs-merge-window.h: leads that are one person: found, shown side by side, and merged. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MERGE_WINDOW (rungs_merge_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsMergeWindow, rungs_merge_window, RUNGS, MERGE_WINDOW, AdwWindow)

/* Finds pairs of leads that may be one person, and opens a window over `page` with them. */
void rungs_merge_find (RungsPage *page);

/* Opens a window in which `leads` (taken; element-type gint64) are merged. */
void rungs_merge_open (RungsPage *page,
                       GArray    *leads);

/* Undoes that merge, and says on the page what came of it. */
void rungs_merge_take_back (RungsPage *page,
                            gint64     merge);

G_END_DECLS
