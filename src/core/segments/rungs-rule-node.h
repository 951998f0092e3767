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

/* What a leaf says of a parameter, or its fallback. */
typedef struct
{
  const RungsRuleParameter *parameter;
  char *text;
  gint64 number; /* of days */
  gboolean said; /* the leaf says it */
  guint first;   /* number of its first SQL parameter; days have two */
} RungsRuleArgument;

typedef struct
{
  RungsRuleKind kind;
  GPtrArray *children; /* (owned) (nullable): RungsRuleNode; NULL of a leaf */

  const RungsRuleField *field;
  char *name;      /* (owned): the field as the rule names it */
  const char *key; /* (nullable): of a custom field, inside `name` */
  const RungsRuleOperator *operator;
  RungsRuleType type;   /* that the operator compares; never CUSTOM */
  GPtrArray *values;    /* (owned): RungsRuleValue */
  GPtrArray *arguments; /* (owned): RungsRuleArgument, in the order of the field's parameters */
  GPtrArray *inner;  /* (owned) (nullable): of a leaf about segments, once they are looked up: for
                     * each value the RungsRuleNode of its rule; NULL: it is fixed, or not there */
  GPtrArray *beneath; /* (owned) (nullable) of a leaf about the next offer, once it is looked up:
                       * the RungsRuleNode of the condition of each offer; not part of its SQL */
  gboolean by_lead; /* found from the side of the lead though many leads are asked about */
  guint first; /* number of the first SQL parameter: :v0, :v1, … */
  int key_parameter; /* number of the key's parameter; -1: no custom field */
} RungsRuleNode;

struct _RungsRule
{
  gatomicrefcount references;
  JsonNode *json; /* (owned): what it was read from */
  RungsRuleNode *root;
  GPtrArray *leaves; /* (owned): RungsRuleNode, in order; the nodes belong to `root` */
  GPtrArray *asked;  /* (owned): the same and those of the segments that they ask about */
  guint n_parameters;
  gboolean asks_segments;
  gboolean asks_offers; /* what the next offer is */
  gboolean needs_zone; /* some value is a date, or a number of days */

  gsize sql_for_one; /* made when it is first needed: a const char * */
  GMutex lock;       /* of what follows: the zone that was needed last */
  char *zone_name;   /* (owned) (nullable) */
  GTimeZone *zone;   /* (owned) (nullable) */
};

/* A part of a rule, from its JSON. */
RungsRuleNode *rungs_rule_node_read (JsonNode  *json,
                                     GError   **error);
void rungs_rule_node_free (RungsRuleNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRuleNode, rungs_rule_node_free)

/* Numbers all SQL parameters anew, those of inner rules too. */
void rungs_rule_number (RungsRule *rule);

char *rungs_rule_node_describe (RungsRuleNode *node);

/* The values joined by ", ". */
char *rungs_rule_node_dup_values (RungsRuleNode *node);

/* How many SQL parameters each of its values takes: a date is a span of two. */
guint rungs_rule_node_parameters_of_value (RungsRuleNode *node);

/* The argument of that parameter; NULL where nothing is said of it and it has no fallback. */
RungsRuleArgument *rungs_rule_node_get_argument (RungsRuleNode *node,
                                                 const char    *name);

/**
 * RungsRuleReach:
 * @RUNGS_RULE_FOR_MANY: the SQL is to find all leads
 * @RUNGS_RULE_FOR_EACH: the same, of a line that is asked about each lead that others have left
 * @RUNGS_RULE_FOR_ONE: the SQL is asked about a few leads that are known
 */
typedef enum
{
  RUNGS_RULE_FOR_MANY,
  RUNGS_RULE_FOR_EACH,
  RUNGS_RULE_FOR_ONE,
} RungsRuleReach;

/* Whether the leaf, without its operator's "not", holds of a lead that has no rows. */
gboolean rungs_rule_leaf_holds_of_none (RungsRuleNode *leaf);

/* Whether a count says of any number from 1 on what it says of 1, and the opposite of 0: then it is
 * enough to look for one row. */
gboolean rungs_rule_leaf_asks_for_any (RungsRuleNode *leaf);

/* Whether the leaf holds where what its SQL asks does not. */
gboolean rungs_rule_leaf_is_opposite (RungsRuleNode *leaf);

/* Whether it is instants, or lengths of time, that are compared, and no days of the calendar. */
gboolean rungs_rule_leaf_compares_instants (RungsRuleNode *leaf);

/* One of the conditions that hold together, or of which one holds. */
typedef struct
{
  RungsRuleNode *node;
  gboolean negated;
  double cost;  /* of asking it about a lead; a value of the lead itself costs 1 */
  double share; /* of the leads of which it holds: a guess */
  double rank;  /* what is small is asked first */
} RungsRuleTerm;

/* The conditions of a group that is not empty, in the order in which they are best asked: those of
 * an "any" joined by OR, of others by AND. Returns: (transfer full) (element-type
 * RungsRuleTerm). */
GArray *rungs_rule_node_terms (RungsRuleNode *group);

/* An expression about the lead `l` that is 0 or 1 and never NULL. */
void rungs_rule_node_append_sql (RungsRuleNode  *node,
                                 RungsRuleReach  reach,
                                 GString        *sql);

/* Of a leaf: the rows that it lets leads through by, from FROM on; not grouped. */
void rungs_rule_node_append_rows (RungsRuleNode *leaf,
                                  GString       *sql);

/* Whether a leaf lets through just the leads that such rows say, and none that have no rows. */
gboolean rungs_rule_node_finds_by_rows (RungsRuleNode *leaf);

/* Of a leaf that is in rows: a SELECT of how many leads it, or its opposite, lets through. FALSE
 * where it has none; `opposite` says which it is. */
gboolean rungs_rule_node_append_count (RungsRuleNode *leaf,
                                       GString       *sql,
                                       gboolean      *opposite);

/* A copy of the rule, resolved, that says by which of its lines many leads are best found. */
RungsRule *rungs_rule_plan (RungsDb    *db,
                            RungsRule  *rule,
                            gint64      now,
                            GError    **error);

/* A SELECT of the leads that have something, of what the leaf asks about, from the instant :from to
 * :to; of leaves that compare instants, or rows of the last days. */
void rungs_rule_node_append_marked (RungsRuleNode *leaf,
                                    GString       *sql);

/* Whether what it says changes with time though it names no days: what is paid for lapses. */
gboolean rungs_rule_node_speaks_of_now (RungsRuleNode *leaf);

/* The zone of the business; NULL on error. */
GTimeZone *rungs_rule_dup_zone (RungsDb    *db,
                                RungsRule  *rule,
                                GError    **error);

/* Whether the leaf asks what the next offer is. */
gboolean rungs_rule_node_asks_offers (RungsRuleNode *leaf);

/* The rule with what the segments are that it asks about, and, where it asks for the next offer,
 * with what the conditions of the offers ask; itself where it asks about neither.
 * Errors: INVALID where they ask about each other in a circle; so it is where one asks about `own`
 * (nullable), the key of the segment that the rule is of. */
RungsRule *rungs_rule_resolve (RungsDb     *db,
                               RungsRule   *rule,
                               const char  *own,
                               GError     **error);
RungsRule *rungs_rule_ref (RungsRule *rule);

/* The span of time that the value at `index`, or the argument, stands for at the moment `now`. */
typedef struct
{
  gint64 from; /* inclusive */
  gint64 to;   /* exclusive */
  char first
      [11]; /* the same for days of the calendar, "2026-11-22", or "11-22" where years do not */
  char last[11]; /* matter; then `last` is inclusive */
} RungsRuleSpan;

void rungs_rule_span_of_value (RungsRuleNode *leaf,
                               RungsRuleValue *value,
                               GTimeZone *zone,
                               gint64 now,
                               RungsRuleSpan *span);
void rungs_rule_span_of_days (gint64         days,
                              gint64         now,
                              RungsRuleSpan *span);

/* A statement of the program's own with the rule, about the lead `l`, between `head` and `tail`:
 * "… FROM lead l WHERE " and " ORDER BY l.id". The values of the rule are bound. */
RungsStatement *rungs_rule_prepare (RungsDb *db,
                                    RungsRule *rule,
                                    RungsRuleReach reach,
                                    const char *head,
                                    const char *tail,
                                    gint64 now,
                                    GError **error);

/* The same in two parts, of a rule that is resolved: its text, interned, which stays the same, and
 * the statement of that text. */
const char *rungs_rule_compile (RungsRule      *rule,
                                RungsRuleReach  reach,
                                const char     *head,
                                const char     *tail);
RungsStatement *rungs_rule_prepare_text (RungsDb     *db,
                                         RungsRule   *rule,
                                         const char  *sql,
                                         gint64       now,
                                         GError     **error);

/* Binds the values of a resolved rule to whatever of its parameters the statement has. */
gboolean rungs_rule_bind (RungsDb *db,
                          RungsRule *rule,
                          RungsStatement *statement,
                          gint64 now,
                          GError **error);

G_END_DECLS
