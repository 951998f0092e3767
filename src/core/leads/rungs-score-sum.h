/* rungs-score-sum.h: what the rules make of the events of one lead, on a day and on later days. */

#pragma once

#include "leads/rungs-score.h"

G_BEGIN_DECLS

typedef struct _RungsScoreSum RungsScoreSum;

/* `rules` (element-type RungsScoreRule) outlives it; `zone` is that of the business, and today is
 * the day of `now` there. */
RungsScoreSum *rungs_score_sum_new (GPtrArray *rules,
                                    GTimeZone *zone,
                                    gint64     now);
void rungs_score_sum_free (RungsScoreSum *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsScoreSum, rungs_score_sum_free)

/* Begins with the next lead. */
void rungs_score_sum_clear (RungsScoreSum *self);

/* An event at the instant `at` that fits the rule of that index. The events of a rule come in the
 * order of their time, and the rules one after the other, which is what makes the sum of reals the
 * same each time. */
void rungs_score_sum_add (RungsScoreSum *self,
                          guint          rule,
                          gint64         at);

/* Days are numbered as the zone's calendar has them; what is not limited to a day is FOREVER. */
#define RUNGS_SCORE_FOREVER G_MAXINT

int rungs_score_sum_get_today (RungsScoreSum *self);

/* The day that holds the instant. */
int rungs_score_sum_day_of (RungsScoreSum *self,
                            gint64         at);

/* The instant at which the day begins. */
gint64 rungs_score_sum_day_start (RungsScoreSum *self,
                                  int            day);

/* The sum as it is on that day; `rule` G_MAXUINT: of all rules. */
double rungs_score_sum_get_exact (RungsScoreSum *self,
                                  guint          rule,
                                  int            day);

/* The same of all rules, rounded. */
gint64 rungs_score_sum_get (RungsScoreSum *self,
                            int            day);

/* Returns: how many events of the rule were added. `points` (out): what they are worth before any
 * of it is gone; `last_day` (out): the last day of them. */
gint64 rungs_score_sum_count (RungsScoreSum *self,
                              guint          rule,
                              gint64        *points,
                              int           *last_day);

/* The first day after `day` on which the rounded sum is another; FOREVER: none. */
int rungs_score_sum_next (RungsScoreSum *self,
                          int            day);

G_END_DECLS
