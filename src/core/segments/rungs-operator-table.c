/* rungs-operator-table.c: how the values of fields can be compared.
 *
 * What dates are compared with is a span of time, from "?" (inclusive) to "~" (exclusive), made
 * anew each time that a rule is asked (rungs-rule-span.h). A set's operators have no SQL of their
 * own. */

#include "segments/rungs-field-table.h"

#define TEXT(name, words, shape, sql, negated)                                                     \
  {                                                                                                \
    name, words, RUNGS_RULE_TEXT, shape, sql, negated                                              \
  }
#define NUMBER(name, words, sql, negated)                                                          \
  {                                                                                                \
    name, words, RUNGS_RULE_NUMBER, RUNGS_SHAPE_NUMBER, sql, negated                               \
  }
#define EMPTY(type, sql)                                                                           \
  { "empty", "is empty", type, RUNGS_SHAPE_NONE, sql, TRUE },                                      \
  {                                                                                                \
    "not_empty", "is not empty", type, RUNGS_SHAPE_NONE, sql, FALSE                                \
  }

#define IN_SPAN "@ >= ? AND @ < ~"
/* The month and day alone; a span may go over the end of the year. */
#define IN_SPAN_OF_YEAR                                                                            \
  "CASE WHEN ? <= ~ THEN substr (@, 6, 5) BETWEEN ? AND ~"                                         \
  "     ELSE substr (@, 6, 5) >= ? OR substr (@, 6, 5) <= ~ END"

#define DATES(type)                                                                                \
  { "before", "is before", type, RUNGS_SHAPE_DATE, IN_SPAN, FALSE },                               \
      { "since", "is not before", type, RUNGS_SHAPE_DATE, IN_SPAN, FALSE },                        \
      { "on", "is on", type, RUNGS_SHAPE_DATE, IN_SPAN, FALSE },                                   \
      { "within_days", "is within the last", type, RUNGS_SHAPE_DAYS, IN_SPAN, FALSE },             \
      { "not_within_days", "is not within the last", type, RUNGS_SHAPE_DAYS, IN_SPAN, TRUE },      \
      { "over_days_ago", "is longer ago than", type, RUNGS_SHAPE_DAYS, IN_SPAN, FALSE },           \
      { "in_days", "is within the next", type, RUNGS_SHAPE_DAYS, IN_SPAN, FALSE },                 \
      { "days_ago", "was on the day before today by", type, RUNGS_SHAPE_DAYS, IN_SPAN, FALSE },    \
      EMPTY (type, "@ IS NOT NULL")

#define SETS(name, words, shape, negated)                                                          \
  {                                                                                                \
    name, words, RUNGS_RULE_SET, shape, NULL, negated                                              \
  }

static const RungsRuleOperator OPERATORS[] = {
  TEXT ("is", "is", RUNGS_SHAPE_TEXT, "@ = ? COLLATE NOCASE", FALSE),
  TEXT ("is_not", "is not", RUNGS_SHAPE_TEXT, "@ = ? COLLATE NOCASE", TRUE),
  TEXT ("in", "is one of", RUNGS_SHAPE_TEXTS, "@ = ? COLLATE NOCASE", FALSE),
  TEXT ("not_in", "is none of", RUNGS_SHAPE_TEXTS, "@ = ? COLLATE NOCASE", TRUE),
  TEXT ("contains", "contains", RUNGS_SHAPE_TEXT, "instr (lower (@), lower (?)) > 0", FALSE),
  TEXT ("not_contains",
        "does not contain",
        RUNGS_SHAPE_TEXT,
        "instr (lower (@), lower (?)) > 0",
        TRUE),
  TEXT ("starts_with",
        "starts with",
        RUNGS_SHAPE_TEXT,
        "substr (lower (@), 1, length (?)) = lower (?)",
        FALSE),
  TEXT ("ends_with",
        "ends with",
        RUNGS_SHAPE_TEXT,
        "length (@) >= length (?) AND substr (lower (@), length (@) - length (?) + 1) = lower (?)",
        FALSE),
  EMPTY (RUNGS_RULE_TEXT, "@ <> ''"),

  NUMBER ("is", "is", "@ = CAST (? AS NUMERIC)", FALSE),
  NUMBER ("is_not", "is not", "@ = CAST (? AS NUMERIC)", TRUE),
  NUMBER ("less", "is less than", "@ < CAST (? AS NUMERIC)", FALSE),
  NUMBER ("at_most", "is at most", "@ <= CAST (? AS NUMERIC)", FALSE),
  NUMBER ("at_least", "is at least", "@ >= CAST (? AS NUMERIC)", FALSE),
  NUMBER ("more", "is more than", "@ > CAST (? AS NUMERIC)", FALSE),
  EMPTY (RUNGS_RULE_NUMBER, "@ IS NOT NULL"),

  DATES (RUNGS_RULE_DATE),

  DATES (RUNGS_RULE_DAY),
  { "yearly_in_days", "comes round within the next", RUNGS_RULE_DAY, RUNGS_SHAPE_DAYS,
    IN_SPAN_OF_YEAR, FALSE },
  { "yearly_within_days", "came round within the last", RUNGS_RULE_DAY, RUNGS_SHAPE_DAYS,
    IN_SPAN_OF_YEAR, FALSE },

  { "is", "is", RUNGS_RULE_YESNO, RUNGS_SHAPE_BOOLEAN, "@", FALSE },
  { "is_not", "is not", RUNGS_RULE_YESNO, RUNGS_SHAPE_BOOLEAN, "@", TRUE },

  { "is", "is", RUNGS_RULE_CHOICE, RUNGS_SHAPE_TEXT, "@ = ?", FALSE },
  { "is_not", "is not", RUNGS_RULE_CHOICE, RUNGS_SHAPE_TEXT, "@ = ?", TRUE },
  { "in", "is one of", RUNGS_RULE_CHOICE, RUNGS_SHAPE_TEXTS, "@ = ?", FALSE },
  { "not_in", "is none of", RUNGS_RULE_CHOICE, RUNGS_SHAPE_TEXTS, "@ = ?", TRUE },

  SETS ("has", "include", RUNGS_SHAPE_TEXT, FALSE),
  SETS ("has_not", "do not include", RUNGS_SHAPE_TEXT, TRUE),
  SETS ("has_any", "include one of", RUNGS_SHAPE_TEXTS, FALSE),
  SETS ("has_all", "include all of", RUNGS_SHAPE_TEXTS, FALSE),
  SETS ("has_none", "include none of", RUNGS_SHAPE_TEXTS, TRUE),
  SETS ("empty", "are empty", RUNGS_SHAPE_NONE, TRUE),
  SETS ("not_empty", "are not empty", RUNGS_SHAPE_NONE, FALSE),
};

const RungsRuleOperator *
rungs_field_table_get_operator (guint index)
{
  return index < G_N_ELEMENTS (OPERATORS) ? &OPERATORS[index] : NULL;
}

gboolean
rungs_rule_type_takes (RungsRuleType type, const RungsRuleOperator *operator)
{
  g_return_val_if_fail (operator!= NULL, FALSE);

  if (type == RUNGS_RULE_CUSTOM)
    return operator->type != RUNGS_RULE_SET && operator->type != RUNGS_RULE_DATE &&
    operator->type != RUNGS_RULE_CHOICE;
  return operator->type == type;
}
