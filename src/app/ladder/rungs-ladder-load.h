/* rungs-ladder-load.h: what the ladder page shows and does, for the threads of the store. */

#pragma once

#include "db/rungs-store.h"
#include "insights/rungs-ladder-fault.h"
#include "insights/rungs-product-figures.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"

G_BEGIN_DECLS

/* The whole ladder. */
typedef struct
{
  GPtrArray *products; /* (owned) (element-type RungsProduct): from the foot up, retired last */
  GPtrArray *offers;   /* (owned) (element-type RungsOffer) */
  GHashTable *figures; /* (owned) (element-type gint64 RungsProductFigures): by product */
  GPtrArray *faults;   /* (owned) (element-type RungsLadderFault) */
  char *business;      /* (owned): its name */
  char currency[4];    /* the business's */
} RungsLadder;

void rungs_ladder_free (RungsLadder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadder, rungs_ladder_free)

/* Returns: (nullable): the product with that id. */
const RungsProduct *rungs_ladder_find (const RungsLadder *self,
                                       gint64             product);

/* What a new offer of the kind to those who own `from` (0: to those who own nothing) leads to: what
 * is sold and not offered so yet on the nearest rung up, or down for a downsell; where there is
 * none there, on the nearest one of the other side. Returns: (nullable) */
const RungsProduct *rungs_ladder_find_target (const RungsLadder *self,
                                              gint64             from,
                                              RungsOfferKind     kind);

/* A RungsStoreFunc. Returns: a RungsLadder. */
gpointer rungs_ladder_load (RungsDb       *db,
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
