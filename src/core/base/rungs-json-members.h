/* rungs-json-members.h: JSON that we write: a member of an object in one call. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void rungs_json_add_text (JsonBuilder *builder,
                          const char  *member,
                          const char  *text);

void rungs_json_add_number (JsonBuilder *builder,
                            const char  *member,
                            gint64       number);

void rungs_json_add_flag (JsonBuilder *builder,
                          const char  *member,
                          gboolean     flag);

/* An array that has `text` only. */
void rungs_json_add_only (JsonBuilder *builder,
                          const char  *member,
                          const char  *text);

/* To be ended with json_builder_end_array(), or json_builder_end_object(). */
void rungs_json_begin_array (JsonBuilder *builder,
                             const char  *member);
void rungs_json_begin_object (JsonBuilder *builder,
                              const char  *member);

/* Returns: (transfer full): all that was built, in one line. */
char *rungs_json_dup (JsonBuilder *builder);

G_END_DECLS
