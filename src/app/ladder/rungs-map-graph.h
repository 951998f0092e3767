/* rungs-map-graph.h: the graph of the map, for the canvas. */

#pragma once

#include "insights/rungs-ladder-number.h"
#include "insights/rungs-ladder-undrawn.h"
#include "ladder/rungs-map.h"
#include "widgets/rungs-canvas-graph.h"

G_BEGIN_DECLS

/* What of the map is shown, and how. */
typedef struct
{
  const RungsMap *map;
  RungsLadderFigures *figures; /* (nullable): no numbers are shown */
  RungsLadderQuestion question; /* that they answer */
  const GArray *undrawn; /* (nullable) (element-type RungsLadderArrow): not drawn, but gone */
  gboolean retired;            /* also what is no longer sold, with the offers that ended with it */
  guint open;                  /* a bit (1 << RungsSourceKind) for each kind that is unfolded */
} RungsMapShow;

/* What is drawn, for rungs_ladder_undrawn(). Returns: (transfer full) (element-type
 * RungsLadderArrow) */
GArray *rungs_map_list_drawn (const RungsMap *map);

/* The data of its nodes are RungsMapTexts (rungs-map-card.h). */
RungsCanvasGraph *rungs_map_graph_new (const RungsMapShow *show);

/* Where on the page Leads the leads are that went along an arrow; NULL: it has none. `graph` is the
 * one that is shown. */
char *rungs_map_dup_target (const RungsMapShow *show,
                            RungsCanvasGraph   *graph,
                            const char         *edge);

/* Which places of the figures an arrow joins; `to` and `from` as rungs_ladder_figures_flow() takes
 * them. FALSE where it has none (an offer to those who own nothing). */
gboolean rungs_map_find_ends (const RungsMap   *map,
                              const char       *edge,
                              RungsLadderPlace *from,
                              RungsLadderPlace *to);

G_END_DECLS
