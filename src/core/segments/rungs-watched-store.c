/* rungs-watched-store.c: the segments that are watched, and who came to each and went.
 *
 * Whom something may have changed the answer about is written into a temporary table, and each
 * watched rule is asked about these alone: whoever is found but not in the list has come; whoever
 * is in the list and found no more has gone. */

#include "segments/rungs-watched-store.h"

#include "segments/rungs-rule-node.h"

/* From so many leads on a rule is asked about all and the answer is cut down to these. */
#define MANY 20000

static const char SQL_WATCHED[] =
  "SELECT s.id, s.rule, s.name, s.looked_at FROM segment s"
  " WHERE s.watched = 1 AND (:segment IS NULL OR s.id = :segment) ORDER BY s.id";

static const char SQL_LOOKED[] = "UPDATE segment SET looked_at = :now WHERE id = :segment";

/* What is to be asked about, and who came and went. */
static const char *const SQL_MAKE[] = {
  "CREATE TEMP TABLE IF NOT EXISTS segment_dirty (lead INTEGER PRIMARY KEY)",
  "CREATE TEMP TABLE IF NOT EXISTS segment_move (lead INTEGER PRIMARY KEY, came INTEGER NOT NULL)",
  "CREATE TEMP TABLE IF NOT EXISTS segment_before (lead INTEGER PRIMARY KEY)",
  "CREATE TEMP TABLE IF NOT EXISTS segment_after (lead INTEGER PRIMARY KEY)",
};

static const char SQL_CLEAR_DIRTY[] = "DELETE FROM temp.segment_dirty";
static const char SQL_CLEAR_MOVES[] = "DELETE FROM temp.segment_move";

static const char SQL_COUNT_DIRTY[] = "SELECT count(*) FROM temp.segment_dirty";

/* The heads and tails around a rule. Nothing is asked about but `dirty`, which leads where it is
 * small; "all" is asked about everybody. */
#define NOT_IN_IT                                                                                  \
  "NOT EXISTS (SELECT 1 FROM segment_member m WHERE m.segment = :segment AND m.lead = l.id)"

static const char HEAD_CAME_FEW[] =
  "INSERT INTO temp.segment_move (lead, came)"
  " SELECT l.id, 1 FROM temp.segment_dirty d CROSS JOIN lead l ON l.id = d.lead"
  "  WHERE " NOT_IN_IT " AND ";

static const char HEAD_CAME_MANY[] =
  "INSERT INTO temp.segment_move (lead, came)"
  " SELECT l.id, 1 FROM lead l WHERE l.id IN (SELECT d.lead FROM temp.segment_dirty d)"
  "   AND " NOT_IN_IT " AND ";

static const char HEAD_CAME_ALL[] = "INSERT INTO temp.segment_move (lead, came)"
                                    " SELECT l.id, 1 FROM lead l WHERE " NOT_IN_IT " AND ";

static const char HEAD_WENT_FEW[] =
  "INSERT INTO temp.segment_move (lead, came)"
  " SELECT l.id, 0 FROM temp.segment_dirty d"
  "   CROSS JOIN segment_member m ON m.segment = :segment AND m.lead = d.lead"
  "   CROSS JOIN lead l ON l.id = d.lead WHERE NOT ";

static const char HEAD_WENT_MANY[] =
  "INSERT INTO temp.segment_move (lead, came)"
  " SELECT l.id, 0 FROM segment_member m CROSS JOIN lead l ON l.id = m.lead"
  "  WHERE m.segment = :segment AND m.lead IN (SELECT d.lead FROM temp.segment_dirty d) AND NOT ";

static const char HEAD_WENT_ALL[] =
  "INSERT INTO temp.segment_move (lead, came)"
  " SELECT l.id, 0 FROM segment_member m CROSS JOIN lead l ON l.id = m.lead"
  "  WHERE m.segment = :segment AND NOT ";

static const char SQL_PUT_IN[] = "INSERT INTO segment_member (segment, lead, entered_at)"
                                 " SELECT :segment, v.lead, :now FROM temp.segment_move v"
                                 "  WHERE v.came = 1";

static const char SQL_TAKE_OUT[] =
  "DELETE FROM segment_member WHERE segment = :segment"
  "   AND lead IN (SELECT v.lead FROM temp.segment_move v WHERE v.came = 0)";

static const char SQL_TELL[] =
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT v.lead, CASE v.came WHEN 1 THEN 'segment.entered' ELSE 'segment.left' END, :now, s.id,"
  "        s.name"
  "   FROM temp.segment_move v JOIN segment s ON s.id = :segment ORDER BY v.lead";

/* What all that are watched is made of, and what it is kept as. */
static const char *const TABLES[] = { "segment", "offer", NULL };
static const char KEPT[] = "segments that are watched";

static void
watched_free (gpointer data)
{
  RungsWatched *watched = data;

  rungs_rule_free (watched->rule);
  g_free (watched);
}

gboolean
rungs_watched_run (RungsDb     *db,
                   const char  *sql,
                   GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

static gboolean
run_for (RungsDb     *db,
         const char  *sql,
         gint64       segment,
         gint64       now,
         GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_int64 (statement, ":segment", segment);
  rungs_statement_offer_int64 (statement, ":now", now);
  return rungs_statement_run (statement, error);
}

/* Nobody has come or gone of whom it is not told: those are cleared away as they are. */
gboolean
rungs_watched_make_tables (RungsDb  *db,
                           GError  **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (SQL_MAKE); i++)
    if (!rungs_watched_run (db, SQL_MAKE[i], error))
      return FALSE;
  return rungs_watched_clear_dirty (db, error);
}

/* (nullable) where the rule cannot be followed. */
static RungsWatched *
watched_from_row (RungsDb        *db,
                  RungsStatement *row)
{
  g_autoptr (RungsRule) rule = rungs_rule_parse (rungs_statement_get_text (row, 1), NULL);
  RungsRule *resolved = rule ? rungs_rule_resolve (db, rule, NULL, NULL) : NULL;
  RungsWatched *watched;

  if (resolved == NULL)
    {
      g_warning ("The rule of the segment “%s” cannot be followed",
                 rungs_statement_get_text (row, 2));
      return NULL;
    }
  watched = g_new0 (RungsWatched, 1);
  watched->id = rungs_statement_get_int64 (row, 0);
  watched->rule = resolved;
  watched->looked_at = rungs_statement_get_int64 (row, 3);
  watched->came = rungs_rule_compile (resolved, RUNGS_RULE_FOR_ONE, HEAD_CAME_FEW, "");
  watched->went = rungs_rule_compile (resolved, RUNGS_RULE_FOR_ONE, HEAD_WENT_FEW, "");
  return watched;
}

static GPtrArray *
load (RungsDb  *db,
      gint64    segment,
      GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_WATCHED, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (watched_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_id (query, ":segment", segment);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsWatched *watched = watched_from_row (db, query);

      if (watched != NULL)
        g_ptr_array_add (all, watched);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&all) : NULL;
}

GPtrArray *
rungs_watched_load (RungsDb  *db,
                    gint64    segment,
                    GError  **error)
{
  GPtrArray *all;

  if (segment != 0)
    return load (db, segment, error);
  all = rungs_db_get_kept (db, KEPT);
  if (all != NULL)
    return g_ptr_array_ref (all);
  all = load (db, 0, error);
  if (all != NULL)
    rungs_db_keep (db, KEPT, TABLES, g_ptr_array_ref (all), (GDestroyNotify) g_ptr_array_unref);
  return all;
}

/* `dirty` about whom: how many, or all. */
static RungsStatement *
prepare (RungsDb       *db,
         RungsWatched  *watched,
         gboolean       came,
         gint64         dirty,
         gint64         now,
         GError       **error)
{
  if (dirty == G_MAXINT64)
    return rungs_rule_prepare (db, watched->rule, RUNGS_RULE_FOR_MANY,
                               came ? HEAD_CAME_ALL : HEAD_WENT_ALL, "", now, error);
  if (dirty >= MANY)
    return rungs_rule_prepare (db, watched->rule, RUNGS_RULE_FOR_MANY,
                               came ? HEAD_CAME_MANY : HEAD_WENT_MANY, "", now, error);
  return rungs_rule_prepare_text (db, watched->rule, came ? watched->came : watched->went, now,
                                  error);
}

/* Adds to `moves` how many leads came, or went. */
static gboolean
find (RungsDb       *db,
      RungsWatched  *watched,
      gboolean       came,
      gint64         dirty,
      gint64         now,
      gint64        *moves,
      GError       **error)
{
  g_autoptr (RungsStatement) insert = prepare (db, watched, came, dirty, now, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":segment", watched->id);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  *moves += rungs_db_get_changes (db);
  return TRUE;
}

static gboolean
move (RungsDb  *db,
      RungsWatched  *watched,
      gint64    now,
      GError  **error)
{
  return run_for (db, SQL_PUT_IN, watched->id, now, error)
         && run_for (db, SQL_TAKE_OUT, watched->id, now, error)
         && run_for (db, SQL_TELL, watched->id, now, error)
         && rungs_watched_run (db, SQL_CLEAR_MOVES, error);
}

gboolean
rungs_watched_compare (RungsDb       *db,
                       RungsWatched  *watched,
                       gint64         dirty,
                       gint64         now,
                       GError       **error)
{
  gint64 moves = 0;

  return find (db, watched, FALSE, dirty, now, &moves, error)
         && find (db, watched, TRUE, dirty, now, &moves, error)
         && (moves == 0 || move (db, watched, now, error));
}

gboolean
rungs_watched_clear_dirty (RungsDb  *db,
                           GError  **error)
{
  return rungs_watched_run (db, SQL_CLEAR_DIRTY, error);
}

gboolean
rungs_watched_count_dirty (RungsDb  *db,
                           gint64   *dirty,
                           GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT_DIRTY, error);

  return query != NULL && rungs_statement_get_number (query, 0, dirty, error);
}

gboolean
rungs_watched_look (RungsDb       *db,
                    RungsWatched  *watched,
                    gint64         now,
                    GError       **error)
{
  return run_for (db, SQL_LOOKED, watched->id, now, error);
}
