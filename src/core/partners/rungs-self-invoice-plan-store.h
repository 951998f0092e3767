/* rungs-self-invoice-plan-store.h: who of a payout gets an invoice, with which amounts, who cannot
 * and why: seen before any is written, as none can be taken back by hand. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-seal.h"
#include "partners/rungs-self-billing-store.h"

G_BEGIN_DECLS

/**
 * RungsSelfInvoiceState:
 * @RUNGS_SELF_INVOICE_NEW: none is written yet, and nothing is in the way
 * @RUNGS_SELF_INVOICE_THERE: there is one
 * @RUNGS_SELF_INVOICE_NOT_PAID: the payment failed or came back before there was one
 * @RUNGS_SELF_INVOICE_NOT_AGREED: the partner has not agreed to it yet
 * @RUNGS_SELF_INVOICE_LACKS: something is not known that stands on it
 */
typedef enum
{
  RUNGS_SELF_INVOICE_NEW,
  RUNGS_SELF_INVOICE_THERE,
  RUNGS_SELF_INVOICE_NOT_PAID,
  RUNGS_SELF_INVOICE_NOT_AGREED,
  RUNGS_SELF_INVOICE_LACKS,
} RungsSelfInvoiceState;

/* "can-be-written", "written", "not-paid", "not-agreed", "lacks-something"; NULL at their end. */
const char *const *rungs_self_invoice_states (void);

/* Of one payment. */
typedef struct
{
  RungsSelfInvoiceState state;
  gint64 partner;
  char *name;          /* (owned) of the partner, as it is now */
  gint64 number;       /* of the one that there is, or that it will get; 0: none */
  gint64 cancelled_by; /* number of the one that takes it back; 0: none */
  char currency[4];
  gint64 paid;         /* minor units: net and VAT */
  gint64 net;          /* of those that are there or may be written, else 0 … */
  gint64 vat;
  RungsSelfBilling billing; /* … as it stands on it; else as the partner agreed */
  guint lacks;         /* bits by RungsSelfBillingLack */
} RungsSelfInvoicePlan;

void rungs_self_invoice_plan_free (RungsSelfInvoicePlan *self);

/* `partner`: only that one; 0: all. New ones are numbered in the order of the list. Returns:
 * (transfer full) (element-type RungsSelfInvoicePlan): by name. Errors: NOT_FOUND (no such payout,
 * or the partner is not in it). */
GPtrArray *rungs_self_invoice_plan (RungsDb  *db,
                                    gint64    payout,
                                    gint64    partner,
                                    gint64    now,
                                    GError  **error);

/* Sums of those that are NEW. Returns: how many there are. */
guint rungs_self_invoice_plan_sum (GPtrArray *plans,
                                   gint64    *net,
                                   gint64    *vat);

/* Writes those that are NEW, in a transaction. `seen` is the plan that somebody agreed to: with
 * the same `payout` and `partner`. `language`: of partners who have none. Errors: CONFLICT: it
 * would be something else by now; those of rungs_self_invoice_make(). */
gboolean rungs_self_invoice_make_planned (RungsDb             *db,
                                          gint64               payout,
                                          gint64               partner,
                                          GPtrArray           *seen,
                                          const RungsSealKey  *key,
                                          const char          *language,
                                          gint64               now,
                                          GError             **error);

G_END_DECLS
