/* rungs-graph-region.c: which steps of a graph belong together, and what may be put where.
 *
 * Where the ways that part at a step join again is the step after which it cannot be told which of
 * them was gone: all ways from the one to where a walk is finished lead through it. (A goal or an
 * exit on one of the ways is no such end: a branch that leaves the sequence is a branch all the
 * same.) There may be several; the nearest is the one with the fewest steps before it. It is found
 * by trying: without it the finish cannot be reached. */

#include "sequences/rungs-graph-region.h"

#include <string.h>

typedef struct
{
  RungsGraph *graph;
  GHashTable *without; /* (nullable) */
  const char *from;    /* the arrow that is left out */
  const char *way;     /* (nullable) */
  GHashTable *reached;
  gboolean finished;   /* an arrow was met that leads nowhere */
} Walk;

static gboolean
is_left_out (const Walk             *walk,
             RungsGraphStep         *step,
             const RungsGraphBranch *branch)
{
  return walk->way != NULL && walk->from != NULL && strcmp (walk->from, step->id) == 0
         && strcmp (walk->way, branch->label) == 0;
}

static void
walk_from (Walk           *walk,
           RungsGraphStep *step)
{
  if ((walk->without != NULL && g_hash_table_contains (walk->without, step))
      || !g_hash_table_add (walk->reached, step))
    return;
  for (guint i = 0; i < step->branches->len; i++)
    {
      const RungsGraphBranch *branch = g_ptr_array_index (step->branches, i);
      RungsGraphStep *target = rungs_graph_find (walk->graph, branch->target);

      if (is_left_out (walk, step, branch))
        continue;
      if (target != NULL)
        walk_from (walk, target);
      else
        walk->finished = TRUE;
    }
}

GHashTable *
rungs_graph_reach (RungsGraph *graph,
                   GHashTable *without,
                   const char *from,
                   const char *way)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  Walk walk = {
    .graph = graph, .without = without, .from = from, .way = way, .reached = reached,
  };
  RungsGraphStep *start;

  g_return_val_if_fail (graph != NULL, NULL);

  start = rungs_graph_find (graph, graph->start);
  if (start != NULL && (way == NULL || from != NULL))
    walk_from (&walk, start);
  return g_steal_pointer (&reached);
}

static RungsGraphBranch *
find_branch (RungsGraph *graph,
             const char *from,
             const char *way)
{
  RungsGraphStep *step = rungs_graph_find (graph, from);

  for (guint i = 0; step != NULL && i < step->branches->len; i++)
    {
      RungsGraphBranch *branch = g_ptr_array_index (step->branches, i);

      if (g_strcmp0 (branch->label, way) == 0)
        return branch;
    }
  return NULL;
}

gboolean
rungs_graph_has_arrow (RungsGraph *graph,
                       const char *from,
                       const char *way)
{
  g_return_val_if_fail (graph != NULL, FALSE);

  return from == NULL || find_branch (graph, from, way) != NULL;
}

const char *
rungs_graph_get_target (RungsGraph *graph,
                        const char *from,
                        const char *way)
{
  const RungsGraphBranch *branch;
  RungsGraphStep *target;

  g_return_val_if_fail (graph != NULL, NULL);

  if (from == NULL)
    target = rungs_graph_find (graph, graph->start);
  else
    {
      branch = find_branch (graph, from, way);
      target = branch ? rungs_graph_find (graph, branch->target) : NULL;
    }
  return target ? target->id : NULL;
}

/* ---- regions */

/* What is reached from the step without `without` (nullable). `finished`: whether a walk could end
 * there. */
static GHashTable *
reach_from (RungsGraph     *graph,
            RungsGraphStep *step,
            RungsGraphStep *without,
            gboolean       *finished)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) closed = g_hash_table_new (NULL, NULL);
  Walk walk = { .graph = graph, .without = closed, .reached = reached };

  if (without != NULL)
    g_hash_table_add (closed, without);
  walk_from (&walk, step);
  *finished = walk.finished;
  return g_steal_pointer (&reached);
}

/* Finds where the ways from the step join, and all before that. */
static void
find_join (RungsGraph       *graph,
           RungsGraphStep   *step,
           RungsGraphRegion *region)
{
  gboolean finished;
  GHashTableIter iter;
  gpointer key;
  g_autoptr (GHashTable) all = reach_from (graph, step, NULL, &finished);

  region->steps = g_hash_table_ref (all);
  region->open = finished;
  if (!finished)
    return;
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      RungsGraphStep *join = key;
      g_autoptr (GHashTable) before = NULL;

      if (join == step)
        continue;
      before = reach_from (graph, step, join, &finished);
      if (finished || g_hash_table_size (before) >= g_hash_table_size (region->steps))
        continue;
      g_hash_table_unref (region->steps);
      region->steps = g_steal_pointer (&before);
      g_free (region->after);
      region->after = g_strdup (join->id);
    }
}

/* Whether an arrow leads from outside to a step of it that is not its first. */
static gboolean
is_entered_midway (RungsGraph       *graph,
                   RungsGraphRegion *region,
                   RungsGraphStep   *first)
{
  RungsGraphStep *start = rungs_graph_find (graph, graph->start);

  if (start != NULL && start != first && g_hash_table_contains (region->steps, start))
    return TRUE;
  for (guint i = 0; i < graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      for (guint j = 0; j < step->branches->len; j++)
        {
          RungsGraphStep *target = rungs_graph_find (
            graph, ((RungsGraphBranch *) g_ptr_array_index (step->branches, j))->target);

          if (target != NULL && target != first && !g_hash_table_contains (region->steps, step)
              && g_hash_table_contains (region->steps, target))
            return TRUE;
        }
    }
  return FALSE;
}

RungsGraphRegion *
rungs_graph_region_new (RungsGraph *graph,
                        const char *id)
{
  g_autoptr (RungsGraphRegion) region = g_new0 (RungsGraphRegion, 1);
  RungsGraphStep *step = rungs_graph_find (graph, id);

  g_return_val_if_fail (step != NULL, NULL);

  if (step->branches->len > 1)
    find_join (graph, step, region);
  else
    {
      const RungsGraphBranch *branch = step->branches->len == 1 ? step->branches->pdata[0] : NULL;
      RungsGraphStep *target = branch ? rungs_graph_find (graph, branch->target) : NULL;

      region->steps = g_hash_table_new (NULL, NULL);
      g_hash_table_add (region->steps, step);
      region->after = target != NULL && target != step ? g_strdup (target->id) : NULL;
      region->open = branch != NULL;
    }
  return is_entered_midway (graph, region, step) ? NULL : g_steal_pointer (&region);
}

void
rungs_graph_region_free (RungsGraphRegion *self)
{
  g_clear_pointer (&self->steps, g_hash_table_unref);
  g_free (self->after);
  g_free (self);
}

/* ---- what may be put where */

/* Whether another way than that arrow leads to its target, past `without`; TRUE too where it leads
 * nowhere, or leads from what no lead reaches. */
static gboolean
is_dispensable (RungsGraph *graph,
                GHashTable *without,
                const char *from,
                const char *way)
{
  RungsGraphStep *target = rungs_graph_find (graph, rungs_graph_get_target (graph, from, way));
  g_autoptr (GHashTable) with = rungs_graph_reach (graph, without, NULL, NULL);
  g_autoptr (GHashTable) reached
    = rungs_graph_reach (graph, without, from, way ? way : "start");

  return target == NULL || !g_hash_table_contains (with, target)
         || g_hash_table_contains (reached, target);
}

gboolean
rungs_graph_can_insert (RungsGraph     *graph,
                        RungsGraphKind  kind,
                        const char     *from,
                        const char     *way)
{
  g_return_val_if_fail (graph != NULL, FALSE);

  if (!rungs_graph_has_arrow (graph, from, way))
    return FALSE;
  return (kind != RUNGS_GRAPH_GOAL && kind != RUNGS_GRAPH_EXIT)
         || is_dispensable (graph, NULL, from, way);
}

gboolean
rungs_graph_can_move (RungsGraph       *graph,
                      RungsGraphRegion *region,
                      const char       *id,
                      const char       *from,
                      const char       *way)
{
  RungsGraphStep *step = rungs_graph_find (graph, from);

  g_return_val_if_fail (graph != NULL, FALSE);
  g_return_val_if_fail (region != NULL, FALSE);

  if (!rungs_graph_has_arrow (graph, from, way)
      || (step != NULL && g_hash_table_contains (region->steps, step))
      || g_strcmp0 (rungs_graph_get_target (graph, from, way), id) == 0)
    return FALSE;
  return region->open || is_dispensable (graph, region->steps, from, way);
}
