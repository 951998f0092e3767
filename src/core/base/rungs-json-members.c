/* rungs-json-members.c: JSON that we write: a member of an object in one call. */

#include "base/rungs-json-members.h"

void
rungs_json_add_text (JsonBuilder *builder,
                     const char  *member,
                     const char  *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

void
rungs_json_add_number (JsonBuilder *builder,
                       const char  *member,
                       gint64       number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

void
rungs_json_add_flag (JsonBuilder *builder,
                     const char  *member,
                     gboolean     flag)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, flag);
}

void
rungs_json_add_only (JsonBuilder *builder,
                     const char  *member,
                     const char  *text)
{
  rungs_json_begin_array (builder, member);
  json_builder_add_string_value (builder, text);
  json_builder_end_array (builder);
}

void
rungs_json_begin_array (JsonBuilder *builder,
                        const char  *member)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
}

void
rungs_json_begin_object (JsonBuilder *builder,
                         const char  *member)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
}

char *
rungs_json_dup (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}
