/* rungs-partner-statement-store.h: what a partner is paid by a payout, and what for. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-own-currency-store.h"
#include "partners/rungs-payout-store.h"

G_BEGIN_DECLS

/* What of it one line of an order, or an award, is. */
typedef struct
{
  gint64 order;    /* 0: an award */
  gint64 at;       /* of the order; of the award */
  char *product;   /* (owned) "" where the order is gone; of a bonus, why it was given */
  char *programme; /* (owned) whose terms decided; "": nobody's */
  RungsMoney base; /* of which it is a share, or the fixed amount, as sold; RUNGS_LEDGER_NO_BASE:
                    * it needs no telling */
  RungsOwnCurrency own; /* by which rate that was told in the payout's currency */
  gint64 share;    /* basis points; RUNGS_TERMS_NO_SHARE: a fixed amount */
  gint64 earlier;  /* that was paid of it before */
  gint64 amount;   /* that is paid of it now */
  gboolean is_second; /* the partner recruited who sold it */
  gboolean of_profit; /* the base is the profit */
  gboolean is_before_discount; /* the base is of the price before the discount */
  gboolean by_hand; /* the owner said that the order is the partner's */
  gboolean is_lead; /* an award for a lead */
} RungsPartnerStatementLine;

typedef struct
{
  char *business; /* (owned) */
  char *address;  /* (owned) of the business */
  char *zone;     /* (owned) IANA */
  char *partner;  /* (owned) */
  char *language; /* (owned) BCP 47; "": not said */
  char *country;  /* (owned) of the partner, ISO 3166; "": not said */
  RungsPayout *payout;  /* (owned) */
  RungsPayoutItem item;
  GPtrArray *lines; /* (owned) (element-type RungsPartnerStatementLine) by time */
} RungsPartnerStatement;

void rungs_partner_statement_free (RungsPartnerStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerStatement, rungs_partner_statement_free)

/* Errors: NOT_FOUND (no such payout, or the partner is not in it), DAMAGED: lines, payout and
 * ledger do not agree to the cent, so there is none. */
RungsPartnerStatement *rungs_partner_statement_load (RungsDb  *db,
                                                     gint64    payout,
                                                     gint64    partner,
                                                     GError  **error);

G_END_DECLS
