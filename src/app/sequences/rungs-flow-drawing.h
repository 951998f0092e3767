/* rungs-flow-drawing.h: a sequence drawn on a canvas: in the editor, and where one only looks. */

#pragma once

#include "rungs-flow-layout.h"
#include "rungs-flow.h"
#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

/* The canvas gets its layout and the widgets of its nodes. Returns: (transfer none): the layout,
 * which goes with the canvas. */
RungsFlowLayout *rungs_flow_drawing_prepare (RungsCanvas *canvas);

/* Shows that sequence, on a canvas that was prepared with that layout. */
void rungs_flow_drawing_show (RungsCanvas           *canvas,
                              RungsFlowLayout       *layout,
                              const RungsFlowSource *source);

/* All of it comes into view; of a sequence that is too long to be read so, its beginning. */
void rungs_flow_drawing_begin (RungsCanvas *canvas);

G_END_DECLS
