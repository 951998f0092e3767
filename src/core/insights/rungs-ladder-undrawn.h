/* rungs-ladder-undrawn.h: ways that leads went on the ladder map, and that are not drawn. */

#pragma once

#include "insights/rungs-ladder-figures.h"

G_BEGIN_DECLS

/* Fewer leads make no way. */
#define RUNGS_LADDER_WAY 10

/* From one place to another; ways from a source are said of its kind. */
typedef struct
{
  RungsLadderPlace from;
  RungsLadderPlace to;
} RungsLadderArrow;

/* The ways from a kind of source to the opt-in, from one by a path to a product, and from a product
 * to another, that at least RUNGS_LADDER_WAY leads went in the time of the figures, although one
 * does not come from their beginning to their end along `drawn` (element-type RungsLadderArrow):
 * who bought the second rung and then the third has gone no way of his own from the first one to
 * the third. Those that most leads went come first.
 * Returns: (transfer full) (element-type RungsLadderArrow) */
GArray *rungs_ladder_undrawn (RungsLadderFigures *figures,
                              const GArray       *drawn,
                              const gint64       *products,
                              guint               n_products,
                              GCancellable       *cancellable);

G_END_DECLS
