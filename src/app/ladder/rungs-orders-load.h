/* rungs-orders-load.h: what the view of orders shows and does, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "ladder/rungs-order-list-store.h"
#include "ladder/rungs-order.h"
#include "partners/rungs-commission-told.h"

G_BEGIN_DECLS

/* All that is known of an order. */
typedef struct
{
  RungsOrder *order;    /* (owned) */
  RungsOrderRow *row;   /* (owned) */
  GPtrArray *refunds;   /* (owned) (element-type RungsRefund) */
  GArray *lapses;       /* (owned) (element-type gint64) of each line: when what it pays for ends,
                           with the days of grace; 0: never */
  char *credited;       /* (owned) (nullable): the partner's name; "": nobody; NULL: there are no
                           partners */
  GPtrArray *earns;     /* (owned) (element-type RungsCommissionTold) whom it earns what, and why */
  RungsMoney told;      /* the total in the currency of the report; in none ("") where it is not */
} RungsOrderDetails;

void rungs_order_details_free (RungsOrderDetails *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOrderDetails, rungs_order_details_free)

/* `data` is a gint64 *, the id. Returns: a RungsOrderDetails. */
gpointer rungs_orders_load_details (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* What is to be given back. */
typedef struct
{
  gint64 order;
  gint64 line; /* 0: all */
  gint64 amount;
  char *reason; /* (owned) */
} RungsRefundWish;

void rungs_refund_wish_free (RungsRefundWish *self);

/* `data` is a RungsRefundWish. Returns: a gint64 *, the id of the refund. */
gpointer rungs_orders_do_refund (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* `data` is a gint64 *, the id of a refund. Returns: NULL. */
gpointer rungs_orders_undo_refund (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* `data` is an e-mail address. Returns: a gint64 *, the lead with it. Errors: NOT_FOUND. */
gpointer rungs_orders_find_lead (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_END_DECLS
