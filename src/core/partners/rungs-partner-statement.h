/* rungs-partner-statement.h: the statement of a payout as a paper, for the partner.
 *
 * In the language of the partner: German or English. As a page it is read on a screen, as PDF it is
 * printed, sent and kept: rungs_paper_to_pdf(). */

#pragma once

#include "partners/rungs-paper.h"
#include "partners/rungs-partner-statement-store.h"

G_BEGIN_DECLS

/* `language`: where the partner has none. Returns: (transfer full). */
RungsPaper *rungs_partner_statement_to_paper (const RungsPartnerStatement *self,
                                              const char                  *language);

/* The same as a page. Returns: (transfer full). */
char *rungs_partner_statement_to_html (const RungsPartnerStatement *self,
                                       const char                  *language);

G_END_DECLS
