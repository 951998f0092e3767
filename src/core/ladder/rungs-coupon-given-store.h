/* rungs-coupon-given-store.h: whom a coupon was given to: "given by phone to this lead". */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-coupon.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 coupon;
  gint64 at;
  RungsCouponHow how;
  char *who;  /* (owned) who gave it; "" */
  char *note; /* (owned) "" */
  gint64 created_at;

  /* Read along; not stored. */
  char *code;      /* (owned) */
  char *discount;  /* (owned) */
  char *lead_name; /* (owned) or its address */
  gint64 used_at;  /* when the lead's first order since then used it, and was not given back whole;
                      0: none has */
} RungsCouponGiven;

/* By phone, by nobody who is named. */
RungsCouponGiven *rungs_coupon_given_new (gint64 lead,
                                          gint64 coupon,
                                          gint64 at);
void rungs_coupon_given_free (RungsCouponGiven *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCouponGiven, rungs_coupon_given_free)

/* Writes down that the lead was told the code; adds the event coupon.given, dated `given->at`. One
 * that is not valid yet may be given. Returns: the id; 0 on error: NOT_FOUND; INVALID where no
 * order of the lead could use it any more, or it is dated after `now`. */
gint64 rungs_coupon_give (RungsDb                 *db,
                          const RungsCouponGiven  *given,
                          gint64                   now,
                          GError                 **error);

/* Takes it back that it was given: a mistake. Its event goes, with the points that it gave; the
 * event coupon.undone is added. Errors: NOT_FOUND. */
gboolean rungs_coupon_given_undo (RungsDb  *db,
                                  gint64    given,
                                  gint64    now,
                                  GError  **error);

/* Errors: NOT_FOUND. */
RungsCouponGiven *rungs_coupon_given_load (RungsDb  *db,
                                           gint64    id,
                                           GError  **error);

/* Returns: (transfer full) (element-type RungsCouponGiven): the newest `limit` of a lead, or of a
 * coupon, the newest first; 0: of any. */
GPtrArray *rungs_coupon_given_list (RungsDb  *db,
                                    gint64    lead,
                                    gint64    coupon,
                                    guint     limit,
                                    GError  **error);

G_END_DECLS
