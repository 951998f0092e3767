/* rungs-rule-entry.h: where the value of a line of a rule is written or picked: what stands there
 * depends on what kind of value it is. */

#pragma once

#include <json-glib/json-glib.h>

#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

/**
 * RungsRuleEntryKind:
 * @shape: what kind of value
 * @source: from where it can be picked
 * @context: (nullable): of @source, as for rungs_rule_fields_get_values()
 * @currency: (nullable): of a number that is an amount; "": that of the business
 * @name: what a screen reader calls it
 */
typedef struct
{
  RungsRuleShape shape;
  RungsRuleSource source;
  const char *context;
  const char *currency;
  const char *name;
} RungsRuleEntryKind;

#define RUNGS_TYPE_RULE_ENTRY (rungs_rule_entry_get_type ())

/**
 * RungsRuleEntry::changed: the user changed the value.
 */
G_DECLARE_FINAL_TYPE (RungsRuleEntry, rungs_rule_entry, RUNGS, RULE_ENTRY, GtkWidget)

/* Shows `value` (nullable), as a rule has it. */
GtkWidget *rungs_rule_entry_new (RungsRuleFields          *fields,
                                 const RungsRuleEntryKind *kind,
                                 JsonNode                 *value);

/* Returns: (nullable): NULL where nothing is there, or nothing that can be understood. */
JsonNode *rungs_rule_entry_get_value (RungsRuleEntry *self);

/* Returns: (nullable): what is wrong with what was written. */
const char *rungs_rule_entry_get_fault (RungsRuleEntry *self);

/* What a line begins with, before anything is written. Returns: (transfer full) (nullable). */
JsonNode *rungs_rule_entry_first_value (RungsRuleShape shape);

G_END_DECLS
