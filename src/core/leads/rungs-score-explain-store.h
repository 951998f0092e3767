/* rungs-score-explain-store.h: why a lead has its score, and what a rule would change. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-score.h"

G_BEGIN_DECLS

/* What one rule makes of a lead's events. */
typedef struct
{
  RungsScoreRule *rule; /* (owned) */
  gint64 events;        /* that fit it */
  gint64 full;          /* points of them before any of it is gone, with the cap of each day */
  double points;        /* what is left of that today; not rounded */
  gint64 last_at;       /* the beginning of the day of the last one; 0: none */
} RungsScoreTerm;

void rungs_score_term_free (RungsScoreTerm *self);

typedef struct
{
  gint64 lead;
  gint64 score;      /* as it is today: all that follows, added up */
  gint64 stored;     /* as the file has it: another where it is not counted anew yet */
  gint64 given;      /* by hand or by sequences */
  GPtrArray *terms;  /* (owned) (element-type RungsScoreTerm): one for each rule */
  gint64 rescore_at; /* when it changes next by itself; 0: never */
} RungsScoreReasons;

void rungs_score_reasons_free (RungsScoreReasons *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsScoreReasons, rungs_score_reasons_free)

/* Errors: NOT_FOUND. */
RungsScoreReasons *rungs_score_explain (RungsDb  *db,
                                        gint64    lead,
                                        gint64    now,
                                        GError  **error);

/* What changes if a rule is added, is another, or is removed. Whole points of this rule alone are
 * compared: with the halves of other rules a score may differ by one more or less. */
typedef struct
{
  gint64 leads;  /* whose points change */
  gint64 before; /* how many of all leads have points by the rule as it is in the file, */
  gint64 after;  /* and as it would be */
  gint64 least;  /* the smallest change, */
  gint64 most;   /* and the largest, of those whose points change; both may be negative */
  gint64 sum;    /* of all changes */
} RungsScorePreview;

/* `draft` (nullable: removed) is compared with the rule of the id `id` (0: none). Reads all events
 * of their kinds: ask by rungs_store_read_async(), and cancel it when the draft has changed.
 * Errors: INVALID, NOT_FOUND. */
gboolean rungs_score_preview (RungsDb              *db,
                              gint64                id,
                              const RungsScoreRule *draft,
                              gint64                now,
                              RungsScorePreview    *preview,
                              GError              **error);

G_END_DECLS
