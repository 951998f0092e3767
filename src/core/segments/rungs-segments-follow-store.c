/* rungs-segments-follow-store.c: who comes into a watched segment and who leaves it.
 *
 * The events after the cursor are taken together: the leads they are about, and those of imports,
 * are written into a temporary table, and each watched rule is asked about these alone. So one
 * event is a few questions about one lead, and an import of a million is one statement a segment
 * and not a million calls. Whoever is found but not in the list has come; whoever is in the list
 * and found no more has gone. That a lead came or went is an event again, and followed in the next
 * stretch, for rules may ask about segments and events; there nothing is left to find as a rule.
 *
 * Time is followed by looking at marks. A rule that speaks of the last 90 days changes its answer
 * about a lead only where something of that lead passes the mark "90 days ago": between the last
 * look and now the mark has moved over a stretch of time, and whoever has something in that
 * stretch is asked about, by the indexes of time. Where what is compared is a day of the calendar,
 * nothing changes within a day; then those are asked about of whom the line said one thing at the
 * last look and says another now. What a subscription paid for is such a mark too. */

#include "segments/rungs-segments-follow.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "leads/rungs-event-store.h"
#include "segments/rungs-names-follow-store.h"
#include "segments/rungs-rule-node.h"

#define LOOK_EVERY RUNGS_HOUR

/* From so many leads on a rule is asked about all and the answer is cut down to these. */
#define MANY 20000

static const char SQL_WATCHED[] =
  "SELECT s.id, s.rule, s.name, s.looked_at FROM segment s"
  " WHERE s.watched = 1 AND (:segment IS NULL OR s.id = :segment) ORDER BY s.id";

static const char SQL_WATCH[] =
  "UPDATE segment SET watched = :watched, looked_at = CASE WHEN :watched THEN :now END"
  " WHERE id = :segment";

static const char SQL_LOOKED[] = "UPDATE segment SET looked_at = :now WHERE id = :segment";

static const char SQL_FORGET_MEMBERS[] = "DELETE FROM segment_member WHERE segment = :segment";

static const char SQL_CURSOR[] =
  "SELECT coalesce ((SELECT c.event FROM cursor c WHERE c.name = 'segments'), 0)";

static const char SQL_NEWEST[] = "SELECT coalesce (max (id), 0) FROM event";

/* What is to be asked about, and who came and went. */
static const char *const SQL_MAKE[] = {
  "CREATE TEMP TABLE IF NOT EXISTS segment_dirty (lead INTEGER PRIMARY KEY)",
  "CREATE TEMP TABLE IF NOT EXISTS segment_move (lead INTEGER PRIMARY KEY, came INTEGER NOT NULL)",
  "CREATE TEMP TABLE IF NOT EXISTS segment_before (lead INTEGER PRIMARY KEY)",
  "CREATE TEMP TABLE IF NOT EXISTS segment_after (lead INTEGER PRIMARY KEY)",
};

static const char SQL_CLEAR_DIRTY[] = "DELETE FROM temp.segment_dirty";
static const char SQL_CLEAR_MOVES[] = "DELETE FROM temp.segment_move";
static const char SQL_CLEAR_BEFORE[] = "DELETE FROM temp.segment_before";
static const char SQL_CLEAR_AFTER[] = "DELETE FROM temp.segment_after";

static const char SQL_COUNT_DIRTY[] = "SELECT count(*) FROM temp.segment_dirty";

/* That a lead came into a live segment or went can change nothing but the answers of rules about
 * events, for who asks about the segment asks its rule. */
static const char SQL_DIRTY_BY_EVENTS[] =
  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT l.id FROM event v JOIN lead l ON l.id = v.lead"
  "  WHERE v.id > :after AND v.id <= :newest"
  "    AND (:own OR +v.kind NOT IN ('segment.entered', 'segment.left')"
  "         OR EXISTS (SELECT 1 FROM segment s WHERE s.id = v.ref AND s.kind = 'fixed'))";

static const char SQL_DIRTY_BY_IMPORTS[] =
  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT i.lead FROM event v JOIN import_lead i ON i.run = v.ref"
  "  WHERE v.id > :after AND v.id <= :newest AND +v.kind IN ('import.done', 'import.undone')";

static const char SQL_DIRTY_BY_SCORES[] =
  "INSERT OR IGNORE INTO temp.segment_dirty (lead) SELECT v.lead FROM temp.score_moved v";

static const char SQL_DIRTY_ONE[] =
  "INSERT OR IGNORE INTO temp.segment_dirty (lead) SELECT l.id FROM lead l WHERE l.id = :lead";

static const char SQL_DIRTY_BY_LAPSE[] =
  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT o.lead FROM order_line n JOIN sales_order o ON o.id = n.sales_order"
  "  WHERE n.paid_until > :from AND n.paid_until <= :to";

static const char SQL_DIRTY_BY_DIFFERENCE[] =
  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT a.lead FROM temp.segment_after a"
  "  WHERE a.lead NOT IN (SELECT b.lead FROM temp.segment_before b)"
  " UNION ALL "
  "SELECT b.lead FROM temp.segment_before b"
  "  WHERE b.lead NOT IN (SELECT a.lead FROM temp.segment_after a)";

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

static const char HEAD_BEFORE[] =
  "INSERT INTO temp.segment_before (lead) SELECT l.id FROM lead l WHERE ";
static const char HEAD_AFTER[] =
  "INSERT INTO temp.segment_after (lead) SELECT l.id FROM lead l WHERE ";

static const char HEAD_FILL[] =
  "INSERT INTO segment_member (segment, lead, entered_at)"
  " SELECT :segment, l.id, :entered FROM lead l WHERE ";

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

/* A watched segment with its rule, resolved. */
typedef struct
{
  gint64 id;
  gint64 looked_at;
  RungsRule *rule; /* (owned) */
} Watched;

static void
watched_free (gpointer data)
{
  Watched *watched = data;

  rungs_rule_free (watched->rule);
  g_free (watched);
}

static gboolean
run (RungsDb     *db,
     const char  *sql,
     GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

static gboolean
read_number (RungsDb     *db,
             const char  *sql,
             gint64      *number,
             GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

static gboolean
make_tables (RungsDb  *db,
             GError  **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (SQL_MAKE); i++)
    if (!run (db, SQL_MAKE[i], error))
      return FALSE;
  return run (db, SQL_CLEAR_DIRTY, error);
}

/* `segment` 0: all that are watched. A segment whose rule cannot be understood, which only another
 * program can have written, is left out. */
static GPtrArray *
load_watched (RungsDb  *db,
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
      g_autoptr (RungsRule) rule = rungs_rule_parse (rungs_statement_get_text (query, 1), NULL);
      RungsRule *resolved = rule ? rungs_rule_resolve (db, rule, NULL, NULL) : NULL;
      Watched *watched;

      if (resolved == NULL)
        {
          g_warning ("The rule of the segment “%s” cannot be followed",
                     rungs_statement_get_text (query, 2));
          continue;
        }
      watched = g_new0 (Watched, 1);
      watched->id = rungs_statement_get_int64 (query, 0);
      watched->rule = resolved;
      watched->looked_at = rungs_statement_get_int64 (query, 3);
      g_ptr_array_add (all, watched);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&all) : NULL;
}

/* ---- who came and went */

/* Adds to `moves` how many leads the statement wrote down. */
static gboolean
run_rule (RungsDb *db,
          Watched *watched,
          RungsRuleReach reach,
          const char *head,
          gint64 now,
          gint64 *moves,
          GError **error)
{
  g_autoptr (RungsStatement) insert =
    rungs_rule_prepare (db, watched->rule, reach, head, "", now, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":segment", watched->id);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  *moves += rungs_db_get_changes (db);
  return TRUE;
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

static gboolean
move (RungsDb  *db,
      Watched  *watched,
      gint64    now,
      GError  **error)
{
  return run_for (db, SQL_PUT_IN, watched->id, now, error)
         && run_for (db, SQL_TAKE_OUT, watched->id, now, error)
         && run_for (db, SQL_TELL, watched->id, now, error);
}

/* Asks the rule about those who are dirty, of whom there are so many; G_MAXINT64: about all. */
static gboolean
compare (RungsDb  *db,
         Watched  *watched,
         gint64    dirty,
         gint64    now,
         GError  **error)
{
  gboolean all = dirty == G_MAXINT64;
  gboolean many = dirty >= MANY;
  RungsRuleReach reach = many ? RUNGS_RULE_FOR_MANY : RUNGS_RULE_FOR_ONE;
  const char *came = all ? HEAD_CAME_ALL : many ? HEAD_CAME_MANY : HEAD_CAME_FEW;
  const char *went = all ? HEAD_WENT_ALL : many ? HEAD_WENT_MANY : HEAD_WENT_FEW;
  gint64 moves = 0;

  if (!run (db, SQL_CLEAR_MOVES, error)
      || !run_rule (db, watched, reach, went, now, &moves, error)
      || !run_rule (db, watched, reach, came, now, &moves, error))
    return FALSE;
  return moves == 0 || move (db, watched, now, error);
}

static gboolean
compare_all (RungsDb    *db,
             GPtrArray  *all,
             gint64      now,
             GError    **error)
{
  gint64 dirty = 0;

  if (!read_number (db, SQL_COUNT_DIRTY, &dirty, error))
    return FALSE;
  for (guint i = 0; dirty > 0 && i < all->len; i++)
    if (!compare (db, g_ptr_array_index (all, i), dirty, now, error))
      return FALSE;
  return TRUE;
}

/* ---- what happened */

/* Whether one of the rules asks about events. */
static gboolean
asks_events (GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    {
      GPtrArray *asked = ((Watched *) g_ptr_array_index (all, i))->rule->asked;

      for (guint j = 0; j < asked->len; j++)
        if (((RungsRuleNode *) g_ptr_array_index (asked, j))->field->group
            == RUNGS_RULE_ABOUT_EVENTS)
          return TRUE;
    }
  return FALSE;
}

static gboolean
collect (RungsDb *db,
         const char *sql,
         gint64 after,
         gint64 newest,
         gboolean own,
         GError **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, sql, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":after", after);
  rungs_statement_bind_int64 (insert, ":newest", newest);
  rungs_statement_offer_int64 (insert, ":own", own);
  return rungs_statement_run (insert, error);
}

/* What was renamed leaves the answers as they are, for the rules follow; but a name may mean more
 * leads than before, or none. Then everybody is asked about, for no event says whom it concerns. */
static gboolean
follow_names (RungsDb  *db,
              gint64    now,
              GError  **error)
{
  g_autoptr (GPtrArray) news = rungs_names_follow (db, error);
  g_autoptr (GPtrArray) all = NULL;

  if (news == NULL || news->len == 0)
    return news != NULL;
  all = load_watched (db, 0, error);
  if (all == NULL || (all->len > 0 && !make_tables (db, error)))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      Watched *watched = g_ptr_array_index (all, i);

      if (rungs_names_concern (news, watched->rule)
          && !compare (db, watched, G_MAXINT64, now, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_segments_follow (RungsDb  *db,
                       gint64    now,
                       GError  **error)
{
  g_autoptr (GPtrArray) all = NULL;
  gint64 after = 0;
  gint64 newest = 0;

  if (!follow_names (db, now, error) || !read_number (db, SQL_CURSOR, &after, error)
      || !read_number (db, SQL_NEWEST, &newest, error))
    return FALSE;
  if (newest <= after)
    return TRUE;
  all = load_watched (db, 0, error);
  if (all == NULL || (all->len > 0 && !make_tables (db, error)))
    return FALSE;
  while (newest > after && all->len > 0)
    {
      if (!run (db, SQL_CLEAR_DIRTY, error)
          || !collect (db, SQL_DIRTY_BY_EVENTS, after, newest, asks_events (all), error)
          || !collect (db, SQL_DIRTY_BY_IMPORTS, after, newest, FALSE, error)
          || !compare_all (db, all, now, error))
        return FALSE;
      after = newest;
      if (!read_number (db, SQL_NEWEST, &newest, error))
        return FALSE;
    }
  return rungs_event_skip (db, "segments", error);
}

static gboolean
put_dirty (RungsDb  *db,
           GArray   *leads,
           GError  **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_DIRTY_ONE, error);

  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < leads->len; i++)
    {
      rungs_statement_bind_int64 (insert, ":lead", g_array_index (leads, gint64, i));
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_segments_look_again (RungsDb  *db,
                           GArray   *leads,
                           gint64    now,
                           GError  **error)
{
  g_autoptr (GPtrArray) all = load_watched (db, 0, error);

  if (all == NULL || all->len == 0)
    return all != NULL;
  return make_tables (db, error) && run (db, SQL_CLEAR_DIRTY, error)
         && put_dirty (db, leads, error) && compare_all (db, all, now, error);
}

static gboolean
asks_score (Watched *watched)
{
  for (guint i = 0; i < watched->rule->asked->len; i++)
    if (g_str_equal (((RungsRuleNode *) g_ptr_array_index (watched->rule->asked, i))->field->name,
                     "score"))
      return TRUE;
  return FALSE;
}

gboolean
rungs_segments_follow_scores (RungsDb  *db,
                              gint64    now,
                              GError  **error)
{
  g_autoptr (GPtrArray) all = load_watched (db, 0, error);
  gint64 dirty = 0;

  if (all == NULL || (all->len > 0 && (!make_tables (db, error)
                                       || !run (db, SQL_DIRTY_BY_SCORES, error)
                                       || !read_number (db, SQL_COUNT_DIRTY, &dirty, error))))
    return FALSE;
  for (guint i = 0; dirty > 0 && i < all->len; i++)
    {
      Watched *watched = g_ptr_array_index (all, i);

      if (asks_score (watched) && !compare (db, watched, dirty, now, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_segments_are_behind (RungsDb   *db,
                           gboolean  *behind,
                           GError   **error)
{
  gint64 after = 0;
  gint64 newest = 0;

  if (!read_number (db, SQL_CURSOR, &after, error) || !read_number (db, SQL_NEWEST, &newest, error))
    return FALSE;
  *behind = newest > after;
  return TRUE;
}

/* ---- what time has brought about */

static gboolean
collect_lapse (RungsDb  *db,
               gint64    then,
               gint64    now,
               GError  **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_DIRTY_BY_LAPSE, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":from", MIN (then, now));
  rungs_statement_bind_int64 (insert, ":to", MAX (then, now));
  return rungs_statement_run (insert, error);
}

/* Whoever has something between the two instants. */
static gboolean
collect_between (RungsDb *db,
                 Watched *watched,
                 RungsRuleNode *leaf,
                 gint64 a,
                 gint64 b,
                 gint64 now,
                 GError **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT OR IGNORE INTO temp.segment_dirty (lead) ");
  g_autoptr (RungsStatement) insert = NULL;

  if (a == b)
    return TRUE;
  rungs_rule_node_append_marked (leaf, sql);
  insert = rungs_db_prepare (db, g_intern_string (sql->str), error);
  if (insert == NULL || !rungs_rule_bind (db, watched->rule, insert, now, error))
    return FALSE;
  rungs_statement_bind_int64 (insert, ":from", MIN (a, b));
  rungs_statement_bind_int64 (insert, ":to", MAX (a, b));
  return rungs_statement_run (insert, error);
}

static gboolean
collect_spans (RungsDb *db,
               Watched *watched,
               RungsRuleNode *leaf,
               const RungsRuleSpan *then,
               const RungsRuleSpan *span,
               gint64 now,
               GError **error)
{
  return collect_between (db, watched, leaf, then->from, span->from, now, error)
         && collect_between (db, watched, leaf, then->to, span->to, now, error);
}

static gboolean
insert_leaf (RungsDb *db,
             Watched *watched,
             RungsRuleNode *leaf,
             const char *head,
             gint64 now,
             GError **error)
{
  g_autoptr (GString) sql = g_string_new (head);
  g_autoptr (RungsStatement) insert = NULL;

  rungs_rule_node_append_sql (leaf, RUNGS_RULE_FOR_MANY, sql);
  insert = rungs_db_prepare (db, g_intern_string (sql->str), error);
  return insert != NULL && rungs_rule_bind (db, watched->rule, insert, now, error)
         && rungs_statement_run (insert, error);
}

/* Whoever the line said one thing of then, and says another of now. */
static gboolean
collect_difference (RungsDb *db,
                    Watched *watched,
                    RungsRuleNode *leaf,
                    gint64 then,
                    gint64 now,
                    GError **error)
{
  return run (db, SQL_CLEAR_BEFORE, error) && run (db, SQL_CLEAR_AFTER, error)
         && insert_leaf (db, watched, leaf, HEAD_BEFORE, then, error)
         && insert_leaf (db, watched, leaf, HEAD_AFTER, now, error)
         && run (db, SQL_DIRTY_BY_DIFFERENCE, error);
}

static gboolean
collect_value (RungsDb *db,
               Watched *watched,
               RungsRuleNode *leaf,
               GTimeZone *zone,
               gint64 now,
               GError **error)
{
  RungsRuleValue *value = g_ptr_array_index (leaf->values, 0);
  RungsRuleSpan then, span;

  rungs_rule_span_of_value (leaf, value, zone, watched->looked_at, &then);
  rungs_rule_span_of_value (leaf, value, zone, now, &span);
  if (rungs_rule_leaf_compares_instants (leaf))
    return collect_spans (db, watched, leaf, &then, &span, now, error);
  if (g_str_equal (then.first, span.first) && g_str_equal (then.last, span.last))
    return TRUE;
  return collect_difference (db, watched, leaf, watched->looked_at, now, error);
}

static gboolean
collect_leaf (RungsDb *db,
              Watched *watched,
              RungsRuleNode *leaf,
              GTimeZone *zone,
              gint64 now,
              GError **error)
{
  RungsRuleArgument *days = rungs_rule_node_get_argument (leaf, "within_days");
  RungsRuleSpan then, span;

  if (rungs_rule_node_speaks_of_now (leaf) && !collect_lapse (db, watched->looked_at, now, error))
    return FALSE;
  if (leaf->operator->shape == RUNGS_SHAPE_DAYS
      && !collect_value (db, watched, leaf, zone, now, error))
    return FALSE;
  if (days == NULL)
    return TRUE;
  rungs_rule_span_of_days (days->number, watched->looked_at, &then);
  rungs_rule_span_of_days (days->number, now, &span);
  return collect_spans (db, watched, leaf, &then, &span, now, error);
}

static gboolean
speaks_of_time (RungsRuleNode *leaf)
{
  return leaf->operator->shape == RUNGS_SHAPE_DAYS
         || rungs_rule_node_get_argument (leaf, "within_days") != NULL
         || rungs_rule_node_speaks_of_now (leaf);
}

static gboolean
rule_speaks_of_time (RungsRule *rule)
{
  for (guint i = 0; i < rule->asked->len; i++)
    if (speaks_of_time (g_ptr_array_index (rule->asked, i)))
      return TRUE;
  return FALSE;
}

static gboolean
turn (RungsDb  *db,
      Watched  *watched,
      gint64    now,
      GError  **error)
{
  g_autoptr (GTimeZone) zone = rungs_rule_dup_zone (db, watched->rule, error);
  gint64 dirty = 0;

  if (zone == NULL || !run (db, SQL_CLEAR_DIRTY, error))
    return FALSE;
  for (guint i = 0; i < watched->rule->asked->len; i++)
    {
      RungsRuleNode *leaf = g_ptr_array_index (watched->rule->asked, i);

      if (speaks_of_time (leaf) && !collect_leaf (db, watched, leaf, zone, now, error))
        return FALSE;
    }
  if (!read_number (db, SQL_COUNT_DIRTY, &dirty, error)
      || (dirty > 0 && !compare (db, watched, dirty, now, error)))
    return FALSE;
  return run_for (db, SQL_LOOKED, watched->id, now, error);
}

gboolean
rungs_segments_turn (RungsDb  *db,
                     gint64    now,
                     GError  **error)
{
  g_autoptr (GPtrArray) all = load_watched (db, 0, error);

  if (all == NULL || (all->len > 0 && !make_tables (db, error)))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      Watched *watched = g_ptr_array_index (all, i);

      if (watched->looked_at != now && rule_speaks_of_time (watched->rule)
          && !turn (db, watched, now, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_segments_next_turn (RungsDb  *db,
                          gint64   *at,
                          GError  **error)
{
  g_autoptr (GPtrArray) all = load_watched (db, 0, error);

  *at = G_MAXINT64;
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      Watched *watched = g_ptr_array_index (all, i);

      if (rule_speaks_of_time (watched->rule))
        *at = MIN (*at, watched->looked_at + LOOK_EVERY);
    }
  return TRUE;
}

/* ---- beginning and ceasing to watch */

static gboolean
fill (RungsDb  *db,
      gint64    segment,
      gint64    now,
      GError  **error)
{
  g_autoptr (GPtrArray) one = load_watched (db, segment, error);
  g_autoptr (RungsStatement) insert = NULL;
  Watched *watched;

  if (one == NULL || one->len == 0)
    return one != NULL;
  watched = g_ptr_array_index (one, 0);
  insert =
    rungs_rule_prepare (db, watched->rule, RUNGS_RULE_FOR_MANY, HEAD_FILL, "", now, error);
  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":segment", segment);
  rungs_statement_bind_int64 (insert, ":entered", now);
  return rungs_statement_run (insert, error);
}

static gboolean
set_watched (RungsDb   *db,
             gint64     segment,
             gboolean   watched,
             gint64     now,
             GError   **error)
{
  g_autoptr (RungsStatement) change = rungs_db_prepare (db, SQL_WATCH, error);

  if (change == NULL)
    return FALSE;
  rungs_statement_bind_int64 (change, ":segment", segment);
  rungs_statement_bind_int64 (change, ":watched", watched);
  rungs_statement_bind_int64 (change, ":now", now);
  return rungs_statement_run (change, error);
}

gboolean
rungs_segment_watch (RungsDb   *db,
                     gint64     segment,
                     gboolean   watched,
                     gint64     now,
                     GError   **error)
{
  g_autoptr (RungsSegment) stored = rungs_segment_load (db, segment, error);

  if (stored == NULL)
    return FALSE;
  if (stored->kind == RUNGS_SEGMENT_FIXED)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("Who comes into “%s” by hand is in the timeline anyway"), stored->name);
      return FALSE;
    }
  if (stored->watched == watched)
    return TRUE;
  return rungs_segments_follow (db, now, error)
         && run_for (db, SQL_FORGET_MEMBERS, segment, now, error)
         && set_watched (db, segment, watched, now, error)
         && (!watched || fill (db, segment, now, error));
}

gboolean
rungs_segment_refresh (RungsDb  *db,
                       gint64    segment,
                       gint64    now,
                       GError  **error)
{
  g_autoptr (GPtrArray) all = load_watched (db, 0, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      Watched *watched = g_ptr_array_index (all, i);

      if (watched->id != segment && !watched->rule->asks_segments)
        continue;
      if (!make_tables (db, error) || !compare (db, watched, G_MAXINT64, now, error)
          || !run_for (db, SQL_LOOKED, watched->id, now, error))
        return FALSE;
    }
  return all != NULL;
}
