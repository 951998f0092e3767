/* rungs-browser-selection.h: which rows of a browser are selected.
 *
 * What GtkMultiSelection is, but for one thing: it never asks the list for the rows that are
 * selected. GtkMultiSelection holds each of them, which makes a million rows when all are
 * selected. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_BROWSER_SELECTION (rungs_browser_selection_get_type ())

G_DECLARE_FINAL_TYPE (RungsBrowserSelection, rungs_browser_selection, RUNGS, BROWSER_SELECTION,
                      GObject)

/* Takes `model`. Nothing is selected at first. */
RungsBrowserSelection *rungs_browser_selection_new (GListModel *model);

G_END_DECLS
