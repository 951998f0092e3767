/* rungs-segment-move-store.c: who came to a segment and who went. */

#include "segments/rungs-segment-member-store.h"

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"

/* The kinds stand in the text, for the index is of these two alone. */
#define SQL_MOVES                                                                                  \
  "  FROM event v"                                                                                 \
  " WHERE v.kind IN ('segment.entered', 'segment.left')"                                           \
  "   AND v.ref = :segment AND v.at >= :from AND v.at < :to"

static const char SQL_DAYS[] =
    "SELECT v.at, v.kind = 'segment.entered'" SQL_MOVES " ORDER BY v.at";

static const char SQL_LIST[] = "SELECT v.id, v.lead, v.at, v.kind = 'segment.entered'" SQL_MOVES
                               " ORDER BY v.at DESC, v.id DESC LIMIT :limit";

static RungsStatement *
prepare_for (RungsDb             *db,
             const char          *sql,
             const RungsSegment  *segment,
             gint64               from,
             gint64               to,
             GError             **error)
{
  RungsStatement *query = rungs_db_prepare (db, sql, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":segment", segment->id);
      rungs_statement_bind_int64 (query, ":from", from);
      rungs_statement_bind_int64 (query, ":to", to);
    }
  return query;
}

GArray *
rungs_segment_days (RungsDb             *db,
                    const RungsSegment  *segment,
                    gint64               from,
                    gint64               to,
                    GError             **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  g_autoptr (GArray) days = g_array_new (FALSE, TRUE, sizeof (RungsSegmentDay));
  gint64 end = G_MININT64; /* of the last day in `days` */

  g_return_val_if_fail (segment != NULL, NULL);

  query = zone ? prepare_for (db, SQL_DAYS, segment, from, to, error) : NULL;
  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 at = rungs_statement_get_int64 (query, 0);
      gboolean came = rungs_statement_get_int64 (query, 1) != 0;
      RungsSegmentDay *day;

      if (at >= end)
        {
          g_autofree char *text = rungs_time_format_day (at, zone);

          g_array_set_size (days, days->len + 1);
          g_strlcpy (g_array_index (days, RungsSegmentDay, days->len - 1).day, text,
                     sizeof (((RungsSegmentDay *) NULL)->day));
          end = rungs_time_day_start (at, zone, 1);
        }
      day = &g_array_index (days, RungsSegmentDay, days->len - 1);
      day->came += came;
      day->went += !came;
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&days) : NULL;
}

GArray *
rungs_segment_moves (RungsDb             *db,
                     const RungsSegment  *segment,
                     gint64               from,
                     gint64               to,
                     guint                limit,
                     GError             **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, sizeof (RungsSegmentMove));

  g_return_val_if_fail (segment != NULL, NULL);

  query = prepare_for (db, SQL_LIST, segment, from, to, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":limit", limit);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsSegmentMove move = {
        .event = rungs_statement_get_int64 (query, 0),
        .lead = rungs_statement_get_int64 (query, 1),
        .at = rungs_statement_get_int64 (query, 2),
        .came = rungs_statement_get_int64 (query, 3) != 0,
      };

      g_array_append_val (moves, move);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&moves) : NULL;
}
