/* rungs-lead-chips.c: what narrows the list of leads: chips, which are lines of one rule. */

#include "rungs-lead-chips.h"

#include <json-glib/json-glib.h>

#include "segments/rungs-field-table.h"

/* The order in which they are offered. */
static const char *const FIELDS[] = {
  "source",   "tag",           "lifecycle", "owns",   "next_offer",
  "sequence", "consent_state", "segment",   "import", NULL,
};

RungsLeadChip *
rungs_lead_chip_new (const char *field)
{
  RungsLeadChip *self = g_new0 (RungsLeadChip, 1);

  self->field = g_strdup (field);
  self->values = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rungs_lead_chip_free (RungsLeadChip *self)
{
  g_free (self->field);
  g_free (self->rule);
  g_ptr_array_unref (self->values);
  g_free (self);
}

gboolean
rungs_lead_chip_asks (const RungsLeadChip *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->rule != NULL || self->values->len > 0;
}

static guint
find_value (const RungsLeadChip *self,
            const char          *value)
{
  guint i = 0;

  while (i < self->values->len && !g_str_equal (g_ptr_array_index (self->values, i), value))
    i++;
  return i;
}

gboolean
rungs_lead_chip_has (const RungsLeadChip *self,
                     const char          *value)
{
  g_return_val_if_fail (self != NULL && value != NULL, FALSE);

  return find_value (self, value) < self->values->len;
}

void
rungs_lead_chip_toggle (RungsLeadChip *self,
                        const char    *value)
{
  g_return_if_fail (self != NULL && value != NULL);

  if (rungs_lead_chip_has (self, value))
    g_ptr_array_remove_index (self->values, find_value (self, value));
  else
    g_ptr_array_add (self->values, g_strdup (value));
}

const char *const *
rungs_lead_chips_fields (void)
{
  return FIELDS;
}

/* ---- to a rule */

static gboolean
is_set (const char *field)
{
  return rungs_field_table_find (field)->type == RUNGS_RULE_SET;
}

/* One name is asked for as a person would write it, several as a list. */
static const char *
operator_of (const RungsLeadChip *chip)
{
  gboolean several = chip->values->len > 1;

  if (is_set (chip->field))
    return several ? (chip->negated ? "has_none" : "has_any") : chip->negated ? "has_not" : "has";
  return several ? (chip->negated ? "not_in" : "in") : chip->negated ? "is_not" : "is";
}

static JsonNode *
line_of (const RungsLeadChip *chip)
{
  g_autoptr (JsonObject) line = NULL;
  JsonArray *values;

  if (chip->rule != NULL)
    return json_from_string (chip->rule, NULL);
  line = json_object_new ();
  json_object_set_string_member (line, "field", chip->field);
  json_object_set_string_member (line, "op", operator_of (chip));
  if (chip->values->len == 1)
    {
      json_object_set_string_member (line, "value", g_ptr_array_index (chip->values, 0));
      return json_node_init_object (json_node_alloc (), line);
    }
  values = json_array_new ();
  for (guint i = 0; i < chip->values->len; i++)
    json_array_add_string_element (values, g_ptr_array_index (chip->values, i));
  json_object_set_array_member (line, "value", values);
  return json_node_init_object (json_node_alloc (), line);
}

char *
rungs_lead_chips_to_rule (GPtrArray *chips)
{
  g_autoptr (JsonObject) group = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonArray *lines = json_array_new ();

  g_return_val_if_fail (chips != NULL, NULL);

  json_object_set_array_member (group, "all", lines);
  for (guint i = 0; i < chips->len; i++)
    {
      const RungsLeadChip *chip = g_ptr_array_index (chips, i);
      JsonNode *line = rungs_lead_chip_asks (chip) ? line_of (chip) : NULL;

      if (line != NULL)
        json_array_add_element (lines, line);
    }
  if (json_array_get_length (lines) == 0)
    return NULL;
  node = json_node_init_object (json_node_alloc (), group);
  return json_to_string (node, FALSE);
}

/* ---- from a rule */

/* Whether a chip can say what the operator says; `negated` (out). */
static gboolean
read_operator (const char *op,
               gboolean   *negated)
{
  static const struct
  {
    const char *op;
    gboolean negated;
  } operators[] = {
    { "has", FALSE }, { "has_any", FALSE },  { "is", FALSE },    { "in", FALSE },
    { "has_not", TRUE }, { "has_none", TRUE }, { "is_not", TRUE }, { "not_in", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_strcmp0 (op, operators[i].op) == 0)
      {
        *negated = operators[i].negated;
        return TRUE;
      }
  return FALSE;
}

static void
read_values (RungsLeadChip *chip,
             JsonNode      *value)
{
  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonArray *texts = json_node_get_array (value);

      for (guint i = 0; i < json_array_get_length (texts); i++)
        read_values (chip, json_array_get_element (texts, i));
    }
  else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
           && !rungs_lead_chip_has (chip, json_node_get_string (value)))
    g_ptr_array_add (chip->values, g_strdup (json_node_get_string (value)));
}

/* Returns: (nullable): NULL where the line is not as simple as a chip with names. */
static RungsLeadChip *
read_names (JsonNode *line)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (line) ? json_node_get_object (line) : NULL;
  g_autoptr (RungsLeadChip) chip = NULL;
  const char *field;

  if (object == NULL || json_object_get_size (object) != 3
      || !json_object_has_member (object, "value"))
    return NULL;
  field = json_object_get_string_member_with_default (object, "field", "");
  if (!g_strv_contains (FIELDS, field))
    return NULL;
  chip = rungs_lead_chip_new (field);
  if (!read_operator (json_object_get_string_member_with_default (object, "op", ""),
                      &chip->negated))
    return NULL;
  read_values (chip, json_object_get_member (object, "value"));
  return chip->values->len > 0 ? g_steal_pointer (&chip) : NULL;
}

static RungsLeadChip *
read_chip (JsonNode *line)
{
  RungsLeadChip *chip = read_names (line);

  if (chip != NULL)
    return chip;
  chip = rungs_lead_chip_new (NULL);
  chip->rule = json_to_string (line, FALSE);
  return chip;
}

GPtrArray *
rungs_lead_chips_from_rule (const char *rule)
{
  GPtrArray *chips = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_chip_free);
  g_autoptr (JsonNode) root = rule ? json_from_string (rule, NULL) : NULL;
  JsonObject *object
    = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *all = object ? json_object_get_member (object, "all") : NULL;
  JsonArray *lines = all && JSON_NODE_HOLDS_ARRAY (all) ? json_node_get_array (all) : NULL;

  if (object != NULL && lines == NULL)
    g_ptr_array_add (chips, read_chip (root));
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    g_ptr_array_add (chips, read_chip (json_array_get_element (lines, i)));
  return chips;
}
