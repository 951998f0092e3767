/* rungs-page-opening.h: a window of a page that opens when what it begins with was read. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Shows what was read, before `parent`. Takes `facts`. */
typedef void (*RungsPageShowFunc) (RungsPage *page,
                                   GtkWindow *parent,
                                   gpointer   facts);

/* Runs `load` with `facts` on a reading thread: it fills them, and returns them, lent; then `show`
 * opens the window. Why they could not be read is a notice of the page; where the page is gone
 * meanwhile nothing is shown. Takes `facts`, and frees them where they are not shown. */
void rungs_page_open_with (RungsPage         *page,
                           RungsStoreFunc     load,
                           gpointer           facts,
                           GDestroyNotify     facts_free,
                           RungsPageShowFunc  show);

G_END_DECLS
