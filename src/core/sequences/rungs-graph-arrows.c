/* rungs-graph-arrows.c: whether the arrows of a graph lead somewhere.
 *
 * Four questions, each a walk over the graph: does every arrow have a step at its end; does an
 * arrow path from the start reach every step; is there a round on which nobody ever waits, in
 * which a lead would turn for ever in one instant; does some way lead from every step to an end.
 * Goals with an event or a rule are reached without arrows. */

#include "sequences/rungs-graph-private.h"

#include <glib/gi18n.h>

/* What a walk has seen of a step. */
typedef enum
{
  UNSEEN,
  OPEN, /* on the path that is walked */
  DONE,
} Mark;

static Mark
get_mark (GHashTable     *marks,
          RungsGraphStep *step)
{
  return (Mark) GPOINTER_TO_UINT (g_hash_table_lookup (marks, step));
}

static void
set_mark (GHashTable     *marks,
          RungsGraphStep *step,
          Mark            mark)
{
  g_hash_table_insert (marks, step, GUINT_TO_POINTER (mark));
}

/* The step at the end of the arrow; NULL: the walk is finished, or there is no such step. */
static RungsGraphStep *
target_of (RungsGraph     *graph,
           RungsGraphStep *step,
           guint           branch)
{
  return rungs_graph_find (
      graph, ((RungsGraphBranch *) g_ptr_array_index (step->branches, branch))->target);
}

gboolean
rungs_graph_step_repeats (RungsGraph     *graph,
                          RungsGraphStep *step)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  for (RungsGraphStep *at = step; at != NULL;
       at = open->len > 0 ? g_ptr_array_steal_index_fast (open, open->len - 1) : NULL)
    for (guint i = 0; i < at->branches->len; i++)
      {
        RungsGraphStep *next = target_of (graph, at, i);

        if (next == step)
          return TRUE;
        if (next != NULL && g_hash_table_add (seen, next))
          g_ptr_array_add (open, next);
      }
  return FALSE;
}

static void
check_targets (RungsGraph *graph,
               GPtrArray  *problems)
{
  if (rungs_graph_find (graph, graph->start) == NULL)
    {
      rungs_graph_refuse (problems, NULL, _ ("It starts with “%s”, but there is no such step."),
                          graph->start);
      rungs_graph_blame (problems, RUNGS_GRAPH_FAULT_TARGET, "start");
    }

  for (guint i = 0; i < graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      for (guint j = 0; j < step->branches->len; j++)
        {
          RungsGraphBranch *branch = g_ptr_array_index (step->branches, j);

          if (branch->target != NULL && rungs_graph_find (graph, branch->target) == NULL)
            {
              rungs_graph_refuse (problems, step->id,
                                  _ ("“%s” leads to “%s”, but there is no such step."),
                                  branch->label, branch->target);
              rungs_graph_blame (problems, RUNGS_GRAPH_FAULT_TARGET, branch->label);
            }
        }
    }
}

static void
mark_reached (RungsGraph     *graph,
              RungsGraphStep *step,
              GHashTable     *reached)
{
  if (step == NULL || !g_hash_table_add (reached, step))
    return;
  for (guint i = 0; i < step->branches->len; i++)
    mark_reached (graph, target_of (graph, step, i), reached);
}

static gboolean
needs_no_arrow (RungsGraphStep *step)
{
  return step->kind == RUNGS_GRAPH_GOAL && (step->event != NULL || step->rule != NULL);
}

static void
check_reached (RungsGraph *graph,
               GHashTable *reached,
               GPtrArray  *problems)
{
  for (guint i = 0; i < graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      if (g_hash_table_contains (reached, step) || needs_no_arrow (step))
        continue;
      rungs_graph_refuse (problems, step->id,
                          _ ("No lead can ever come here: no arrow leads to it."));
      rungs_graph_blame (problems, RUNGS_GRAPH_FAULT_UNREACHED, NULL);
    }
}

static char *
describe_round (GPtrArray      *path,
                RungsGraphStep *first)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint from = 0;

  g_ptr_array_find (path, first, &from);
  for (guint i = from; i < path->len; i++)
    g_string_append_printf (text, "%s → ", ((RungsGraphStep *) g_ptr_array_index (path, i))->id);
  g_string_append (text, first->id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Follows arrows on which nobody waits; `path` is the way from where it began. */
static void
find_rounds (RungsGraph     *graph,
             RungsGraphStep *step,
             GHashTable     *marks,
             GPtrArray      *path,
             GPtrArray      *problems)
{
  if (step == NULL || get_mark (marks, step) == DONE)
    return;
  if (get_mark (marks, step) == OPEN)
    {
      g_autofree char *round = describe_round (path, step);

      rungs_graph_refuse (problems, step->id,
                          _ ("Leads would go round for ever without a wait: %s."), round);
      rungs_graph_blame (problems, RUNGS_GRAPH_FAULT_ROUND, NULL);
      return;
    }

  set_mark (marks, step, OPEN);
  g_ptr_array_add (path, step);
  for (guint i = 0; i < step->branches->len; i++)
    if (!rungs_graph_branch_waits (step, i))
      find_rounds (graph, target_of (graph, step, i), marks, path, problems);
  g_ptr_array_set_size (path, (int) path->len - 1);
  set_mark (marks, step, DONE);
}

static void
check_rounds (RungsGraph *graph,
              GPtrArray  *problems)
{
  g_autoptr (GHashTable) marks = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) path = g_ptr_array_new ();

  for (guint i = 0; i < graph->steps->len; i++)
    find_rounds (graph, g_ptr_array_index (graph->steps, i), marks, path, problems);
}

/* Whether the step ends the walk, or a way out of it leads to one that is known to come to an
 * end. */
static gboolean
comes_to_an_end (RungsGraph     *graph,
                 RungsGraphStep *step,
                 GHashTable     *ending)
{
  if (step->branches->len == 0)
    return TRUE;
  for (guint i = 0; i < step->branches->len; i++)
    {
      RungsGraphStep *target = target_of (graph, step, i);

      if (target == NULL || g_hash_table_contains (ending, target))
        return TRUE;
    }
  return FALSE;
}

static void
check_ends (RungsGraph *graph,
            GHashTable *reached,
            GPtrArray  *problems)
{
  g_autoptr (GHashTable) ending = g_hash_table_new (NULL, NULL);
  gboolean grown = TRUE;

  while (grown)
    {
      grown = FALSE;
      for (guint i = graph->steps->len; i > 0; i--)
        {
          RungsGraphStep *step = g_ptr_array_index (graph->steps, i - 1);

          if (comes_to_an_end (graph, step, ending) && g_hash_table_add (ending, step))
            grown = TRUE;
        }
    }

  for (guint i = 0; i < graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      if (g_hash_table_contains (reached, step) && !g_hash_table_contains (ending, step))
        {
          rungs_graph_refuse (problems, step->id,
                              _ ("No way leads from here to an end: whoever comes here "
                              "would get messages for ever."));
          rungs_graph_blame (problems, RUNGS_GRAPH_FAULT_ENDLESS, NULL);
          return;
        }
    }
}

void
rungs_graph_check_arrows (RungsGraph *graph,
                          GPtrArray  *problems)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);

  g_return_if_fail (graph != NULL);
  g_return_if_fail (problems != NULL);

  check_targets (graph, problems);
  mark_reached (graph, rungs_graph_find (graph, graph->start), reached);
  if (g_hash_table_size (reached) > 0)
    check_reached (graph, reached, problems);
  check_rounds (graph, problems);
  check_ends (graph, reached, problems);
}
