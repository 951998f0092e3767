/* rungs-jmap-json.h: reads JSON that may be anything: what is missing or of another type is told by
 * NULL or 0, and never fatal. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): an object. Errors: INVALID where the bytes are no JSON object, or one
 * that is nested deeper than anything sensible. */
JsonObject *rungs_jmap_json_parse (GBytes  *bytes,
                                   GError **error);

/* Returns: (transfer full): one line. */
char *rungs_jmap_json_to_text (JsonObject *object);

/* Members of `object` (nullable), lent; NULL or 0 where there is none of that type. */
JsonObject *rungs_jmap_json_get_object (JsonObject *object,
                                        const char *name);
JsonArray *rungs_jmap_json_get_array (JsonObject *object,
                                      const char *name);
const char *rungs_jmap_json_get_text (JsonObject *object,
                                      const char *name);
gint64 rungs_jmap_json_get_int (JsonObject *object,
                                const char *name);
gboolean rungs_jmap_json_get_flag (JsonObject *object,
                                   const char *name);

/* Elements of `array` (nullable), lent. */
guint rungs_jmap_json_get_length (JsonArray *array);
JsonObject *rungs_jmap_json_get_object_at (JsonArray *array,
                                           guint      index);
const char *rungs_jmap_json_get_text_at (JsonArray *array,
                                         guint      index);

/* Returns: (transfer full): {"name": true}, as JMAP writes sets. */
JsonObject *rungs_jmap_json_new_set (const char *name);

/* Returns: (transfer full): the strings up to a NULL. */
JsonArray *rungs_jmap_json_new_list (const char *first,
                                     ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
