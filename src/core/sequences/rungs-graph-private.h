/* rungs-graph-private.h: what the files that read and check a graph share. */

#pragma once

#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

/* Adds a problem that keeps the graph from being stored. `step` may be NULL. */
void rungs_graph_refuse (GPtrArray  *problems,
                         const char *step,
                         const char *format,
                         ...) G_GNUC_PRINTF (3, 4);

/* Adds one that does not. */
void rungs_graph_note (GPtrArray  *problems,
                       const char *step,
                       const char *format,
                       ...) G_GNUC_PRINTF (3, 4);

/* Says of the problem that was added last what can be done against it. `member` may be NULL. */
void rungs_graph_blame (GPtrArray       *problems,
                        RungsGraphFault  fault,
                        const char      *member);

/* The part of rungs_graph_parse() that looks at the arrows. The start and all targets may be
 * wrong. */
void rungs_graph_check_arrows (RungsGraph *graph,
                               GPtrArray  *problems);

/* Deeper than any graph with its rules, and shallow enough for the JSON reader's stack. */
#define RUNGS_GRAPH_MAX_NESTING 100

gboolean rungs_graph_text_is_too_deep (const char *json);

/* Whether a lead that leaves the step by that branch has stood there for a time in every case. */
gboolean rungs_graph_branch_waits (const RungsGraphStep *step,
                                   guint                 branch);

/* Whether a way leads from the step back to it. */
gboolean rungs_graph_step_repeats (RungsGraph     *graph,
                                   RungsGraphStep *step);

/* The kind of event that ends the wait early (nullable). */
const char *rungs_graph_step_waits_for (const RungsGraphStep *step);

RungsGraph *rungs_graph_new (void);

RungsGraphEvent *rungs_graph_event_new (RungsGraphOn on);
void rungs_graph_event_free (RungsGraphEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsGraphEvent, rungs_graph_event_free)

RungsGraphStep *rungs_graph_step_new (const char     *id,
                                      RungsGraphKind  kind);

/* `target` NULL: the walk is finished. */
void rungs_graph_step_add_branch (RungsGraphStep *step,
                                  const char     *label,
                                  const char     *target,
                                  gint64          weight);

G_END_DECLS
