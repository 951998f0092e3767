/* rungs-walk-store.h: reads the enrolments that are due and writes where they come to stand. */

#pragma once

#include "db/rungs-db.h"
#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

/* An enrolment on its way. */
typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 sequence;
  gint64 version;
  gint64 sells;   /* product; 0: none */
  char *step;     /* (owned) */
  gint64 visit;   /* 0: it has not begun */
  gint64 due_at;
  gint64 arrived_at; /* at its step */
  gboolean woken; /* not waiting for an event, or that has come */
  gboolean in_front; /* it has not come to the step: publishing put it there */
  gint64 moved_at;   /* the visit at which publishing moved it last; -1: never */
  char *zone;     /* (owned): the lead's; empty: none */
} RungsWalk;

void rungs_walk_free (RungsWalk *walk);

/* Returns: (transfer full) (element-type RungsWalk): up to `limit` of live sequences that are due
 * at `now`, those due longest first. */
GPtrArray *rungs_walk_list_due (RungsDb  *db,
                                gint64    now,
                                guint     limit,
                                GError  **error);

/* Whether it has not ended meanwhile. */
gboolean rungs_walk_is_active (RungsDb    *db,
                               RungsWalk  *walk,
                               gboolean   *active,
                               GError    **error);

/* Writes down that the walk came to its step, at its visit. */
gboolean rungs_walk_note_step (RungsDb     *db,
                               RungsWalk   *walk,
                               gint64       at,
                               const char  *result,
                               GError     **error);

/* Writes down how the step that was noted was left. */
gboolean rungs_walk_note_result (RungsDb     *db,
                                 RungsWalk   *walk,
                                 const char  *result,
                                 GError     **error);

/* Whether the walk, which publishing has moved, did before what the step does: walked an action, or
 * has a message on its way or sent that is the step's, or that a step which was not there before
 * would send again. */
gboolean rungs_walk_had (RungsDb         *db,
                         RungsWalk       *walk,
                         RungsGraphStep  *step,
                         gboolean        *had,
                         GError         **error);

/* Lets it stand at its step until `due_at`; `waits_for` (nullable) is a kind of event. */
gboolean rungs_walk_rest (RungsDb     *db,
                          RungsWalk   *walk,
                          gint64       at,
                          gint64       due_at,
                          const char  *waits_for,
                          GError     **error);

/* The message of that name; 0 where there is none. */
gboolean rungs_walk_find_message (RungsDb     *db,
                                  const char  *name,
                                  gint64      *message,
                                  GError     **error);

gboolean rungs_walk_find_email (RungsDb  *db,
                                gint64    lead,
                                char    **email,
                                GError  **error);

G_END_DECLS
