/* rungs-order.h: what a lead bought. */

#pragma once

#include "base/rungs-money.h"
#include "ladder/rungs-exchange.h"

G_BEGIN_DECLS

/* An amount to be worked out: quantity times the product's price, or all that is left to refund. */
#define RUNGS_AMOUNT_DEFAULT G_GINT64_CONSTANT (-1)

typedef struct
{
  gint64 id;
  gint64 product;
  char *name; /* (owned) (nullable) the product's name, where the order was read */
  gint64 quantity;
  gint64 amount;     /* of the whole line, in minor units */
  gint64 tax;        /* that the amount holds; RUNGS_TAX_UNKNOWN */
  gint64 discount;   /* that was taken off before the amount; 0: nothing */
  gint64 paid_until; /* of a subscription: when it lapses; 0: never */
  gint64 refunded;   /* of the amount, where the order was read */
} RungsOrderLine;

typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 at;
  char currency[4];
  char *coupon;     /* (owned) its codes, parted by commas */
  gboolean anyway;  /* to be placed even where they do not fit, or are no coupons; not read back */
  char *origin;     /* (owned) "by hand", "import", a shop */
  char *shop;       /* (owned) which of the origin's shops; "": one without a name */
  char *external;   /* (owned) (nullable) the shop's own number */
  GPtrArray *lines; /* (owned) (element-type RungsOrderLine) */
  gint64 created_at;
} RungsOrder;

/* An order of `lead` at `at` without lines, entered by hand. Its currency is that of its first
 * product until set. */
RungsOrder *rungs_order_new (gint64 lead,
                             gint64 at);
void rungs_order_free (RungsOrder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOrder, rungs_order_free)

/* Where nobody has said what of an amount is tax. */
#define RUNGS_TAX_UNKNOWN (-1)

/* Adds a line without a discount, of which no tax is known; RUNGS_AMOUNT_DEFAULT takes the price
 * that the product has when the order is stored, less the discount. */
void rungs_order_add_line (RungsOrder *self,
                           gint64      product,
                           gint64      quantity,
                           gint64      amount);

/* The sum of the lines, and of what was refunded on them. */
RungsMoney rungs_order_total (const RungsOrder *self);
RungsMoney rungs_order_refunded (const RungsOrder *self);

/* The total at the rate of its day, line by line. FALSE where it is not told in another currency
 * than its own; `exchange` may be NULL. */
gboolean rungs_order_tell (const RungsOrder     *self,
                           const RungsExchange  *exchange,
                           RungsMoney           *told);

typedef struct
{
  gint64 id;
  gint64 sales_order;
  gint64 at;
  RungsMoney amount;
  char *reason; /* (owned) */
} RungsRefund;

void rungs_refund_free (RungsRefund *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRefund, rungs_refund_free)

G_END_DECLS
