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

/**
 * RungsSelfBillingLack: what an invoice needs (Directive 2006/112/EC, article 226, points 3 to 5)
 *   and nobody has said; bits
 * @RUNGS_LACKS_BUSINESS_NAME: of the business
 * @RUNGS_LACKS_BUSINESS_ADDRESS: of the business
 * @RUNGS_LACKS_BUSINESS_VAT_ID: of the business; where the charge is reversed
 * @RUNGS_LACKS_ADDRESS: of the partner
 * @RUNGS_LACKS_VAT_ID: of the partner; where the charge is reversed
 * @RUNGS_LACKS_TAX_ID: a VAT id or tax number of the partner: either does where no VAT id is asked
 *   for by name (UStG § 14 Abs. 4 Nr. 2)
 */
typedef enum
{
  RUNGS_LACKS_BUSINESS_NAME = 1 << 0,
  RUNGS_LACKS_BUSINESS_ADDRESS = 1 << 1,
  RUNGS_LACKS_BUSINESS_VAT_ID = 1 << 2,
  RUNGS_LACKS_ADDRESS = 1 << 3,
  RUNGS_LACKS_VAT_ID = 1 << 4,
  RUNGS_LACKS_TAX_ID = 1 << 5,
} RungsSelfBillingLack;

/* What the settings of the business tell; all else stands in the partner's payout details. */
#define RUNGS_LACKS_OF_BUSINESS                                                                    \
  (RUNGS_LACKS_BUSINESS_NAME | RUNGS_LACKS_BUSINESS_ADDRESS | RUNGS_LACKS_BUSINESS_VAT_ID)

/* What would be lacking on an invoice of a partner; needs no key. `lacks` (out): bits. */
gboolean rungs_self_billing_find_lacks (RungsDb       *db,
                                        gint64         partner,
                                        RungsVatCase   vat,
                                        guint         *lacks,
                                        GError       **error);

/* Returns: (transfer full): "the postal address of the partner, …"; "" where nothing is lacking. */
char *rungs_self_billing_dup_lacks (guint lacks);

/* Whether the partner has agreed by a day, "2026-03-02". */
gboolean rungs_self_billing_holds (const RungsSelfBilling *billing,
                                   const char             *day);

/* Net of what is paid, the VAT being contained in it; rounded once, half to even. FALSE: the
 * amount is too large. */
gboolean rungs_self_billing_get_net (gint64  paid,
                                     gint64  rate,
                                     gint64 *net);

G_END_DECLS
