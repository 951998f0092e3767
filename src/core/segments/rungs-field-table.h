/* rungs-field-table.h: what a rule can ask about a lead.
 *
 * One table lists the fields, one the operators. A field is of one of two shapes: a value of the
 * lead (a text, a number, a date, a yes or no), or a set that holds names (its tags, what it owns).
 * The SQL in these tables is all the SQL of which rules are made; what an owner writes only ever
 * becomes the value of a parameter.
 *
 *   field            type    meaning
 *   email, first_name, last_name, company, phone, street, postcode, city, region, country,
 *   language, zone   text    as on the lead; compared without regard to capitals
 *   score            number  the lead's score
 *   spent            number  paid less given back, minor units; in the business's currency only
 *   orders           number  how many orders
 *   created          date    when the lead became known
 *   last_touch       date    the last arrival from any source
 *   last_order       date    the last order
 *   tag              set     names of its tags
 *   source           set     names of the sources of its touches
 *   source_kind      set     their kinds: customers, ppc, other, seo, jv, affiliate
 *   path             set     their paths: opt-in, direct, phone, in person
 *   owns             set     SKUs owned now, in bundles too
 *   sequence         set     names of the sequences it walks now
 *   was_in_sequence  set     names of the sequences it walks or ever walked
 *   consent          yesno   stands marketing consent by e-mail now
 *   bounced          yesno   was its address refused for good
 *   field:KEY        as the custom field KEY says: text, number, date or yesno
 *
 * What a mail program opened is not in the table and never will be: machines open messages too. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsRuleType:
 * @RUNGS_RULE_TEXT: a text
 * @RUNGS_RULE_NUMBER: a number
 * @RUNGS_RULE_DATE: an instant
 * @RUNGS_RULE_YESNO: yes or no
 * @RUNGS_RULE_SET: names
 * @RUNGS_RULE_CUSTOM: a field of the business's own; the field says which of the first four
 */
typedef enum
{
  RUNGS_RULE_TEXT,
  RUNGS_RULE_NUMBER,
  RUNGS_RULE_DATE,
  RUNGS_RULE_YESNO,
  RUNGS_RULE_SET,
  RUNGS_RULE_CUSTOM,
} RungsRuleType;

/**
 * RungsRuleField:
 * @name: how a rule names it
 * @label: how people read it
 * @type: decides which operators it takes
 * @value: SQL of its value for the lead `l`; NULL of a set. "#" stands for the key of a custom
 *   field
 * @rows: of a set: SQL from FROM on, that finds the rows with the name "?"
 * @lead: of a set: the column of those rows that holds the lead
 */
typedef struct
{
  const char *name;
  const char *label;
  RungsRuleType type;
  const char *value;
  const char *rows;
  const char *lead;
} RungsRuleField;

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
 * RungsRuleOperator:
 * @name: how a rule names it
 * @words: how people read it, between the field's label and the value (after days: "days")
 * @type: which fields take it
 * @shape: what its value must be
 * @sql: "@" stands for the field's value, "?" for the operator's; NULL of a set's operators
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

/* The field of that name; the one for custom fields where it begins with "field:"; NULL where there
 * is none. */
const RungsRuleField *rungs_field_table_find (const char *name);

/* Whether fields of that type take the operator. */
gboolean rungs_rule_type_takes (RungsRuleType       type,
                                 const RungsRuleOperator *operator);

G_END_DECLS
