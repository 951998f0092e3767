/* rungs-broadcast-round.c: what the engine does for broadcasts, in short writes.
 *
 * Whatever takes long is read outside of a transaction (the audience, the results of a test) or
 * written in batches. After each there is a pause: the lock of the file goes to whoever asks first,
 * and that would be the next batch. */

#include "engine/rungs-broadcast-round.h"

#include "base/rungs-error.h"
#include "insights/rungs-broadcast-results-store.h"
#include "mail/rungs-broadcast-plan-store.h"
#include "mail/rungs-broadcast-run-store.h"

#define PAUSE_US 5000

typedef struct
{
  gint64 now;
  guint n; /* how many were done by the last batch */
} Round;

static gboolean
start (RungsDb *db,
       gpointer data,
       GError **error)
{
  return rungs_broadcasts_start (db, ((Round *) data)->now, error);
}

static gboolean
give (RungsDb *db,
      gpointer data,
      GError **error)
{
  Round *round = data;

  return rungs_broadcasts_give (db, round->now, &round->n, error);
}

static gboolean
plan (RungsDb *db,
      gpointer data,
      GError **error)
{
  Round *round = data;

  return rungs_broadcasts_plan (db, round->now, &round->n, error);
}

static gboolean
finish (RungsDb *db,
        gpointer data,
        GError **error)
{
  return rungs_broadcasts_finish (db, ((Round *) data)->now, error);
}

typedef struct
{
  RungsBroadcastAudience *audience;
  gboolean done;
} Writing;

static gboolean
write_audience (RungsDb *db,
                gpointer data,
                GError **error)
{
  Writing *writing = data;

  return rungs_broadcast_audience_write (writing->audience, db, &writing->done, error);
}

typedef struct
{
  gint64 broadcast;
  gint64 now;
} Pausing;

static gboolean
pause_for_rule (RungsDb *db,
                gpointer data,
                GError **error)
{
  const Pausing *pausing = data;

  return rungs_broadcast_pause_for_rule (db, pausing->broadcast, pausing->now, error);
}

/* A rule that names what is gone must not keep all else from being done. */
static gboolean
is_bad_rule (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static gboolean
fix_audience (RungsDb      *db,
              gint64        broadcast,
              gint64        now,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (RungsBroadcastAudience) audience
      = rungs_broadcast_audience_new (db, broadcast, now, &failure);
  Writing writing = { .audience = audience };
  Pausing pausing = { broadcast, now };

  if (audience == NULL && is_bad_rule (failure))
    return rungs_db_write (db, pause_for_rule, &pausing, error);
  if (audience == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  while (!writing.done && !g_cancellable_is_cancelled (cancellable))
    {
      if (!rungs_db_write (db, write_audience, &writing, error))
        return FALSE;
      g_usleep (PAUSE_US);
    }
  return TRUE;
}

/* Fixes the audiences that are not. What is cancelled on the way is begun anew another time. */
static gboolean
fix_audiences (RungsDb      *db,
               RungsClock   *clock,
               GCancellable *cancellable,
               GError      **error)
{
  gint64 broadcast = 0;

  while (rungs_broadcasts_find_unfixed (db, &broadcast, error))
    {
      if (broadcast == 0 || g_cancellable_is_cancelled (cancellable))
        return TRUE;
      if (!fix_audience (db, broadcast, rungs_clock_now (clock), cancellable, error))
        return FALSE;
    }
  return FALSE;
}

typedef struct
{
  gint64 broadcast;
  int winner;
  gint64 now;
} Verdict;

static gboolean
pronounce (RungsDb *db,
           gpointer data,
           GError **error)
{
  const Verdict *verdict = data;

  return verdict->winner != 0
             ? rungs_broadcast_choose (db, verdict->broadcast, verdict->winner, FALSE, verdict->now,
                                       error)
             : rungs_broadcast_leave_undecided (db, verdict->broadcast, verdict->now, error);
}

/* Compares the subjects of those whose test is over. */
static gboolean
judge_tests (RungsDb *db,
             gint64   now,
             GError **error)
{
  g_autoptr (GArray) ids = rungs_broadcasts_list_tested (db, now, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      Verdict verdict = { .broadcast = g_array_index (ids, gint64, i), .now = now };
      g_autoptr (RungsBroadcastResults) results
          = rungs_broadcast_results_load (db, verdict.broadcast, NULL, error);

      if (results == NULL)
        return FALSE;
      verdict.winner = rungs_broadcast_results_winner (results);
      if (!rungs_db_write (db, pronounce, &verdict, error))
        return FALSE;
    }
  return ids != NULL;
}

/* Batch after batch until one finds nothing to do. */
static gboolean
repeat (RungsDb      *db,
        RungsDbFunc   batch,
        Round        *round,
        GCancellable *cancellable,
        GError      **error)
{
  do
    {
      round->n = 0;
      if (!rungs_db_write (db, batch, round, error))
        return FALSE;
      if (round->n > 0)
        g_usleep (PAUSE_US);
    }
  while (round->n > 0 && !g_cancellable_is_cancelled (cancellable));
  return TRUE;
}

gboolean
rungs_broadcasts_work_off (RungsDb      *db,
                           RungsClock   *clock,
                           GCancellable *cancellable,
                           gboolean     *worked,
                           GError      **error)
{
  Round round = { .now = rungs_clock_now (clock) };
  gint64 due = G_MAXINT64;
  gboolean ends = FALSE;

  g_return_val_if_fail (worked != NULL, FALSE);

  if (!rungs_broadcasts_next_due (db, round.now, &due, error))
    return FALSE;
  if (due <= round.now)
    {
      *worked = TRUE;
      if (!rungs_db_write (db, start, &round, error)
          || !fix_audiences (db, clock, cancellable, error) || !judge_tests (db, round.now, error)
          || !repeat (db, give, &round, cancellable, error)
          || !repeat (db, plan, &round, cancellable, error))
        return FALSE;
    }
  return rungs_broadcasts_have_ended (db, &ends, error)
         && (!ends || rungs_db_write (db, finish, &round, error));
}
