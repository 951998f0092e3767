/* rungs-terms.h: what a partner earns by a sale.
 *
 * The terms of a programme are JSON, kept in versions that are in force from a date on, so that an
 * old sale keeps the old terms:
 *
 *   {"tax": 1900,          basis points of tax in the prices, which earn nothing; 0 if left out
 *    "before_discount": true,    pays on the price before the discount; false if left out
    "hold_days": 30,      so long nothing is paid; longer where the product's refund window is
 *    "approve": "rule",    "hand": somebody looks at each commission before it can be paid
    "second": 500,        basis points for whoever recruited the partner that sold; 0 if left out
 *    "rates": [            the first that fits counts; where none does, the sale earns nothing
 *      {"products": [3],   ids; left out: all
 *       "partners": [7],   ids; left out: all
 *       "sale": "first",   of the buyer's orders; "later", "renewal" of a subscription; else any
 *       "months": 12,      renewals earn so long after the subscription began; left out: for ever
 *       "rate": 3000,      basis points of what the buyer paid, without tax; or
 *       "profit": 5000,    basis points of that less what the pieces cost (RungsProduct.cost); or
       "own": true,       the product's own rate (RungsProduct.affiliate_rate); or
 *       "fixed": 500, "currency": "EUR",    for each piece; or
 *       "tiers": [{"from": 0, "rate": 2000}, {"from": 10, "rate": 2500}],
 *       "by": "month",     of what the partner sold before in the calendar month, else "ever";
 *       "of": "orders"}]}  their number, else "amount": their sum in minor units, without tax
 *
 * Beside the rates stands "leads", where leads are paid for (rungs-terms-leads.h).
 *
 * Shares are rounded once, half to even (rungs_money_share()). Of what is given back in part the
 * commission is that of what is kept; a fixed one stays until all is given back.
 *
 * What a line itself says of its tax goes before the terms' `tax`. Shipping is no line of an order.
 *
 * Shares and fixed amounts are in the currency sold in, and so are tiers of an amount. A fixed
 * amount counts for sales in its own currency only, whatever the partner earns in. What comes of
 * them may then be told in the partner's own currency: rungs-own-currency-store.h.
 *
 * The second tier is a share of what the seller's commission is a share of: of the profit where it
 * is one of the profit, else of what the buyer paid, without tax, also where the seller has a fixed
 * amount. Where no rate fits, nobody earns. */

#pragma once

#include <json-glib/json-glib.h>

#include "base/rungs-money.h"
#include "partners/rungs-terms-leads.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SALE_ANY,
  RUNGS_SALE_FIRST,
  RUNGS_SALE_LATER,
  RUNGS_SALE_RENEWAL,
} RungsSaleKind;

typedef enum
{
  RUNGS_TERMS_SHARE,
  RUNGS_TERMS_OWN,
  RUNGS_TERMS_FIXED,
  RUNGS_TERMS_TIERS,
  RUNGS_TERMS_PROFIT,
} RungsTermsPay;

typedef struct
{
  gint64 from;
  gint64 rate;
} RungsTermsTier;

typedef struct
{
  GArray *products; /* (owned) (element-type gint64) empty: all */
  GArray *partners; /* (owned) (element-type gint64) empty: all */
  RungsSaleKind sale;
  gint64 months;    /* 0: for ever */
  RungsTermsPay pay;
  gint64 rate;      /* of SHARE and PROFIT */
  RungsMoney fixed; /* of FIXED */
  GArray *tiers;    /* (owned) (element-type RungsTermsTier) of TIERS, the lowest first */
  gboolean by_month;
  gboolean of_orders;
} RungsTermsRate;

typedef struct
{
  gint64 tax;
  gint64 hold_days;
  gboolean by_hand;
  gint64 second;
  gboolean before_discount;
  GPtrArray *rates; /* (owned) (element-type RungsTermsRate) */
  RungsTermsLeads *leads; /* (owned) (nullable) */
} RungsTerms;

/* Each product's own rate, 30 days, approved by rule. */
RungsTerms *rungs_terms_new (void);
void rungs_terms_free (RungsTerms *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTerms, rungs_terms_free)

/* Errors: INVALID, which says what is wrong with which rate. */
RungsTerms *rungs_terms_parse (const char  *json,
                               GError     **error);
char *rungs_terms_to_json (const RungsTerms *self);

/* A line that was sold. */
typedef struct
{
  gint64 product;
  gint64 own_rate; /* the product's; RUNGS_PRODUCT_UNSAID: none */
  gint64 partner;
  RungsSaleKind kind; /* not ANY */
  gint64 months;      /* since the subscription began, whole ones; 0: it has just */
  gint64 quantity;
  char currency[4];
} RungsTermsSale;

/* Returns: (transfer none) (nullable): what the sale is paid by. */
const RungsTermsRate *rungs_terms_find (const RungsTerms     *self,
                                        const RungsTermsSale *sale);

/* The share that counts, in basis points; RUNGS_TERMS_NO_SHARE where it is a fixed amount, or earns
 * nothing. `sold`: before it, as `by_month` and `of_orders` say. */
#define RUNGS_TERMS_NO_SHARE (-1)
gint64 rungs_terms_rate_get_share (const RungsTermsRate *rate,
                                   const RungsTermsSale *sale,
                                   gint64                sold);

/* What `kept` minor units come to without tax, by the tax of the terms. Errors: INVALID, it is too
 * large. */
gboolean rungs_terms_base (const RungsTerms  *self,
                           gint64             kept,
                           gint64            *base,
                           GError           **error);

/* What was paid for a line. */
typedef struct
{
  gint64 amount;
  gint64 kept;      /* of the amount, by now */
  gint64 tax;       /* that the amount holds; below 0: not known, that of the terms counts */
  gint64 discount;  /* that was taken off before the amount */
  gboolean is_back; /* given back whole */
} RungsTermsPaid;

/* What of a line earns: what was kept, and, where the terms say so, the same part of the discount,
 * rounded half to even; of that what is no tax, in the proportion of the whole line, rounded the
 * same way. A line that was free by its discount is kept whole or not at all. Errors: INVALID, it
 * is too large. */
gboolean rungs_terms_net (const RungsTerms      *self,
                          const RungsTermsPaid  *paid,
                          gint64                *net,
                          GError               **error);

/* The profit of it: that, less the kept part of `cost`, that of all its pieces, rounded half to
 * even; never below 0.
 * `costs` (out): that part. Errors: INVALID, it is too large. */
gboolean rungs_terms_profit (const RungsTerms      *self,
                             const RungsTermsPaid  *paid,
                             gint64                 cost,
                             gint64                *base,
                             gint64                *costs,
                             GError               **error);

G_END_DECLS
