/* rungs-score-reader-store.h: reads the events that rules of the score are about, lead by lead. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-score-sum.h"

G_BEGIN_DECLS

typedef struct _RungsScoreReader RungsScoreReader;

/* `rules` (element-type RungsScoreRule) and `db` outlive it. */
RungsScoreReader *rungs_score_reader_new (RungsDb   *db,
                                          GPtrArray *rules,
                                          gint64     now,
                                          GError   **error);
void rungs_score_reader_free (RungsScoreReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsScoreReader, rungs_score_reader_free)

/* Where what was read is added up; lent. */
RungsScoreSum *rungs_score_reader_get_sum (RungsScoreReader *self);

/* Begins to read about the leads from the one id to the other. */
gboolean rungs_score_reader_open (RungsScoreReader *self,
                                  gint64            first,
                                  gint64            last,
                                  GError          **error);

/* Clears the sum and adds up the events of a lead, one of those it was opened for; each later one
 * has a higher id. */
gboolean rungs_score_reader_read (RungsScoreReader  *self,
                                  gint64             lead,
                                  GError           **error);

/* The lowest id of a lead, after those read so far, that has such events, fitting or not; 0: there
 * is none. */
gint64 rungs_score_reader_peek (RungsScoreReader *self);

G_END_DECLS
