/* rungs-form-publish-dialog.h: shows what publishing the draft of an opt-in form changes, asks, and
 * publishes it. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens it over the window of `page`, which says that it was published. What was published the
 * first time is shown then with its address. */
void rungs_form_publish_dialog_present (RungsPage *page,
                                        gint64     form);

G_END_DECLS
