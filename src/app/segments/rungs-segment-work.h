/* rungs-segment-work.h: what the window asks of segments and does to them, on threads of the
 * store. */

#pragma once

#include "db/rungs-store.h"
#include "segments/rungs-segment-member-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 segment; /* 0: a new one */
  char *name;     /* (owned) (nullable) */
  char *rule;     /* (owned) (nullable) */
  GArray *leads;  /* (owned) (nullable) (element-type gint64) */
} RungsSegmentWork;

RungsSegmentWork *rungs_segment_work_new (gint64      segment,
                                          const char *name,
                                          const char *rule);

/* Takes `leads`. */
RungsSegmentWork *rungs_segment_work_new_for_leads (gint64  segment,
                                                    GArray *leads);
void rungs_segment_work_free (RungsSegmentWork *self);

/* RungsStoreFuncs that read; `data` is a RungsSegmentWork, or NULL for the first. They return: all
 * segments in use (element-type RungsSegment); how many leads are in one (a gint64 *); who came and
 * went in the last 90 days (element-type RungsSegmentDay), the newest day first. */
gpointer rungs_segment_work_list (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);
gpointer rungs_segment_work_count (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);
gpointer rungs_segment_work_days (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* RungsStoreFuncs that write; `data` is a RungsSegmentWork. Those that make one return its id (a
 * gint64 *): of a rule, or fixed where there is none; a copy; a fixed one of who is in it now. */
gpointer rungs_segment_work_create (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
gpointer rungs_segment_work_duplicate (RungsDb       *db,
                                       gpointer       data,
                                       GCancellable  *cancellable,
                                       GError       **error);
gpointer rungs_segment_work_snapshot (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);

gpointer rungs_segment_work_rename (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* Returns: a RungsSegmentWork that sets the rule as it was. */
gpointer rungs_segment_work_set_rule (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);

/* Return: a RungsSegmentWork that does the contrary: with the leads that were not in it (or were in
 * it). */
gpointer rungs_segment_work_add (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);
gpointer rungs_segment_work_remove (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* Returns: a RungsSegmentSnapshot, which is the `data` of the other. */
gpointer rungs_segment_work_delete (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
gpointer rungs_segment_work_restore (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

G_END_DECLS
