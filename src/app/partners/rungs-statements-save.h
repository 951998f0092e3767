/* rungs-statements-save.h: writes the statements of all who are in a payout into a folder. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Asks for the folder, and writes them as PDF. They are many: a small window says how far it is and
 * can stop it. `partners` (element-type gint64) is taken. */
void rungs_statements_save (RungsPage *page,
                            gint64     payout,
                            GArray    *partners);

G_END_DECLS
