/* rungs-score-round.c: lets the scores change by which time has passed or another rule holds. */

#include "engine/rungs-score-round.h"

#include "leads/rungs-score-store.h"
#include "segments/rungs-segments-follow.h"

gboolean
rungs_score_round (RungsDb  *db,
                   gint64    now,
                   guint     limit,
                   guint    *counted,
                   GError  **error)
{
  return rungs_scores_advance (db, now, limit, counted, error)
         && (*counted == 0 || rungs_segments_follow_scores (db, now, error));
}

typedef struct
{
  gint64 now;
  guint counted;
  gint64 done;
  gint64 all;
} Round;

static gboolean
round_cb (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  Round *round = data;

  return rungs_score_round (db, round->now, RUNGS_SCORE_BATCH, &round->counted, error)
         && rungs_scores_progress (db, &round->done, &round->all, error);
}

gboolean
rungs_scores_work_off (RungsDb *db,
                       gint64 now,
                       RungsScoreProgressFunc progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       gint64 *counted,
                       GError **error)
{
  Round round = { .now = now };

  g_return_val_if_fail (counted != NULL, FALSE);

  *counted = 0;
  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !rungs_db_write (db, round_cb, &round, error))
        return FALSE;
      *counted += round.counted;
      if (progress != NULL)
        progress (round.done, round.all, progress_data);
    }
  while (round.counted > 0);
  return TRUE;
}
