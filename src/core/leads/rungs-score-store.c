/* rungs-score-store.c: the rules of the score in the file. */

#include "leads/rungs-score-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

#define COLUMNS                                                                                    \
  " id, kind, pattern, points, coalesce (half_life, 0), coalesce (day_cap, 0), created_at "

static const char SQL_LIST[] = "SELECT" COLUMNS "FROM score_rule ORDER BY created_at, id";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM score_rule WHERE id = :id";

static const char SQL_ADD[] =
  "INSERT INTO score_rule (id, kind, pattern, points, half_life, day_cap, created_at)"
  " VALUES (:id, :kind, :pattern, :points, :half_life, :day_cap, :created)";

static const char SQL_SAVE[] =
  "UPDATE score_rule SET kind = :kind, pattern = :pattern, points = :points,"
  "       half_life = :half_life, day_cap = :day_cap"
  " WHERE id = :id";

static const char SQL_REMOVE[] = "DELETE FROM score_rule WHERE id = :id";

static const char SQL_BEGIN_ANEW[] =
  "INSERT INTO score_sweep (id, after)"
  " SELECT 1, 0 WHERE EXISTS (SELECT 1 FROM score_rule)"
  "                OR EXISTS (SELECT 1 FROM lead WHERE score <> points)"
  " ON CONFLICT (id) DO UPDATE SET after = 0";

static const char SQL_MARK_EVENT[] =
  "UPDATE lead SET rescore_at = 0 WHERE id = (SELECT v.lead FROM event v WHERE v.id = :id)"
  "   AND EXISTS (SELECT 1 FROM score_rule r WHERE r.pattern <> '')";

static const char SQL_PROGRESS[] =
  "SELECT after, max (1, after, coalesce ((SELECT max (id) FROM lead), 0)) FROM score_sweep";

static const char SQL_NEXT_DUE[] =
  "SELECT CASE WHEN EXISTS (SELECT 1 FROM score_sweep) THEN 0"
  "            ELSE (SELECT min (rescore_at) FROM lead WHERE rescore_at IS NOT NULL) END";

static gpointer
rule_from_row (RungsStatement *row)
{
  RungsScoreRule *rule = g_new0 (RungsScoreRule, 1);

  rule->id = rungs_statement_get_int64 (row, 0);
  rule->kind = rungs_statement_dup_text (row, 1);
  rule->pattern = rungs_statement_dup_text (row, 2);
  rule->points = rungs_statement_get_int64 (row, 3);
  rule->half_life = rungs_statement_get_int64 (row, 4);
  rule->day_cap = rungs_statement_get_int64 (row, 5);
  rule->created_at = rungs_statement_get_int64 (row, 6);
  return rule;
}

GPtrArray *
rungs_score_rule_list (RungsDb  *db,
                       GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, rule_from_row, (GDestroyNotify) rungs_score_rule_free, error);
}

RungsScoreRule *
rungs_score_rule_load (RungsDb  *db,
                       gint64    id,
                       GError  **error)
{
  return rungs_record_load (db, SQL_LOAD, id, rule_from_row, "rule of the score", error);
}

static void
bind (RungsStatement       *statement,
      const RungsScoreRule *rule)
{
  rungs_statement_bind_text (statement, ":kind", rule->kind);
  rungs_statement_bind_text (statement, ":pattern", rule->pattern);
  rungs_statement_bind_int64 (statement, ":points", rule->points);
  rungs_statement_bind_id (statement, ":half_life", rule->half_life);
  rungs_statement_bind_id (statement, ":day_cap", rule->day_cap);
}

gint64
rungs_score_rule_add (RungsDb               *db,
                      const RungsScoreRule  *rule,
                      gint64                 now,
                      GError               **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  gint64 id;

  g_return_val_if_fail (rule != NULL, 0);

  if (add == NULL || !rungs_score_rule_check (rule, error))
    return 0;
  bind (add, rule);
  rungs_statement_bind_id (add, ":id", rule->id);
  rungs_statement_bind_int64 (add, ":created", rule->id != 0 ? rule->created_at : now);
  if (!rungs_statement_run (add, error))
    return 0;
  id = rungs_db_get_last_id (db);
  return rungs_scores_begin_anew (db, error) ? id : 0;
}

gboolean
rungs_score_rule_save (RungsDb               *db,
                       const RungsScoreRule  *rule,
                       GError               **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);

  g_return_val_if_fail (rule != NULL, FALSE);

  if (save == NULL || !rungs_score_rule_check (rule, error))
    return FALSE;
  bind (save, rule);
  return rungs_record_change (db, save, rule->id, "rule of the score", error)
         && rungs_scores_begin_anew (db, error);
}

gboolean
rungs_score_rule_remove (RungsDb  *db,
                         gint64    id,
                         GError  **error)
{
  g_autoptr (RungsStatement) remove = rungs_db_prepare (db, SQL_REMOVE, error);

  return remove != NULL && rungs_record_change (db, remove, id, "rule of the score", error)
         && rungs_scores_begin_anew (db, error);
}

gboolean
rungs_score_rule_add_usual (RungsDb  *db,
                            gint64    now,
                            GError  **error)
{
  g_autoptr (GPtrArray) rules = rungs_score_usual_rules ();

  for (guint i = 0; i < rules->len; i++)
    if (rungs_score_rule_add (db, g_ptr_array_index (rules, i), now, error) == 0)
      return FALSE;
  return TRUE;
}

gboolean
rungs_scores_begin_anew (RungsDb  *db,
                         GError  **error)
{
  g_autoptr (RungsStatement) begin = rungs_db_prepare (db, SQL_BEGIN_ANEW, error);

  return begin != NULL && rungs_statement_run (begin, error);
}

gboolean
rungs_score_mark_event (RungsDb  *db,
                        gint64    event,
                        GError  **error)
{
  return rungs_record_run (db, SQL_MARK_EVENT, event, error);
}

gboolean
rungs_scores_progress (RungsDb  *db,
                       gint64   *done,
                       gint64   *all,
                       GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PROGRESS, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  step = rungs_statement_step (query, error);
  *done = step == RUNGS_ROW ? rungs_statement_get_int64 (query, 0) : 0;
  *all = step == RUNGS_ROW ? rungs_statement_get_int64 (query, 1) : 0;
  return step != RUNGS_FAILED;
}

gboolean
rungs_scores_next_due (RungsDb  *db,
                       gint64   *at,
                       GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NEXT_DUE, error);
  RungsStep step = query ? rungs_statement_step (query, error) : RUNGS_FAILED;

  if (step != RUNGS_ROW)
    return FALSE;
  *at = rungs_statement_is_null (query, 0) ? G_MAXINT64 : rungs_statement_get_int64 (query, 0);
  return TRUE;
}
