/* rungs-browser-drag.h: drags the selected rows of a browser somewhere else. */

#pragma once

#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

/* What is dragged is a GArray (element-type gint64): the ids of the selected rows. A drag that
 * begins on a row that is not selected selects rows instead, as it does everywhere. Returns: a
 * controller for the table of `browser`. */
GtkEventController *rungs_browser_drag_new (RungsBrowser *browser);

G_END_DECLS
