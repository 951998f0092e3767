/* rungs-segment-view.c: a segment and a rule as the commands name and show them. */

#include "rungs-segment-view.h"

#include "base/rungs-error.h"
#include "rungs-text-file.h"
#include "segments/rungs-segment-member-store.h"

char *
rungs_rule_option_dup (RungsInvocation  *call,
                       GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "rule", "");

  if (*text == '@')
    return rungs_text_file_read (text + 1, error);
  return g_str_equal (text, "-") ? rungs_text_file_read (text, error) : g_strdup (text);
}

RungsRule *
rungs_rule_option_check (RungsDb     *db,
                         const char  *json,
                         GError     **error)
{
  g_autoptr (RungsRule) rule = rungs_rule_parse (json, error);
  g_autoptr (GPtrArray) faults = rule ? rungs_rule_check (db, rule, FALSE, error) : NULL;

  if (faults == NULL)
    return NULL;
  if (faults->len == 0)
    return g_steal_pointer (&rule);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, g_ptr_array_index (faults, 0));
  return NULL;
}

RungsRule *
rungs_rule_option_load (RungsInvocation  *call,
                        RungsDb          *db,
                        GError          **error)
{
  g_autofree char *json = rungs_rule_option_dup (call, error);

  return json ? rungs_rule_option_check (db, json, error) : NULL;
}

/* What the rule asks for and the file does not hold, a sentence each. */
static gboolean
add_missing (JsonArray  *missing,
             RungsDb    *db,
             RungsRule  *rule,
             GError    **error)
{
  g_autoptr (GPtrArray) wrong = rungs_rule_check (db, rule, FALSE, error);
  g_autoptr (GPtrArray) unknown = wrong ? rungs_rule_check (db, rule, TRUE, error) : NULL;

  if (unknown == NULL)
    return FALSE;
  for (guint i = 0; i < wrong->len; i++)
    json_array_add_string_element (missing, g_ptr_array_index (wrong, i));
  for (guint i = 0; i < unknown->len; i++)
    json_array_add_string_element (missing, g_ptr_array_index (unknown, i));
  return TRUE;
}

static gboolean
set_words (JsonObject          *row,
           RungsDb             *db,
           const RungsSegment  *segment,
           GError             **error)
{
  g_autoptr (RungsRule) rule = segment->rule ? rungs_rule_parse (segment->rule, error) : NULL;
  g_autofree char *words = rule ? rungs_rule_describe (rule) : NULL;
  JsonArray *missing;

  rungs_row_set_text (row, "words", words);
  missing = rungs_row_set_array (row, "missing");
  if (rule == NULL)
    return segment->rule == NULL;
  return add_missing (missing, db, rule, error);
}

JsonObject *
rungs_segment_to_row (RungsInvocation     *call,
                      RungsDb             *db,
                      const RungsSegment  *segment,
                      GError             **error)
{
  g_autoptr (JsonObject) row = rungs_row_new ();
  gint64 leads = 0;

  if (!rungs_segment_count (db, segment, rungs_invocation_get_now (call), &leads, error))
    return NULL;
  rungs_row_set_number (row, "id", segment->id);
  rungs_row_set_text (row, "key", segment->key);
  rungs_row_set_text (row, "name", segment->name);
  rungs_row_set_text (row, "description", segment->description);
  rungs_row_set_text (row, "kind", rungs_segment_kind_to_text (segment->kind));
  if (segment->rule != NULL)
    rungs_row_set_json (row, "rule", segment->rule);
  else
    rungs_row_set_text (row, "rule", NULL);
  if (!set_words (row, db, segment, error))
    return NULL;
  rungs_row_set_number (row, "leads", leads);
  rungs_row_set_flag (row, "watched", segment->watched);
  rungs_row_set_time (row, "created_at", segment->created_at);
  rungs_row_set_time (row, "updated_at", segment->updated_at);
  rungs_row_set_time (row, "archived_at", segment->archived_at);
  return g_steal_pointer (&row);
}
