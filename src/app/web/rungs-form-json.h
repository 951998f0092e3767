/* rungs-form-json.h: single members of what defines a form, which is JSON, by their paths. A path
 * is names and, within lists, places from 0 on, parted by dots: "consent.wording",
 * "fields.2.label". */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What stands there. Returns: (transfer none) (nullable): NULL where there is nothing, or null. */
JsonNode *rungs_form_json_find (JsonNode   *root,
                                const char *path);

/* The same for a text; "" for anything else. Lent by `root`. */
const char *rungs_form_json_get_text (JsonNode   *root,
                                      const char *path);

/* The same for a whole number, and for yes or no; `fallback` for anything else. */
gint64 rungs_form_json_get_number (JsonNode   *root,
                                   const char *path,
                                   gint64      fallback);
gboolean rungs_form_json_get_flag (JsonNode   *root,
                                   const char *path,
                                   gboolean    fallback);

/* How many elements the list there has; 0 where there is none. */
guint rungs_form_json_count (JsonNode   *root,
                             const char *path);

/* Puts a value there, which is taken; NULL takes what is there out, of a list too. Objects on the
 * way there are made. */
void rungs_form_json_put (JsonNode   *root,
                          const char *path,
                          JsonNode   *value);

/* Puts a value, which is taken, into the list there, which is made: before what stands at `place`,
 * or at its end. */
void rungs_form_json_insert (JsonNode   *root,
                             const char *path,
                             guint       place,
                             JsonNode   *value);

/* Moves what stands at `from` of the list there to `to`. */
void rungs_form_json_move (JsonNode   *root,
                           const char *path,
                           guint       from,
                           guint       to);

/* A copy that shares nothing with it. */
JsonNode *rungs_form_json_copy (JsonNode *node);

/* Values. */
JsonNode *rungs_form_json_text (const char *text);
JsonNode *rungs_form_json_number (gint64 number);
JsonNode *rungs_form_json_flag (gboolean flag);

G_END_DECLS
