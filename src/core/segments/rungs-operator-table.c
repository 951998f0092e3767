/* rungs-operator-table.c: how the values of fields can be compared.
 *
 * What dates are compared with is a span of time, from "?" (inclusive) to "~" (exclusive), made
 * anew each time that a rule is asked (rungs-rule-span.h). A set's operators have no SQL of their
 * own. */

#include "segments/rungs-field-table.h"

#include <glib/gi18n.h>

#define TEXT(name, words, shape, sql, negated)                                                     \
  {                                                                                                \
    name, words, RUNGS_RULE_TEXT, shape, sql, negated                                              \
  }
#define NUMBER(name, words, sql, negated)                                                          \
  {                                                                                                \
    name, words, RUNGS_RULE_NUMBER, RUNGS_SHAPE_NUMBER, sql, negated                               \
  }
#define EMPTY(type, sql)                                                                           \
  { "empty", N_ ("is empty"), type, RUNGS_SHAPE_NONE, sql, TRUE },                                 \
  {                                                                                                \
    "not_empty", N_ ("is not empty"), type, RUNGS_SHAPE_NONE, sql, FALSE                           \
  }

#define IN_SPAN "@ >= ? AND @ < ~"
/* The month and day alone; a span may go over the end of the year, and then nothing is between. (An
 * OR and no CASE: SQLite need not make a value of it for each row.) An instant is of the day that
 * it was in the zone of the business. */
#define IN_SPAN_OF_YEAR(day)                                                                       \
  "(? > ~ AND (substr (" day ", 6, 5) >= ? OR substr (" day ", 6, 5) <= ~))"                       \
  " OR substr (" day ", 6, 5) BETWEEN ? AND ~"
#define YEARLY(type, sql)                                                                          \
  { "yearly_in_days", N_ ("comes round within the next"), type, RUNGS_SHAPE_DAYS, sql, FALSE },    \
  {                                                                                                \
    "yearly_within_days", N_ ("came round within the last"), type, RUNGS_SHAPE_DAYS, sql, FALSE    \
  }

#define DATES(type)                                                                                \
  { "before", N_ ("is before"), type, RUNGS_SHAPE_DATE, IN_SPAN, FALSE },                          \
      { "since", N_ ("is not before"), type, RUNGS_SHAPE_DATE, IN_SPAN, FALSE },                   \
      { "on", N_ ("is on"), type, RUNGS_SHAPE_DATE, IN_SPAN, FALSE },                              \
      { "within_days", N_ ("is within the last"), type, RUNGS_SHAPE_DAYS, IN_SPAN, FALSE },        \
      { "not_within_days", N_ ("is not within the last"), type, RUNGS_SHAPE_DAYS, IN_SPAN, TRUE }, \
      { "over_days_ago", N_ ("is longer ago than"), type, RUNGS_SHAPE_DAYS, IN_SPAN, FALSE },      \
      { "in_days", N_ ("is within the next"), type, RUNGS_SHAPE_DAYS, IN_SPAN, FALSE },            \
      { "days_ago", N_ ("was on the day before today by"), type, RUNGS_SHAPE_DAYS, IN_SPAN,        \
      FALSE },                                                                                     \
      EMPTY (type, "@ IS NOT NULL")

#define SETS(name, words, shape, negated)                                                          \
  {                                                                                                \
    name, words, RUNGS_RULE_SET, shape, NULL, negated                                              \
  }

static const RungsRuleOperator OPERATORS[] = {
  TEXT ("is", N_ ("is"), RUNGS_SHAPE_TEXT, "@ = ? COLLATE NOCASE", FALSE),
  TEXT ("is_not", N_ ("is not"), RUNGS_SHAPE_TEXT, "@ = ? COLLATE NOCASE", TRUE),
  TEXT ("in", N_ ("is one of"), RUNGS_SHAPE_TEXTS, "@ COLLATE NOCASE IN (*)", FALSE),
  TEXT ("not_in", N_ ("is none of"), RUNGS_SHAPE_TEXTS, "@ COLLATE NOCASE IN (*)", TRUE),
  TEXT ("contains", N_ ("contains"), RUNGS_SHAPE_TEXT, "instr (lower (@), lower (?)) > 0", FALSE),
  TEXT ("not_contains",
        N_ ("does not contain"),
        RUNGS_SHAPE_TEXT,
        "instr (lower (@), lower (?)) > 0",
        TRUE),
  TEXT ("starts_with",
        N_ ("starts with"),
        RUNGS_SHAPE_TEXT,
        "substr (lower (@), 1, length (?)) = lower (?)",
        FALSE),
  TEXT ("ends_with",
        N_ ("ends with"),
        RUNGS_SHAPE_TEXT,
        "length (@) >= length (?) AND substr (lower (@), length (@) - length (?) + 1) = lower (?)",
        FALSE),
  EMPTY (RUNGS_RULE_TEXT, "@ <> ''"),

  NUMBER ("is", N_ ("is"), "@ = CAST (? AS NUMERIC)", FALSE),
  NUMBER ("is_not", N_ ("is not"), "@ = CAST (? AS NUMERIC)", TRUE),
  NUMBER ("less", N_ ("is less than"), "@ < CAST (? AS NUMERIC)", FALSE),
  NUMBER ("at_most", N_ ("is at most"), "@ <= CAST (? AS NUMERIC)", FALSE),
  NUMBER ("at_least", N_ ("is at least"), "@ >= CAST (? AS NUMERIC)", FALSE),
  NUMBER ("more", N_ ("is more than"), "@ > CAST (? AS NUMERIC)", FALSE),
  EMPTY (RUNGS_RULE_NUMBER, "@ IS NOT NULL"),

  DATES (RUNGS_RULE_DATE),
  YEARLY (RUNGS_RULE_DATE, IN_SPAN_OF_YEAR ("local_day (@, :zone)")),

  DATES (RUNGS_RULE_DAY),
  YEARLY (RUNGS_RULE_DAY, IN_SPAN_OF_YEAR ("@")),

  { "is", N_ ("is"), RUNGS_RULE_YESNO, RUNGS_SHAPE_BOOLEAN, "@", FALSE },
  { "is_not", N_ ("is not"), RUNGS_RULE_YESNO, RUNGS_SHAPE_BOOLEAN, "@", TRUE },

  { "is", N_ ("is"), RUNGS_RULE_CHOICE, RUNGS_SHAPE_TEXT, "@ = ?", FALSE },
  { "is_not", N_ ("is not"), RUNGS_RULE_CHOICE, RUNGS_SHAPE_TEXT, "@ = ?", TRUE },
  { "in", N_ ("is one of"), RUNGS_RULE_CHOICE, RUNGS_SHAPE_TEXTS, "@ IN (*)", FALSE },
  { "not_in", N_ ("is none of"), RUNGS_RULE_CHOICE, RUNGS_SHAPE_TEXTS, "@ IN (*)", TRUE },
  { "empty", N_ ("is nothing"), RUNGS_RULE_CHOICE, RUNGS_SHAPE_NONE, "@ IS NOT NULL", TRUE },
  { "not_empty", N_ ("is something"), RUNGS_RULE_CHOICE, RUNGS_SHAPE_NONE, "@ IS NOT NULL", FALSE },

  SETS ("has", N_ ("include"), RUNGS_SHAPE_TEXT, FALSE),
  SETS ("has_not", N_ ("do not include"), RUNGS_SHAPE_TEXT, TRUE),
  SETS ("has_any", N_ ("include one of"), RUNGS_SHAPE_TEXTS, FALSE),
  SETS ("has_all", N_ ("include all of"), RUNGS_SHAPE_TEXTS, FALSE),
  SETS ("has_none", N_ ("include none of"), RUNGS_SHAPE_TEXTS, TRUE),
  SETS ("empty", N_ ("are empty"), RUNGS_SHAPE_NONE, TRUE),
  SETS ("not_empty", N_ ("are not empty"), RUNGS_SHAPE_NONE, FALSE),
};

const RungsRuleOperator *
rungs_field_table_get_operator (guint index)
{
  return index < G_N_ELEMENTS (OPERATORS) ? &OPERATORS[index] : NULL;
}

gboolean
rungs_rule_type_takes (RungsRuleType            type,
                       const RungsRuleOperator *operator)
{
  g_return_val_if_fail (operator!= NULL, FALSE);

  if (type == RUNGS_RULE_CUSTOM)
    return operator->type != RUNGS_RULE_DATE && operator->type != RUNGS_RULE_CHOICE
           && (operator->type != RUNGS_RULE_SET || operator->shape != RUNGS_SHAPE_NONE);
  return operator->type == type;
}
