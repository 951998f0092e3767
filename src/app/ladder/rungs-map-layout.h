/* rungs-map-layout.h: where the things of the map stand. */

#pragma once

#include "ladder/rungs-map.h"
#include "widgets/rungs-canvas-layout.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MAP_LAYOUT (rungs_map_layout_get_type ())

G_DECLARE_FINAL_TYPE (RungsMapLayout, rungs_map_layout, RUNGS, MAP_LAYOUT, GObject)

RungsMapLayout *rungs_map_layout_new (void);

/* `map` is lent until the next call. */
void rungs_map_layout_set_map (RungsMapLayout *self,
                               const RungsMap *map);

/* Whether `place` is one of the places where products are dropped: a rung, or between two
 * (`between` TRUE: the product gets a new rung of that number). 0: beside the ladder. */
gboolean rungs_map_layout_read_place (const char *place,
                                      gint64     *rung,
                                      gboolean   *between);

G_END_DECLS
