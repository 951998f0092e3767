/* rungs-order-list-store.h: which orders a browser shows, in which order, and what it shows of
 * each. */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_ORDERS_BY_DATE,
  RUNGS_ORDERS_BY_LEAD,
  RUNGS_ORDERS_BY_AMOUNT,
  RUNGS_ORDERS_BY_COUPON,
  RUNGS_ORDERS_BY_ORIGIN,
} RungsOrderSort;

/* Which of them. */
typedef enum
{
  RUNGS_ORDERS_ALL,
  RUNGS_ORDERS_REFUNDED,     /* of which something was given back */
  RUNGS_ORDERS_SUBSCRIPTION, /* that pay for a subscription */
  RUNGS_ORDERS_COUPON,       /* with a coupon */
} RungsOrderFilter;

/* What is asked for; all zeros: every order, the oldest first. */
typedef struct
{
  RungsOrderFilter filter;
  char *words; /* (owned) (nullable): words of the lead, as rungs_lead_search_query() reads them, a
                  part of a product's name or SKU, a coupon, or a number in the shop */
  RungsOrderSort sort;
  gboolean descending;
  guint limit; /* only the first so many; 0: all */
} RungsOrderQuery;

RungsOrderQuery *rungs_order_query_copy (const RungsOrderQuery *self);
void rungs_order_query_free (RungsOrderQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOrderQuery, rungs_order_query_free)

/* Returns: (transfer full) (element-type gint64): the ids of those orders. */
GArray *rungs_order_find (RungsDb                *db,
                          const RungsOrderQuery  *query,
                          GError                **error);

/* An order on one line. */
typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 at;
  char *lead_name; /* (owned) or its address */
  char *products;  /* (owned) parted by commas */
  RungsMoney total;
  RungsMoney refunded;
  char *coupon;    /* (owned) */
  char *origin;    /* (owned) */
  char *shop;      /* (owned) which of the origin's shops; "": one without a name */
  char *number;    /* (owned) in the shop; "" where it has none */
} RungsOrderRow;

void rungs_order_row_free (RungsOrderRow *self);

/* Errors: NOT_FOUND. */
RungsOrderRow *rungs_order_row_load (RungsDb  *db,
                                     gint64    id,
                                     GError  **error);

G_END_DECLS
