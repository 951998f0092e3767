/* rungs-self-invoice.h: an invoice that the business writes in the name of a partner, as a paper.
 *
 * In German or English, with what Directive 2006/112/EC, article 226 and UStG § 14 Abs. 4 want:
 * number, day, both names, addresses and VAT ids, what for and when, net, rate and amount of VAT,
 * "Self-billing" ("Gutschrift"), and "Reverse charge" where the business accounts for the VAT. */

#pragma once

#include "partners/rungs-paper.h"
#include "partners/rungs-self-invoice-store.h"

G_BEGIN_DECLS

/* Days are those of `zone`. Returns: (transfer full). */
RungsPaper *rungs_self_invoice_to_paper (const RungsSelfInvoice         *self,
                                         const RungsSelfInvoiceParties  *parties,
                                         GTimeZone                      *zone);

/* Reads all that the paper needs, and draws it. Errors: NOT_FOUND, those of
 * rungs_self_invoice_load_parties(). */
RungsPaper *rungs_self_invoice_load_paper (RungsDb             *db,
                                           gint64               number,
                                           const RungsSealKey  *key,
                                           GError             **error);

/* All (element-type RungsSelfInvoice) as a table for spreadsheets: CSV with a heading, made
 * harmless as rungs-table-cell.h says; days are those of `zone`. Returns: (transfer full). */
char *rungs_self_invoices_to_csv (GPtrArray *invoices,
                                  GTimeZone *zone);

G_END_DECLS
