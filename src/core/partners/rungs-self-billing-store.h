/* rungs-self-billing-store.h: which partners have agreed that the business writes their invoices,
 * and which VAT stands on them (Directive 2006/112/EC, articles 224 and 226; UStG § 14 Abs. 2).
 *
 * Amounts of the ledger, of payouts and payment files are what is paid: VAT is contained in them.
 * Who of two is to pay it, the owner decides; what is suggested goes by the two countries. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/**
 * RungsVatCase:
 * @RUNGS_VAT_RATE: VAT at a rate, contained in what is paid
 * @RUNGS_VAT_REVERSE_CHARGE: the business accounts for it (Directive 2006/112/EC, article 196)
 * @RUNGS_VAT_SMALL_BUSINESS: the partner is exempt as a small enterprise (UStG § 19)
 * @RUNGS_VAT_NONE: none
 */
typedef enum
{
  RUNGS_VAT_RATE,
  RUNGS_VAT_REVERSE_CHARGE,
  RUNGS_VAT_SMALL_BUSINESS,
  RUNGS_VAT_NONE,
} RungsVatCase;

/* "rate", "reverse-charge", "small-business", "none"; NULL at their end: by RungsVatCase. */
const char *const *rungs_vat_cases (void);
gboolean rungs_vat_case_from_text (const char   *text,
                                   RungsVatCase *vat);

typedef struct
{
  char agreed_on[11]; /* "2026-03-02"; "": has not agreed */
  RungsVatCase vat;
  gint64 rate;        /* basis points; of RUNGS_VAT_RATE only, else 0 */
} RungsSelfBilling;

gboolean rungs_self_billing_load (RungsDb           *db,
                                  gint64             partner,
                                  RungsSelfBilling  *billing,
                                  GError           **error);

/* Without a day it is taken back; invoices that there are stay. Errors: INVALID (no day of the
 * calendar, a rate that fits not), NOT_FOUND. */
gboolean rungs_self_billing_save (RungsDb                 *db,
                                  gint64                   partner,
                                  const RungsSelfBilling  *billing,
                                  GError                 **error);

/* What fits the countries of the business and the partner on a day. `known` (out): FALSE where one
 * of them is not said. Errors: NOT_FOUND. */
gboolean rungs_self_billing_suggest (RungsDb           *db,
                                     gint64             partner,
                                     const char        *day,
                                     RungsSelfBilling  *billing,
                                     gboolean          *known,
                                     GError           **error);

G_END_DECLS
