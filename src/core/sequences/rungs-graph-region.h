/* rungs-graph-region.h: which steps of a graph belong together, and what may be put where. Graphs
 * may be drafts. */

#pragma once

#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

/* The steps that go along when one is moved: a step with one way out, or none, alone; a step at
 * which ways part, with all that stands on them up to where they join again. */
typedef struct
{
  GHashTable *steps; /* (owned): a set of RungsGraphStep, lent by the graph */
  char *after;       /* (owned) (nullable): the step at which its ways join; NULL: they end */
  gboolean open;     /* an arrow leads from it to there */
} RungsGraphRegion;

/* Returns: (transfer full) (nullable): NULL where it cannot be moved as one, since an arrow leads
 * from elsewhere into the midst of it. `id` must be a step of the graph. */
RungsGraphRegion *rungs_graph_region_new (RungsGraph *graph,
                                          const char *id);
void rungs_graph_region_free (RungsGraphRegion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsGraphRegion, rungs_graph_region_free)

/* The step to which an arrow leads. It is named by the step that it leaves and its label; `from`
 * NULL: the one that leads to the first step. Returns: (transfer none) (nullable) */
const char *rungs_graph_get_target (RungsGraph *graph,
                                    const char *from,
                                    const char *way);

/* Whether there is such an arrow. */
gboolean rungs_graph_has_arrow (RungsGraph *graph,
                                const char *from,
                                const char *way);

/* All steps to which arrows lead from the first one, and that one; without the steps of `without`
 * (nullable), and without that arrow (`way` NULL: with all arrows). Returns: (transfer full): a set
 * of RungsGraphStep. */
GHashTable *rungs_graph_reach (RungsGraph *graph,
                               GHashTable *without,
                               const char *from,
                               const char *way);

/* Whether a step of that kind can be put on the arrow: one that ends the walk cannot where nothing
 * else would lead to what follows. */
gboolean rungs_graph_can_insert (RungsGraph     *graph,
                                 RungsGraphKind  kind,
                                 const char     *from,
                                 const char     *way);

/* Whether the region of the step `id` can be moved to that arrow, and would stand elsewhere
 * then. */
gboolean rungs_graph_can_move (RungsGraph       *graph,
                               RungsGraphRegion *region,
                               const char       *id,
                               const char       *from,
                               const char       *way);

G_END_DECLS
