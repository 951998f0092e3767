/* rungs-flow.h: a sequence as the graph of a canvas, for those who write it and those who look on.
 *
 * Its nodes are the way in ("entry"), a card for each step ("step:ID"), a small `+` on each arrow
 * ("plus:ARROW") and a mark where a walk is finished ("end:ARROW"); while there are no steps, a
 * hint ("hint"). What is dropped goes onto an arrow ("on:ARROW"), to the way in ("entry") or among
 * the goals that no arrow leads to ("goals"). An ARROW is the label of a way, a colon, and the id
 * of the step that it leaves; the one to the first step is ":".
 *
 * Where nobody edits it, there is no `+`: only ways with a name have such a node, which shows that
 * name. */

#pragma once

#include "rungs-step-names.h"
#include "sequences/rungs-sequence-store.h"
#include "widgets/rungs-canvas-graph.h"

G_BEGIN_DECLS

#define RUNGS_FLOW_ENTRY "entry"
#define RUNGS_FLOW_GOALS "goals"

/* What a node shows. */
typedef struct
{
  char *icon;    /* (owned) (nullable) */
  char *kind;    /* (owned) (nullable) */
  char *words;   /* (owned) */
  char *figures; /* (owned) (nullable) */
  char *fault;   /* (owned) (nullable): what is wrong with it */
  gboolean grave; /* it cannot be published so */
  char *style;   /* (owned): a CSS class */
} RungsFlowTexts;

/* What is drawn; all of it is lent. */
typedef struct
{
  RungsGraph *graph;
  RungsStepNames *names;
  GHashTable *counts;  /* (element-type utf8 RungsSequenceStepCounts): by step */
  GHashTable *results; /* (nullable) (element-type utf8 RungsStepResult): NULL: not known yet */
  GPtrArray *problems; /* (nullable) (element-type RungsGraphProblem) */
  gboolean is_edited;
} RungsFlowSource;

/* `layout` is that of the graph. The data of the nodes are RungsFlowTexts. */
RungsCanvasGraph *rungs_flow_new (const RungsFlowSource *source,
                                  RungsGraphLayout      *layout);

/* "step:ID" and the like. */
char *rungs_flow_step_id (const char *step);

/* The step of that node. Returns: (transfer none) (nullable): NULL where the node is none. */
const char *rungs_flow_get_step (const char *node);

/* "PREFIX:LABEL:ID". */
char *rungs_flow_arrow_id (const char *prefix,
                           const char *from,
                           const char *way);

/* Which arrow the node or place with that prefix is of: `from` is lent by `id` (nullable: the one
 * to the first step), `way` is the caller's. FALSE: it is none of those. */
gboolean rungs_flow_read_arrow (const char  *id,
                                const char  *prefix,
                                const char **from,
                                char       **way);

/* Whether it is a goal that no arrow leads to. */
gboolean rungs_flow_is_free_goal (RungsGraph     *graph,
                                  RungsGraphStep *step);

/* How people call the other two places. */
const char *rungs_flow_entry_words (void);
const char *rungs_flow_goals_words (void);

/* A step in a few words: "Message: Welcome 1". */
char *rungs_flow_step_words (RungsStepNames       *names,
                             const RungsGraphStep *step);

G_END_DECLS
