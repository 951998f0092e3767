/* rungs-commission-store.h: what orders earn partners, and the entries of the book that come of it.
 *
 * Of each line of an order that was credited to a partner it is decided once by which share, by the
 * terms that were in force at the order's moment. What it comes to is derived anew from what the
 * buyer has kept, whenever that changes; the book gets the difference to what it has. So whatever
 * arrives in whatever order, an order's entries add up to the commission of what the buyer paid in
 * the end.
 *
 * Who recruited the partner when it was decided, and was active at the order's moment, earns by
 * the line, too, where the terms say so: the second tier, and no further one. It follows the
 * seller's commission: the same base, hold and approval, and where somebody else is credited with
 * the order, it goes as well.
 *
 * In which currency a line earns somebody is decided with it, for each of them by their own
 * (rungs-own-currency-store.h), and stays that of all its entries, also where the partner is
 * credited again or becomes a seller after it was a recruiter. What it comes to is the share of
 * what the buyer has kept, in the currency sold in, times the rate taken then, rounded once; so
 * neither refunds nor disputes leave anything behind in either currency. Fixed amounts and costs
 * are in the currency sold in, and told in the partner's in the same way. */

#pragma once

#include "partners/rungs-own-currency-store.h"

G_BEGIN_DECLS

/* Books what is missing of an order, and takes back what is too much, also of one that is gone.
 * Nothing where nobody is credited with it. */
gboolean rungs_commission_settle (RungsDb  *db,
                                  gint64    order,
                                  gint64    now,
                                  GError  **error);

/* The same of all orders that are gone, because an import was taken back; what was decided of them
 * is forgotten, for their numbers may come again. The book keeps what it has. */
gboolean rungs_commissions_forget_gone (RungsDb  *db,
                                        gint64    now,
                                        GError  **error);

/* Lets those become payable whose time has come and that are approved: at most `most` of them, 0:
 * all. `released` (out): how many. */
gboolean rungs_commissions_release (RungsDb  *db,
                                    gint64    now,
                                    guint     most,
                                    gint64   *released,
                                    GError  **error);

/* When the next one's time has come; G_MAXINT64: none waits. */
gboolean rungs_commissions_next_due (RungsDb  *db,
                                     gint64   *due,
                                     GError  **error);

/* A person has looked at what a line earns, or an award (a line below 0): from now on it may be
 * paid; or, FALSE, not any more until somebody has: what was released of it is held again. Errors:
 * NOT_FOUND. */
gboolean rungs_commission_approve (RungsDb   *db,
                                   gint64     order_line,
                                   gint64     partner,
                                   gboolean   approve,
                                   gint64     now,
                                   GError   **error);

/* What an order's commissions lose where nobody is credited with it any more. Minor units. */
typedef struct
{
  gint64 partner;
  char currency[4];
  gint64 held;     /* out of what is held … */
  gint64 approved; /* … out of what may be paid … */
  gint64 carried;  /* … and what was paid, and has to be given back */
} RungsCommissionLoss;

/* What rungs_referral_set() of nobody and rungs_commission_settle() would take back. Returns:
 * (transfer full) (element-type RungsCommissionLoss): by partner; empty where that is nothing. */
GArray *rungs_commission_preview_nobody (RungsDb  *db,
                                         gint64    order,
                                         GError  **error);

/* What a line earns. */
typedef struct
{
  gint64 order_line;
  gint64 partner;
  gint64 order;
  RungsOwnCurrency own; /* in which currency */
  gint64 terms;       /* a version of them */
  gint64 share;       /* basis points; RUNGS_TERMS_NO_SHARE: a fixed amount */
  gint64 fixed;       /* of the whole line, where it is one; as cost in the currency sold in */
  gint64 hold_until;
  gint64 approved_at; /* 0: waits for somebody to look at it */
  gint64 via;         /* who sold, and was recruited by the partner; 0: the partner sold it */
  gint64 recruiter;   /* who earns by it, too, having recruited the partner; 0: nobody */
  gboolean of_profit; /* the share is one of the profit */
  gint64 cost;        /* of all pieces when it was decided; RUNGS_PRODUCT_UNSAID: not known */
} RungsCommission;

/* Returns: (transfer full) (element-type RungsCommission): of an order, by line. */
GPtrArray *rungs_commission_list_of_order (RungsDb  *db,
                                           gint64    order,
                                           GError  **error);

G_END_DECLS
