/* rungs-segment-member-store.c: who is in a segment. */

#include "segments/rungs-segment-member-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "leads/rungs-event.h"
#include "segments/rungs-rule-node.h"

static const char SQL_COUNT[] = "SELECT count(*) FROM segment_member m WHERE m.segment = :segment";

static const char SQL_MEMBERS[] = "SELECT m.lead FROM segment_member m"
                                  " WHERE m.segment = :segment AND m.lead > :after"
                                  " ORDER BY m.lead LIMIT :limit";

static const char SQL_HAS[] =
    "SELECT 1 FROM segment_member m WHERE m.segment = :segment AND m.lead = :lead";

static const char SQL_COUNT_LEADS[] = "SELECT count(*) FROM lead l";

/* Of the leads that were given, those that are in the segment or, `is_in` 0, are not. */
static const char SQL_WHICH[] =
    "SELECT DISTINCT l.id FROM json_each (:leads) j JOIN lead l ON l.id = j.value"
    " WHERE EXISTS (SELECT 1 FROM segment_member m WHERE m.segment = :segment AND m.lead = l.id)"
    "       = :is_in"
    " ORDER BY l.id";

static const char SQL_TELL[] =
    "INSERT INTO event (lead, kind, at, ref, detail)"
    " SELECT j.value, :kind, :now, s.id, s.name"
    "   FROM json_each (:leads) j JOIN segment s ON s.id = :segment";

static const char SQL_ADD[] = "INSERT INTO segment_member (segment, lead, entered_at)"
                              " SELECT :segment, j.value, :now FROM json_each (:leads) j";

static const char SQL_REMOVE[] =
    "DELETE FROM segment_member"
    " WHERE segment = :segment AND lead IN (SELECT j.value FROM json_each (:leads) j)";

static gboolean
is_live (const RungsSegment *segment)
{
  return segment->kind == RUNGS_SEGMENT_LIVE;
}

static RungsStatement *
prepare_for (RungsDb             *db,
             const char          *sql,
             const RungsSegment  *segment,
             GError             **error)
{
  RungsStatement *statement = rungs_db_prepare (db, sql, error);

  if (statement != NULL)
    rungs_statement_bind_int64 (statement, ":segment", segment->id);
  return statement;
}

static char *
ids_to_json (GArray *ids)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (ids, gint64, i));
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

gboolean
rungs_segment_count (RungsDb             *db,
                     const RungsSegment  *segment,
                     gint64               now,
                     gint64              *count,
                     GError             **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (RungsRule) rule = NULL;

  g_return_val_if_fail (segment != NULL, FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  if (is_live (segment))
    {
      rule = rungs_rule_parse (segment->rule, error);
      return rule != NULL && rungs_rule_count (db, rule, now, count, error);
    }
  query = prepare_for (db, SQL_COUNT, segment, error);
  return query != NULL && rungs_statement_get_number (query, 0, count, error);
}

GArray *
rungs_segment_members (RungsDb             *db,
                       const RungsSegment  *segment,
                       gint64               now,
                       gint64               after,
                       guint                limit,
                       GError             **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (RungsRule) rule = NULL;

  g_return_val_if_fail (segment != NULL, NULL);

  if (is_live (segment))
    {
      rule = rungs_rule_parse (segment->rule, error);
      return rule != NULL ? rungs_rule_list (db, rule, now, after, limit, error) : NULL;
    }
  query = prepare_for (db, SQL_MEMBERS, segment, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":after", after);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_ids (query, error);
}

gboolean
rungs_segment_has (RungsDb             *db,
                   const RungsSegment  *segment,
                   gint64               lead,
                   gint64               now,
                   gboolean            *has,
                   GError             **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (RungsRule) rule = NULL;
  gint64 found = 0;

  g_return_val_if_fail (segment != NULL, FALSE);
  g_return_val_if_fail (has != NULL, FALSE);

  if (is_live (segment))
    {
      rule = rungs_rule_parse (segment->rule, error);
      return rule != NULL && rungs_rule_matches (db, rule, lead, now, has, error);
    }
  query = prepare_for (db, SQL_HAS, segment, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  if (!rungs_statement_get_number (query, 0, &found, error))
    return FALSE;
  *has = found != 0;
  return TRUE;
}

GPtrArray *
rungs_segments_of_lead (RungsDb  *db,
                        gint64    lead,
                        gint64    now,
                        GError  **error)
{
  g_autoptr (GPtrArray) segments = rungs_segment_list (db, FALSE, error);
  g_autoptr (GPtrArray) those =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_segment_free);

  if (segments == NULL)
    return NULL;
  while (segments->len > 0)
    {
      g_autoptr (RungsSegment) segment = g_ptr_array_steal_index (segments, 0);
      gboolean has = FALSE;

      if (!rungs_segment_has (db, segment, lead, now, &has, error))
        return NULL;
      if (has)
        g_ptr_array_add (those, g_steal_pointer (&segment));
    }
  return g_steal_pointer (&those);
}

static GArray *
load_which (RungsDb             *db,
            const RungsSegment  *segment,
            GArray              *leads,
            gboolean             is_in,
            GError             **error)
{
  g_autoptr (RungsStatement) query = prepare_for (db, SQL_WHICH, segment, error);
  g_autofree char *json = ids_to_json (leads);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":leads", json);
  rungs_statement_bind_int64 (query, ":is_in", is_in);
  return rungs_record_ids (query, error);
}

static gboolean
tell (RungsDb             *db,
      const RungsSegment  *segment,
      const char          *leads,
      const char          *kind,
      gint64               now,
      GError             **error)
{
  g_autoptr (RungsStatement) insert = prepare_for (db, SQL_TELL, segment, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":leads", leads);
  rungs_statement_bind_text (insert, ":kind", kind);
  rungs_statement_bind_int64 (insert, ":now", now);
  return rungs_statement_run (insert, error);
}

/* FALSE with INVALID where its rule decides who is in it. */
static gboolean
is_by_hand (const RungsSegment  *segment,
            GError             **error)
{
  if (!is_live (segment))
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("Who is in “%s” is decided by its rule, not by hand"), segment->name);
  return FALSE;
}

GArray *
rungs_segment_add_members (RungsDb             *db,
                           const RungsSegment  *segment,
                           GArray              *leads,
                           gint64               now,
                           GError             **error)
{
  g_autoptr (GArray) those = NULL;
  g_autoptr (RungsStatement) add = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (segment != NULL, NULL);
  g_return_val_if_fail (leads != NULL, NULL);

  if (!is_by_hand (segment, error)
      || (those = load_which (db, segment, leads, FALSE, error)) == NULL)
    return NULL;
  json = ids_to_json (those);
  add = prepare_for (db, SQL_ADD, segment, error);
  if (add == NULL)
    return NULL;
  rungs_statement_bind_text (add, ":leads", json);
  rungs_statement_bind_int64 (add, ":now", now);
  if (!rungs_statement_run (add, error)
      || !tell (db, segment, json, RUNGS_EVENT_SEGMENT_ENTERED, now, error))
    return NULL;
  return g_steal_pointer (&those);
}

GArray *
rungs_segment_remove_members (RungsDb             *db,
                              const RungsSegment  *segment,
                              GArray              *leads,
                              gint64               now,
                              GError             **error)
{
  g_autoptr (GArray) those = NULL;
  g_autoptr (RungsStatement) remove = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (segment != NULL, NULL);
  g_return_val_if_fail (leads != NULL, NULL);

  if (!is_by_hand (segment, error)
      || (those = load_which (db, segment, leads, TRUE, error)) == NULL)
    return NULL;
  json = ids_to_json (those);
  remove = prepare_for (db, SQL_REMOVE, segment, error);
  if (remove == NULL)
    return NULL;
  rungs_statement_bind_text (remove, ":leads", json);
  if (!rungs_statement_run (remove, error)
      || !tell (db, segment, json, RUNGS_EVENT_SEGMENT_LEFT, now, error))
    return NULL;
  return g_steal_pointer (&those);
}

gint64
rungs_segment_take_snapshot (RungsDb             *db,
                             const RungsSegment  *segment,
                             const char          *name,
                             gint64               now,
                             GError             **error)
{
  g_autoptr (GArray) leads = rungs_segment_members (db, segment, now, 0, G_MAXUINT, error);
  gint64 id = leads ? rungs_segment_create (db, name, NULL, NULL, now, error) : 0;
  g_autoptr (RungsSegment) fixed = id != 0 ? rungs_segment_load (db, id, error) : NULL;
  g_autoptr (GArray) added =
      fixed ? rungs_segment_add_members (db, fixed, leads, now, error) : NULL;

  return added != NULL ? id : 0;
}

static gboolean
count_leads (RungsDb  *db,
             gint64   *count,
             GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT_LEADS, error);

  return query != NULL && rungs_statement_get_number (query, 0, count, error);
}

/* Walks all the lists at once, each sorted by id, and counts every lead where it stands. */
static void
count_regions (GPtrArray *lists,
               gint64    *counts)
{
  g_autofree guint *at = g_new0 (guint, lists->len);

  for (;;)
    {
      gint64 lowest = G_MAXINT64;
      guint region = 0;

      for (guint i = 0; i < lists->len; i++)
        {
          GArray *list = g_ptr_array_index (lists, i);

          if (at[i] < list->len)
            lowest = MIN (lowest, g_array_index (list, gint64, at[i]));
        }
      if (lowest == G_MAXINT64)
        return;
      for (guint i = 0; i < lists->len; i++)
        {
          GArray *list = g_ptr_array_index (lists, i);

          if (at[i] < list->len && g_array_index (list, gint64, at[i]) == lowest)
            {
              region |= 1u << i;
              at[i]++;
            }
        }
      counts[region]++;
      counts[0]--;
    }
}

gboolean
rungs_segment_overlap (RungsDb                   *db,
                       const RungsSegment *const *segments,
                       guint                      n,
                       gint64                     now,
                       gint64                    *counts,
                       GError                   **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  g_return_val_if_fail (segments != NULL && counts != NULL, FALSE);
  g_return_val_if_fail (n >= 1 && n <= 8, FALSE);

  for (guint i = 0; i < 1u << n; i++)
    counts[i] = 0;
  if (!count_leads (db, &counts[0], error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      GArray *list = rungs_segment_members (db, segments[i], now, 0, G_MAXUINT, error);

      if (list == NULL)
        return FALSE;
      g_ptr_array_add (lists, list);
    }
  count_regions (lists, counts);
  return TRUE;
}
