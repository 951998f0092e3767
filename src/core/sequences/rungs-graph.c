/* rungs-graph.c: a version of a sequence in memory, and what can be wrong with it. */

#include "sequences/rungs-graph-private.h"

#include <glib/gi18n.h>

#include "leads/rungs-event.h"

static const char *const KINDS[] = {
  [RUNGS_GRAPH_MESSAGE] = "message",
  [RUNGS_GRAPH_WAIT] = "wait",
  [RUNGS_GRAPH_WAIT_UNTIL] = "wait_until",
  [RUNGS_GRAPH_CONDITION] = "condition",
  [RUNGS_GRAPH_SPLIT] = "split",
  [RUNGS_GRAPH_ACTION] = "action",
  [RUNGS_GRAPH_GOAL] = "goal",
  [RUNGS_GRAPH_EXIT] = "exit",
};

RungsGraphEvent *
rungs_graph_event_new (RungsGraphOn on)
{
  RungsGraphEvent *event = g_new0 (RungsGraphEvent, 1);

  event->on = on;
  return event;
}

void
rungs_graph_event_free (RungsGraphEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->name);
  g_free (event->detail);
  g_free (event);
}

static void
rungs_graph_branch_free (RungsGraphBranch *branch)
{
  g_free (branch->label);
  g_free (branch->target);
  g_free (branch);
}

RungsGraphStep *
rungs_graph_step_new (const char     *id,
                      RungsGraphKind  kind)
{
  RungsGraphStep *step = g_new0 (RungsGraphStep, 1);

  step->id = g_strdup (id);
  step->kind = kind;
  step->branches = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_graph_branch_free);
  return step;
}

static void
rungs_graph_step_free (RungsGraphStep *step)
{
  g_ptr_array_unref (step->branches);
  rungs_graph_event_free (step->event);
  rungs_rule_free (step->rule);
  g_free (step->id);
  g_free (step->message);
  g_free (step->date);
  g_free (step->lead_date);
  g_free (step->sku);
  g_free (step->name);
  g_free (step->value);
  g_free (step);
}

void
rungs_graph_step_add_branch (RungsGraphStep *step,
                             const char     *label,
                             const char     *target,
                             gint64          weight)
{
  RungsGraphBranch *branch = g_new0 (RungsGraphBranch, 1);

  branch->label = g_strdup (label);
  branch->target = g_strdup (target);
  branch->weight = weight;
  g_ptr_array_add (step->branches, branch);
}

gboolean
rungs_graph_branch_waits (const RungsGraphStep *step,
                          guint                 branch)
{
  if (step->kind == RUNGS_GRAPH_WAIT_UNTIL && step->until == RUNGS_GRAPH_UNTIL_LEAD_DATE)
    return step->yearly && branch == 0;
  return step->kind == RUNGS_GRAPH_WAIT
         || (step->kind == RUNGS_GRAPH_WAIT_UNTIL && step->until != RUNGS_GRAPH_UNTIL_DATE);
}

const char *
rungs_graph_step_waits_for (const RungsGraphStep *step)
{
  static const char *const ON[] = {
    [RUNGS_GRAPH_ON_TAG] = RUNGS_EVENT_TAG_ADDED,
    [RUNGS_GRAPH_ON_FORM] = RUNGS_EVENT_FORM_SUBMITTED,
    [RUNGS_GRAPH_ON_IMPORT] = RUNGS_EVENT_IMPORT_DONE,
    [RUNGS_GRAPH_ON_ORDER] = RUNGS_EVENT_ORDER_PLACED,
    [RUNGS_GRAPH_ON_SEGMENT] = RUNGS_EVENT_SEGMENT_ENTERED,
  };

  if (step->event == NULL)
    return NULL;
  return step->event->on == RUNGS_GRAPH_ON_EVENT ? step->event->name : ON[step->event->on];
}

RungsGraph *
rungs_graph_new (void)
{
  RungsGraph *graph = g_new0 (RungsGraph, 1);

  g_atomic_ref_count_init (&graph->references);
  graph->triggers = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_graph_event_free);
  graph->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_graph_step_free);
  graph->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return graph;
}

RungsGraph *
rungs_graph_ref (RungsGraph *graph)
{
  g_return_val_if_fail (graph != NULL, NULL);

  g_atomic_ref_count_inc (&graph->references);
  return graph;
}

void
rungs_graph_unref (RungsGraph *graph)
{
  if (graph == NULL || !g_atomic_ref_count_dec (&graph->references))
    return;
  g_hash_table_unref (graph->by_id);
  g_ptr_array_unref (graph->steps);
  g_ptr_array_unref (graph->triggers);
  g_free (graph->name);
  g_free (graph->sells);
  g_free (graph->sending);
  g_free (graph->start);
  g_free (graph);
}

RungsGraphStep *
rungs_graph_find (RungsGraph *graph,
                  const char *id)
{
  g_return_val_if_fail (graph != NULL, NULL);

  return id ? g_hash_table_lookup (graph->by_id, id) : NULL;
}

const char *
rungs_graph_kind_to_text (RungsGraphKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (KINDS), NULL);

  return KINDS[kind];
}

void
rungs_graph_problem_free (RungsGraphProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->step);
  g_free (problem->text);
  g_free (problem->member);
  g_free (problem);
}

GPtrArray *
rungs_graph_problems_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_graph_problem_free);
}

gboolean
rungs_graph_problems_are_fatal (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (((RungsGraphProblem *) g_ptr_array_index (problems, i))->fatal)
      return TRUE;
  return FALSE;
}

char *
rungs_graph_problems_describe (GPtrArray *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      RungsGraphProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", problem->fatal ? "" : "Note: ");
      if (problem->step != NULL)
        g_string_append_printf (text, _ ("Step “%s”: "), problem->step);
      g_string_append (text, problem->text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
rungs_graph_next_message (RungsGraph *graph,
                          const char *id)
{
  const RungsGraphStep *step = rungs_graph_find (graph, id);

  /* a loop without a wait is refused, one with a wait may have no message */
  for (guint walked = 0; step != NULL && walked <= graph->steps->len; walked++)
    {
      if (step->kind == RUNGS_GRAPH_MESSAGE)
        return step->message;
      if (step->branches->len != 1)
        return NULL;
      step = rungs_graph_find (
        graph, ((RungsGraphBranch *) g_ptr_array_index (step->branches, 0))->target);
    }
  return NULL;
}

static void
add_problem (GPtrArray  *problems,
             const char *step,
             gboolean    fatal,
             const char *format,
             va_list     args)
{
  RungsGraphProblem *problem = g_new0 (RungsGraphProblem, 1);

  problem->step = g_strdup (step);
  problem->text = g_strdup_vprintf (format, args);
  problem->fatal = fatal;
  g_ptr_array_add (problems, problem);
}

void
rungs_graph_refuse (GPtrArray  *problems,
                    const char *step,
                    const char *format,
                    ...)
{
  va_list args;

  va_start (args, format);
  add_problem (problems, step, TRUE, format, args);
  va_end (args);
}

void
rungs_graph_note (GPtrArray  *problems,
                  const char *step,
                  const char *format,
                  ...)
{
  va_list args;

  va_start (args, format);
  add_problem (problems, step, FALSE, format, args);
  va_end (args);
}

void
rungs_graph_blame (GPtrArray       *problems,
                   RungsGraphFault  fault,
                   const char      *member)
{
  RungsGraphProblem *problem;

  g_return_if_fail (problems->len > 0);

  problem = g_ptr_array_index (problems, problems->len - 1);
  problem->fault = fault;
  g_free (problem->member);
  problem->member = g_strdup (member);
}
