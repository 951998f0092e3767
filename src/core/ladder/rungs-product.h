/* rungs-product.h: a thing sold: a rung of the ladder. Read this first in ladder/.
 *
 * Products are rungs in rising value, offers the arrows between them. A lead owns a product from
 * its order until that is refunded whole or, for a subscription, lapses; owning a bundle is owning
 * its parts. What is owned decides what is offered next (rungs-next-offer.h). */

#pragma once

#include "base/rungs-money.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *sku;  /* (owned) */
  char *name; /* (owned) */
  RungsMoney price;
  gint64 rung;          /* height on the ladder, 1 at the foot; 0: beside it */
  gint64 refund_days;   /* how long money is given back */
  gint64 period_months; /* a subscription is paid this often; 0: bought once */
  char *delivery;       /* (owned) */
  gint64 created_at;
  gint64 retired_at; /* 0: sold */
} RungsProduct;

/* Empty texts, a price of 0 in no currency. */
RungsProduct *rungs_product_new (void);
void rungs_product_free (RungsProduct *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsProduct, rungs_product_free)

G_END_DECLS
