/* rungs-rule-check-store.c: whether the file holds what a rule names. */

#include "db/rungs-statement.h"

#include <glib/gi18n.h>
#include "segments/rungs-rule-node.h"

static const char SQL_CUSTOM_FIELD[] = "SELECT f.kind FROM field f WHERE f.key = :key";

static const char SQL_NO_CHOICE[] =
    "SELECT 1 FROM field f WHERE f.key = :key AND f.kind IN ('one', 'several')"
    "   AND NOT EXISTS (SELECT 1 FROM field_choice c"
    "                    WHERE c.field = f.id AND c.key = :choice COLLATE NOCASE)";

static const char SQL_TAG[] = "SELECT 1 FROM tag t WHERE t.name = :name";
static const char SQL_SOURCE[] =
    "SELECT 1 FROM source s WHERE :name IN (s.name, s.kind || ':' || s.name) LIMIT 1";
static const char SQL_PRODUCT[] = "SELECT 1 FROM product p WHERE p.sku = :name";
static const char SQL_MESSAGE[] = "SELECT 1 FROM message m WHERE m.name = :name";
static const char SQL_SEGMENT[] = "SELECT 1 FROM segment s WHERE s.key = :name";
static const char SQL_SEQUENCE[] = "SELECT 1 FROM sequence s WHERE s.name = :name";

static gboolean
exists (RungsDb     *db,
        const char  *sql,
        const char  *name,
        gboolean    *found,
        GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  gint64 number = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":name", name);
  if (!rungs_statement_get_number (query, 0, &number, error))
    return FALSE;
  *found = number != 0;
  return TRUE;
}

/* What a field of a kind is compared as, and what people call the kind. */
typedef struct
{
  const char *kind;
  RungsRuleType type;
  const char *words;
} Kind;

static const Kind *
find_kind (const char *kind)
{
  static const Kind KINDS[] = {
    { "text", RUNGS_RULE_TEXT, N_ ("text") },
    { "long", RUNGS_RULE_TEXT, N_ ("long text") },
    { "number", RUNGS_RULE_NUMBER, N_ ("number") },
    { "money", RUNGS_RULE_NUMBER, N_ ("money") },
    { "date", RUNGS_RULE_DAY, N_ ("date") },
    { "yesno", RUNGS_RULE_YESNO, N_ ("yes or no") },
    { "one", RUNGS_RULE_TEXT, N_ ("one of a list") },
    { "several", RUNGS_RULE_SET, N_ ("several of a list") },
    { "phone", RUNGS_RULE_TEXT, N_ ("telephone number") },
    { "link", RUNGS_RULE_TEXT, N_ ("link") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (KINDS[i].kind, kind) == 0)
      return &KINDS[i];
  return NULL;
}

/* Whether a field of that kind can be compared so. "empty" asks the same of every kind. */
static gboolean
takes (const Kind          *kind,
       const RungsRuleNode *leaf)
{
  static const char *const OF_CHOICES[] = { "is", "is_not", "in", "not_in", NULL };

  if (leaf->operator->shape == RUNGS_SHAPE_NONE)
    return TRUE;
  if (g_str_equal (kind->kind, "one") && !g_strv_contains (OF_CHOICES, leaf->operator->name))
    return FALSE;
  return kind->type == leaf->type;
}

static gboolean
check_custom_field (RungsDb        *db,
                    RungsRuleNode  *leaf,
                    GPtrArray      *problems,
                    GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CUSTOM_FIELD, error);
  RungsStep step;
  const Kind *kind;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":key", leaf->key);
  step = rungs_statement_step (query, error);
  kind = step == RUNGS_ROW ? find_kind (rungs_statement_get_text (query, 0)) : NULL;

  if (step == RUNGS_DONE)
    g_ptr_array_add (problems, g_strdup_printf (_ ("There is no custom field “%s”."), leaf->key));
  else if (kind != NULL && !takes (kind, leaf))
    g_ptr_array_add (
        problems,
        g_strdup_printf (_ ("The custom field “%s” (%s) cannot be compared by “%s” with such a "
                            "value."),
                         leaf->key, _ (kind->words), leaf->operator->name));
  return step != RUNGS_FAILED;
}

/* Of a field that has choices: whether they are among them. */
static gboolean
check_choices (RungsDb        *db,
               RungsRuleNode  *leaf,
               GPtrArray      *problems,
               GError        **error)
{
  for (guint i = 0; i < leaf->values->len; i++)
    {
      RungsRuleValue *value = g_ptr_array_index (leaf->values, i);
      g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NO_CHOICE, error);
      gint64 missing = 0;

      if (query == NULL)
        return FALSE;
      rungs_statement_bind_text (query, ":key", leaf->key);
      rungs_statement_bind_text (query, ":choice", value->text);
      if (!rungs_statement_get_number (query, 0, &missing, error))
        return FALSE;
      if (missing != 0)
        g_ptr_array_add (problems, g_strdup_printf (_ ("The custom field “%s” has no choice “%s”."),
                                                    leaf->key, value->text));
    }
  return TRUE;
}

static gboolean
check_name (RungsDb *db,
            RungsRuleSource source,
            const char *name,
            GPtrArray *problems,
            GError **error)
{
  static const struct
  {
    RungsRuleSource source;
    const char *sql;
    const char *words;
  } NAMES[] = {
    { RUNGS_RULE_FROM_TAGS, SQL_TAG, N_ ("There is no tag “%s” yet.") },
    { RUNGS_RULE_FROM_SOURCES, SQL_SOURCE, N_ ("There is no source “%s” yet.") },
    { RUNGS_RULE_FROM_PARTNERS, SQL_SOURCE, N_ ("There is no partner “%s” yet.") },
    { RUNGS_RULE_FROM_PRODUCTS, SQL_PRODUCT, N_ ("There is no product “%s” yet.") },
    { RUNGS_RULE_FROM_MESSAGES, SQL_MESSAGE, N_ ("There is no message “%s” yet.") },
    { RUNGS_RULE_FROM_SEQUENCES, SQL_SEQUENCE, N_ ("There is no sequence “%s” yet.") },
    { RUNGS_RULE_FROM_SEGMENTS, SQL_SEGMENT, N_ ("There is no segment “%s” yet.") },
  };
  gboolean found = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (NAMES[i].source == source)
      {
        if (!exists (db, NAMES[i].sql, name, &found, error))
          return FALSE;
        if (!found)
          g_ptr_array_add (problems,
                           g_strdup_printf (_ (NAMES[i].words), name));
      }
  return TRUE;
}

static gboolean
check_names (RungsDb        *db,
             RungsRuleNode  *leaf,
             GPtrArray      *problems,
             GError        **error)
{
  for (guint i = 0; i < leaf->values->len; i++)
    if (!check_name (db, leaf->field->source,
                     ((RungsRuleValue *) g_ptr_array_index (leaf->values, i))->text, problems,
                     error))
      return FALSE;
  for (guint i = 0; i < leaf->arguments->len; i++)
    {
      RungsRuleArgument *argument = g_ptr_array_index (leaf->arguments, i);

      if (argument->said
          && !check_name (db, argument->parameter->source, argument->text, problems, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
rungs_rule_check (RungsDb    *db,
                  RungsRule  *rule,
                  gboolean    missing,
                  GError    **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (rule != NULL, NULL);

  for (guint i = 0; i < rule->leaves->len; i++)
    {
      RungsRuleNode *leaf = g_ptr_array_index (rule->leaves, i);

      if (missing && !check_names (db, leaf, problems, error))
        return NULL;
      if (missing && leaf->key != NULL && !check_choices (db, leaf, problems, error))
        return NULL;
      if (!missing && leaf->key != NULL && !check_custom_field (db, leaf, problems, error))
        return NULL;
    }
  return g_steal_pointer (&problems);
}
