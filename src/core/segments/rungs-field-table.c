/* rungs-field-table.c: what a rule can ask about a lead, and how. */

#include "segments/rungs-field-table.h"

/* Written for one lead `l`. A set's rows are found from the name's side when leads are listed and
 * from the lead's side when one is asked about: rungs-rule-store.c turns them both ways. The
 * planner cannot know that a lead has few orders and a product many: the unary + keeps the
 * product from leading. */

#define SQL_CONSENT                                                                                \
  "(SELECT c.action = 'given' FROM consent c"                                                      \
  "  WHERE c.lead = l.id AND c.purpose = 'marketing' AND c.channel = 'email'"                      \
  "    AND c.action <> 'annulled'"                                                                 \
  "    AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.lead = c.lead AND a.annuls = c.id)"         \
  "  ORDER BY c.id DESC LIMIT 1)"

#define SQL_SPENT                                                                                  \
  "((SELECT coalesce (sum (n.amount), 0) FROM sales_order o"                                       \
  "    JOIN order_line n ON n.sales_order = o.id"                                                  \
  "    JOIN business b ON b.currency = o.currency"                                                 \
  "   WHERE o.lead = l.id)"                                                                        \
  " - (SELECT coalesce (sum (r.amount), 0) FROM sales_order o"                                     \
  "      JOIN order_line n ON n.sales_order = o.id"                                                \
  "      JOIN refund_line r ON r.order_line = n.id"                                                \
  "      JOIN business b ON b.currency = o.currency"                                               \
  "     WHERE o.lead = l.id))"

static const RungsRuleField FIELDS[] = {
  { "email", "e-mail", RUNGS_RULE_TEXT, "l.email", NULL, NULL },
  { "first_name", "first name", RUNGS_RULE_TEXT, "l.first_name", NULL, NULL },
  { "last_name", "last name", RUNGS_RULE_TEXT, "l.last_name", NULL, NULL },
  { "company", "company", RUNGS_RULE_TEXT, "l.company", NULL, NULL },
  { "phone", "phone", RUNGS_RULE_TEXT, "l.phone", NULL, NULL },
  { "street", "street", RUNGS_RULE_TEXT, "l.street", NULL, NULL },
  { "postcode", "postcode", RUNGS_RULE_TEXT, "l.postcode", NULL, NULL },
  { "city", "city", RUNGS_RULE_TEXT, "l.city", NULL, NULL },
  { "region", "region", RUNGS_RULE_TEXT, "l.region", NULL, NULL },
  { "country", "country", RUNGS_RULE_TEXT, "l.country", NULL, NULL },
  { "language", "language", RUNGS_RULE_TEXT, "l.language", NULL, NULL },
  { "zone", "time zone", RUNGS_RULE_TEXT, "l.zone", NULL, NULL },
  { "score", "score", RUNGS_RULE_NUMBER, "l.score", NULL, NULL },
  { "spent", "amount spent", RUNGS_RULE_NUMBER, SQL_SPENT, NULL, NULL },
  { "orders", "number of orders", RUNGS_RULE_NUMBER,
    "(SELECT count(*) FROM sales_order o WHERE o.lead = l.id)", NULL, NULL },
  { "created", "known since", RUNGS_RULE_DATE, "l.created_at", NULL, NULL },
  { "last_touch", "last touch", RUNGS_RULE_DATE,
    "(SELECT max (t.at) FROM touch t WHERE t.lead = l.id)", NULL, NULL },
  { "last_order", "last order", RUNGS_RULE_DATE,
    "(SELECT max (o.at) FROM sales_order o WHERE o.lead = l.id)", NULL, NULL },
  { "tag", "tags", RUNGS_RULE_SET, NULL,
    "FROM lead_tag x JOIN tag t ON t.id = x.tag WHERE t.name = ?", "x.lead" },
  { "source", "sources", RUNGS_RULE_SET, NULL,
    "FROM touch x JOIN source s ON s.id = x.source WHERE s.name = ?", "x.lead" },
  { "source_kind", "kinds of source", RUNGS_RULE_SET, NULL,
    "FROM touch x JOIN source s ON s.id = x.source WHERE s.kind = ?", "x.lead" },
  { "path", "paths", RUNGS_RULE_SET, NULL, "FROM touch x WHERE x.path = ?", "x.lead" },
  { "owns", "owned products", RUNGS_RULE_SET, NULL,
    "FROM owned x JOIN product p ON p.id = +x.product"
    " WHERE p.sku = ? AND (x.paid_until IS NULL OR x.paid_until > :now)",
    "x.lead" },
  { "sequence", "current sequences", RUNGS_RULE_SET, NULL,
    "FROM enrolment x JOIN sequence s ON s.id = x.sequence"
    " WHERE s.name = ? AND x.outcome IS NULL",
    "x.lead" },
  { "was_in_sequence", "sequences so far", RUNGS_RULE_SET, NULL,
    "FROM enrolment x JOIN sequence s ON s.id = x.sequence WHERE s.name = ?", "x.lead" },
  { "consent", "consent to marketing by e-mail", RUNGS_RULE_YESNO, SQL_CONSENT, NULL, NULL },
  { "bounced", "bounced", RUNGS_RULE_YESNO, "(l.bounced_at IS NOT NULL)", NULL, NULL },
};

static const RungsRuleField CUSTOM_FIELD = {
  "field:",
  "custom field",
  RUNGS_RULE_CUSTOM,
  "(SELECT v.value FROM lead_value v JOIN field f ON f.id = v.field"
  "  WHERE v.lead = l.id AND f.key = #)",
  NULL,
  NULL
};

static const RungsRuleOperator OPERATORS[] = {
  { "is", "is", RUNGS_RULE_TEXT, RUNGS_SHAPE_TEXT, "@ = ? COLLATE NOCASE", FALSE },
  { "is_not", "is not", RUNGS_RULE_TEXT, RUNGS_SHAPE_TEXT, "@ = ? COLLATE NOCASE", TRUE },
  { "in", "is one of", RUNGS_RULE_TEXT, RUNGS_SHAPE_TEXTS, "@ = ? COLLATE NOCASE", FALSE },
  { "not_in", "is none of", RUNGS_RULE_TEXT, RUNGS_SHAPE_TEXTS, "@ = ? COLLATE NOCASE", TRUE },
  { "contains", "contains", RUNGS_RULE_TEXT, RUNGS_SHAPE_TEXT, "instr (lower (@), lower (?)) > 0",
    FALSE },
  { "not_contains", "does not contain", RUNGS_RULE_TEXT, RUNGS_SHAPE_TEXT,
    "instr (lower (@), lower (?)) > 0", TRUE },
  { "starts_with", "starts with", RUNGS_RULE_TEXT, RUNGS_SHAPE_TEXT,
    "substr (lower (@), 1, length (?)) = lower (?)", FALSE },
  { "ends_with", "ends with", RUNGS_RULE_TEXT, RUNGS_SHAPE_TEXT,
    "length (@) >= length (?) AND substr (lower (@), length (@) - length (?) + 1) = lower (?)",
    FALSE },
  { "empty", "is empty", RUNGS_RULE_TEXT, RUNGS_SHAPE_NONE, "@ <> ''", TRUE },
  { "not_empty", "is not empty", RUNGS_RULE_TEXT, RUNGS_SHAPE_NONE, "@ <> ''", FALSE },

  { "is", "is", RUNGS_RULE_NUMBER, RUNGS_SHAPE_NUMBER, "@ = CAST (? AS NUMERIC)", FALSE },
  { "is_not", "is not", RUNGS_RULE_NUMBER, RUNGS_SHAPE_NUMBER, "@ = CAST (? AS NUMERIC)", TRUE },
  { "less", "is less than", RUNGS_RULE_NUMBER, RUNGS_SHAPE_NUMBER, "@ < CAST (? AS NUMERIC)",
    FALSE },
  { "at_most", "is at most", RUNGS_RULE_NUMBER, RUNGS_SHAPE_NUMBER, "@ <= CAST (? AS NUMERIC)",
    FALSE },
  { "at_least", "is at least", RUNGS_RULE_NUMBER, RUNGS_SHAPE_NUMBER, "@ >= CAST (? AS NUMERIC)",
    FALSE },
  { "more", "is more than", RUNGS_RULE_NUMBER, RUNGS_SHAPE_NUMBER, "@ > CAST (? AS NUMERIC)",
    FALSE },
  { "empty", "is empty", RUNGS_RULE_NUMBER, RUNGS_SHAPE_NONE, "@ IS NOT NULL", TRUE },
  { "not_empty", "is not empty", RUNGS_RULE_NUMBER, RUNGS_SHAPE_NONE, "@ IS NOT NULL", FALSE },

  { "before", "is before", RUNGS_RULE_DATE, RUNGS_SHAPE_DATE, "@ < ?", FALSE },
  { "since", "is not before", RUNGS_RULE_DATE, RUNGS_SHAPE_DATE, "@ >= ?", FALSE },
  { "within_days", "is within the last", RUNGS_RULE_DATE, RUNGS_SHAPE_DAYS,
    "@ BETWEEN :now - ? * 86400000 AND :now", FALSE },
  { "not_within_days", "is not within the last", RUNGS_RULE_DATE, RUNGS_SHAPE_DAYS,
    "@ BETWEEN :now - ? * 86400000 AND :now", TRUE },
  { "empty", "is empty", RUNGS_RULE_DATE, RUNGS_SHAPE_NONE, "@ IS NOT NULL", TRUE },
  { "not_empty", "is not empty", RUNGS_RULE_DATE, RUNGS_SHAPE_NONE, "@ IS NOT NULL", FALSE },

  { "is", "is", RUNGS_RULE_YESNO, RUNGS_SHAPE_BOOLEAN, "coalesce (@, 0) = ?", FALSE },
  { "is_not", "is not", RUNGS_RULE_YESNO, RUNGS_SHAPE_BOOLEAN, "coalesce (@, 0) = ?", TRUE },

  { "has", "include", RUNGS_RULE_SET, RUNGS_SHAPE_TEXT, NULL, FALSE },
  { "has_not", "do not include", RUNGS_RULE_SET, RUNGS_SHAPE_TEXT, NULL, TRUE },
};

const RungsRuleField *
rungs_field_table_get_field (guint index)
{
  return index < G_N_ELEMENTS (FIELDS) ? &FIELDS[index] : NULL;
}

const RungsRuleOperator *
rungs_field_table_get_operator (guint index)
{
  return index < G_N_ELEMENTS (OPERATORS) ? &OPERATORS[index] : NULL;
}

const RungsRuleField *
rungs_field_table_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (g_str_has_prefix (name, CUSTOM_FIELD.name))
    return name[sizeof "field:" - 1] != '\0' ? &CUSTOM_FIELD : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (g_str_equal (FIELDS[i].name, name))
      return &FIELDS[i];
  return NULL;
}

gboolean
rungs_rule_type_takes (RungsRuleType            type,
                       const RungsRuleOperator *operator)
{
  if (type == RUNGS_RULE_CUSTOM)
    return operator->type != RUNGS_RULE_SET;
  return operator->type == type;
}
