/* rungs-segments-follow-store.c: who comes into a watched segment and who leaves it.
 *
 * The events after the cursor are taken together: the leads they are about, and those of imports,
 * are written into a temporary table, and each watched rule is asked about these alone. So one
 * event is a few questions about one lead, and an import of a million is one statement a segment
 * and not a million calls. Whoever is found but not in the list has come; whoever is in the list
 * and found no more has gone. That a lead came or went is an event again, and followed in the next
 * stretch, for rules may ask about segments and events; there nothing is left to find as a rule. */

#include "segments/rungs-segments-follow.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "leads/rungs-event-store.h"
#include "segments/rungs-names-follow-store.h"
#include "segments/rungs-rule-node.h"
#include "segments/rungs-watched-store.h"

static const char SQL_WATCH[] =
  "UPDATE segment SET watched = :watched, looked_at = CASE WHEN :watched THEN :now END"
  " WHERE id = :segment";

static const char SQL_FORGET_MEMBERS[] = "DELETE FROM segment_member WHERE segment = :id";

static const char SQL_CURSOR[] =
  "SELECT coalesce ((SELECT c.event FROM cursor c WHERE c.name = 'segments'), 0)";

static const char SQL_NEWEST[] = "SELECT coalesce (max (id), 0) FROM event";

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

static const char HEAD_FILL[] =
  "INSERT INTO segment_member (segment, lead, entered_at)"
  " SELECT :segment, l.id, :entered FROM lead l WHERE ";

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
compare_all (RungsDb    *db,
             GPtrArray  *all,
             gint64      now,
             GError    **error)
{
  gint64 dirty = 0;

  if (!rungs_watched_count_dirty (db, &dirty, error))
    return FALSE;
  for (guint i = 0; dirty > 0 && i < all->len; i++)
    if (!rungs_watched_compare (db, g_ptr_array_index (all, i), dirty, now, error))
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
      GPtrArray *asked = ((RungsWatched *) g_ptr_array_index (all, i))->rule->asked;

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
  all = rungs_watched_load (db, 0, error);
  if (all == NULL || (all->len > 0 && !rungs_watched_make_tables (db, error)))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      RungsWatched *watched = g_ptr_array_index (all, i);

      if (rungs_names_concern (news, watched->rule)
          && !rungs_watched_compare (db, watched, G_MAXINT64, now, error))
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
  all = rungs_watched_load (db, 0, error);
  if (all == NULL || (all->len > 0 && !rungs_watched_make_tables (db, error)))
    return FALSE;
  while (newest > after && all->len > 0)
    {
      if (!rungs_watched_clear_dirty (db, error)
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
  g_autoptr (GPtrArray) all = rungs_watched_load (db, 0, error);

  if (all == NULL || all->len == 0)
    return all != NULL;
  return rungs_watched_make_tables (db, error) && rungs_watched_clear_dirty (db, error)
         && put_dirty (db, leads, error) && compare_all (db, all, now, error);
}

static gboolean
asks_score (RungsWatched *watched)
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
  g_autoptr (GPtrArray) all = rungs_watched_load (db, 0, error);
  gint64 dirty = 0;

  if (all == NULL || (all->len > 0 && (!rungs_watched_make_tables (db, error)
                                       || !rungs_watched_run (db, SQL_DIRTY_BY_SCORES, error)
                                       || !rungs_watched_count_dirty (db, &dirty, error))))
    return FALSE;
  for (guint i = 0; dirty > 0 && i < all->len; i++)
    {
      RungsWatched *watched = g_ptr_array_index (all, i);

      if (asks_score (watched) && !rungs_watched_compare (db, watched, dirty, now, error))
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

/* ---- beginning and ceasing to watch */

static gboolean
fill (RungsDb  *db,
      gint64    segment,
      gint64    now,
      GError  **error)
{
  g_autoptr (GPtrArray) one = rungs_watched_load (db, segment, error);
  g_autoptr (RungsStatement) insert = NULL;
  RungsWatched *watched;

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
         && rungs_record_run (db, SQL_FORGET_MEMBERS, segment, error)
         && set_watched (db, segment, watched, now, error)
         && (!watched || fill (db, segment, now, error));
}

gboolean
rungs_segment_refresh (RungsDb  *db,
                       gint64    segment,
                       gint64    now,
                       GError  **error)
{
  g_autoptr (GPtrArray) all = rungs_watched_load (db, 0, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      RungsWatched *watched = g_ptr_array_index (all, i);

      if (watched->id != segment && !watched->rule->asks_segments)
        continue;
      if (!rungs_watched_make_tables (db, error)
          || !rungs_watched_compare (db, watched, G_MAXINT64, now, error)
          || !rungs_watched_look (db, watched, now, error))
        return FALSE;
    }
  return all != NULL;
}
