/* rungs-graph-preview.c: when a lead who enters now would come to a step.
 *
 * The way with the fewest steps is found breadth first; then it is walked with the clock set on by
 * each wait, as if the program were always open. An event that is waited for happens at once on the
 * way that goes on when it does, and not in time on the other; a date of the lead is today. */

#include "sequences/rungs-graph-preview.h"

#include <string.h>

#include "sequences/rungs-wait.h"

/* How a step was come to first. */
typedef struct
{
  RungsGraphStep *from;
  const RungsGraphBranch *branch;
} Came;

/* Returns: (element-type RungsGraphStep Came): how each step was come to first. */
static GHashTable *
find_ways (RungsGraph     *graph,
           RungsGraphStep *start)
{
  g_autoptr (GHashTable) came = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GPtrArray) queue = g_ptr_array_new ();

  g_hash_table_insert (came, start, g_new0 (Came, 1));
  g_ptr_array_add (queue, start);
  for (guint i = 0; i < queue->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (queue, i);

      for (guint j = 0; j < step->branches->len; j++)
        {
          const RungsGraphBranch *branch = g_ptr_array_index (step->branches, j);
          RungsGraphStep *target = rungs_graph_find (graph, branch->target);
          Came *way;

          if (target == NULL || g_hash_table_contains (came, target))
            continue;
          way = g_new0 (Came, 1);
          way->from = step;
          way->branch = branch;
          g_hash_table_insert (came, target, way);
          g_ptr_array_add (queue, target);
        }
    }
  return g_steal_pointer (&came);
}

static gboolean
is_wait (const RungsGraphStep *step)
{
  return step->kind == RUNGS_GRAPH_WAIT || step->kind == RUNGS_GRAPH_WAIT_UNTIL;
}

static gboolean
waits_for_event (const RungsGraphStep *step)
{
  return step->kind == RUNGS_GRAPH_WAIT_UNTIL && step->until == RUNGS_GRAPH_UNTIL_EVENT;
}

/* Each lead has another one. */
static gboolean
waits_for_lead_date (const RungsGraphStep *step)
{
  return step->kind == RUNGS_GRAPH_WAIT_UNTIL && step->until == RUNGS_GRAPH_UNTIL_LEAD_DATE;
}

/* Goes on by the branch: sets the clock on where the step waits. */
static void
leave (RungsGraphStep         *step,
       const RungsGraphBranch *branch,
       RungsWaitFrom          *from,
       RungsGraphPreview      *preview)
{
  preview->chosen = preview->chosen
                    || (step->branches->len > 1 && !waits_for_event (step)
                        && !waits_for_lead_date (step));
  if (waits_for_event (step) || waits_for_lead_date (step))
    preview->earliest = TRUE;
  if (!is_wait (step) || waits_for_lead_date (step)
      || (waits_for_event (step) && strcmp (branch->label, "next") == 0))
    return;
  from->now = rungs_wait_end (step, from);
  from->due_at = from->now;
  from->after_time = step->until == RUNGS_GRAPH_UNTIL_TIME && step->kind != RUNGS_GRAPH_WAIT;
}

RungsGraphPreview
rungs_graph_preview (RungsGraph *graph,
                     const char *id,
                     gint64      now,
                     GTimeZone  *lead_zone,
                     GTimeZone  *business_zone)
{
  RungsGraphPreview preview = { .at = now };
  RungsWaitFrom from = {
    .due_at = now, .now = now, .lead_zone = lead_zone, .business_zone = business_zone,
  };
  RungsGraphStep *step = rungs_graph_find (graph, id);
  RungsGraphStep *start = rungs_graph_find (graph, graph->start);
  g_autoptr (GHashTable) ways = NULL;
  g_autoptr (GPtrArray) back = g_ptr_array_new ();

  if (step == NULL || start == NULL)
    return preview;
  ways = find_ways (graph, start);
  for (Came *way = g_hash_table_lookup (ways, step); way != NULL && way->from != NULL;
       way = g_hash_table_lookup (ways, way->from))
    g_ptr_array_add (back, way);
  preview.reached = g_hash_table_contains (ways, step);
  for (guint i = back->len; i > 0; i--)
    {
      Came *way = g_ptr_array_index (back, i - 1);

      leave (way->from, way->branch, &from, &preview);
    }
  preview.at = from.now;
  return preview;
}
