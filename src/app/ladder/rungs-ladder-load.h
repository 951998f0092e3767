/* rungs-ladder-load.h: what the ladder page shows and does, for the threads of the store. */

#pragma once

#include "db/rungs-store.h"
#include "insights/rungs-ladder-fault.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-figures-store.h"
#include "ladder/rungs-product-store.h"

G_BEGIN_DECLS

/* The whole ladder. */
typedef struct
{
  GPtrArray *products; /* (owned) (element-type RungsProduct): from the foot up, retired last */
  GPtrArray *offers;   /* (owned) (element-type RungsOffer) */
  GHashTable *figures; /* (owned) (element-type gint64 RungsProductFigures): by product */
  GPtrArray *faults;   /* (owned) (element-type RungsLadderFault) */
  char currency[4];    /* the business's */
} RungsLadder;

void rungs_ladder_free (RungsLadder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadder, rungs_ladder_free)

/* Returns: (nullable): the product with that id. */
const RungsProduct *rungs_ladder_find (const RungsLadder *self,
                                       gint64             product);

/* A RungsStoreFunc. Returns: a RungsLadder. */
gpointer rungs_ladder_load (RungsDb       *db,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error);

/* A new product as its dialog leaves it. */
typedef struct
{
  RungsProduct *product; /* (owned) */
  GArray *parts;         /* (owned) (element-type gint64): products that it is a bundle of */
} RungsProductEdit;

RungsProductEdit *rungs_product_edit_new (RungsProduct *product);
void rungs_product_edit_free (RungsProductEdit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsProductEdit, rungs_product_edit_free)

/* A RungsStoreFunc: stores a new one (RungsProductEdit). */
gpointer rungs_product_edit_save (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* RungsStoreFuncs: stores an offer (RungsOffer; id 0: a new one). */
gpointer rungs_offer_edit_save (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* A RungsStoreFunc: gives up an offer, or takes that back. */
typedef struct
{
  gint64 id;
  gint64 at; /* 0: it stands again */
} RungsRetirement;

gpointer rungs_ladder_retire_offer (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
