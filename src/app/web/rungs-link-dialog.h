/* rungs-link-dialog.h: gives a source a link, or changes where it leads. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* `source`: whose link is to be changed; 0: a new link, of a source that is chosen there, or made.
 * The page shows the link when it is stored. */
void rungs_link_dialog_open (RungsPage *page,
                             gint64     source);

G_END_DECLS
