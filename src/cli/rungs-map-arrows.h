/* rungs-map-arrows.h: which arrows of the ladder map are shown. */

#pragma once

#include "insights/rungs-ladder-figures.h"

G_BEGIN_DECLS

/* A place of the map, as people call it. */
typedef struct
{
  RungsLadderPlace place;
  char *name; /* (owned) */
} RungsMapPlace;

/* An arrow. */
typedef struct
{
  RungsMapPlace from;
  RungsMapPlace to;
} RungsMapArrow;

void rungs_map_arrow_free (RungsMapArrow *self);

/* The ways in that were drawn, the ways by which leads came, from the opt-in to the sequences, from
 * sequences to what they sell, and the offers that stand. Returns: (transfer full) (element-type
 * RungsMapArrow): each once. */
GPtrArray *rungs_map_arrows (RungsDb             *db,
                             RungsLadderFigures  *figures,
                             GError             **error);

G_END_DECLS
