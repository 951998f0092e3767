/* rungs-map-view.h: the map of the ladder: a drawing that one edits. Read rungs-map.h first. */

#pragma once

#include "ladder/rungs-ladder-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MAP_VIEW (rungs_map_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsMapView, rungs_map_view, RUNGS, MAP_VIEW, GtkWidget)

G_END_DECLS
