/* rungs-segment-store.h: groups of leads with a name.
 *
 * A segment is live or fixed. A live one is a rule (rungs-rule.h): whoever it holds for is in it,
 * and nothing is stored of them. A fixed one is a list of leads that people put into it and take
 * out of it. Rules name a segment by its key, which is made from the first name and never changes.
 *
 * All that writes is called in a write transaction. Who comes to a fixed segment or goes is in the
 * timeline: segment.entered, segment.left; of a live one only while it is watched
 * (rungs-segments-follow.h). */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/**
 * RungsSegmentKind:
 * @RUNGS_SEGMENT_LIVE: its rule decides
 * @RUNGS_SEGMENT_FIXED: chosen by hand
 */
typedef enum
{
  RUNGS_SEGMENT_LIVE,
  RUNGS_SEGMENT_FIXED,
} RungsSegmentKind;

/* "live", "fixed". */
const char *rungs_segment_kind_to_text (RungsSegmentKind kind);

typedef struct
{
  gint64 id;
  char *key;         /* (owned) a-z, 0-9, _: how rules name it */
  char *name;        /* (owned) how people read it */
  char *description; /* (owned) never NULL */
  RungsSegmentKind kind;
  char *rule;        /* (owned) (nullable) JSON; NULL of a fixed one */
  gint64 created_at;
  gint64 updated_at;
  gint64 archived_at; /* 0: in use */
  gboolean watched;   /* of a live one: its leads are written down as they come and go */
  gint64 leads;       /* of a fixed one: or watched one: how many are in it; -1: not counted */
} RungsSegment;

void rungs_segment_free (RungsSegment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSegment, rungs_segment_free)

/* Makes a live segment, or a fixed and empty one where `rule` is NULL. Returns: its id; 0 on
 * error: INVALID (no name, or a rule that is wrong: the message says where), CONFLICT (there is
 * one of that name). */
gint64 rungs_segment_create (RungsDb     *db,
                             const char  *name,
                             const char  *description,
                             const char  *rule,
                             gint64       now,
                             GError     **error);

/* Errors: NOT_FOUND. */
RungsSegment *rungs_segment_load (RungsDb  *db,
                                  gint64    segment,
                                  GError  **error);

/* The one of that name or key, whatever its case. Errors: NOT_FOUND. */
RungsSegment *rungs_segment_find (RungsDb     *db,
                                  const char  *name,
                                  GError     **error);

/* Those in use, or those put away, by name. Live ones are not counted: that takes a while each
 * (rungs_segment_count()), and a window shows the names first. Returns: (transfer full)
 * (element-type RungsSegment). */
GPtrArray *rungs_segment_list (RungsDb  *db,
                               gboolean  archived,
                               GError  **error);

/* NULL leaves the name or the description as it is. Errors: NOT_FOUND, INVALID, CONFLICT. */
gboolean rungs_segment_rename (RungsDb     *db,
                               gint64       segment,
                               const char  *name,
                               const char  *description,
                               gint64       now,
                               GError     **error);

/* Gives a live segment another rule. Errors: NOT_FOUND; INVALID (the rule is wrong, or the segment
 * is fixed). */
gboolean rungs_segment_set_rule (RungsDb     *db,
                                 gint64       segment,
                                 const char  *rule,
                                 gint64       now,
                                 GError     **error);

/* Puts it away, or takes it into use again. Rules that name it go on asking it. */
gboolean rungs_segment_archive (RungsDb   *db,
                                gint64     segment,
                                gboolean   archived,
                                gint64     now,
                                GError   **error);

/* All that a deleted segment was. */
typedef struct _RungsSegmentSnapshot RungsSegmentSnapshot;

void rungs_segment_snapshot_free (RungsSegmentSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSegmentSnapshot, rungs_segment_snapshot_free)

/* Deletes it and returns what puts it back: the same id, key and leads. The timelines of leads
 * keep that they were in it. Errors: NOT_FOUND; CONFLICT where the rule of another segment or the
 * condition of an offer names it (the message says which). */
RungsSegmentSnapshot *rungs_segment_delete (RungsDb  *db,
                                            gint64    segment,
                                            GError  **error);

/* Puts it back; leads that were deleted meanwhile are not in it. Errors: CONFLICT where its name
 * has been given to another one. */
gboolean rungs_segment_undelete (RungsDb                     *db,
                                 const RungsSegmentSnapshot  *snapshot,
                                 GError                     **error);

G_END_DECLS
