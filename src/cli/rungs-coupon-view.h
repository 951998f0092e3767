/* rungs-coupon-view.h: coupons as they are named and shown on the command line. */

#pragma once

#include "ladder/rungs-coupon-given-store.h"
#include "ladder/rungs-coupon-list-store.h"
#include "ladder/rungs-coupon-use-store.h"
#include "rungs-column.h"

G_BEGIN_DECLS

/* The keys of rungs_coupon_to_row() and of the rows below. */
#define RUNGS_COUPON_KEYS                                                                          \
  "id, code, name, source, path, partner, product, discount, valid_from, valid_until, "            \
  "most_uses, most_per_lead, state, given, uses, leads, against, last_at, paid, created_at, "      \
  "updated_at, retired_at"
#define RUNGS_COUPON_GIVEN_KEYS "id, at, lead, lead_name, code, discount, how, who, note, used_at"
#define RUNGS_COUPON_USE_KEYS                                                                      \
  "order, at, lead, lead_name, code, discount, source, path, against, stands, paid"

extern const RungsColumn RUNGS_COUPON_GIVEN_COLUMNS[];
extern const RungsColumn RUNGS_COUPON_USE_COLUMNS[];

/* "jv:Sue"; NULL where it has no source. */
char *rungs_coupon_dup_source (gint64           source,
                               RungsSourceKind  kind,
                               const char      *name);

JsonObject *rungs_coupon_to_row (RungsDb               *db,
                                 const RungsCouponRow  *coupon,
                                 GError               **error);

JsonObject *rungs_coupon_given_to_row (const RungsCouponGiven *given);
JsonObject *rungs_coupon_use_to_row (const RungsCouponUse *use);

/* Appends the rows of a list of uses. */
void rungs_coupon_add_uses (JsonArray *rows,
                            GPtrArray *uses);

/* The coupon that the n-th argument names. Errors: NOT_FOUND. */
RungsCoupon *rungs_coupon_argument (RungsInvocation  *call,
                                    RungsDb          *db,
                                    guint             n,
                                    GError          **error);

G_END_DECLS
