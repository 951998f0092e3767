/* rungs-wire-json.h: JSON that comes from outside, and where in it something stands. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reads JSON of anybody's, if it is safe (rungs_foreign_json_is_safe()). Bytes that are no UTF-8
 * are read as Windows-1252. Errors: INVALID. */
JsonNode *rungs_wire_json_read (const char  *bytes,
                                gsize        length,
                                GError     **error);

/* What stands at a path, nothing where nothing does:
 *
 *   data.object.id         members of objects
 *   items[0].sku           an element of an array; "[-1]" is the last one
 *   fields[key=email].value  the first element whose member "key" is "email"
 *   ""                     the whole
 *
 * A name that holds one of ". [" is written in quotes: headers."X-Id". Returns: (transfer none)
 * (nullable). */
JsonNode *rungs_wire_json_find (JsonNode   *root,
                                const char *path);

/* Texts, numbers and true or false as text: 49.9 is "49.9"; NULL for all else. */
char *rungs_wire_json_dup_text (JsonNode *node);

/* Both in one. */
char *rungs_wire_json_find_text (JsonNode   *root,
                                 const char *path);

/* ---- of a file that tells how something is read; a member of another type is not there */

/* Returns: (transfer none) (nullable). */
const char *rungs_wire_json_text (JsonObject *object,
                                  const char *member);
JsonObject *rungs_wire_json_object (JsonObject *object,
                                    const char *member);
JsonArray *rungs_wire_json_array (JsonObject *object,
                                  const char *member);

gint64 rungs_wire_json_number (JsonObject *object,
                               const char *member,
                               gint64      otherwise);

G_END_DECLS
