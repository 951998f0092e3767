/* rungs-next-offer-store.h: what is known about the arrows that a lead may follow; for
 * rungs-next-offer.c. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-offer-store.h"

G_BEGIN_DECLS

/* An offer that stands, with the product it leads to. */
typedef struct
{
  gint64 offer;
  gint64 from_product; /* 0: to leads who own nothing */
  gint64 to_product;
  char *to_name; /* (owned) */
  RungsOfferKind kind;
  gint64 after_days;
  char *condition; /* (owned) (nullable) */
  gboolean retired; /* the product it leads to */
} RungsArrow;

void rungs_arrow_free (RungsArrow *self);

/* Returns: (transfer full) (element-type RungsArrow): those that leave from one of the `n` products
 * `owned`, or, where there are none, from nothing; in the order in which they are tried: by
 * priority, kind, and the dearer product first. */
GPtrArray *rungs_arrows_from (RungsDb       *db,
                              const gint64  *owned,
                              guint          n,
                              GError       **error);

/* How a lead fared with the sequences that sell a product. */
typedef struct
{
  gint64 product;
  gint64 sequence;    /* the one that is selling it now; 0: none */
  char *name;         /* (owned) of that sequence; "" */
  gint64 declined_at; /* when the last one ended without a sale; 0: none has, or one sells it now */
} RungsPitch;

void rungs_pitch_free (RungsPitch *self);

/* Returns: (transfer full) (element-type RungsPitch): one for each product that a sequence has
 * tried to sell to the lead. */
GPtrArray *rungs_pitches_to (RungsDb  *db,
                             gint64    lead,
                             GError  **error);

/* Returns: (transfer full) (element-type gint64): the parts of a bundle, and their parts. */
GArray *rungs_product_held (RungsDb  *db,
                            gint64    product,
                            GError  **error);

G_END_DECLS
