/* rungs-map.h: all that the map of the ladder shows, read in one go. Read this first of the map.
 *
 * The things of the map have ids that are texts, by which the canvas knows them:
 *
 * kind:ppc a kind of source opt-in the opt-in source:7 a source sequence:7 a sequence product:7 a
 * product offer:7 an offer, an arrow way:7 a way in, an arrow walk:7 from the opt-in to the
 * sequence 7, an arrow sells:7 from the sequence 7 to what it sells, an arrow
 * undrawn:kind:ppc/direct>product:7 a way that leads went and that is not drawn, an arrow
 *
 * rungs-map.c reads, rungs-map-graph.c makes the graph of it, rungs-map-layout.c says where things
 * stand, rungs-map-card.c shows one thing, rungs-map-edit.c changes the file, rungs-map-view.c is
 * the view that holds them together. */

#pragma once

#include "db/rungs-store.h"
#include "insights/rungs-ladder-undrawn.h"
#include "ladder/rungs-ladder-load.h"
#include "ladder/rungs-sales-letter-store.h"
#include "ladder/rungs-way-store.h"
#include "sequences/rungs-sequence-store.h"

G_BEGIN_DECLS

typedef struct
{
  RungsLadder *ladder;  /* (owned): products, offers, faults */
  GPtrArray *ended;     /* (owned) (element-type RungsOffer): that are made no longer */
  GPtrArray *sources;   /* (owned) (element-type RungsSource): in the order of their kinds */
  GPtrArray *spend;     /* (owned) (element-type RungsSpend): by source, the newest day first */
  GPtrArray *ways;      /* (owned) (element-type RungsWay) */
  GPtrArray *letters;   /* (owned) (element-type RungsSalesLetter) */
  GPtrArray *sequences; /* (owned) (element-type RungsSequence) */
} RungsMap;

void rungs_map_free (RungsMap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMap, rungs_map_free)

/* A RungsStoreFunc. Returns: a RungsMap. */
gpointer rungs_map_load (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error);

/* Whether there is neither a product nor a source. */
gboolean rungs_map_is_empty (const RungsMap *self);

/* Returns: (nullable) */
const RungsProduct *rungs_map_find_product (const RungsMap *self,
                                            gint64          id);
/* Also of those that ended. */
const RungsOffer *rungs_map_find_offer (const RungsMap *self,
                                        gint64          id);
const RungsSource *rungs_map_find_source (const RungsMap *self,
                                          gint64          id);
const RungsWay *rungs_map_find_way (const RungsMap *self,
                                    gint64          id);
const RungsSequence *rungs_map_find_sequence (const RungsMap *self,
                                              gint64          id);

/* How many sources of the kind are in use. */
guint rungs_map_count_sources (const RungsMap  *self,
                               RungsSourceKind  kind);

/* The highest rung that a product that is sold stands on; 0: none does. */
gint64 rungs_map_highest_rung (const RungsMap *self);

/* "product:7". */
char *rungs_map_id (const char *what,
                    gint64      id);

/* Whether `id` is that of such a thing; then its number is in `number`. */
gboolean rungs_map_id_is (const char *id,
                          const char *what,
                          gint64     *number);

/* Whether `id` is that of a way that is not drawn; then these are its ends. */
gboolean rungs_map_id_is_undrawn (const char       *id,
                                  RungsLadderArrow *arrow);

/* Whether `id` is that of a kind of source. */
gboolean rungs_map_id_is_kind (const char      *id,
                               RungsSourceKind *kind);

G_END_DECLS
