/* rungs-score-reader-store.c: reads the events that rules of the score are about, lead by lead.
 *
 * Each rule has a query of its own that runs along the index by kind, lead and time; all of them
 * are stepped side by side. So a million leads are read in one pass of each index, and one lead is
 * found by one descent of each. */

#include "leads/rungs-score-reader-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-score-pattern.h"

static const char SQL_EVENTS[] =
  "SELECT lead, at FROM event INDEXED BY event_kind_lead"
  " WHERE kind = :kind AND lead >= :first AND lead <= :last ORDER BY lead, at";

static const char SQL_DETAILS[] =
  "SELECT lead, at, detail FROM event INDEXED BY event_kind_lead"
  " WHERE kind = :kind AND lead >= :first AND lead <= :last ORDER BY lead, at";

typedef struct
{
  RungsStatement *query;      /* (owned) */
  RungsScorePattern *pattern; /* (owned) (nullable) */
  gint64 lead;                /* of the row where it stands; 0: at the end */
} Cursor;

struct _RungsScoreReader
{
  RungsScoreSum *sum; /* (owned) */
  GArray *cursors;    /* (owned) (element-type Cursor) of each rule */
};

static void
cursor_clear (gpointer data)
{
  Cursor *cursor = data;

  g_clear_pointer (&cursor->query, rungs_statement_free);
  g_clear_pointer (&cursor->pattern, rungs_score_pattern_free);
}

static gboolean
add_cursor (RungsScoreReader      *self,
            RungsDb               *db,
            const RungsScoreRule  *rule,
            GError               **error)
{
  Cursor cursor = { .pattern = rungs_score_pattern_new (rule) };

  cursor.query = rungs_db_prepare (db, cursor.pattern ? SQL_DETAILS : SQL_EVENTS, error);
  if (cursor.query != NULL)
    rungs_statement_bind_text (cursor.query, ":kind", rule->kind);
  g_array_append_val (self->cursors, cursor);
  return cursor.query != NULL;
}

RungsScoreReader *
rungs_score_reader_new (RungsDb    *db,
                        GPtrArray  *rules,
                        gint64      now,
                        GError    **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (RungsScoreReader) self = NULL;

  g_return_val_if_fail (rules != NULL, NULL);

  zone = rules->len > 0 ? rungs_business_zone (db, error) : g_time_zone_new_utc ();
  if (zone == NULL)
    return NULL;
  self = g_new0 (RungsScoreReader, 1);
  self->sum = rungs_score_sum_new (rules, zone, now);
  self->cursors = g_array_new (FALSE, FALSE, sizeof (Cursor));
  g_array_set_clear_func (self->cursors, cursor_clear);
  for (guint i = 0; i < rules->len; i++)
    if (!add_cursor (self, db, g_ptr_array_index (rules, i), error))
      return NULL;
  return g_steal_pointer (&self);
}

void
rungs_score_reader_free (RungsScoreReader *self)
{
  rungs_score_sum_free (self->sum);
  g_array_unref (self->cursors);
  g_free (self);
}

RungsScoreSum *
rungs_score_reader_get_sum (RungsScoreReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->sum;
}

static gboolean
step (Cursor  *cursor,
      GError **error)
{
  RungsStep step = rungs_statement_step (cursor->query, error);

  cursor->lead = step == RUNGS_ROW ? rungs_statement_get_int64 (cursor->query, 0) : 0;
  return step != RUNGS_FAILED;
}

gboolean
rungs_score_reader_open (RungsScoreReader  *self,
                         gint64             first,
                         gint64             last,
                         GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->cursors->len; i++)
    {
      Cursor *cursor = &g_array_index (self->cursors, Cursor, i);

      rungs_statement_reset (cursor->query);
      rungs_statement_bind_int64 (cursor->query, ":first", first);
      rungs_statement_bind_int64 (cursor->query, ":last", last);
      if (!step (cursor, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_rule (RungsScoreReader  *self,
           guint              rule,
           gint64             lead,
           GError           **error)
{
  Cursor *cursor = &g_array_index (self->cursors, Cursor, rule);

  while (cursor->lead != 0 && cursor->lead < lead)
    if (!step (cursor, error))
      return FALSE;
  while (cursor->lead == lead)
    {
      if (cursor->pattern == NULL
          || rungs_score_pattern_fits (cursor->pattern,
                                       rungs_statement_get_text (cursor->query, 2)))
        rungs_score_sum_add (self->sum, rule, rungs_statement_get_int64 (cursor->query, 1));
      if (!step (cursor, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_score_reader_read (RungsScoreReader  *self,
                         gint64             lead,
                         GError           **error)
{
  g_return_val_if_fail (self != NULL && lead != 0, FALSE);

  rungs_score_sum_clear (self->sum);
  for (guint i = 0; i < self->cursors->len; i++)
    if (!read_rule (self, i, lead, error))
      return FALSE;
  return TRUE;
}

gint64
rungs_score_reader_peek (RungsScoreReader *self)
{
  gint64 lowest = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->cursors->len; i++)
    {
      gint64 lead = g_array_index (self->cursors, Cursor, i).lead;

      if (lead != 0 && (lowest == 0 || lead < lowest))
        lowest = lead;
    }
  return lowest;
}
