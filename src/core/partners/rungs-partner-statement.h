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

/* "1 USD = 0.92 EUR", by which a line was told in the currency of the payout. `point`: that parts
 * the digits. Returns: (transfer full) (nullable): NULL where it was not. */
char *rungs_partner_statement_dup_exchange (const RungsPartnerStatementLine *line,
                                            char                             point);

/* Reads the statement of a partner in a payout and saves it in `folder`, as PDF, or else as a page,
 * under a name that no other one has: "payout-3-17 Anna Berg.pdf". `language` as above; `replace`:
 * a file that is there; `path` (out) (transfer full) (optional). Returns: (transfer full): what it
 * says. Errors: NOT_FOUND, DAMAGED, those of rungs_paper_save(). */
RungsPartnerStatement *rungs_partner_statement_save (RungsDb     *db,
                                                     gint64       payout,
                                                     gint64       partner,
                                                     const char  *language,
                                                     gboolean     pdf,
                                                     const char  *folder,
                                                     gboolean     replace,
                                                     char       **path,
                                                     GError     **error);

G_END_DECLS
