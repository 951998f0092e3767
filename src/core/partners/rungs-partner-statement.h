/* rungs-partner-statement.h: the statement of a payout as a page, for the partner.
 *
 * One HTML file that needs nothing else, in the language of the partner: German or English. It is
 * read on a screen, printed, and sent. */

#pragma once

#include "partners/rungs-partner-statement-store.h"

G_BEGIN_DECLS

/* `language`: where the partner has none. Returns: (transfer full). */
char *rungs_partner_statement_to_html (const RungsPartnerStatement *self,
                                       const char                  *language);

G_END_DECLS
