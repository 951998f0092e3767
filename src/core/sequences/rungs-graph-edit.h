/* rungs-graph-edit.h: edits of a sequence's graph (rungs-graph.h), each a function from one JSON
 * text to another: so undo without limit is a list of texts.
 *
 * Graphs may be drafts: what is missing stays missing, and what is not known is left as it is. An
 * arrow is named by the step that it leaves (`from`; NULL: it leads to the first step) and the
 * label of the way ("next", "timeout", "missing", "yes", "1", …; of no account where `from` is
 * NULL).
 *
 * No edit makes an arrow to a step that does not exist, and but for rungs_graph_edit_lead() none
 * leaves a step to which no arrow leads any more: what stood only on a way that is gone is gone
 * with it, and what would cut off all that follows is refused with CONFLICT. Other errors: INVALID
 * where a text is no JSON object, NOT_FOUND where there is no such step or arrow. */

#pragma once

#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

/* Puts a new step on an arrow; all its ways lead where the arrow did. `step` is its JSON, "kind" at
 * least. `id` is set to what it is called. */
char *rungs_graph_edit_insert (const char  *json,
                               const char  *from,
                               const char  *way,
                               const char  *step,
                               char       **id,
                               GError     **error);

/* Adds a step to which no arrow leads: a goal. */
char *rungs_graph_edit_add (const char  *json,
                            const char  *step,
                            char       **id,
                            GError     **error);

/* Removes steps; arrows to one lead to what follows it. Of a step with several ways the first one
 * is kept that has steps of its own. Ids that are none are passed over. */
char *rungs_graph_edit_remove (const char         *json,
                               const char *const  *ids,
                               GError            **error);

/* Moves a step to an arrow, with all that stands on its ways where it has several
 * (rungs-graph-region.h). */
char *rungs_graph_edit_move (const char  *json,
                             const char  *id,
                             const char  *from,
                             const char  *way,
                             GError     **error);

/* Lets an arrow lead to another step; NULL: the walk is finished there. */
char *rungs_graph_edit_lead (const char  *json,
                             const char  *from,
                             const char  *way,
                             const char  *to,
                             GError     **error);

/* The JSON of a step. */
char *rungs_graph_edit_get (const char  *json,
                            const char  *id,
                            GError     **error);

/* Gives a step other members. What is said of its ways is overlooked: those that it has already
 * lead where they led, others where its first one did. */
char *rungs_graph_edit_set (const char  *json,
                            const char  *id,
                            const char  *step,
                            GError     **error);

/* Sets a member of the sequence itself ("name", "sells", "entry") to a JSON value; NULL: leaves it
 * out. */
char *rungs_graph_edit_set_member (const char  *json,
                                   const char  *member,
                                   const char  *value,
                                   GError     **error);

/* Gives a split one more way, to where the ways join; takes one from it, "1", "2", … (two are left
 * at least: CONFLICT). */
char *rungs_graph_edit_add_branch (const char  *json,
                                   const char  *id,
                                   GError     **error);
char *rungs_graph_edit_remove_branch (const char  *json,
                                      const char  *id,
                                      const char  *way,
                                      GError     **error);

/* Returns: (transfer full): the steps as JSON, for the clipboard; NULL where there are none. */
char *rungs_graph_edit_copy (const char         *json,
                             const char *const  *ids,
                             GError            **error);

/* Puts copied steps on an arrow, in the order in which they stood, with ids of their own, which
 * `ids` is set to. Goals without an arrow are added without one. Ways that led elsewhere lead to
 * what follows. INVALID too where the text is something else. */
char *rungs_graph_edit_paste (const char   *json,
                              const char   *copied,
                              const char   *from,
                              const char   *way,
                              char       ***ids,
                              GError      **error);

G_END_DECLS
