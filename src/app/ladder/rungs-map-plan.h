/* rungs-map-plan.h: what the layout of the map works on. Part of rungs-map-layout.c. */

#pragma once

#include "ladder/rungs-map-layout.h"

G_BEGIN_DECLS

#define SOURCE_WIDTH 200
#define OPT_IN_WIDTH 96
#define SEQUENCE_WIDTH 152
#define PRODUCT_WIDTH 224
#define GAP_SOURCES 120
#define GAP_OPT_IN 112
#define GAP_SEQUENCES 104
#define RUNG_GAP 42
#define TRACK_FIRST 64
#define TRACK_GAP 44
#define LABEL_ROOM 60
/* Where rows are so far apart, an offer to the next one goes straight. */
#define STRAIGHT_GAP 84
#define OPT_IN_X (SOURCE_WIDTH + GAP_SOURCES)
#define SEQUENCE_X (OPT_IN_X + OPT_IN_WIDTH + GAP_OPT_IN)
#define PRODUCT_X (SEQUENCE_X + SEQUENCE_WIDTH + GAP_SEQUENCES)

/* A product, and the sequences that sell it. */
typedef struct
{
  const RungsProduct *product; /* (nullable): the last row, of sequences that sell nothing */
  char *id;                    /* (owned) (nullable) */
  GPtrArray *sequences;        /* (owned) (element-type utf8): ids of nodes */
  graphene_rect_t where;
  float top; /* of the row, which may be higher than the product */
  float height;
  float channel; /* above it */
  guint through; /* how many ways run along the channel so far */
} RungsMapRow;

/* What is arranged. */
typedef struct
{
  const RungsMap *map;
  RungsCanvasArrangement *out;
  RungsCanvasGraph *graph;
  GPtrArray *rows; /* (owned) (element-type RungsMapRow): from the top down */
  float height;    /* of the rows */
  float right;     /* of the products */
  float sources_extra; /* the same of sources */
  float extra;     /* how much further apart than they must be the rows are */
} RungsMapPlan;

/* How many tracks the offers take at the right of the products. */
guint rungs_map_plan_count_tracks (RungsMapPlan *self);

/* Says which way the arrows go. */
void rungs_map_plan_route (RungsMapPlan *self);

G_END_DECLS
