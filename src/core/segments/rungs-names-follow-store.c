/* rungs-names-follow-store.c: lets all rules follow what was renamed in a transaction. */

#include "segments/rungs-names-follow-store.h"

#include <string.h>

#include "segments/rungs-rule-names.h"

static const char SQL_CHANGES[] =
  "SELECT c.kind, c.before, c.after,"
  "       EXISTS (SELECT 1 FROM source s WHERE c.kind = 'source' AND s.id <> c.thing"
  "                  AND s.name = substr (c.before, instr (c.before, ':') + 1)),"
  "       EXISTS (SELECT 1 FROM source s WHERE c.kind = 'source' AND s.id <> c.thing"
  "                  AND s.name = substr (c.after, instr (c.after, ':') + 1))"
  "  FROM name_change c ORDER BY c.id";

static const char SQL_FORGET[] = "DELETE FROM name_change";

/* Where rules are kept: what reads them all, and what writes one. */
static const struct
{
  const char *read;
  const char *write;
} SQL_KEPT[] = {
  { "SELECT s.id, s.rule FROM segment s WHERE s.rule IS NOT NULL",
    "UPDATE segment SET rule = :json WHERE id = :id" },
  { "SELECT o.id, o.condition FROM offer o WHERE o.condition IS NOT NULL",
    "UPDATE offer SET condition = :json WHERE id = :id" },
  { "SELECT b.id, b.rule FROM broadcast b WHERE b.fixed_at IS NULL",
    "UPDATE broadcast SET rule = :json WHERE id = :id" },
  { "SELECT v.id, v.graph FROM sequence_version v",
    "UPDATE sequence_version SET graph = :json WHERE id = :id" },
  { "SELECT d.sequence, d.graph FROM sequence_draft d",
    "UPDATE sequence_draft SET graph = :json WHERE sequence = :id" },
};

static const struct
{
  const char *kind;
  RungsRuleSource source;
} KINDS[] = {
  { "tag", RUNGS_RULE_FROM_TAGS },           { "source", RUNGS_RULE_FROM_SOURCES },
  { "product", RUNGS_RULE_FROM_PRODUCTS },   { "message", RUNGS_RULE_FROM_MESSAGES },
  { "sequence", RUNGS_RULE_FROM_SEQUENCES }, { "coupon", RUNGS_RULE_FROM_COUPONS },
};

typedef struct
{
  char *kind;             /* (owned): of name_change */
  RungsNameChange change; /* source NOWHERE of kinds that rules do not name so */
} RungsNameNews;

static void
rungs_name_news_free (gpointer data)
{
  RungsNameNews *news = data;

  g_free (news->kind);
  g_free (news->change.before);
  g_free (news->change.after);
  g_free (news);
}

static RungsNameNews *
news_from_row (RungsStatement *row)
{
  RungsNameNews *news = g_new0 (RungsNameNews, 1);

  news->kind = rungs_statement_dup_text (row, 0);
  news->change.before = rungs_statement_dup_text (row, 1);
  news->change.after = rungs_statement_dup_text (row, 2);
  news->change.shared = rungs_statement_get_int64 (row, 3) != 0;
  news->change.taken = rungs_statement_get_int64 (row, 4) != 0;
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_str_equal (KINDS[i].kind, news->kind))
      news->change.source = KINDS[i].source;
  return news;
}

static GPtrArray *
load_news (RungsDb  *db,
           GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CHANGES, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (rungs_name_news_free);

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (all, news_from_row (query));
  return rungs_statement_done (query, error) ? g_steal_pointer (&all) : NULL;
}

/* ---- what is kept */

/* A rule or graph that a name stood in, with its new text. */
typedef struct
{
  gint64 id;
  char *json; /* (owned) */
} Rewritten;

static void
rewritten_free (gpointer data)
{
  g_free (((Rewritten *) data)->json);
  g_free (data);
}

/* NULL in `text` where no name stood in it. What is no JSON, which only another program can have
 * written, is left as it is. */
static gboolean
change_names (const char  *json,
              GPtrArray   *all,
              char       **text,
              GError     **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  gboolean changed = FALSE;

  *text = NULL;
  for (guint i = 0; node != NULL && i < all->len; i++)
    {
      const RungsNameChange *change = &((RungsNameNews *) g_ptr_array_index (all, i))->change;

      if (change->source != RUNGS_RULE_FROM_NOWHERE && change->after != NULL
          && !rungs_rule_names_change (node, change, &changed, error))
        return FALSE;
    }
  if (changed)
    *text = json_to_string (node, FALSE);
  return TRUE;
}

static GPtrArray *
collect (RungsDb     *db,
         const char  *sql,
         GPtrArray   *all,
         GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (rewritten_free);

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      char *text = NULL;
      Rewritten *rewritten;

      if (!change_names (rungs_statement_get_text (query, 1), all, &text, error))
        return NULL;
      if (text == NULL)
        continue;
      rewritten = g_new0 (Rewritten, 1);
      rewritten->id = rungs_statement_get_int64 (query, 0);
      rewritten->json = text;
      g_ptr_array_add (found, rewritten);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&found) : NULL;
}

static gboolean
rewrite (RungsDb     *db,
         const char  *read,
         const char  *write,
         GPtrArray   *all,
         GError     **error)
{
  g_autoptr (GPtrArray) found = collect (db, read, all, error);
  g_autoptr (RungsStatement) update = found ? rungs_db_prepare (db, write, error) : NULL;

  if (update == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      const Rewritten *rewritten = g_ptr_array_index (found, i);

      rungs_statement_bind_int64 (update, ":id", rewritten->id);
      rungs_statement_bind_text (update, ":json", rewritten->json);
      if (!rungs_statement_run (update, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
rungs_names_follow (RungsDb  *db,
                    GError  **error)
{
  g_autoptr (GPtrArray) all = load_news (db, error);
  g_autoptr (RungsStatement) forget = NULL;

  if (all == NULL || all->len == 0)
    return g_steal_pointer (&all);
  for (guint i = 0; i < G_N_ELEMENTS (SQL_KEPT); i++)
    if (!rewrite (db, SQL_KEPT[i].read, SQL_KEPT[i].write, all, error))
      return NULL;
  forget = rungs_db_prepare (db, SQL_FORGET, error);
  return forget && rungs_statement_run (forget, error) ? g_steal_pointer (&all) : NULL;
}

/* ---- whose answers change */

/* Whether the text may name what changed, whatever kind of name it is of. */
static gboolean
names (const RungsNameChange *change,
       RungsRuleSource        source,
       const char            *text)
{
  if (source == RUNGS_RULE_FROM_PARTNERS)
    source = RUNGS_RULE_FROM_SOURCES;
  return source == change->source
         && (rungs_name_change_is_before (change, text)
             || rungs_name_change_is_after (change, text));
}

static gboolean
names_in_leaf (const RungsNameChange *change,
               RungsRuleNode         *leaf)
{
  for (guint i = 0; i < leaf->values->len; i++)
    if (names (change, leaf->field->source,
               ((RungsRuleValue *) g_ptr_array_index (leaf->values, i))->text))
      return TRUE;
  for (guint i = 0; i < leaf->arguments->len; i++)
    {
      RungsRuleArgument *argument = g_ptr_array_index (leaf->arguments, i);

      if (names (change, argument->parameter->source, argument->text))
        return TRUE;
    }
  return FALSE;
}

/* Whether it asks what a lead owns or bought: bundles and rungs are part of that. */
static gboolean
asks_products (RungsRuleNode *leaf)
{
  return leaf->field->group == RUNGS_RULE_ABOUT_OWNERSHIP
         || rungs_rule_node_get_argument (leaf, "product") != NULL;
}

/* Whether it asks what events are about: of what is gone, what it was called then. */
static gboolean
asks_about (RungsRuleNode *leaf)
{
  return leaf->field->group == RUNGS_RULE_ABOUT_EVENTS
         && rungs_rule_node_get_argument (leaf, "detail") != NULL;
}

static gboolean
concerns_leaf (const RungsNameNews *news,
               RungsRuleNode       *leaf)
{
  gboolean gone = news->change.after == NULL;

  if (g_str_equal (news->kind, "business"))
    return TRUE;
  if (g_str_equal (news->kind, "offer"))
    return rungs_rule_node_asks_offers (leaf);
  if (g_str_equal (news->kind, "holds"))
    return asks_products (leaf);
  if (g_str_equal (news->kind, "field"))
    return g_strcmp0 (leaf->key, news->change.before) == 0;
  return names_in_leaf (&news->change, leaf) || (gone && asks_about (leaf))
         || (gone && leaf->field->source == news->change.source && leaf->values->len == 0);
}

gboolean
rungs_names_concern (GPtrArray *news,
                     RungsRule *rule)
{
  for (guint i = 0; i < news->len; i++)
    for (guint j = 0; j < rule->asked->len; j++)
      if (concerns_leaf (g_ptr_array_index (news, i), g_ptr_array_index (rule->asked, j)))
        return TRUE;
  return FALSE;
}
