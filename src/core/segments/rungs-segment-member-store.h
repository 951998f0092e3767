/* rungs-segment-member-store.h: who is in a segment.
 *
 * Leads are given and returned as arrays of their ids (element-type gint64). Reading a live segment
 * runs its rule: at a million leads that takes from a few milliseconds to a second, on a reading
 * connection, and ends early with an error where the question is cancelled
 * (rungs_store_read_async()). */

#pragma once

#include "segments/rungs-segment-store.h"

G_BEGIN_DECLS

/* How many are in it at the time `now`. */
gboolean rungs_segment_count (RungsDb             *db,
                              const RungsSegment  *segment,
                              gint64               now,
                              gint64              *count,
                              GError             **error);

/* Those in it by id: the ones after `after` (0: from the first), `limit` at most. Returns:
 * (transfer full): a million ids are 8 MB. */
GArray *rungs_segment_members (RungsDb             *db,
                               const RungsSegment  *segment,
                               gint64               now,
                               gint64               after,
                               guint                limit,
                               GError             **error);

gboolean rungs_segment_has (RungsDb             *db,
                            const RungsSegment  *segment,
                            gint64               lead,
                            gint64               now,
                            gboolean            *has,
                            GError             **error);

/* The segments in use that the lead is in, by name. Returns: (transfer full) (element-type
 * RungsSegment). */
GPtrArray *rungs_segments_of_lead (RungsDb  *db,
                                   gint64    lead,
                                   gint64    now,
                                   GError  **error);

/* Puts leads into a fixed segment, or takes them out. Returns: (transfer full): those that were not
 * in it before (were in it), which is what undoing needs; NULL on error: INVALID where it is
 * live. */
GArray *rungs_segment_add_members (RungsDb             *db,
                                   const RungsSegment  *segment,
                                   GArray              *leads,
                                   gint64               now,
                                   GError             **error);
GArray *rungs_segment_remove_members (RungsDb             *db,
                                      const RungsSegment  *segment,
                                      GArray              *leads,
                                      gint64               now,
                                      GError             **error);

/* Makes a fixed segment of those who are in `segment` now; they count as having come now, and their
 * timelines say so. Returns: its id; 0 on error: INVALID, CONFLICT. */
gint64 rungs_segment_take_snapshot (RungsDb             *db,
                                    const RungsSegment  *segment,
                                    const char          *name,
                                    gint64               now,
                                    GError             **error);

/* How two or three segments lie over each other: `counts` has 1 << n numbers, and the one at the
 * index whose bits i are set tells how many leads are in exactly the segments i. counts[0] are the
 * leads in none of them. */
gboolean rungs_segment_overlap (RungsDb                   *db,
                                const RungsSegment *const *segments,
                                guint                      n,
                                gint64                     now,
                                gint64                    *counts,
                                GError                   **error);

/* Who came and who went on one day of the business's zone. */
typedef struct
{
  char day[11]; /* YYYY-MM-DD */
  gint64 came;
  gint64 went;
} RungsSegmentDay;

/* Day by day, from the instant `from` (inclusive) to `to` (exclusive), the oldest first; days on
 * which nobody came or went are left out. Of a live segment only while it was watched. Returns:
 * (transfer full) (element-type RungsSegmentDay). */
GArray *rungs_segment_days (RungsDb             *db,
                            const RungsSegment  *segment,
                            gint64               from,
                            gint64               to,
                            GError             **error);

/* One lead that came or went. */
typedef struct
{
  gint64 event; /* its id */
  gint64 lead;
  gint64 at;
  gboolean came;
} RungsSegmentMove;

/* In that time, the newest first, `limit` at most. Returns: (transfer full) (element-type
 * RungsSegmentMove). */
GArray *rungs_segment_moves (RungsDb             *db,
                             const RungsSegment  *segment,
                             gint64               from,
                             gint64               to,
                             guint                limit,
                             GError             **error);

G_END_DECLS
