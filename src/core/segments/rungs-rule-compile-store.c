/* rungs-rule-compile-store.c: makes SQL of rules.
 *
 * A rule becomes one expression whose text is put together from the constants of the tables; values
 * are parameters :v0, :v1, … Every leaf is 0 or 1 and never NULL, so that groups are plain AND, OR
 * and NOT.
 *
 * Which index leads is decided here and not left to the planner, which has no statistics to know
 * better. The lead's own columns stand behind a +, where no index is used, for a condition on them
 * keeps most leads as a rule and reading all in order is then the fastest. What is in rows
 * is found from their side when many leads are asked about: "l.id IN (SELECT … WHERE name = ?)", so
 * that a rule that asks for one tag looks at the leads with that tag only; counts and sums are
 * grouped by lead in one pass, and those that also hold of a lead without any row are asked the
 * other way round: "l.id NOT IN (… HAVING NOT …)". When one lead is asked about the same rows are
 * found from its side: "EXISTS (SELECT … WHERE name = ? AND x.lead = l.id)", for the first form
 * would read all that there are. */

#include "segments/rungs-rule-node.h"

#include <string.h>

static void
append_parameter (GString *sql,
                  int      number)
{
  g_string_append_printf (sql, ":v%d", number);
}

/* ---- templates: the marks of the tables */

/* Whether a part of that name is there for that reach; `known` FALSE where the name is none of
 * these. */
static gboolean
is_reached (const char     *name,
            RungsRuleReach  reach,
            gboolean       *known)
{
  static const struct
  {
    const char *name;
    gboolean reaches[3];
  } PARTS[] = {
    { "many", { [RUNGS_RULE_FOR_MANY] = TRUE, [RUNGS_RULE_FOR_EACH] = TRUE } },
    { "one", { [RUNGS_RULE_FOR_ONE] = TRUE } },
    { "rows", { [RUNGS_RULE_FOR_MANY] = TRUE } },
    { "lead", { [RUNGS_RULE_FOR_EACH] = TRUE, [RUNGS_RULE_FOR_ONE] = TRUE } },
  };

  *known = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (g_str_equal (PARTS[i].name, name))
      {
        *known = TRUE;
        return PARTS[i].reaches[reach];
      }
  return FALSE;
}

/* A part in brackets, without them: "NAME: SQL" or "NAME=WORD: SQL". */
static void
append_part (GString *sql,
             const char *part,
             gsize size,
             RungsRuleNode *leaf,
             RungsRuleReach reach)
{
  g_autofree char *text = g_strndup (part, size);
  char *body = strchr (text, ':');
  char *word;
  RungsRuleArgument *argument;
  gboolean known;

  *body++ = '\0';
  word = strchr (text, '=');
  if (word != NULL)
    *word++ = '\0';
  if (is_reached (text, reach, &known))
    g_string_append (sql, body);
  if (known)
    return;
  argument = rungs_rule_node_get_argument (leaf, text);
  if (argument == NULL || (word != NULL && !g_str_equal (word, argument->text)))
    return;
  for (; *body != '\0'; body++)
    if (*body == '$')
      append_parameter (sql, (int) argument->first);
    else if (*body == '%')
      append_parameter (sql, (int) argument->first + 1);
    else
      g_string_append_c (sql, *body);
}

/* A stretch of a table's SQL with its marks filled in for the value at `value`. */
static void
append_template (GString *sql,
                 const char *text,
                 RungsRuleNode *leaf,
                 guint value,
                 RungsRuleReach reach)
{
  guint first = leaf->first + value * rungs_rule_node_parameters_of_value (leaf);

  for (; *text != '\0'; text++)
    if (*text == '?')
      append_parameter (sql, (int) first);
    else if (*text == '~')
      append_parameter (sql, (int) first + 1);
    else if (*text == '#')
      append_parameter (sql, leaf->key_parameter);
    else if (*text == '[')
      {
        gsize size = strcspn (text, "]");

        append_part (sql, text + 1, size - 1, leaf, reach);
        text += size;
      }
    else
      g_string_append_c (sql, *text);
}

/* The values of custom fields are kept as text, whatever their kind. */
static void
append_field (GString       *sql,
              RungsRuleNode *leaf)
{
  gboolean custom = leaf->key != NULL;
  gboolean number = custom && leaf->type == RUNGS_RULE_NUMBER;
  gboolean yesno = custom && leaf->type == RUNGS_RULE_YESNO;

  g_string_append (sql, number ? "CAST (nullif (" : yesno ? "(lower (" : "");
  append_template (sql, leaf->field->value, leaf, 0, RUNGS_RULE_FOR_ONE);
  g_string_append (sql, number ? ", '') AS NUMERIC)" : yesno ? ") IN ('yes', 'true', '1'))" : "");
}

static void
append_values (GString       *sql,
               RungsRuleNode *leaf)
{
  for (guint i = 0; i < leaf->values->len; i++)
    {
      g_string_append (sql, i > 0 ? ", " : "");
      append_parameter (sql, (int) (leaf->first + i));
    }
}

/* The keys of several choices stand in one value, parted by commas that no key has. */
static void
append_choices (GString       *sql,
                RungsRuleNode *leaf)
{
  gboolean all = g_str_equal (leaf->operator->name, "has_all");

  g_string_append_c (sql, '(');
  for (guint i = 0; i < leaf->values->len; i++)
    {
      g_string_append (sql, i == 0 ? "instr (',' || " : all ? " AND instr (',' || "
                                                            : " OR instr (',' || ");
      append_field (sql, leaf);
      g_string_append (sql, " || ',', ',' || ");
      append_parameter (sql, (int) (leaf->first + i));
      g_string_append (sql, " || ',') > 0");
    }
  g_string_append_c (sql, ')');
}

static void
append_comparison (GString       *sql,
                   RungsRuleNode *leaf)
{
  if (leaf->type == RUNGS_RULE_SET)
    {
      append_choices (sql, leaf);
      return;
    }
  g_string_append_c (sql, '(');
  for (const char *text = leaf->operator->sql; *text != '\0'; text++)
    if (*text == '@')
      append_field (sql, leaf);
    else if (*text == '*')
      append_values (sql, leaf);
    else
      {
        const char one[] = { *text, '\0' };

        append_template (sql, one, leaf, 0, RUNGS_RULE_FOR_ONE);
      }
  g_string_append_c (sql, ')');
}

/* ---- rows, of which one that fits is enough */

/* Of all leads; events and tasks may be about none. */
static void
append_rows_of_leads (GString       *sql,
                      RungsRuleNode *leaf)
{
  append_template (sql, leaf->field->rows, leaf, 0, RUNGS_RULE_FOR_MANY);
  g_string_append_printf (sql, " AND %s IS NOT NULL", leaf->field->lead);
}

static void
begin_rows (GString        *sql,
            RungsRuleNode  *leaf,
            RungsRuleReach  reach)
{
  if (reach == RUNGS_RULE_FOR_MANY)
    {
      g_string_append_printf (sql, "l.id IN (SELECT %s ", leaf->field->lead);
      append_rows_of_leads (sql, leaf);
      return;
    }
  g_string_append (sql, "EXISTS (SELECT 1 ");
  append_template (sql, leaf->field->rows, leaf, 0, reach);
}

static void
end_rows (GString        *sql,
          RungsRuleNode  *leaf,
          RungsRuleReach  reach)
{
  if (reach != RUNGS_RULE_FOR_MANY)
    g_string_append_printf (sql, " AND %s = l.id", leaf->field->lead);
  g_string_append_c (sql, ')');
}

/* The rows that have one of the names from `first` on, `n` of them. */
static void
append_named_rows (GString        *sql,
                   RungsRuleNode  *leaf,
                   RungsRuleReach  reach,
                   guint           first,
                   guint           n)
{
  begin_rows (sql, leaf, reach);
  for (guint i = first; i < first + n; i++)
    {
      g_string_append (sql, i == first ? " AND (" : " OR ");
      append_template (sql, leaf->field->value, leaf, i, reach);
    }
  g_string_append (sql, n > 0 ? ")" : "");
  end_rows (sql, leaf, reach);
}

/* Segments that are live are their rules. */
static void
append_segment (GString        *sql,
                RungsRuleNode  *leaf,
                RungsRuleReach  reach,
                guint           value)
{
  RungsRuleNode *inner = leaf->inner != NULL ? g_ptr_array_index (leaf->inner, value) : NULL;

  if (inner != NULL)
    rungs_rule_node_append_sql (inner, reach, sql);
  else
    append_named_rows (sql, leaf, reach, value, 1);
}

static void
append_set (GString        *sql,
            RungsRuleNode  *leaf,
            RungsRuleReach  reach)
{
  gboolean all = g_str_equal (leaf->operator->name, "has_all");
  gboolean segments = leaf->field->source == RUNGS_RULE_FROM_SEGMENTS;

  if (!all && !segments)
    {
      append_named_rows (sql, leaf, reach, 0, leaf->values->len);
      return;
    }
  g_string_append_c (sql, '(');
  for (guint i = 0; i < leaf->values->len; i++)
    {
      g_string_append (sql, i == 0 ? "" : all ? " AND " : " OR ");
      if (segments)
        append_segment (sql, leaf, reach, i);
      else
        append_named_rows (sql, leaf, reach, i, 1);
    }
  g_string_append_c (sql, ')');
}

static void
append_custom (GString        *sql,
               RungsRuleNode  *leaf,
               RungsRuleReach  reach)
{
  begin_rows (sql, leaf, reach);
  g_string_append (sql, " AND ");
  append_comparison (sql, leaf);
  end_rows (sql, leaf, reach);
}

/* ---- aggregates of rows */

/* The aggregate of the rows of one lead. What there is of none follows from the aggregate itself,
 * but for words. */
static void
append_aggregate_of_lead (GString        *sql,
                          RungsRuleNode  *leaf,
                          RungsRuleReach  reach)
{
  gboolean words = leaf->type == RUNGS_RULE_CHOICE;

  g_string_append (sql, "coalesce ((SELECT ");
  if (words)
    g_string_append_printf (sql, "CASE count(*) WHEN 0 THEN %d ELSE ",
                            rungs_rule_leaf_holds_of_none (leaf));
  append_comparison (sql, leaf);
  g_string_append (sql, words ? " END " : " ");
  append_template (sql, leaf->field->rows, leaf, 0, reach);
  g_string_append_printf (sql, " AND %s = l.id), 0)", leaf->field->lead);
}

static void
append_aggregate (GString        *sql,
                  RungsRuleNode  *leaf,
                  RungsRuleReach  reach)
{
  gboolean none = rungs_rule_leaf_holds_of_none (leaf);

  if (rungs_rule_leaf_asks_for_any (leaf))
    {
      g_string_append (sql, none ? "NOT " : "");
      begin_rows (sql, leaf, reach);
      end_rows (sql, leaf, reach);
      return;
    }
  if (reach != RUNGS_RULE_FOR_MANY)
    {
      append_aggregate_of_lead (sql, leaf, reach);
      return;
    }
  g_string_append_printf (sql, "l.id %s (SELECT %s ", none ? "NOT IN" : "IN", leaf->field->lead);
  append_rows_of_leads (sql, leaf);
  g_string_append_printf (sql, " GROUP BY %s HAVING %s", leaf->field->lead,
                          none ? "NOT coalesce (" : "coalesce (");
  append_comparison (sql, leaf);
  g_string_append (sql, ", 0))");
}

/* ---- marks of time */

/* The rows, of whatever time they are. */
static char *
dup_rows_of_any_time (RungsRuleNode *leaf)
{
  const char *begin = strstr (leaf->field->rows, "[within_days:");
  g_autofree char *before = NULL;

  if (begin == NULL)
    return g_strdup (leaf->field->rows);
  before = g_strndup (leaf->field->rows, (gsize) (begin - leaf->field->rows));
  return g_strconcat (before, strchr (begin, ']') + 1, NULL);
}

void
rungs_rule_node_append_marked (RungsRuleNode *leaf,
                               GString       *sql)
{
  g_autofree char *rows = NULL;

  if (leaf->field->rows == NULL)
    {
      g_string_append_printf (sql, "SELECT l.id FROM lead l WHERE %s >= :from AND %s <= :to",
                              leaf->field->value, leaf->field->value);
      return;
    }
  rows = dup_rows_of_any_time (leaf);
  g_string_append_printf (sql, "SELECT %s ", leaf->field->lead);
  append_template (sql, rows, leaf, 0, RUNGS_RULE_FOR_MANY);
  g_string_append_printf (sql, " AND %s IS NOT NULL AND %s >= :from AND %s <= :to",
                          leaf->field->lead, leaf->field->at, leaf->field->at);
}

gboolean
rungs_rule_node_speaks_of_now (RungsRuleNode *leaf)
{
  return strstr (leaf->field->value, ":now") != NULL
         || (leaf->field->rows != NULL && strstr (leaf->field->rows, ":now") != NULL);
}

/* ---- the tree */

static void
append_leaf (GString        *sql,
             RungsRuleNode  *leaf,
             RungsRuleReach  reach)
{
  if (leaf->by_lead && reach == RUNGS_RULE_FOR_MANY)
    reach = RUNGS_RULE_FOR_EACH;
  g_string_append (sql, rungs_rule_leaf_is_opposite (leaf) ? "NOT " : "");
  if (leaf->field->rows == NULL)
    {
      g_string_append (sql, leaf->field->always ? "" : "coalesce (");
      append_comparison (sql, leaf);
      g_string_append (sql, leaf->field->always ? "" : ", 0)");
    }
  else if (leaf->key != NULL)
    append_custom (sql, leaf, reach);
  else if (leaf->type == RUNGS_RULE_SET)
    append_set (sql, leaf, reach);
  else
    append_aggregate (sql, leaf, reach);
}

gboolean
rungs_rule_node_finds_by_rows (RungsRuleNode *leaf)
{
  gboolean aggregate = leaf->type != RUNGS_RULE_SET && leaf->key == NULL;

  if (leaf->field->rows == NULL || rungs_rule_leaf_is_opposite (leaf)
      || (aggregate && rungs_rule_leaf_holds_of_none (leaf)))
    return FALSE;
  for (guint i = 0; leaf->inner != NULL && i < leaf->inner->len; i++)
    if (g_ptr_array_index (leaf->inner, i) != NULL)
      return FALSE;
  return TRUE;
}

/* What a row must be, of those that are not grouped. */
static void
append_row_condition (GString       *sql,
                      RungsRuleNode *leaf)
{
  g_string_append (sql, leaf->values->len > 0 || leaf->key != NULL ? " AND " : "");
  if (leaf->key != NULL)
    {
      append_comparison (sql, leaf);
      return;
    }
  for (guint i = 0; i < leaf->values->len; i++)
    {
      g_string_append (sql, i == 0 ? "(" : " OR ");
      append_template (sql, leaf->field->value, leaf, i, RUNGS_RULE_FOR_MANY);
    }
  g_string_append (sql, leaf->values->len > 0 ? ")" : "");
}

void
rungs_rule_node_append_rows (RungsRuleNode *leaf,
                             GString       *sql)
{
  append_template (sql, leaf->field->rows, leaf, 0, RUNGS_RULE_FOR_MANY);
  if (leaf->type == RUNGS_RULE_SET || leaf->key != NULL)
    append_row_condition (sql, leaf);
}

/* A SELECT of the leads that have such rows, each lead once. */
static void
append_leads_of_rows (RungsRuleNode *leaf,
                      GString       *sql)
{
  gboolean once = leaf->key != NULL || (leaf->field->once && leaf->values->len == 1);

  g_string_append_printf (sql, "SELECT %s%s ", once ? "" : "DISTINCT ", leaf->field->lead);
  append_rows_of_leads (sql, leaf);
  if (leaf->type == RUNGS_RULE_SET || leaf->key != NULL)
    append_row_condition (sql, leaf);
}

/* A SELECT of the leads of whose rows the leaf, or its opposite, holds. */
static void
append_leads_of_aggregate (RungsRuleNode *leaf,
                           gboolean       none,
                           GString       *sql)
{
  g_string_append_printf (sql, "SELECT %s ", leaf->field->lead);
  append_rows_of_leads (sql, leaf);
  g_string_append_printf (sql, " GROUP BY %s HAVING %scoalesce (", leaf->field->lead,
                          none ? "NOT " : "");
  append_comparison (sql, leaf);
  g_string_append (sql, ", 0)");
}

gboolean
rungs_rule_node_append_count (RungsRuleNode *leaf,
                              GString       *sql,
                              gboolean      *opposite)
{
  gboolean each = leaf->type == RUNGS_RULE_SET || leaf->key != NULL;
  gboolean none = leaf->field->rows != NULL && !each && rungs_rule_leaf_holds_of_none (leaf);

  if (leaf->field->rows == NULL || leaf->inner != NULL
      || g_str_equal (leaf->operator->name, "has_all"))
    return FALSE;
  *opposite = rungs_rule_leaf_is_opposite (leaf) != none;
  g_string_append (sql, "SELECT count(*) FROM (");
  if (each || rungs_rule_leaf_asks_for_any (leaf))
    append_leads_of_rows (leaf, sql);
  else
    append_leads_of_aggregate (leaf, none, sql);
  g_string_append_c (sql, ')');
  return TRUE;
}

void
rungs_rule_node_append_sql (RungsRuleNode  *node,
                            RungsRuleReach  reach,
                            GString        *sql)
{
  const char *glue = node->kind == RUNGS_RULE_NODE_ANY ? " OR " : " AND ";
  g_autoptr (GArray) terms = NULL;

  if (node->kind == RUNGS_RULE_NODE_LEAF)
    {
      append_leaf (sql, node, reach);
      return;
    }
  if (node->children->len == 0)
    {
      g_string_append_c (sql, '1');
      return;
    }
  terms = rungs_rule_node_terms (node);
  g_string_append_c (sql, '(');
  for (guint i = 0; i < terms->len; i++)
    {
      const RungsRuleTerm *term = &g_array_index (terms, RungsRuleTerm, i);

      g_string_append_printf (sql, "%s%s", i > 0 ? glue : "", term->negated ? "NOT " : "");
      rungs_rule_node_append_sql (term->node, reach, sql);
    }
  g_string_append_c (sql, ')');
}
