/* rungs-rule-tree.c: a rule while it is edited. */

#include "rungs-rule-tree.h"

#include "segments/rungs-rule.h"

static const char *const NAMES[] = { "all", "any", "none" };

static void
part_free (RungsRulePart *part)
{
  g_clear_pointer (&part->children, g_ptr_array_unref);
  g_clear_pointer (&part->line, json_object_unref);
  g_free (part);
}

static RungsRulePart *
part_new (RungsRulePartKind kind,
          guint             id)
{
  RungsRulePart *part = g_new0 (RungsRulePart, 1);

  part->kind = kind;
  part->id = id;
  if (kind == RUNGS_RULE_PART_LINE)
    part->line = json_object_new ();
  else
    part->children = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  return part;
}

static void
insert (RungsRulePart *group,
        guint          position,
        RungsRulePart *part)
{
  part->parent = group;
  g_ptr_array_insert (group->children, (int) MIN (position, group->children->len), part);
}

/* Out of its group, which does not free it. */
static RungsRulePart *
steal (RungsRulePart *part)
{
  RungsRulePart *stolen
    = g_ptr_array_steal_index (part->parent->children, rungs_rule_part_get_position (part));

  stolen->parent = NULL;
  return stolen;
}

/* What the members hold is never changed, only replaced: so both may hold it. */
static JsonObject *
copy_line (JsonObject *line)
{
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (line);

  for (GList *member = members; member != NULL; member = member->next)
    json_object_set_member (copy, member->data,
                            json_node_copy (json_object_get_member (line, member->data)));
  return copy;
}

/* ---- JSON */

static gboolean
group_of_object (JsonObject         *object,
                 RungsRulePartKind  *kind,
                 JsonArray         **children)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      JsonNode *member = json_object_get_member (object, NAMES[i]);

      if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
        continue;
      *kind = (RungsRulePartKind) i;
      *children = json_node_get_array (member);
      return TRUE;
    }
  return FALSE;
}

static RungsRulePart *
read_part (RungsRuleTree *self,
           JsonNode      *json)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  RungsRulePartKind kind = RUNGS_RULE_PART_LINE;
  JsonArray *children = NULL;
  RungsRulePart *part;

  if (object == NULL || !group_of_object (object, &kind, &children))
    {
      part = part_new (RUNGS_RULE_PART_LINE, ++self->last_id);
      if (object != NULL)
        {
          json_object_unref (part->line);
          part->line = copy_line (object);
        }
      return part;
    }

  part = part_new (kind, ++self->last_id);
  for (guint i = 0; i < json_array_get_length (children); i++)
    insert (part, G_MAXUINT, read_part (self, json_array_get_element (children, i)));
  return part;
}

/* Returns: (nullable): NULL where only what is finished is wanted and nothing is. */
static JsonNode *
write_part (const RungsRulePart *part,
            gboolean             finished)
{
  g_autoptr (JsonObject) object = NULL;
  JsonArray *children;

  if (part->kind == RUNGS_RULE_PART_LINE)
    {
      g_autofree char *rule = finished ? rungs_rule_part_to_rule (part) : NULL;

      if (finished && rule == NULL)
        return NULL;
      object = copy_line (part->line);
      return json_node_init_object (json_node_alloc (), object);
    }

  object = json_object_new ();
  children = json_array_new ();
  json_object_set_array_member (object, NAMES[part->kind], children);
  for (guint i = 0; i < part->children->len; i++)
    {
      JsonNode *child = write_part (g_ptr_array_index (part->children, i), finished);

      if (child != NULL)
        json_array_add_element (children, child);
    }
  if (finished && part->parent != NULL && json_array_get_length (children) == 0)
    return NULL;
  return json_node_init_object (json_node_alloc (), object);
}

/* A root "any" or "none" in which nothing is finished asks nothing: every lead. */
static char *
write_tree (const RungsRuleTree *self,
            gboolean             finished)
{
  g_autoptr (JsonNode) json = write_part (self->root, finished);
  g_autofree char *text = json_to_string (json, FALSE);

  if (finished && (g_str_equal (text, "{\"any\":[]}") || g_str_equal (text, "{\"none\":[]}")))
    return g_strdup ("{\"all\":[]}");
  return g_steal_pointer (&text);
}

RungsRuleTree *
rungs_rule_tree_new (const char  *json,
                     GError     **error)
{
  g_autoptr (RungsRuleTree) self = g_new0 (RungsRuleTree, 1);
  g_autoptr (JsonNode) node = json_from_string (json ? json : "{\"all\":[]}", error);
  RungsRulePart *part;

  if (node == NULL)
    return NULL;
  part = read_part (self, node);
  if (rungs_rule_part_is_group (part))
    {
      self->root = part;
    }
  else
    {
      self->root = part_new (RUNGS_RULE_PART_ALL, ++self->last_id);
      insert (self->root, 0, part);
    }
  return g_steal_pointer (&self);
}

static RungsRulePart *
part_copy (const RungsRulePart *part)
{
  RungsRulePart *copy = part_new (part->kind, part->id);

  if (part->line != NULL)
    {
      json_object_unref (copy->line);
      copy->line = copy_line (part->line);
    }
  for (guint i = 0; part->children != NULL && i < part->children->len; i++)
    insert (copy, G_MAXUINT, part_copy (g_ptr_array_index (part->children, i)));
  return copy;
}

RungsRuleTree *
rungs_rule_tree_copy (const RungsRuleTree *self)
{
  RungsRuleTree *copy = g_new0 (RungsRuleTree, 1);

  g_return_val_if_fail (self != NULL, NULL);

  copy->root = part_copy (self->root);
  copy->last_id = self->last_id;
  return copy;
}

void
rungs_rule_tree_free (RungsRuleTree *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->root, part_free);
  g_free (self);
}

char *
rungs_rule_tree_to_json (const RungsRuleTree *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return write_tree (self, FALSE);
}

char *
rungs_rule_tree_to_rule (const RungsRuleTree *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return write_tree (self, TRUE);
}

gboolean
rungs_rule_tree_is_finished (const RungsRuleTree *self)
{
  g_autofree char *all = rungs_rule_tree_to_json (self);
  g_autofree char *finished = rungs_rule_tree_to_rule (self);

  return g_str_equal (all, finished);
}

/* ---- looking */

static RungsRulePart *
find (RungsRulePart *part,
      guint          id)
{
  RungsRulePart *found = part->id == id ? part : NULL;

  for (guint i = 0; found == NULL && part->children != NULL && i < part->children->len; i++)
    found = find (g_ptr_array_index (part->children, i), id);
  return found;
}

RungsRulePart *
rungs_rule_tree_find (const RungsRuleTree *self,
                      guint                id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return find (self->root, id);
}

static void
collect (RungsRulePart *part,
         GPtrArray     *lines)
{
  if (part->kind == RUNGS_RULE_PART_LINE)
    g_ptr_array_add (lines, part);
  for (guint i = 0; part->children != NULL && i < part->children->len; i++)
    collect (g_ptr_array_index (part->children, i), lines);
}

GPtrArray *
rungs_rule_tree_lines (const RungsRuleTree *self)
{
  GPtrArray *lines = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, lines);

  collect (self->root, lines);
  return lines;
}

gboolean
rungs_rule_part_is_group (const RungsRulePart *part)
{
  return part->kind != RUNGS_RULE_PART_LINE;
}

guint
rungs_rule_part_get_position (const RungsRulePart *part)
{
  guint position = 0;

  if (part->parent != NULL)
    g_ptr_array_find (part->parent->children, part, &position);
  return position;
}

guint
rungs_rule_part_get_depth (const RungsRulePart *part)
{
  guint depth = 0;

  for (const RungsRulePart *group = part->parent; group != NULL; group = group->parent)
    depth++;
  return depth;
}

char *
rungs_rule_part_to_rule (const RungsRulePart *part)
{
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (RungsRule) rule = NULL;

  g_return_val_if_fail (part != NULL && part->kind == RUNGS_RULE_PART_LINE, NULL);

  if (rungs_rule_part_get_text (part, "field") == NULL)
    return NULL;
  json = json_node_init_object (json_node_alloc (), part->line);
  rule = rungs_rule_new_from_json (json, NULL);
  return rule ? json_to_string (json, FALSE) : NULL;
}

/* ---- changing */

RungsRulePart *
rungs_rule_tree_add (RungsRuleTree     *self,
                     RungsRulePart     *group,
                     guint              position,
                     RungsRulePartKind  kind)
{
  RungsRulePart *part;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (group != NULL && rungs_rule_part_is_group (group), NULL);

  part = part_new (kind, ++self->last_id);
  insert (group, position, part);
  return part;
}

void
rungs_rule_tree_remove (RungsRuleTree *self,
                        RungsRulePart *part)
{
  g_return_if_fail (self != NULL && part != NULL);

  if (part != self->root)
    part_free (steal (part));
}

gboolean
rungs_rule_tree_move (RungsRuleTree *self,
                      RungsRulePart *part,
                      RungsRulePart *group,
                      guint          position)
{
  guint old = 0;

  g_return_val_if_fail (self != NULL && part != NULL && group != NULL, FALSE);

  if (part == self->root || !rungs_rule_part_is_group (group))
    return FALSE;
  for (RungsRulePart *around = group; around != NULL; around = around->parent)
    if (around == part)
      return FALSE;
  old = rungs_rule_part_get_position (part);
  if (group == part->parent && (position == old || position == old + 1))
    return FALSE;
  if (group == part->parent && position > old)
    position--;
  insert (group, position, steal (part));
  return TRUE;
}

gboolean
rungs_rule_tree_move_up (RungsRuleTree *self,
                         RungsRulePart *part)
{
  guint position = rungs_rule_part_get_position (part);
  RungsRulePart *before;

  if (part->parent == NULL)
    return FALSE;
  if (position == 0)
    return part->parent->parent != NULL
           && rungs_rule_tree_move (self, part, part->parent->parent,
                                    rungs_rule_part_get_position (part->parent));
  before = g_ptr_array_index (part->parent->children, position - 1);
  if (rungs_rule_part_is_group (before) && !rungs_rule_part_is_group (part))
    return rungs_rule_tree_move (self, part, before, before->children->len);
  return rungs_rule_tree_move (self, part, part->parent, position - 1);
}

gboolean
rungs_rule_tree_move_down (RungsRuleTree *self,
                           RungsRulePart *part)
{
  guint position = rungs_rule_part_get_position (part);
  RungsRulePart *after;

  if (part->parent == NULL)
    return FALSE;
  if (position + 1 == part->parent->children->len)
    return rungs_rule_tree_move_out (self, part);
  after = g_ptr_array_index (part->parent->children, position + 1);
  if (rungs_rule_part_is_group (after) && !rungs_rule_part_is_group (part))
    return rungs_rule_tree_move (self, part, after, 0);
  return rungs_rule_tree_move (self, part, part->parent, position + 2);
}

gboolean
rungs_rule_tree_move_out (RungsRuleTree *self,
                          RungsRulePart *part)
{
  return part->parent != NULL && part->parent->parent != NULL
         && rungs_rule_tree_move (self, part, part->parent->parent,
                                  rungs_rule_part_get_position (part->parent) + 1);
}

gboolean
rungs_rule_tree_wrap (RungsRuleTree *self,
                      RungsRulePart *part)
{
  RungsRulePart *group;

  if (part->parent == NULL)
    return FALSE;
  group = rungs_rule_tree_add (self, part->parent, rungs_rule_part_get_position (part),
                               part->parent->kind == RUNGS_RULE_PART_ANY ? RUNGS_RULE_PART_ALL
                                                                         : RUNGS_RULE_PART_ANY);
  return rungs_rule_tree_move (self, part, group, 0);
}

JsonNode *
rungs_rule_part_get (const RungsRulePart *part,
                     const char          *member)
{
  g_return_val_if_fail (part != NULL, NULL);

  return part->line ? json_object_get_member (part->line, member) : NULL;
}

const char *
rungs_rule_part_get_text (const RungsRulePart *part,
                          const char          *member)
{
  JsonNode *value = rungs_rule_part_get (part, member);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value)
                 && json_node_get_value_type (value) == G_TYPE_STRING
             ? json_node_get_string (value)
             : NULL;
}

void
rungs_rule_part_set (RungsRulePart *part,
                     const char    *member,
                     JsonNode      *value)
{
  g_return_if_fail (part != NULL && part->line != NULL);

  if (value != NULL)
    json_object_set_member (part->line, member, value);
  else if (json_object_has_member (part->line, member))
    json_object_remove_member (part->line, member);
}

void
rungs_rule_part_begin (RungsRulePart *part,
                       const char    *field,
                       const char    *op)
{
  g_return_if_fail (part != NULL && part->line != NULL);

  json_object_unref (part->line);
  part->line = json_object_new ();
  json_object_set_string_member (part->line, "field", field);
  json_object_set_string_member (part->line, "op", op);
}

void
rungs_rule_part_copy_line (RungsRulePart       *part,
                           const RungsRulePart *other)
{
  g_return_if_fail (part != NULL && part->line != NULL);
  g_return_if_fail (other != NULL && other->line != NULL);

  json_object_unref (part->line);
  part->line = copy_line (other->line);
}
