/* rungs-flow-layout.h: where the nodes of a flow stand on the canvas, and the ways of its
 * arrows. */

#pragma once

#include "sequences/rungs-graph.h"
#include "widgets/rungs-canvas-layout.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FLOW_LAYOUT (rungs_flow_layout_get_type ())

G_DECLARE_FINAL_TYPE (RungsFlowLayout, rungs_flow_layout, RUNGS, FLOW_LAYOUT, GObject)

RungsFlowLayout *rungs_flow_layout_new (void);

/* The steps and arrows of that graph; copied. */
void rungs_flow_layout_set (RungsFlowLayout  *self,
                            RungsGraph       *graph,
                            RungsGraphLayout *layout);

/* The step (nullable) behind which things are put first: its arrows stand at the head of the list
 * of places. */
void rungs_flow_layout_set_current (RungsFlowLayout *self,
                                    const char      *step);

G_END_DECLS
