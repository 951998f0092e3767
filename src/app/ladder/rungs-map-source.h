/* rungs-map-source.h: the name of a source and what it cost, day by day, to be edited where it
 * stands. */

#pragma once

#include "ladder/rungs-map-edit.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MAP_SOURCE (rungs_map_source_get_type ())

/**
 * RungsMapSource::edit: (const char *label, RungsMapEdit *edit): see RungsMapPanel
 */
G_DECLARE_FINAL_TYPE (RungsMapSource, rungs_map_source, RUNGS, MAP_SOURCE, GtkWidget)

GtkWidget *rungs_map_source_new (const RungsMap    *map,
                                 const RungsSource *source);

/* The map was read anew. What is being typed stays. Returns: FALSE where the source is gone. */
gboolean rungs_map_source_update (RungsMapSource *self,
                                  const RungsMap *map);

G_END_DECLS
