/* rungs-rule-store.c: asks the file for whom a rule holds.
 *
 * The texts of the statements are interned: as many as there are shapes of rules, and what the
 * statement cache knows them by. */

#include "segments/rungs-rule-node.h"

#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-record.h"

/* ":v4294967295" */
#define NAME_SIZE 13

static const char SQL_LEADS[] = "SELECT count(*) FROM lead l";

static const char SQL_ZONE[] = "SELECT b.zone FROM business b WHERE b.id = 1";

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

GTimeZone *
rungs_rule_dup_zone (RungsDb    *db,
                     RungsRule  *rule,
                     GError    **error)
{
  g_autoptr (GTimeZone) zone = NULL;

  return get_zone (db, rule, &zone, error) ? g_steal_pointer (&zone) : NULL;
}

static void
bind_number (RungsStatement *query,
             guint           parameter,
             gint64          number)
{
  char name[NAME_SIZE];

  g_snprintf (name, sizeof name, ":v%u", parameter);
  rungs_statement_offer_int64 (query, name, number);
}

static void
bind_text (RungsStatement *query,
           guint           parameter,
           const char     *text)
{
  char name[NAME_SIZE];

  g_snprintf (name, sizeof name, ":v%u", parameter);
  rungs_statement_offer_text (query, name, text);
}

static void
bind_value (RungsStatement *query,
            RungsRuleNode  *leaf,
            guint           index,
            GTimeZone      *zone,
            gint64          now)
{
  RungsRuleValue *value = g_ptr_array_index (leaf->values, index);
  guint first = leaf->first + index * rungs_rule_node_parameters_of_value (leaf);
  RungsRuleSpan span;

  if (leaf->type != RUNGS_RULE_DATE && leaf->type != RUNGS_RULE_DAY)
    {
      bind_text (query, first, value->text);
      return;
    }
  rungs_rule_span_of_value (leaf, value, zone, now, &span);
  if (rungs_rule_leaf_compares_instants (leaf))
    {
      bind_number (query, first, span.from);
      bind_number (query, first + 1, span.to);
    }
  else
    {
      bind_text (query, first, span.first);
      bind_text (query, first + 1, span.last);
    }
}

static void
bind_argument (RungsStatement    *query,
               RungsRuleArgument *argument,
               gint64             now)
{
  RungsRuleSpan span;

  if (argument->parameter->shape != RUNGS_SHAPE_DAYS)
    {
      bind_text (query, argument->first, argument->text);
      return;
    }
  rungs_rule_span_of_days (argument->number, now, &span);
  bind_number (query, argument->first, span.from);
  bind_number (query, argument->first + 1, span.to);
}

static void
bind_leaf (RungsStatement *query,
           RungsRuleNode  *leaf,
           GTimeZone      *zone,
           gint64          now)
{
  for (guint i = 0; i < leaf->values->len; i++)
    bind_value (query, leaf, i, zone, now);
  for (guint i = 0; i < leaf->arguments->len; i++)
    bind_argument (query, g_ptr_array_index (leaf->arguments, i), now);
  if (leaf->key != NULL)
    bind_text (query, (guint) leaf->key_parameter, leaf->key);
}

gboolean
rungs_rule_bind (RungsDb *db,
                 RungsRule *rule,
                 RungsStatement *statement,
                 gint64 now,
                 GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (rule->needs_zone && !get_zone (db, rule, &zone, error))
    return FALSE;
  for (guint i = 0; i < rule->asked->len; i++)
    bind_leaf (statement, g_ptr_array_index (rule->asked, i), zone, now);
  rungs_statement_offer_int64 (statement, ":now", now);
  if (zone != NULL)
    rungs_statement_offer_text (statement, ":zone", g_time_zone_get_identifier (zone));
  return TRUE;
}

const char *
rungs_rule_compile (RungsRule      *rule,
                    RungsRuleReach  reach,
                    const char     *head,
                    const char     *tail)
{
  g_autoptr (GString) sql = g_string_new (head);

  rungs_rule_node_append_sql (rule->root, reach, sql);
  g_string_append (sql, tail);
  return g_intern_string (sql->str);
}

RungsStatement *
rungs_rule_prepare_text (RungsDb     *db,
                         RungsRule   *rule,
                         const char  *sql,
                         gint64       now,
                         GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL || !rungs_rule_bind (db, rule, query, now, error))
    return NULL;
  return g_steal_pointer (&query);
}

RungsStatement *
rungs_rule_prepare (RungsDb *db,
                    RungsRule *rule,
                    RungsRuleReach reach,
                    const char *head,
                    const char *tail,
                    gint64 now,
                    GError **error)
{
  g_autoptr (RungsRule) resolved = reach == RUNGS_RULE_FOR_MANY
                                     ? rungs_rule_plan (db, rule, now, error)
                                     : rungs_rule_resolve (db, rule, NULL, error);

  if (resolved == NULL)
    return NULL;
  return rungs_rule_prepare_text (db, resolved, rungs_rule_compile (resolved, reach, head, tail),
                                  now, error);
}

#define HEAD_LIST "SELECT l.id FROM lead l WHERE l.id > :after AND "
#define TAIL_LIST " ORDER BY l.id LIMIT :limit"

const char *
rungs_rule_get_sql (RungsRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);

  return rungs_rule_compile (rule, RUNGS_RULE_FOR_MANY, HEAD_LIST, TAIL_LIST);
}

static RungsStatement *
prepare_for_one (RungsDb    *db,
                 RungsRule  *rule,
                 gint64      now,
                 GError    **error)
{
  static const char TAIL[] = " FROM lead l WHERE l.id = :lead";

  if (rule->asks_segments)
    return rungs_rule_prepare (db, rule, RUNGS_RULE_FOR_ONE, "SELECT ", TAIL, now, error);
  if (g_once_init_enter (&rule->sql_for_one))
    g_once_init_leave (&rule->sql_for_one,
                       (gsize) rungs_rule_compile (rule, RUNGS_RULE_FOR_ONE, "SELECT ", TAIL));
  return rungs_rule_prepare_text (db, rule, (const char *) rule->sql_for_one, now, error);
}

gboolean
rungs_rule_matches (RungsDb *db,
                    RungsRule *rule,
                    gint64 lead,
                    gint64 now,
                    gboolean *matches,
                    GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 answer = 0;

  g_return_val_if_fail (rule != NULL, FALSE);
  g_return_val_if_fail (matches != NULL, FALSE);

  query = prepare_for_one (db, rule, now, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  if (!rungs_statement_get_number (query, 0, &answer, error))
    return FALSE;
  *matches = answer != 0;
  return TRUE;
}

/* How many leads a leaf of a resolved rule lets through. What is in rows is counted there, without
 * looking at the leads. */
static gboolean
count_leaf (RungsDb *db,
            RungsRule *rule,
            RungsRuleNode *leaf,
            gint64 now,
            gint64 *count,
            GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (RungsStatement) all = NULL;
  gboolean opposite = FALSE;
  gint64 leads = 0;

  if (!rungs_rule_node_append_count (leaf, sql, &opposite))
    {
      g_string_assign (sql, "SELECT count(*) FROM lead l WHERE ");
      rungs_rule_node_append_sql (leaf, RUNGS_RULE_FOR_MANY, sql);
    }
  query = rungs_rule_prepare_text (db, rule, g_intern_string (sql->str), now, error);
  if (query == NULL || !rungs_statement_get_number (query, 0, count, error))
    return FALSE;
  if (!opposite)
    return TRUE;
  all = rungs_db_prepare (db, SQL_LEADS, error);
  if (all == NULL || !rungs_statement_get_number (all, 0, &leads, error))
    return FALSE;
  *count = leads - *count;
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

  if (rule->root->kind == RUNGS_RULE_NODE_LEAF)
    return rungs_rule_count_leaf (db, rule, 0, now, count, error);
  query = rungs_rule_prepare (db, rule, RUNGS_RULE_FOR_MANY, "SELECT count(*) FROM lead l WHERE ",
                              "", now, error);
  return query != NULL && rungs_statement_get_number (query, 0, count, error);
}

GArray *
rungs_rule_list (RungsDb *db,
                 RungsRule *rule,
                 gint64 now,
                 gint64 after,
                 guint limit,
                 GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (rule != NULL, NULL);

  query = rungs_rule_prepare (db, rule, RUNGS_RULE_FOR_MANY, HEAD_LIST, TAIL_LIST, now, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":after", after);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_ids (query, error);
}

GArray *
rungs_rule_sample (RungsDb    *db,
                   RungsRule  *rule,
                   gint64      now,
                   guint       limit,
                   GError    **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (rule != NULL, NULL);

  query = rungs_rule_prepare (db, rule, RUNGS_RULE_FOR_MANY, "SELECT l.id FROM lead l WHERE ",
                              " ORDER BY l.id DESC LIMIT :limit", now, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_ids (query, error);
}

gboolean
rungs_rule_count_leaf (RungsDb *db,
                       RungsRule *rule,
                       guint leaf,
                       gint64 now,
                       gint64 *count,
                       GError **error)
{
  g_autoptr (RungsRule) resolved = NULL;

  g_return_val_if_fail (rule != NULL && leaf < rule->leaves->len, FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  resolved = rungs_rule_resolve (db, rule, NULL, error);
  return resolved != NULL
         && count_leaf (db, resolved, g_ptr_array_index (resolved->leaves, leaf), now, count,
                        error);
}
