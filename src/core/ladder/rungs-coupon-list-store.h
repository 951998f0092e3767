/* rungs-coupon-list-store.h: which coupons a browser shows, in which order, and what each did. */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"
#include "ladder/rungs-coupon.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_COUPONS_BY_CODE,
  RUNGS_COUPONS_BY_SOURCE,
  RUNGS_COUPONS_BY_END,
  RUNGS_COUPONS_BY_USES,
  RUNGS_COUPONS_BY_GIVEN,
} RungsCouponSort;

/* Which of them. */
typedef enum
{
  RUNGS_COUPONS_ALL,
  RUNGS_COUPONS_GOOD,    /* that an order of today could use */
  RUNGS_COUPONS_PARTNER, /* of joint ventures and affiliates */
  RUNGS_COUPONS_ENDED,   /* over, used up, or not accepted any more */
} RungsCouponFilter;

/* What is asked for; all zeros and `now`: every coupon, by its code. */
typedef struct
{
  RungsCouponFilter filter;
  char *words; /* (owned) (nullable): a part of the code, name, discount, source or product */
  RungsCouponSort sort;
  gboolean descending;
  gint64 now;
} RungsCouponQuery;

RungsCouponQuery *rungs_coupon_query_copy (const RungsCouponQuery *self);
void rungs_coupon_query_free (RungsCouponQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCouponQuery, rungs_coupon_query_free)

/* Returns: (transfer full) (element-type gint64): the ids of those coupons. */
GArray *rungs_coupon_find_all (RungsDb                 *db,
                               const RungsCouponQuery  *query,
                               GError                 **error);

/* A coupon, and what it did. Orders that were given back whole count nowhere. */
typedef struct
{
  RungsCoupon *coupon; /* (owned) */
  RungsCouponVerdict verdict; /* of an order now, by nobody who is known, of what it is for */
  gint64 given;        /* how often it was given to somebody */
  gint64 uses;         /* orders that used it */
  gint64 leads;        /* whose orders those are */
  gint64 against;      /* of those orders, for which it was not meant */
  gint64 last_at;      /* of the newest of them; 0: none */
  GArray *paid;        /* (owned) (element-type RungsMoney) for them, less what was given back, by
                          currency code */
} RungsCouponRow;

void rungs_coupon_row_free (RungsCouponRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCouponRow, rungs_coupon_row_free)

/* Errors: NOT_FOUND. */
RungsCouponRow *rungs_coupon_row_load (RungsDb  *db,
                                       gint64    id,
                                       gint64    now,
                                       GError  **error);

/* Returns: (transfer full) (element-type RungsCouponRow): those of the query, in its order. */
GPtrArray *rungs_coupon_list (RungsDb                 *db,
                              const RungsCouponQuery  *query,
                              GError                 **error);

G_END_DECLS
