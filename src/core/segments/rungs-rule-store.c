/* rungs-rule-store.c: makes SQL of rules and asks the file.
 *
 * A rule becomes one SELECT whose text is put together from the constants of the field table;
 * values are parameters :v0, :v1, … Every leaf is an expression that is 0 or 1 and never NULL, so
 * that groups are plain AND, OR and NOT.
 *
 * Which index leads is decided here and not left to the planner, which has no statistics to know
 * better: the lead's own columns stand inside coalesce(), where no index is used, for a condition
 * on them keeps most leads as a rule and reading all in order is then the fastest. A set, however,
 * is found from the side of its name: "l.id IN (SELECT … WHERE name = ?)", so that a rule that asks
 * for one tag looks at the leads with that tag only. When one lead is asked about the same set is
 * found from the side of the lead: "EXISTS (SELECT … WHERE name = ? AND x.lead = l.id)", for the
 * first form would read all that have it.
 *
 * The texts are interned: as many as there are shapes of rules, and what the statement cache
 * knows them by. */

#include "segments/rungs-rule-node.h"

#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"

static const char SQL_ZONE[] = "SELECT b.zone FROM business b WHERE b.id = 1";

/* Whether the SQL is for many leads, or for the one that :lead names. */
typedef enum
{
  FOR_MANY,
  FOR_ONE,
} Reach;

static void
append_parameter (GString *sql,
                  int      number)
{
  g_string_append_printf (sql, ":v%d", number);
}

/* A stretch of a table's SQL with its marks filled in: "?" by a value, "#" by the key. */
static void
append_template (GString       *sql,
                 const char    *text,
                 RungsRuleNode *leaf,
                 guint          value)
{
  for (; *text != '\0'; text++)
    if (*text == '?')
      append_parameter (sql, (int) (leaf->first + value));
    else if (*text == '#')
      append_parameter (sql, leaf->key_parameter);
    else
      g_string_append_c (sql, *text);
}

/* The values of custom fields are kept as text, whatever their kind. */
static void
append_field (GString       *sql,
              RungsRuleNode *leaf)
{
  static const struct
  {
    const char *before;
    const char *after;
  } AS_TYPE[] = {
    [RUNGS_RULE_TEXT] = { "", "" },
    [RUNGS_RULE_NUMBER] = { "CAST (nullif (", ", '') AS NUMERIC)" },
    /* SQLite's own calendar */
    [RUNGS_RULE_DATE] = { "CAST (strftime ('%s', ", ") AS INTEGER) * 1000" },
    [RUNGS_RULE_YESNO] = { "(lower (", ") IN ('yes', 'true', '1'))" },
  };
  gboolean custom = leaf->key != NULL;

  g_string_append (sql, custom ? AS_TYPE[leaf->type].before : "");
  append_template (sql, leaf->field->value, leaf, 0);
  g_string_append (sql, custom ? AS_TYPE[leaf->type].after : "");
}

static void
append_comparison (GString       *sql,
                   RungsRuleNode *leaf,
                   guint          value)
{
  for (const char *text = leaf->operator->sql; *text != '\0'; text++)
    if (*text == '@')
      append_field (sql, leaf);
    else
      {
        const char one[] = { *text, '\0' };

        append_template (sql, one, leaf, value);
      }
}

static void
append_set (GString       *sql,
            RungsRuleNode *leaf,
            Reach          reach)
{
  if (reach == FOR_ONE)
    g_string_append (sql, "EXISTS (SELECT 1 ");
  else
    g_string_append_printf (sql, "l.id IN (SELECT %s ", leaf->field->lead);
  append_template (sql, leaf->field->rows, leaf, 0);
  if (reach == FOR_ONE)
    g_string_append_printf (sql, " AND %s = l.id", leaf->field->lead);
  g_string_append_c (sql, ')');
}

static void
append_leaf (GString       *sql,
             RungsRuleNode *leaf,
             Reach          reach)
{
  g_string_append (sql, leaf->operator->negated ? "NOT " : "");
  if (leaf->operator->sql == NULL)
    {
      append_set (sql, leaf, reach);
      return;
    }

  g_string_append (sql, "coalesce (");
  for (guint i = 0; i < MAX (leaf->values->len, 1); i++)
    {
      g_string_append (sql, i > 0 ? " OR (" : "(");
      append_comparison (sql, leaf, i);
      g_string_append_c (sql, ')');
    }
  g_string_append (sql, ", 0)");
}

static void
append_node (GString       *sql,
             RungsRuleNode *node,
             Reach          reach)
{
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

  g_string_append (sql, node->kind == RUNGS_RULE_NODE_NONE ? "NOT (" : "(");
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append (sql, node->kind == RUNGS_RULE_NODE_ALL ? " AND " : " OR ");
      append_node (sql, g_ptr_array_index (node->children, i), reach);
    }
  g_string_append_c (sql, ')');
}

static const char *
compile (RungsRule  *rule,
         const char *head,
         const char *tail,
         Reach       reach)
{
  g_autoptr (GString) sql = g_string_new (head);

  append_node (sql, rule->root, reach);
  g_string_append (sql, tail);
  return g_intern_string (sql->str);
}

const char *
rungs_rule_get_sql (RungsRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);

  return compile (rule, "SELECT l.id FROM lead l WHERE l.id > :after AND ",
                  " ORDER BY l.id LIMIT :limit", FOR_MANY);
}

static const char *
get_sql_for_one (RungsRule *rule)
{
  if (g_once_init_enter (&rule->sql_for_one))
    g_once_init_leave (
        &rule->sql_for_one,
        (gsize) compile (rule, "SELECT ", " FROM lead l WHERE l.id = :lead", FOR_ONE));
  return (const char *) rule->sql_for_one;
}

/* The zone of that name. Reading a zone from the system takes far longer than asking a rule: the
 * rule keeps it. */
static GTimeZone *
keep_zone (RungsRule  *rule,
           const char *name)
{
  GTimeZone *zone;

  g_mutex_lock (&rule->lock);
  if (g_strcmp0 (rule->zone_name, name) != 0)
    {
      g_clear_pointer (&rule->zone, g_time_zone_unref);
      g_free (rule->zone_name);
      rule->zone_name = g_strdup (name);
      rule->zone = rungs_time_zone (name);
    }
  zone = g_time_zone_ref (rule->zone);
  g_mutex_unlock (&rule->lock);
  return zone;
}

static gboolean
get_zone (RungsDb    *db,
          RungsRule  *rule,
          GTimeZone **zone,
          GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ZONE, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  step = rungs_statement_step (query, error);
  *zone = keep_zone (rule, step == RUNGS_ROW ? rungs_statement_get_text (query, 0) : "UTC");
  return step != RUNGS_FAILED;
}

/* A custom date is a day without a zone, and so is what it is compared with. */
static gint64
date_value (RungsRuleNode  *leaf,
            RungsRuleValue *value,
            GTimeZone      *zone)
{
  gint64 instant = 0;

  rungs_time_parse (value->text, leaf->key ? NULL : zone, &instant, NULL);
  return instant;
}

static void
bind_value (RungsStatement *query,
            RungsRuleNode  *leaf,
            guint           index,
            GTimeZone      *zone)
{
  RungsRuleValue *value = g_ptr_array_index (leaf->values, index);
  g_autofree char *name = g_strdup_printf (":v%u", leaf->first + index);

  switch (leaf->operator->shape)
    {
    case RUNGS_SHAPE_DATE:
      rungs_statement_bind_int64 (query, name, date_value (leaf, value, zone));
      break;
    case RUNGS_SHAPE_DAYS:
    case RUNGS_SHAPE_BOOLEAN:
      rungs_statement_bind_int64 (query, name, value->number);
      break;
    case RUNGS_SHAPE_NONE:
    case RUNGS_SHAPE_TEXT:
    case RUNGS_SHAPE_TEXTS:
    case RUNGS_SHAPE_NUMBER:
    default:
      rungs_statement_bind_text (query, name, value->text);
      break;
    }
}

static void
bind_leaf (RungsStatement *query,
           RungsRuleNode  *leaf,
           GTimeZone      *zone)
{
  for (guint i = 0; i < leaf->values->len; i++)
    bind_value (query, leaf, i, zone);
  if (leaf->key != NULL)
    {
      g_autofree char *name = g_strdup_printf (":v%d", leaf->key_parameter);

      rungs_statement_bind_text (query, name, leaf->key);
    }
}

/* The statement with the rule's values and the time in it. */
static RungsStatement *
prepare (RungsDb     *db,
         RungsRule   *rule,
         const char  *sql,
         gint64       now,
         GError     **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (RungsStatement) query = NULL;

  if (rule->has_dates && !get_zone (db, rule, &zone, error))
    return NULL;
  query = rungs_db_prepare (db, sql, error);
  if (query == NULL)
    return NULL;

  for (guint i = 0; i < rule->leaves->len; i++)
    bind_leaf (query, g_ptr_array_index (rule->leaves, i), zone);
  if (strstr (sql, ":now") != NULL)
    rungs_statement_bind_int64 (query, ":now", now);
  return g_steal_pointer (&query);
}

RungsStatement *
rungs_rule_prepare (RungsDb     *db,
                    RungsRule   *rule,
                    const char  *head,
                    const char  *tail,
                    gint64       now,
                    GError     **error)
{
  return prepare (db, rule, compile (rule, head, tail, FOR_MANY), now, error);
}

gboolean
rungs_rule_matches (RungsDb    *db,
                    RungsRule  *rule,
                    gint64      lead,
                    gint64      now,
                    gboolean   *matches,
                    GError    **error)
{
  g_autoptr (RungsStatement) query = NULL;
  const char *sql;
  gint64 answer = 0;

  g_return_val_if_fail (rule != NULL, FALSE);
  g_return_val_if_fail (matches != NULL, FALSE);

  sql = get_sql_for_one (rule);
  query = prepare (db, rule, sql, now, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  if (!rungs_statement_get_number (query, 0, &answer, error))
    return FALSE;
  *matches = answer != 0;
  return TRUE;
}

gboolean
rungs_rule_count (RungsDb    *db,
                  RungsRule  *rule,
                  gint64      now,
                  gint64     *count,
                  GError    **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (rule != NULL, FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  query = prepare (db, rule, compile (rule, "SELECT count(*) FROM lead l WHERE ", "", FOR_MANY),
                   now, error);
  return query != NULL && rungs_statement_get_number (query, 0, count, error);
}

GArray *
rungs_rule_list (RungsDb    *db,
                 RungsRule  *rule,
                 gint64      now,
                 gint64      after,
                 guint       limit,
                 GError    **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (rule != NULL, NULL);

  query = prepare (db, rule, rungs_rule_get_sql (rule), now, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":after", after);
  rungs_statement_bind_int64 (query, ":limit", limit);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 lead = rungs_statement_get_int64 (query, 0);

      g_array_append_val (leads, lead);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&leads) : NULL;
}

void
rungs_rule_reason_free (RungsRuleReason *reason)
{
  if (reason == NULL)
    return;
  g_free (reason->words);
  g_free (reason->field);
  g_free (reason->op);
  g_free (reason->value);
  g_free (reason);
}

static RungsRuleReason *
rungs_rule_reason_new (RungsRuleNode *leaf,
                       gboolean       holds)
{
  RungsRuleReason *reason = g_new0 (RungsRuleReason, 1);

  reason->words = rungs_rule_node_describe (leaf);
  reason->field = g_strdup (leaf->name);
  reason->op = g_strdup (leaf->operator->name);
  reason->value = rungs_rule_node_dup_values (leaf);
  reason->holds = holds;
  return reason;
}

/* All leaves as columns of one row, so that they speak of one moment. */
static const char *
compile_leaves (RungsRule *rule)
{
  g_autoptr (GString) sql = g_string_new ("SELECT 1");

  for (guint i = 0; i < rule->leaves->len; i++)
    {
      g_string_append (sql, ", ");
      append_leaf (sql, g_ptr_array_index (rule->leaves, i), FOR_ONE);
    }
  g_string_append (sql, " FROM lead l WHERE l.id = :lead");
  return g_intern_string (sql->str);
}

/* The answer of a part of the rule, from what its leaves said. */
static gboolean
answer_of (RungsRule     *rule,
           RungsRuleNode *node,
           GPtrArray     *reasons)
{
  gboolean settles = node->kind != RUNGS_RULE_NODE_ALL;
  guint index;

  if (node->kind == RUNGS_RULE_NODE_LEAF)
    {
      g_ptr_array_find (rule->leaves, node, &index);
      return ((RungsRuleReason *) g_ptr_array_index (reasons, index))->holds;
    }

  for (guint i = 0; i < node->children->len; i++)
    if (answer_of (rule, g_ptr_array_index (node->children, i), reasons) == settles)
      return node->kind == RUNGS_RULE_NODE_ANY;
  return node->kind != RUNGS_RULE_NODE_ANY;
}

/* Marks the leaves on which the answer of that part rests: those of the first child that settles
 * its group, or of all children where none did. */
static void
mark_deciding (RungsRule     *rule,
               RungsRuleNode *node,
               GPtrArray     *reasons)
{
  gboolean settles = node->kind != RUNGS_RULE_NODE_ALL;
  guint index;

  if (node->kind == RUNGS_RULE_NODE_LEAF)
    {
      g_ptr_array_find (rule->leaves, node, &index);
      ((RungsRuleReason *) g_ptr_array_index (reasons, index))->decides = TRUE;
      return;
    }

  for (guint i = 0; i < node->children->len; i++)
    if (answer_of (rule, g_ptr_array_index (node->children, i), reasons) == settles)
      {
        mark_deciding (rule, g_ptr_array_index (node->children, i), reasons);
        return;
      }
  for (guint i = 0; i < node->children->len; i++)
    mark_deciding (rule, g_ptr_array_index (node->children, i), reasons);
}

GPtrArray *
rungs_rule_explain (RungsDb    *db,
                    RungsRule  *rule,
                    gint64      lead,
                    gint64      now,
                    gboolean   *matches,
                    GError    **error)
{
  g_autoptr (GPtrArray) reasons =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_reason_free);
  g_autoptr (RungsStatement) query = NULL;
  RungsStep step;

  g_return_val_if_fail (rule != NULL, NULL);

  query = prepare (db, rule, compile_leaves (rule), now, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, "There is no such lead");
  if (step != RUNGS_ROW)
    return NULL;

  for (guint i = 0; i < rule->leaves->len; i++)
    g_ptr_array_add (reasons,
                     rungs_rule_reason_new (g_ptr_array_index (rule->leaves, i),
                                            rungs_statement_get_int64 (query, (int) i + 1) != 0));
  mark_deciding (rule, rule->root, reasons);
  if (matches != NULL)
    *matches = answer_of (rule, rule->root, reasons);
  return g_steal_pointer (&reasons);
}
