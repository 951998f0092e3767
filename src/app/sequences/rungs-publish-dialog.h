/* rungs-publish-dialog.h: shows what publishing a draft does to the leads inside, asks where there
 * is a choice, and publishes it. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens it over the window of `page` when it is known what would happen. The page says that it was
 * published, and offers to take that back. */
void rungs_publish_dialog_present (RungsPage *page,
                                   gint64     sequence);

/* Takes back what was published last of the sequence, and says so on the page. */
void rungs_publish_take_back (RungsPage *page,
                              gint64     sequence);

G_END_DECLS
