/* rungs-segments-follow.h: who comes into a watched segment and who leaves it.
 *
 * A live segment keeps no list of its leads. One that is watched does, in segment_member, and each
 * lead that comes or goes has it in its timeline (segment.entered, segment.left). What changes that
 * list is found, never computed anew for everybody: the leads that something happened to, and those
 * for whom time has passed a mark that the rule names. How stands at the head of
 * rungs-segments-follow-store.c. */

#pragma once

#include "segments/rungs-segment-store.h"

G_BEGIN_DECLS

/* Begins to watch a live segment: those who are in it now are written down without events; or
 * ceases to. In a write transaction. Errors: NOT_FOUND; INVALID where it is fixed. */
gboolean rungs_segment_watch (RungsDb *db,
                              gint64 segment,
                              gboolean watched,
                              gint64 now,
                              GError **error);

/* After the rule of a segment was changed: compares all leads with it, where it is watched, and
 * with the watched segments that ask about segments. Who comes and goes so has it in the timeline.
 * In a write transaction. */
gboolean rungs_segment_refresh (RungsDb  *db,
                                gint64    segment,
                                gint64    now,
                                GError  **error);

/* Lets all watched segments follow the events after their cursor. At the end of a write
 * transaction; what it adds to the timeline is followed too. */
gboolean rungs_segments_follow (RungsDb  *db,
                                gint64    now,
                                GError  **error);

/* Lets those that ask about scores look at the leads whose score is another without an event:
 * temp.score_moved (leads/rungs-score-store.h). In the same write transaction. */
gboolean rungs_segments_follow_scores (RungsDb  *db,
                                       gint64    now,
                                       GError  **error);

/* Lets all watched segments look again at those leads (gint64): something that they asked about is
 * gone, and no event tells of it. In a write transaction. */
gboolean rungs_segments_look_again (RungsDb  *db,
                                    GArray   *leads,
                                    gint64    now,
                                    GError  **error);

/* Whether there are events that rungs_segments_follow() has not seen. */
gboolean rungs_segments_are_behind (RungsDb   *db,
                                    gboolean  *behind,
                                    GError   **error);

/* Lets all watched segments whose rules speak of time follow what passed since they were last
 * looked at. In a write transaction. */
gboolean rungs_segments_turn (RungsDb  *db,
                              gint64    now,
                              GError  **error);

/* When that is to be done next: an hour after the last time. `at`: G_MAXINT64 where no watched
 * segment speaks of time. */
gboolean rungs_segments_next_turn (RungsDb  *db,
                                   gint64   *at,
                                   GError  **error);

G_END_DECLS
