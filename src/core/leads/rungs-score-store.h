/* rungs-score-store.h: the rules of the score in the file, and keeping the scores of all leads up
 * to date: lead.score and lead.rescore_at, which are derived.
 *
 * Three things change a score: an event (rungs_scores_follow(), in its transaction), a day that
 * passes, and another rule (rungs_scores_advance(), batch by batch). */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-score.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type RungsScoreRule): in the order in which they were added. */
GPtrArray *rungs_score_rule_list (RungsDb  *db,
                                  GError  **error);

/* Errors: NOT_FOUND. */
RungsScoreRule *rungs_score_rule_load (RungsDb  *db,
                                       gint64    id,
                                       GError  **error);

/* Each of these begins to count all scores anew (rungs_scores_begin_anew()). `rule` with an id of 0
 * is added; with one that a rule had which was removed, it is put back. Returns: its id; 0 on
 * error: INVALID. */
gint64 rungs_score_rule_add (RungsDb               *db,
                             const RungsScoreRule  *rule,
                             gint64                 now,
                             GError               **error);
/* Errors: INVALID, NOT_FOUND. */
gboolean rungs_score_rule_save (RungsDb               *db,
                                const RungsScoreRule  *rule,
                                GError               **error);
gboolean rungs_score_rule_remove (RungsDb  *db,
                                  gint64    id,
                                  GError  **error);

/* Adds rungs_score_usual_rules(). */
gboolean rungs_score_rule_add_usual (RungsDb  *db,
                                     gint64    now,
                                     GError  **error);

/* Has all scores counted anew by rungs_scores_advance(): after a change of the rules, of the zone
 * of the business, or of old events (where some were removed, say). In a write transaction. */
gboolean rungs_scores_begin_anew (RungsDb  *db,
                                  GError  **error);

/* How much of that is left: `done` of `all` ids of leads; both 0 where nothing is. */
gboolean rungs_scores_progress (RungsDb  *db,
                                gint64   *done,
                                gint64   *all,
                                GError  **error);

/* Counts the scores of those leads anew that the events after the cursor "scores" are about. At the
 * end of a write transaction, before segments follow. Adds no events. */
gboolean rungs_scores_follow (RungsDb  *db,
                              gint64    now,
                              GError  **error);

/* Counts anew the scores of up to `limit` leads: of those that are left where all are counted anew,
 * else of those whose score has changed by itself by `now`. `counted` (out): of how many; 0:
 * nothing was left. Those whose score is another are in temp.score_moved (lead) until the next
 * call. In a write transaction. */
gboolean rungs_scores_advance (RungsDb *db,
                               gint64   now,
                               guint    limit,
                               guint   *counted,
                               GError **error);

/* Has the score of the lead of an event counted anew by rungs_scores_advance(), where a rule has a
 * pattern: what the event tells was changed. In a write transaction. */
gboolean rungs_score_mark_event (RungsDb  *db,
                                 gint64    event,
                                 GError  **error);

/* When there is something to advance; 0: now. G_MAXINT64: never. */
gboolean rungs_scores_next_due (RungsDb  *db,
                                gint64   *at,
                                GError  **error);

/* Adds a line to `faults` (element-type utf8) for the leads whose score is not what the rules and
 * events make it. */
gboolean rungs_scores_check (RungsDb    *db,
                             GPtrArray  *faults,
                             GError    **error);

G_END_DECLS
