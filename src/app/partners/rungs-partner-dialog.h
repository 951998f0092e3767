/* rungs-partner-dialog.h: adds or edits a partner. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens the form for `partner`; 0: a new one. When it is stored the page shows it. */
void rungs_partner_dialog_open (RungsPage *page,
                                gint64     partner);

G_END_DECLS
