/* rungs-flow.c: a sequence as the graph of a canvas. */

#include "rungs-flow.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-problem-words.h"
#include "rungs-step-words.h"
#include "widgets/rungs-display.h"

static void
texts_free (gpointer data)
{
  RungsFlowTexts *texts = data;

  g_free (texts->icon);
  g_free (texts->kind);
  g_free (texts->words);
  g_free (texts->figures);
  g_free (texts->fault);
  g_free (texts->style);
  g_free (texts);
}

/* ---- names */

char *
rungs_flow_step_id (const char *step)
{
  return g_strconcat ("step:", step, NULL);
}

const char *
rungs_flow_get_step (const char *node)
{
  return node != NULL && g_str_has_prefix (node, "step:") ? node + strlen ("step:") : NULL;
}

char *
rungs_flow_arrow_id (const char *prefix,
                     const char *from,
                     const char *way)
{
  return g_strdup_printf ("%s:%s:%s", prefix, from ? way : "", from ? from : "");
}

gboolean
rungs_flow_read_arrow (const char  *id,
                       const char  *prefix,
                       const char **from,
                       char       **way)
{
  const char *label, *colon;

  if (id == NULL || !g_str_has_prefix (id, prefix) || id[strlen (prefix)] != ':')
    return FALSE;
  label = id + strlen (prefix) + 1;
  colon = strchr (label, ':');
  if (colon == NULL)
    return FALSE;
  *from = colon > label ? colon + 1 : NULL;
  *way = g_strndup (label, (gsize) (colon - label));
  return TRUE;
}

gboolean
rungs_flow_is_free_goal (RungsGraph     *graph,
                         RungsGraphStep *step)
{
  if (step->kind != RUNGS_GRAPH_GOAL || g_strcmp0 (graph->start, step->id) == 0)
    return FALSE;
  for (guint i = 0; i < graph->steps->len; i++)
    {
      const RungsGraphStep *other = g_ptr_array_index (graph->steps, i);

      for (guint j = 0; j < other->branches->len; j++)
        if (g_strcmp0 (((RungsGraphBranch *) other->branches->pdata[j])->target, step->id) == 0)
          return FALSE;
    }
  return TRUE;
}

char *
rungs_flow_step_words (RungsStepNames       *names,
                       const RungsGraphStep *step)
{
  g_autofree char *words = rungs_step_words (step, names);

  return g_strdup_printf ("%s: %s", rungs_step_kind_words (step), words);
}

/* What the way out of the step is called; NULL where it needs no name. */
static char *
way_words (const RungsGraphStep *step,
           const char           *way)
{
  for (guint i = 0; i < step->branches->len; i++)
    {
      const RungsGraphBranch *branch = g_ptr_array_index (step->branches, i);

      if (g_str_equal (branch->label, way))
        return rungs_branch_words (step, branch);
    }
  return NULL;
}

/* How people call an arrow, as a place: "After Message: Welcome, yes". */
static char *
place_words (const RungsFlowSource *source,
             const char            *from,
             const char            *way)
{
  const RungsGraphStep *step = rungs_graph_find (source->graph, from);
  g_autofree char *name = step ? rungs_flow_step_words (source->names, step) : NULL;
  g_autofree char *branch = step ? way_words (step, way) : NULL;

  if (step == NULL)
    return g_strdup (_ ("At the beginning"));
  /* Translators: a place in a sequence: after a step, on one of its ways ("yes", "50 %") */
  return branch != NULL ? g_strdup_printf (_ ("After %s, %s"), name, branch)
                        : g_strdup_printf (_ ("After %s"), name);
}

const char *
rungs_flow_entry_words (void)
{
  return _ ("What leads enter by");
}

const char *
rungs_flow_goals_words (void)
{
  return _ ("Goals, from wherever a lead stands");
}

/* ---- cards */

static char *
entry_words (const RungsFlowSource *source)
{
  const GPtrArray *triggers = source->graph->triggers;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < triggers->len; i++)
    {
      g_autofree char *event
        = rungs_graph_event_words (g_ptr_array_index (triggers, i), source->names);

      g_string_append_printf (words, "%s%s", i > 0 ? _ (", or ") : "", event);
    }
  return words->len > 0 ? g_strdup_printf (_ ("A lead enters who %s."), words->str)
                        : g_strdup (_ ("Leads enter by hand."));
}

/* The gravest thing that is wrong with the step; of the sequence where `step` is NULL. */
static void
add_fault (RungsFlowTexts        *texts,
           const RungsFlowSource *source,
           const char            *step)
{
  for (guint i = 0; source->problems != NULL && i < source->problems->len; i++)
    {
      const RungsGraphProblem *problem = g_ptr_array_index (source->problems, i);

      if (g_strcmp0 (problem->step, step) != 0 || problem->fault == RUNGS_GRAPH_FAULT_EMPTY
          || (texts->fault != NULL && (texts->grave || !problem->fatal)))
        continue;
      g_free (texts->fault);
      texts->fault = rungs_problem_words (problem);
      texts->grave = problem->fatal;
    }
}

static RungsCanvasNode *
add_node (RungsCanvasGraph *graph,
          const char       *id,
          const char       *kind,
          const char       *name,
          RungsFlowTexts   *texts)
{
  RungsCanvasNode *node = rungs_canvas_graph_add_node (graph, id, name);

  node->kind = g_strdup (kind);
  node->can = RUNGS_CANVAS_CAN_NOTHING;
  node->data = texts;
  node->free = texts_free;
  return node;
}

/* "Figures. What is wrong." */
static char *
describe (const RungsFlowTexts *texts)
{
  if (texts->figures != NULL && texts->fault != NULL)
    return g_strdup_printf ("%s. %s", texts->figures, texts->fault);
  return g_strdup (texts->figures ? texts->figures : texts->fault);
}

static void
add_entry (RungsCanvasGraph      *graph,
           const RungsFlowSource *source)
{
  RungsFlowTexts *texts = g_new0 (RungsFlowTexts, 1);
  g_autofree char *words = entry_words (source);
  g_autofree char *name = g_strdup_printf (_ ("Way in: %s"), words);
  RungsCanvasNode *node;

  texts->icon = g_strdup ("go-down-symbolic");
  texts->kind = g_strdup (_ ("Way in"));
  texts->words = g_steal_pointer (&words);
  texts->style = g_strdup ("entry");
  add_fault (texts, source, NULL);
  node = add_node (graph, RUNGS_FLOW_ENTRY, "entry", name, texts);
  node->can = RUNGS_CANVAS_CAN_SELECT;
  node->description = describe (texts);
}

static char *
figures_of (const RungsFlowSource *source,
            const RungsGraphStep  *step)
{
  const RungsSequenceStepCounts *count = g_hash_table_lookup (source->counts, step->id);
  const RungsStepResult *result
    = source->results ? g_hash_table_lookup (source->results, step->id) : NULL;
  g_autofree char *words = count ? rungs_step_count_words (count) : NULL;
  g_autofree char *brought = result ? rungs_step_result_words (result) : NULL;

  return brought != NULL && words != NULL ? g_strdup_printf ("%s · %s", words, brought)
                                          : g_steal_pointer (&words);
}

/* What it does; of a message also what becomes of one that is late, where it says so. */
static char *
card_words (const RungsGraphStep *step,
            RungsStepNames       *names)
{
  g_autofree char *words = rungs_step_words (step, names);
  g_autofree char *late = rungs_step_late_words (step);

  return late != NULL ? g_strdup_printf ("%s\n%s", words, late) : g_steal_pointer (&words);
}

static void
add_step (RungsCanvasGraph      *graph,
          const RungsFlowSource *source,
          const RungsGraphStep  *step)
{
  RungsFlowTexts *texts = g_new0 (RungsFlowTexts, 1);
  g_autofree char *id = rungs_flow_step_id (step->id);
  g_autofree char *name = rungs_flow_step_words (source->names, step);
  RungsCanvasNode *node;

  texts->icon = g_strdup (rungs_step_icon (step->kind));
  texts->kind = g_strdup (rungs_step_kind_words (step));
  texts->words = card_words (step, source->names);
  texts->figures = figures_of (source, step);
  texts->style = g_strdup (rungs_graph_kind_to_text (step->kind));
  add_fault (texts, source, step->id);
  node = add_node (graph, id, "step", name, texts);
  node->can = RUNGS_CANVAS_CAN_SELECT;
  if (source->is_edited)
    node->can |= RUNGS_CANVAS_CAN_MOVE | RUNGS_CANVAS_CAN_DELETE | RUNGS_CANVAS_CAN_ACCEPT;
  if (source->is_edited && step->branches->len > 0)
    node->can |= RUNGS_CANVAS_CAN_CONNECT;
  node->description = describe (texts);
}

/* ---- arrows */

/* Takes `words`. */
static void
add_mark (RungsCanvasGraph *graph,
          const char       *kind,
          const char       *style,
          const char       *from,
          const char       *way,
          const char       *name,
          char             *words)
{
  g_autofree char *id = rungs_flow_arrow_id (kind, from, way);
  RungsFlowTexts *texts = g_new0 (RungsFlowTexts, 1);

  texts->words = words;
  texts->style = g_strdup (style);
  add_node (graph, id, kind, name, texts);
}

/* An arrow, with a `+` or its name on it; to a mark of its own where the walk is finished. */
static void
add_arrow (RungsCanvasGraph      *graph,
           const RungsFlowSource *source,
           const RungsGraphStep  *from,
           const char            *way,
           const char            *target)
{
  const char *step = from ? from->id : NULL;
  g_autofree char *id = rungs_flow_arrow_id ("way", step, way);
  g_autofree char *end = target ? rungs_flow_step_id (target)
                                : rungs_flow_arrow_id ("end", step, way);
  g_autofree char *start = step ? rungs_flow_step_id (step) : g_strdup (RUNGS_FLOW_ENTRY);
  g_autofree char *place = place_words (source, step, way);
  g_autofree char *words = from ? way_words (from, way) : NULL;
  RungsCanvasEdge *edge;

  if (target == NULL)
    add_mark (graph, "end", "end", step, way, _ ("The end"), g_strdup (_ ("End")));
  if (source->is_edited || words != NULL)
    add_mark (graph, "plus", source->is_edited ? "plus" : "way", step, way, place,
              g_steal_pointer (&words));
  edge = rungs_canvas_graph_add_edge (graph, id, start, end);
  edge->can = RUNGS_CANVAS_CAN_NOTHING;
  edge->name = g_steal_pointer (&place);
}

RungsCanvasGraph *
rungs_flow_new (const RungsFlowSource *source,
                RungsGraphLayout      *layout)
{
  RungsCanvasGraph *flow = rungs_canvas_graph_new ();
  RungsGraph *graph = source->graph;
  RungsGraphStep *start = rungs_graph_find (graph, graph->start);

  add_entry (flow, source);
  for (guint i = 0; i < layout->places->len; i++)
    add_step (flow, source, ((RungsGraphPlace *) g_ptr_array_index (layout->places, i))->step);
  add_arrow (flow, source, NULL, NULL, start ? start->id : NULL);
  for (guint i = 0; i < layout->arrows->len; i++)
    {
      const RungsGraphArrow *arrow = g_ptr_array_index (layout->arrows, i);

      add_arrow (flow, source, arrow->from->step, arrow->branch->label,
                 arrow->to ? arrow->to->step->id : NULL);
    }
  if (graph->steps->len == 0 && source->is_edited)
    {
      RungsFlowTexts *texts = g_new0 (RungsFlowTexts, 1);

      texts->words = g_strdup (_ ("Drag a step from the left onto the +, click it, or press"
                                  " Insert."));
      texts->style = g_strdup ("hint");
      add_node (flow, "hint", "hint", texts->words, texts);
    }
  return flow;
}
