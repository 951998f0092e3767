/* rungs-lead-happened.h: what happened to a lead, read for its timeline. */

#pragma once

#include "db/rungs-store.h"
#include "leads/rungs-event.h"
#include "leads/rungs-note.h"

G_BEGIN_DECLS

/* A row of the timeline. */
typedef struct
{
  RungsEvent *event; /* (owned) */
  char *words;       /* (owned) */
  RungsNote *note;   /* (owned) (nullable): of a note, a call or a meeting */
  char *broadcast;   /* (owned) (nullable): of a message that many got: what that was called */
  const char *page;  /* (nullable): where what it is about is shown, … */
  char *target;      /* (owned) (nullable): … and what it is called there */
} RungsTimelineRow;

void rungs_timeline_row_free (RungsTimelineRow *self);

/* A part of it. */
typedef struct
{
  gint64 lead;
  guint groups;    /* RungsEventGroups: of these kinds */
  GPtrArray *rows; /* (owned) (element-type RungsTimelineRow): the newest first */
  gboolean whole;  /* nothing comes after them */
} RungsHappened;

void rungs_happened_free (RungsHappened *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsHappened, rungs_happened_free)

/* What is asked for: up to `limit` rows of `groups` (RungsEventGroups) after the row of that
 * instant and id; 0: from the newest on. */
typedef struct
{
  gint64 lead;
  guint groups;
  guint limit;
  gint64 after_at;
  gint64 after_id;
} RungsHappenedQuery;

/* Errors: those of the file. */
RungsHappened *rungs_happened_load (RungsDb                   *db,
                                    const RungsHappenedQuery  *query,
                                    GError                   **error);

/* The same as a RungsStoreFunc, with a RungsHappenedQuery as data. */
gpointer rungs_happened_read (RungsDb       *db,
                              gpointer       data,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS
