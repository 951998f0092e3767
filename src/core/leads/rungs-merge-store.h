/* rungs-merge-store.h: makes one lead of several that are one person, and takes that back.
 *
 * All that belongs to the others moves to the lead that stays: orders, touches, consents, messages,
 * walks through sequences, tasks, tags, values, places in fixed segments, the timeline, and what
 * imports wrote down. Then, so that no promise is broken:
 *
 *   - The strictest consent wins. Whoever said no under one address said no; so did whoever had
 *     an address suppressed other than by a bounce. An agreement that was given for an address
 *     (or, for calls, a number) that does not stay does not hold for the one that stays.
 *   - Nobody walks a sequence twice: of two walks the one that is further goes on, none where one
 *     of them has come to its end, nor where the lead now owns what the sequence sells.
 *   - Nobody gets a letter twice: what is planned and was sent, or is planned, to another of the
 *     leads is withheld ("merged"), if it is marketing.
 *
 * Undone, all goes back as it was: rungs-merge-journal-store.h. What happened since to an order, a
 * message, a walk or a task goes with it to the lead it came from; what is new (orders, touches,
 * notes, values) stays with the lead that stayed; a "no" said since holds for all of them. */

#pragma once

#include "leads/rungs-merge.h"

G_BEGIN_DECLS

/* What became of it. */
typedef struct
{
  gint64 merge;             /* by this number it is undone */
  gint64 lead;              /* the one that stayed */
  gint64 orders_moved;
  gint64 walks_ended;       /* through sequences */
  gint64 messages_withheld;
} RungsMergeResult;

/* Merges the leads of the plan into the first, as it was chosen, with the values that they have
 * now. In a write transaction. Errors: NOT_FOUND (one of them is gone), INVALID (nothing by which
 * to know the lead would be left), BUSY (a message to one of them is being sent). */
gboolean rungs_leads_merge (RungsDb           *db,
                            RungsMergePlan    *plan,
                            gint64             now,
                            RungsMergeResult  *result,
                            GError           **error);

/* Takes it back. `lead` (nullable) is the one that stayed. In a write transaction. Errors:
 * NOT_FOUND; CONFLICT: it was undone before, its lead was deleted or erased since, a later merge
 * stands on it, or another lead has by now an address that must go back; BUSY. */
gboolean rungs_merge_undo (RungsDb  *db,
                           gint64    merge,
                           gint64    now,
                           gint64   *lead,
                           GError  **error);

/* A merge that stands. */
typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 at;
  char *names;     /* (owned) who became part of the lead, as the timeline says */
  gboolean newest; /* a later one of the same lead must be undone before */
} RungsMergeEntry;

void rungs_merge_entry_free (RungsMergeEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMergeEntry, rungs_merge_entry_free)

/* Returns: (transfer full) (element-type RungsMergeEntry): of the lead that stayed (0: of all
 * leads), at most `limit`, the newest first. */
GPtrArray *rungs_merge_list (RungsDb  *db,
                             gint64    lead,
                             guint     limit,
                             GError  **error);

G_END_DECLS
