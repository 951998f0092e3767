/* rungs-field-table.h: what a rule can ask about a lead.
 *
 * One table lists the fields, one the operators. What a field can be compared with follows from its
 * type alone, so that an editor needs these tables and nothing else: for each field its label, its
 * group, the operators of its type, its parameters, and where its values can be picked from
 * (rungs-rule-choice-store.h). docs/rules.md explains every field and operator; a test holds it
 * against the tables.
 *
 * The SQL in these tables is all the SQL of which rules are made; what an owner writes only ever
 * becomes the value of a parameter.
 *
 * What a mail program opened is not in the table and never will be: machines open messages too. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsRuleType:
 * @RUNGS_RULE_TEXT: a text; compared without regard to capitals A to Z
 * @RUNGS_RULE_NUMBER: a number
 * @RUNGS_RULE_DATE: an instant
 * @RUNGS_RULE_DAY: a day of the calendar
 * @RUNGS_RULE_YESNO: yes or no
 * @RUNGS_RULE_CHOICE: one of a few words of the program's own
 * @RUNGS_RULE_SET: any number of names
 * @RUNGS_RULE_CUSTOM: a field of the business's own; its kind says which: TEXT (links, telephone
 *   numbers and one of a list too), NUMBER (money too), DAY, YESNO, or SET (several of a list)
 */
typedef enum
{
  RUNGS_RULE_TEXT,
  RUNGS_RULE_NUMBER,
  RUNGS_RULE_DATE,
  RUNGS_RULE_DAY,
  RUNGS_RULE_YESNO,
  RUNGS_RULE_CHOICE,
  RUNGS_RULE_SET,
  RUNGS_RULE_CUSTOM,
} RungsRuleType;

/**
 * RungsRuleShape:
 * @RUNGS_SHAPE_NONE: the operator takes no value
 * @RUNGS_SHAPE_TEXT: a JSON string
 * @RUNGS_SHAPE_TEXTS: a JSON array of strings, not empty
 * @RUNGS_SHAPE_NUMBER: a JSON number
 * @RUNGS_SHAPE_DATE: a JSON string: a date or time; local ones are of the business's zone
 * @RUNGS_SHAPE_DAYS: a JSON number: whole days, 0 or more
 * @RUNGS_SHAPE_BOOLEAN: true or false
 */
typedef enum
{
  RUNGS_SHAPE_NONE,
  RUNGS_SHAPE_TEXT,
  RUNGS_SHAPE_TEXTS,
  RUNGS_SHAPE_NUMBER,
  RUNGS_SHAPE_DATE,
  RUNGS_SHAPE_DAYS,
  RUNGS_SHAPE_BOOLEAN,
} RungsRuleShape;

/**
 * RungsRuleGroup: under which heading an editor lists a field.
 */
typedef enum
{
  RUNGS_RULE_ABOUT_LEAD,
  RUNGS_RULE_ABOUT_CUSTOM,
  RUNGS_RULE_ABOUT_SOURCES,
  RUNGS_RULE_ABOUT_OWNERSHIP,
  RUNGS_RULE_ABOUT_ORDERS,
  RUNGS_RULE_ABOUT_MESSAGES,
  RUNGS_RULE_ABOUT_SEQUENCES,
  RUNGS_RULE_ABOUT_CONSENT,
  RUNGS_RULE_ABOUT_EVENTS,
  RUNGS_RULE_ABOUT_SEGMENTS,
} RungsRuleGroup;

/* "lead", "custom", "sources", …: how the reference and logs name the group. */
const char *rungs_rule_group_to_text (RungsRuleGroup group);

/**
 * RungsRuleUnit:
 * @RUNGS_RULE_UNIT_NONE: a number of its own, or a count
 * @RUNGS_RULE_UNIT_MONEY: minor units of the business's currency
 */
typedef enum
{
  RUNGS_RULE_UNIT_NONE,
  RUNGS_RULE_UNIT_MONEY,
} RungsRuleUnit;

/**
 * RungsRuleSource: where the values of a field or parameter can be picked from.
 * @RUNGS_RULE_FROM_NOWHERE: they are typed
 * @RUNGS_RULE_FROM_LEADS: what stands in that column of other leads; may also be typed
 * @RUNGS_RULE_FROM_STEPS: steps of the sequence that the parameter "sequence" names
 * @RUNGS_RULE_FROM_CUSTOM: what stands in that custom field of other leads; may also be typed
 * @RUNGS_RULE_FROM_CHOICES: what can be chosen in that custom field, by key
 * @RUNGS_RULE_FROM_DETAILS: what touches told; may also be typed
 * @RUNGS_RULE_FROM_SOURCE_KINDS: from here on the program's own words; others are refused
 */
typedef enum
{
  RUNGS_RULE_FROM_NOWHERE,
  RUNGS_RULE_FROM_LEADS,
  RUNGS_RULE_FROM_CUSTOM,
  RUNGS_RULE_FROM_CHOICES,
  RUNGS_RULE_FROM_TAGS,
  RUNGS_RULE_FROM_SOURCES,
  RUNGS_RULE_FROM_PARTNERS,
  RUNGS_RULE_FROM_DETAILS,
  RUNGS_RULE_FROM_PRODUCTS,
  RUNGS_RULE_FROM_COUPONS,
  RUNGS_RULE_FROM_MESSAGES,
  RUNGS_RULE_FROM_SEQUENCES,
  RUNGS_RULE_FROM_STEPS,
  RUNGS_RULE_FROM_SEGMENTS,
  RUNGS_RULE_FROM_IMPORTS,
  RUNGS_RULE_FROM_EVENT_KINDS,
  RUNGS_RULE_FROM_PURPOSES,
  RUNGS_RULE_FROM_SOURCE_KINDS,
  RUNGS_RULE_FROM_PATHS,
  RUNGS_RULE_FROM_TOUCHES,
  RUNGS_RULE_FROM_HOLDINGS,
  RUNGS_RULE_FROM_LIFECYCLES,
  RUNGS_RULE_FROM_OUTCOMES,
  RUNGS_RULE_FROM_CHANNELS,
  RUNGS_RULE_FROM_CONSENT_STATES,
  RUNGS_RULE_FROM_HOWS,
} RungsRuleSource;

/**
 * RungsRuleParameter: what else a leaf can say beside field, op and value.
 * @name: the member of the leaf
 * @label: how people read it
 * @shape: TEXT or DAYS
 * @source: where its values can be picked from
 * @fallback: (nullable): what counts where the leaf does not say it; NULL: then it does not matter
 * @required: the leaf must say it
 */
typedef struct
{
  const char *name;
  const char *label;
  RungsRuleShape shape;
  RungsRuleSource source;
  const char *fallback;
  gboolean required;
} RungsRuleParameter;

#define RUNGS_RULE_MAX_PARAMETERS 4

/**
 * RungsRuleField:
 * @name: how a rule names it
 * @label: how people read it
 * @group: under which heading it is listed
 * @type: decides which operators it takes
 * @unit: of a number
 * @source: where its values can be picked from
 * @value: SQL: the value of the lead `l`; of a set: whether a row has the name "?"; of other rows
 *   their aggregate
 * @rows: (nullable): SQL from FROM on that finds rows, of any lead; NULL: the value is of `l`
 * @lead: the column of those rows that holds the lead
 * @at: (nullable): the column that says when such a row happened, where that matters
 * @none: (nullable): the value where there are no rows; NULL: there is none, and "empty" can be
 *   asked
 * @parameters: up to the first without a name
 * @always: its value, of the lead itself, is never NULL
 * @once: of a set: a lead has a name in one row at most
 * @computed: the program works its rows out, of all leads at once with far less trouble than of one
 *   after the other
 */
typedef struct
{
  const char *name;
  const char *label;
  RungsRuleGroup group;
  RungsRuleType type;
  RungsRuleUnit unit;
  RungsRuleSource source;
  const char *value;
  const char *rows;
  const char *lead;
  const char *at;
  const char *none;
  RungsRuleParameter parameters[RUNGS_RULE_MAX_PARAMETERS + 1];
  gboolean always;
  gboolean once;
  gboolean computed;
} RungsRuleField;

/**
 * RungsRuleOperator:
 * @name: how a rule names it
 * @words: how people read it, between the field's label and the value (after days: "days")
 * @type: which fields take it
 * @shape: what its value must be
 * @sql: "@" stands for the field's value, "?" for the operator's, "~" for the end of its span, "*"
 *   for all its values; NULL of a set's operators
 * @negated: it asks the opposite of @sql; so does a lead without a value answer yes
 */
typedef struct
{
  const char *name;
  const char *words;
  RungsRuleType type;
  RungsRuleShape shape;
  const char *sql;
  gboolean negated;
} RungsRuleOperator;

/* The tables, for an editor of rules: the field or operator at `index`; NULL after the last. */
const RungsRuleField *rungs_field_table_get_field (guint index);
const RungsRuleOperator *rungs_field_table_get_operator (guint index);

/* What all custom fields have in common; a rule names one as "field:KEY". */
const RungsRuleField *rungs_field_table_get_custom (void);

/* The field of that name; the one for custom fields where it begins with "field:"; NULL where there
 * is none. */
const RungsRuleField *rungs_field_table_find (const char *name);

/* The parameter of that name; NULL where the field has none. */
const RungsRuleParameter *rungs_rule_field_get_parameter (const RungsRuleField *field,
                                                          const char *name);

/* What the next offer is: it depends on the offers, whose conditions are rules. */
#define RUNGS_RULE_NEXT_OFFER "next_offer"

/* Whether the field can be without a value: whether "empty" makes sense. */
gboolean rungs_rule_field_may_be_empty (const RungsRuleField *field);

/* Whether fields of that type take the operator. */
gboolean rungs_rule_type_takes (RungsRuleType            type,
                                const RungsRuleOperator *operator);

/* Whether the field takes it: "empty" is left to those that may be. */
gboolean rungs_rule_field_takes (const RungsRuleField    *field,
                                 const RungsRuleOperator *operator);

G_END_DECLS
