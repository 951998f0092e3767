/* rungs-rule-node.h: a rule as a tree, for the files of this folder. */

#pragma once

#include "db/rungs-statement.h"
#include "segments/rungs-field-table.h"
#include "segments/rungs-rule.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_RULE_NODE_ALL,
  RUNGS_RULE_NODE_ANY,
  RUNGS_RULE_NODE_NONE,
  RUNGS_RULE_NODE_LEAF,
} RungsRuleKind;

/* One value: its text, and as a number where its shape is one (days, yes or no). */
typedef struct
{
  char *text;
  gint64 number;
} RungsRuleValue;

typedef struct
{
  RungsRuleKind kind;
  GPtrArray *children; /* (owned) (nullable): RungsRuleNode; NULL of a leaf */

  const RungsRuleField *field;
  char *name; /* (owned): the field as the rule names it */
  const char *key; /* (nullable): of a custom field, inside `name` */
  const RungsRuleOperator *operator;
  RungsRuleType type; /* that the operator compares; never CUSTOM */
  GPtrArray *values; /* (owned): RungsRuleValue */
  guint first; /* number of the first parameter: :v0, :v1, … */
  int key_parameter; /* number of the key's parameter; -1: no custom field */
} RungsRuleNode;

struct _RungsRule
{
  RungsRuleNode *root;
  GPtrArray *leaves; /* (owned): RungsRuleNode, in order; the nodes belong to `root` */
  guint n_parameters;
  gboolean has_dates; /* some value is a local date or time */

  gsize sql_for_one; /* made when it is first needed: a const char * */
  GMutex lock;       /* of what follows: the zone that was needed last */
  char *zone_name;   /* (owned) (nullable) */
  GTimeZone *zone;   /* (owned) (nullable) */
};

char *rungs_rule_node_describe (RungsRuleNode *node);

/* The values joined by ", ". */
char *rungs_rule_node_dup_values (RungsRuleNode *node);

/* A statement of the program's own with the rule, about the lead `l`, between `head` and `tail`:
 * "… FROM lead l WHERE " and " ORDER BY l.id". The values of the rule are bound. */
RungsStatement *rungs_rule_prepare (RungsDb     *db,
                                    RungsRule   *rule,
                                    const char  *head,
                                    const char  *tail,
                                    gint64       now,
                                    GError     **error);

G_END_DECLS
