/* rungs-graph-text.h: the JSON text of a graph, opened to be edited: what rungs-graph-edit.c and
 * rungs-graph-paste.c share. What they do not know is left as it is. */

#pragma once

#include <json-glib/json-glib.h>

#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

typedef struct
{
  JsonNode *root;     /* (owned) */
  JsonObject *object; /* the sequence; lent by the root */
  JsonObject *steps;  /* by id; lent by the root */
  RungsGraph *graph;  /* (owned): as it was read last */
} RungsGraphText;

/* Errors: INVALID where it is no JSON object. */
RungsGraphText *rungs_graph_text_open (const char  *json,
                                       GError     **error);
void rungs_graph_text_free (RungsGraphText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsGraphText, rungs_graph_text_free)

/* Reads `graph` anew: the text was edited. */
void rungs_graph_text_read (RungsGraphText *self);

/* Returns: (transfer full): the text as it is now, without space, as drafts and versions are
 * kept. */
char *rungs_graph_text_dup (RungsGraphText *self);

/* An id that no step has, nor is likely to have had: who waits at a step that was removed must not
 * be taken for one that waits at a new one. */
char *rungs_graph_text_make_id (RungsGraphText *self,
                                const char     *kind);

/* The step of that id. Returns: (transfer none) (nullable): NULL with NOT_FOUND. */
JsonObject *rungs_graph_text_find (RungsGraphText  *self,
                                   const char      *id,
                                   GError         **error);

/* Returns: (transfer full): the labels of the ways out of the step. */
char **rungs_graph_step_ways (JsonObject *step);

/* Where a way out of it leads. Returns: (transfer none) (nullable) */
const char *rungs_graph_step_get_way (JsonObject *step,
                                      const char *way);

/* Lets it lead there; NULL: the walk is finished. */
void rungs_graph_step_set_way (JsonObject *step,
                               const char *way,
                               const char *target);

/* The same of an arrow: `from` NULL is the one to the first step. */
void rungs_graph_text_lead (RungsGraphText *self,
                            const char     *from,
                            const char     *way,
                            const char     *target);

/* All arrows that lead to `id` lead to `target` (nullable) from now on, but those that leave steps
 * of `without` (nullable: a set of ids). */
void rungs_graph_text_divert (RungsGraphText *self,
                              const char     *id,
                              const char     *target,
                              GHashTable     *without);

/* A copy of a JSON object; NULL with INVALID where the text is none. */
JsonNode *rungs_graph_text_parse_object (const char  *json,
                                         GError     **error);

G_END_DECLS
