/* rungs-segments-turn-store.c: what the passing of time changes about who is in watched segments.
 *
 * Time is followed by looking at marks. A rule that speaks of the last 90 days changes its answer
 * about a lead only where something of that lead passes the mark "90 days ago": between the last
 * look and now the mark has moved over a stretch of time, and whoever has something in that
 * stretch is asked about, by the indexes of time. Where what is compared is a day of the calendar,
 * nothing changes within a day; then those are asked about of whom the line said one thing at the
 * last look and says another now. What a subscription paid for is such a mark too: where
 * it was not told as lapsed yet, for that is an event. All lines of orders are looked at only after
 * a long time in which nobody looked, or where a clock was set back. */

#include "segments/rungs-segments-follow.h"

#include <string.h>

#include "base/rungs-clock.h"
#include "segments/rungs-offer-turn-store.h"
#include "segments/rungs-rule-node.h"
#include "segments/rungs-watched-store.h"

#define LOOK_EVERY RUNGS_HOUR
#define LONG (2 * RUNGS_DAY)

static const char SQL_CLEAR_BEFORE[] = "DELETE FROM temp.segment_before";
static const char SQL_CLEAR_AFTER[] = "DELETE FROM temp.segment_after";

#define LAPSES_BETWEEN                                                                             \
  " n.paid_until > :from - p.lapse_days * 86400000"                                                \
  "    AND n.paid_until <= :to - p.lapse_days * 86400000"

static const char SQL_DIRTY_BY_DUE[] =
  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT o.lead FROM product p"
  "  CROSS JOIN order_line n INDEXED BY order_line_due ON n.product = p.id"
  "  CROSS JOIN sales_order o ON o.id = n.sales_order"
  "  WHERE n.lapsed_at IS NULL AND" LAPSES_BETWEEN;

static const char SQL_DIRTY_BY_LAPSE[] =
  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT o.lead FROM order_line n JOIN sales_order o ON o.id = n.sales_order"
  "  CROSS JOIN product p ON p.id = n.product"
  "  WHERE" LAPSES_BETWEEN;

static const char SQL_DIRTY_BY_DIFFERENCE[] =
  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT a.lead FROM temp.segment_after a"
  "  WHERE a.lead NOT IN (SELECT b.lead FROM temp.segment_before b)"
  " UNION ALL "
  "SELECT b.lead FROM temp.segment_before b"
  "  WHERE b.lead NOT IN (SELECT a.lead FROM temp.segment_after a)";

static const char HEAD_BEFORE[] =
  "INSERT INTO temp.segment_before (lead) SELECT l.id FROM lead l WHERE ";

static const char HEAD_AFTER[] =
  "INSERT INTO temp.segment_after (lead) SELECT l.id FROM lead l WHERE ";

static gboolean
collect_lapse (RungsDb  *db,
               gint64    then,
               gint64    now,
               GError  **error)
{
  gboolean soon = then <= now && now - then <= LONG;
  g_autoptr (RungsStatement) insert
    = rungs_db_prepare (db, soon ? SQL_DIRTY_BY_DUE : SQL_DIRTY_BY_LAPSE, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":from", MIN (then, now));
  rungs_statement_bind_int64 (insert, ":to", MAX (then, now));
  return rungs_statement_run (insert, error);
}

/* Whoever has something between the two instants. */
static gboolean
collect_between (RungsDb *db,
                 RungsWatched *watched,
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
               RungsWatched *watched,
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
             RungsWatched *watched,
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
                    RungsWatched *watched,
                    RungsRuleNode *leaf,
                    gint64 then,
                    gint64 now,
                    GError **error)
{
  return rungs_watched_run (db, SQL_CLEAR_BEFORE, error)
         && rungs_watched_run (db, SQL_CLEAR_AFTER, error)
         && insert_leaf (db, watched, leaf, HEAD_BEFORE, then, error)
         && insert_leaf (db, watched, leaf, HEAD_AFTER, now, error)
         && rungs_watched_run (db, SQL_DIRTY_BY_DIFFERENCE, error);
}

static gboolean
collect_value (RungsDb *db,
               RungsWatched *watched,
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
              RungsWatched *watched,
              RungsRuleNode *leaf,
              GTimeZone *zone,
              gint64 now,
              GError **error)
{
  RungsRuleArgument *days = rungs_rule_node_get_argument (leaf, "within_days");
  RungsRuleSpan then, span;

  if (rungs_rule_node_speaks_of_now (leaf) && !collect_lapse (db, watched->looked_at, now, error))
    return FALSE;
  if (rungs_rule_node_asks_offers (leaf)
      && !rungs_offer_turn_collect (db, watched->looked_at, now, error))
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
      RungsWatched  *watched,
      gint64    now,
      GError  **error)
{
  g_autoptr (GTimeZone) zone = rungs_rule_dup_zone (db, watched->rule, error);
  gint64 dirty = 0;

  if (zone == NULL || !rungs_watched_clear_dirty (db, error))
    return FALSE;
  for (guint i = 0; i < watched->rule->asked->len; i++)
    {
      RungsRuleNode *leaf = g_ptr_array_index (watched->rule->asked, i);

      if (speaks_of_time (leaf) && !collect_leaf (db, watched, leaf, zone, now, error))
        return FALSE;
    }
  if (!rungs_watched_count_dirty (db, &dirty, error)
      || (dirty > 0 && !rungs_watched_compare (db, watched, dirty, now, error)))
    return FALSE;
  return rungs_watched_look (db, watched, now, error);
}

gboolean
rungs_segments_turn (RungsDb  *db,
                     gint64    now,
                     GError  **error)
{
  g_autoptr (GPtrArray) all = rungs_watched_load (db, 0, error);

  if (all == NULL || (all->len > 0 && !rungs_watched_make_tables (db, error)))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      RungsWatched *watched = g_ptr_array_index (all, i);

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
  g_autoptr (GPtrArray) all = rungs_watched_load (db, 0, error);

  *at = G_MAXINT64;
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      RungsWatched *watched = g_ptr_array_index (all, i);

      if (rule_speaks_of_time (watched->rule))
        *at = MIN (*at, watched->looked_at + LOOK_EVERY);
    }
  return TRUE;
}
