/* rungs-foreign-json.h: JSON that somebody else wrote: an answer of a server, a delivery. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Deeper than anything that is meant well. */
#define RUNGS_FOREIGN_JSON_DEPTH 64

/* Whether JSON outside of texts is nested at most RUNGS_FOREIGN_JSON_DEPTH deep, and nothing stands
 * there that JSON does not have: json-glib before 1.10 follows any depth until the stack ends, and
 * lets comments and texts in single quotes pass, in which a text may seem to begin. */
gboolean rungs_foreign_json_is_safe (const char *bytes,
                                     gsize       length);

/* Returns: (transfer full): the object that the bytes are. Errors: INVALID: not UTF-8, not JSON,
 * not an object, or not safe. */
JsonObject *rungs_foreign_json_parse (const char  *bytes,
                                      gsize        length,
                                      GError     **error);

/* Returns: (transfer none) (nullable): the text of a member; NULL where it is missing or none. */
const char *rungs_foreign_json_get_text (JsonObject *object,
                                         const char *member);

/* The whole number of a member, which may be written as a text, as some servers do; `fallback`
 * where it is missing or none. */
gint64 rungs_foreign_json_get_number (JsonObject *object,
                                      const char *member,
                                      gint64      fallback);

G_END_DECLS
