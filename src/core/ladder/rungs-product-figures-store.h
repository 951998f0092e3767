/* rungs-product-figures-store.h: who owns each product, and what it has earned. */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"
#include "ladder/rungs-exchange.h"

G_BEGIN_DECLS

/* Money is kept apart by currency, or told in one. What was refunded is not taken off what was sold
 * for. */
typedef struct
{
  gint64 product;
  gint64 owners;    /* leads who own it now, by itself or in a bundle */
  gint64 sold;      /* how many were ordered */
  GArray *revenue;  /* (owned) (element-type RungsMoney) ordered, by currency code */
  GArray *refunded; /* (owned) (element-type RungsMoney) given back, by currency code */
  GArray *converted; /* (owned) (element-type RungsMoney) what of the revenue was paid otherwise */
} RungsProductFigures;

void rungs_product_figures_free (RungsProductFigures *self);

/* Returns: (transfer full) (element-type gint64 RungsProductFigures): for every product, by id (a
 * pointer to a gint64 as key); a few statements, whatever the number of products. `exchange`
 * (nullable) tells amounts in one currency, what was given back at the rate of its order. */
GHashTable *rungs_product_figures (RungsDb              *db,
                                   gint64                now,
                                   const RungsExchange  *exchange,
                                   GError              **error);

G_END_DECLS
