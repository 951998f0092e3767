/* rungs-rule-tree.h: a rule while it is edited: a tree that may be unfinished.
 *
 * Each part of it, a line or a group, has a number that stays the same when it is moved and when a
 * change is taken back, so that the keys find it again. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RungsRulePartKind:
 * @RUNGS_RULE_PART_ALL: a group: every one must hold
 * @RUNGS_RULE_PART_ANY: a group: at least one must hold
 * @RUNGS_RULE_PART_NONE: a group: not one may hold
 * @RUNGS_RULE_PART_LINE: a line: field, operator, value
 */
typedef enum
{
  RUNGS_RULE_PART_ALL,
  RUNGS_RULE_PART_ANY,
  RUNGS_RULE_PART_NONE,
  RUNGS_RULE_PART_LINE,
} RungsRulePartKind;

typedef struct _RungsRulePart RungsRulePart;

struct _RungsRulePart
{
  guint id;
  RungsRulePartKind kind;
  RungsRulePart *parent; /* (nullable): NULL of the root */
  GPtrArray *children;   /* (owned) (nullable) (element-type RungsRulePart): NULL of a line */
  JsonObject *line;      /* (owned) (nullable): field, op, value and parameters, as a rule has them,
                          * as far as they are there; NULL of a group */
};

typedef struct
{
  RungsRulePart *root; /* (owned): a group */
  guint last_id;
} RungsRuleTree;

/* A rule as JSON; NULL: a group "all" with nothing in it. A rule that is one line becomes a group
 * with that line. Errors: those of JSON; what the rule says is not checked. */
RungsRuleTree *rungs_rule_tree_new (const char  *json,
                                    GError     **error);
RungsRuleTree *rungs_rule_tree_copy (const RungsRuleTree *self);
void rungs_rule_tree_free (RungsRuleTree *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRuleTree, rungs_rule_tree_free)

/* The rule as JSON, all that is there; or only what is finished: then lines that are not, and
 * groups in which nothing is left, are left out. */
char *rungs_rule_tree_to_json (const RungsRuleTree *self);
char *rungs_rule_tree_to_rule (const RungsRuleTree *self);

/* Whether anything that is needed is missing. */
gboolean rungs_rule_tree_is_finished (const RungsRuleTree *self);

/* Returns: (nullable): the part with that number. */
RungsRulePart *rungs_rule_tree_find (const RungsRuleTree *self,
                                     guint                id);

/* Every line, in order. Returns: (transfer container). */
GPtrArray *rungs_rule_tree_lines (const RungsRuleTree *self);

/* Adds an empty line, or an empty group, to `group` at `position` (past the end: last). */
RungsRulePart *rungs_rule_tree_add (RungsRuleTree     *self,
                                    RungsRulePart     *group,
                                    guint              position,
                                    RungsRulePartKind  kind);

/* Takes the part out, with all that is in it. The root stays. */
void rungs_rule_tree_remove (RungsRuleTree *self,
                             RungsRulePart *part);

/* Moves the part to a place of `group`; `position` counts while the part is still where it was.
 * Returns: whether it moved: not into itself, nor to where it is. */
gboolean rungs_rule_tree_move (RungsRuleTree *self,
                               RungsRulePart *part,
                               RungsRulePart *group,
                               guint          position);

/* One step as the reader sees the lines: up or down past its neighbour, into a group that is the
 * neighbour, out of its own group at the group's end. */
gboolean rungs_rule_tree_move_up (RungsRuleTree *self,
                                  RungsRulePart *part);
gboolean rungs_rule_tree_move_down (RungsRuleTree *self,
                                    RungsRulePart *part);

/* Out of its group, behind it; and into a new group of its own. */
gboolean rungs_rule_tree_move_out (RungsRuleTree *self,
                                   RungsRulePart *part);
gboolean rungs_rule_tree_wrap (RungsRuleTree *self,
                               RungsRulePart *part);

gboolean rungs_rule_part_is_group (const RungsRulePart *part);

/* Where it stands in its group. */
guint rungs_rule_part_get_position (const RungsRulePart *part);

/* How many groups lie around it. */
guint rungs_rule_part_get_depth (const RungsRulePart *part);

/* Returns: (transfer full) (nullable): a line as JSON; NULL while it is not finished. */
char *rungs_rule_part_to_rule (const RungsRulePart *part);

/* A member of a line: "field", "op", "value", or a parameter. Returns: (nullable). */
JsonNode *rungs_rule_part_get (const RungsRulePart *part,
                               const char          *member);
const char *rungs_rule_part_get_text (const RungsRulePart *part,
                                      const char          *member);

/* Takes `value`; NULL: takes the member out. */
void rungs_rule_part_set (RungsRulePart *part,
                          const char    *member,
                          JsonNode      *value);

/* Makes a line say what `other` says. */
void rungs_rule_part_copy_line (RungsRulePart       *part,
                                const RungsRulePart *other);

/* Begins the line anew with that field and operator. */
void rungs_rule_part_begin (RungsRulePart *part,
                            const char    *field,
                            const char    *op);

G_END_DECLS
