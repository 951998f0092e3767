/* rungs-graph-path.h: single members of a graph's JSON text, by their paths: what an inspector
 * shows and edits. A path is names and, within lists, places from 0 on, parted by dots: "days",
 * "task.title", "entry.triggers.0.name". */

#pragma once

#include "sequences/rungs-graph-edit.h"

G_BEGIN_DECLS

/* What stands there, of the step `id`, or of the sequence itself where that is NULL. Returns:
 * (transfer full) (nullable): as JSON; NULL where there is nothing, or null. */
char *rungs_graph_path_get (const char *json,
                            const char *id,
                            const char *path);

/* The same for a text, whose quotation marks are taken off; NULL for anything else. */
char *rungs_graph_path_get_text (const char *json,
                                 const char *id,
                                 const char *path);

/* The same for a whole number; `fallback` for anything else. */
gint64 rungs_graph_path_get_number (const char *json,
                                    const char *id,
                                    const char *path,
                                    gint64      fallback);

/* How many elements the list there has; 0 where there is none. */
guint rungs_graph_path_count (const char *json,
                              const char *id,
                              const char *path);

/* Puts a JSON value there; NULL takes what is there out, of a list too. Objects on the way there
 * are made; a place just behind the end of a list (which is made too) adds to it. Returns:
 * (transfer full): the new text. Errors as in rungs-graph-edit.h. */
char *rungs_graph_path_set (const char  *json,
                            const char  *id,
                            const char  *path,
                            const char  *value,
                            GError     **error);

/* A text as a JSON value. */
char *rungs_graph_path_quote (const char *text);

G_END_DECLS
