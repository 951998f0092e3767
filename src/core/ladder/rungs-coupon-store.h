/* rungs-coupon-store.h: reads and writes coupons. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-coupon.h"

G_BEGIN_DECLS

/* Returns: the id; 0 on error: INVALID (no code, one with a comma, a day that is none, the last day
 * before the first), CONFLICT (the code is there already, or no such source or product). Days may
 * be written as people do, such as 22.11.2026. */
gint64 rungs_coupon_add (RungsDb            *db,
                         const RungsCoupon  *coupon,
                         gint64              now,
                         GError            **error);

/* Errors: NOT_FOUND. */
RungsCoupon *rungs_coupon_load (RungsDb  *db,
                                gint64    id,
                                GError  **error);

/* The same by its code, however it is written. */
RungsCoupon *rungs_coupon_load_by_code (RungsDb     *db,
                                        const char  *code,
                                        GError     **error);

/* `id`: 0 where there is no such coupon. */
gboolean rungs_coupon_find (RungsDb     *db,
                            const char  *code,
                            gint64      *id,
                            GError     **error);

/* Stores all but `run`, `created_at` and `retired_at`. What orders have used stays as it was then:
 * their touches. Errors: as those of adding, and NOT_FOUND. */
gboolean rungs_coupon_save (RungsDb            *db,
                            const RungsCoupon  *coupon,
                            gint64              now,
                            GError            **error);

/* It is not accepted any more from `at` on; 0: it is again. Errors: NOT_FOUND. */
gboolean rungs_coupon_retire (RungsDb  *db,
                              gint64    coupon,
                              gint64    at,
                              GError  **error);

/* Errors: NOT_FOUND; CONFLICT where it was given to somebody, or an order used it. */
gboolean rungs_coupon_delete (RungsDb  *db,
                              gint64    coupon,
                              GError  **error);

G_END_DECLS
