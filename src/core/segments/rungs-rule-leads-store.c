/* rungs-rule-leads-store.c: lists of leads of those for whom a rule holds.
 *
 * What most filters ask, one thing that is in rows ("has the tag"), is read from its rows as they
 * lie, without looking at the leads: for a tag that every second of a million leads has that is
 * some four times as quick. Everything else is one statement about the leads. */

#include "segments/rungs-rule-leads-store.h"

#include "leads/rungs-lead-match-store.h"
#include "segments/rungs-rule-node.h"

/* The only line of a resolved rule; NULL where it has several, or groups that turn it round. */
static RungsRuleNode *
get_only_line (RungsRule *rule)
{
  RungsRuleNode *node = rule->root;

  while (node->kind != RUNGS_RULE_NODE_LEAF)
    {
      if (node->kind == RUNGS_RULE_NODE_NONE || node->children->len != 1)
        return NULL;
      node = g_ptr_array_index (node->children, 0);
    }
  return node;
}

/* Whether a lead is let through by any one of the rows of the line. */
static gboolean
is_in_rows (RungsRuleNode *line)
{
  return (line->type == RUNGS_RULE_SET || line->key != NULL)
         && !g_str_equal (line->operator->name, "has_all") && rungs_rule_node_finds_by_rows (line);
}

/* A question for the rows of a line, as they lie: a lead may have several. */
static RungsStatement *
prepare_rows (RungsDb        *db,
              RungsRule      *rule,
              RungsRuleNode  *line,
              gint64          now,
              GError        **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (RungsStatement) query = NULL;

  g_string_append_printf (sql, "%s ", line->field->lead);
  rungs_rule_node_append_rows (line, sql);
  query = rungs_db_prepare (db, g_intern_string (sql->str), error);
  if (query == NULL || !rungs_rule_bind (db, rule, query, now, error))
    return NULL;
  return g_steal_pointer (&query);
}

RungsLeadSet *
rungs_rule_find_leads (RungsDb    *db,
                       RungsRule  *rule,
                       gint64      now,
                       GError    **error)
{
  g_autoptr (RungsRule) resolved = NULL;
  g_autoptr (RungsStatement) query = NULL;
  RungsRuleNode *line;

  g_return_val_if_fail (rule != NULL, NULL);

  resolved = rungs_rule_resolve (db, rule, NULL, error);
  if (resolved == NULL)
    return NULL;
  line = get_only_line (resolved);
  if (line != NULL && is_in_rows (line))
    query = prepare_rows (db, resolved, line, now, error);
  else
    query = rungs_rule_prepare (db, rule, RUNGS_RULE_FOR_MANY, "SELECT l.id FROM lead l WHERE ", "",
                                now, error);
  return query != NULL ? rungs_lead_match_read (db, query, error) : NULL;
}

RungsLeadSet *
rungs_rule_find_leads_of_json (RungsDb     *db,
                               const char  *json,
                               gint64       now,
                               GError     **error)
{
  g_autoptr (RungsRule) rule = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  rule = rungs_rule_parse (json, error);
  return rule != NULL ? rungs_rule_find_leads (db, rule, now, error) : NULL;
}

/* {"field": "lead", "op": "has", "value": "[1,2,3]"} */
char *
rungs_rule_dup_json_of_leads (const RungsLeadSet *leads)
{
  g_autoptr (JsonObject) line = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *ids = NULL;

  g_return_val_if_fail (leads != NULL, NULL);

  ids = rungs_lead_set_to_json (leads);
  json_object_set_string_member (line, "field", "lead");
  json_object_set_string_member (line, "op", "has");
  json_object_set_string_member (line, "value", ids);
  json_node_set_object (root, line);
  return json_to_string (root, FALSE);
}
