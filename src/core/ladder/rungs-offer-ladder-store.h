/* rungs-offer-ladder-store.h: the ladder as the next offer needs it: what stands, ranked. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-arrow.h"

G_BEGIN_DECLS

/* A product in its place. */
typedef struct
{
  gint64 id;
  char *name; /* (owned) */
  gboolean retired;
  GArray *parts; /* (owned) (element-type int): the places of what is in it, and of their parts */
} RungsRungProduct;

typedef struct
{
  gint64 at;           /* of which moment the answers are */
  GPtrArray *products; /* (owned) (element-type RungsRungProduct) */
  GHashTable *places;  /* (owned): id -> place in `products` plus one */
  GPtrArray *arrows;   /* (owned) (element-type RungsArrow): in the order in which they are tried */
} RungsOfferLadder;

/* The products, and the offers that stand, at the moment `at`. */
RungsOfferLadder *rungs_offer_ladder_load (RungsDb  *db,
                                gint64    at,
                                GError  **error);
void rungs_offer_ladder_free (RungsOfferLadder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOfferLadder, rungs_offer_ladder_free)

/* The place of a product; -1: there is none with that id. */
int rungs_offer_ladder_find (const RungsOfferLadder *self,
                             gint64                  product);

const RungsArrow *rungs_offer_ladder_get_arrow (const RungsOfferLadder *self,
                                                guint                   index);
const RungsRungProduct *rungs_offer_ladder_get_product (const RungsOfferLadder *self,
                                                        int                     place);

G_END_DECLS
