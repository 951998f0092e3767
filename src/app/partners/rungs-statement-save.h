/* rungs-statement-save.h: writes what a partner is paid, and what for, and opens it. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Asks for the file over the page. `partner` is called `name`. `pdf`: as PDF, else as a page. */
void rungs_statement_save (RungsPage  *page,
                           gint64      payout,
                           gint64      partner,
                           const char *name,
                           gboolean    pdf);

G_END_DECLS
