/* rungs-referral-store.h: which partner brought which order. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-attribution.h"

G_BEGIN_DECLS

/* What is known of an order when it is to be credited: touches and coupons up to its moment. `lead`
 * (out) is its buyer. Errors: NOT_FOUND. */
RungsAttributionFacts *rungs_referral_facts (RungsDb  *db,
                                             gint64    order,
                                             gint64   *lead,
                                             GError  **error);

typedef struct
{
  gint64 order;
  gint64 at;
  gint64 partner; /* 0: nobody */
  gint64 touch;   /* 0: none decided */
  gint64 decided_at;
  gboolean by_hand;
  GArray *saw; /* (owned) (element-type RungsAttributionLine) what each rule said; empty by hand */
} RungsReferral;

void rungs_referral_free (RungsReferral *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsReferral, rungs_referral_free)

/* Errors: NOT_FOUND, nothing was decided of it. */
RungsReferral *rungs_referral_load (RungsDb  *db,
                                    gint64    order,
                                    GError  **error);

/* Decides by the rules that count at the order's moment, unless that was done before. `decided`
 * (out): it was now. Errors: NOT_FOUND. */
gboolean rungs_referral_decide (RungsDb   *db,
                                gint64     order,
                                gint64     now,
                                gboolean  *decided,
                                GError   **error);

/* Decides by hand, whatever was decided before; `partner` 0: nobody. Commissions are settled
 * afterwards by rungs_commission_settle(). Errors: NOT_FOUND. */
gboolean rungs_referral_set (RungsDb  *db,
                             gint64    order,
                             gint64    partner,
                             gint64    now,
                             GError  **error);

/* Writes what was decided of an order once more, as it was. */
gboolean rungs_referral_restore (RungsDb              *db,
                                 const RungsReferral  *was,
                                 GError              **error);

/* Nothing was decided of the order, and rungs_referral_decide() may. */
gboolean rungs_referral_forget (RungsDb  *db,
                                gint64    order,
                                GError  **error);

G_END_DECLS
