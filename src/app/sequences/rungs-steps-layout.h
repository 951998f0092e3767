/* rungs-steps-layout.h: where the steps of a sequence stand on the canvas: in rows that run down,
 * and columns half a step wide. */

#pragma once

#include "sequences/rungs-graph.h"
#include "widgets/rungs-canvas-layout.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_STEPS_LAYOUT (rungs_steps_layout_get_type ())

G_DECLARE_FINAL_TYPE (RungsStepsLayout, rungs_steps_layout, RUNGS, STEPS_LAYOUT, GObject)

RungsStepsLayout *rungs_steps_layout_new (void);

/* The steps of that graph, by their ids; copied. */
void rungs_steps_layout_set (RungsStepsLayout *self,
                             RungsGraphLayout *layout);

/* The id of that arrow: its step and branch. */
char *rungs_steps_layout_arrow_id (const RungsGraphArrow *arrow);

G_END_DECLS
