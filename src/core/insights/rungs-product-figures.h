/* rungs-product-figures.h: who owns each product, and what it has earned. */

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
  gint64 owners;     /* leads who own it now, by itself or in a bundle */
  gint64 sold;       /* how many were ordered */
  gint64 sales;      /* lines of orders, but free ones */
  gint64 returned;   /* lines of orders of which anything was given back */
  GArray *revenue;   /* (owned) (element-type RungsMoney) ordered, by currency code */
  GArray *refunded;  /* (owned) (element-type RungsMoney) given back, by currency code */
  GArray *converted; /* (owned) (element-type RungsMoney) what of the revenue was paid otherwise */
} RungsProductFigures;

/* Of all products, as of one moment. */
typedef struct _RungsProductStanding RungsProductStanding;

/* Reads once what all leads did, as rungs_ladder_figures_load() does. `exchange` (nullable) tells
 * amounts in one currency, what was given back at the rate of its order. */
RungsProductStanding *rungs_product_standing_load (RungsDb              *db,
                                                   gint64                now,
                                                   const RungsExchange  *exchange,
                                                   GError              **error);
void rungs_product_standing_free (RungsProductStanding *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsProductStanding, rungs_product_standing_free)

/* Returns: (transfer none): of a product that is not there (any more), nothing. */
const RungsProductFigures *rungs_product_standing_get (const RungsProductStanding *self,
                                                       gint64                      product);

/* Whether somebody who owns `from` does not own `to`. */
gboolean rungs_product_standing_lacks (const RungsProductStanding *self,
                                       gint64                      from,
                                       gint64                      to);

/* Returns: (transfer full) (element-type gint64 RungsProductFigures): for every product, by id (a
 * pointer to a gint64 as key). */
GHashTable *rungs_product_figures (RungsDb              *db,
                                   gint64                now,
                                   const RungsExchange  *exchange,
                                   GError              **error);

/* The same of what was loaded. */
GHashTable *rungs_product_standing_ref_figures (const RungsProductStanding *self);

G_END_DECLS
