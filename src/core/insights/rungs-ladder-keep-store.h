/* rungs-ladder-keep-store.h: keeps what leads did on the ladder (rungs-ladder-deeds.h), in blocks
 * of leads with ids that follow each other, so that it is read in one go. */

#pragma once

#include "db/rungs-db.h"
#include "insights/rungs-ladder-deeds.h"

G_BEGIN_DECLS

/* So many leads make a block: those of block 2 have the ids from 64 to 95. */
#define RUNGS_LADDER_BLOCK 32

/* How many blocks the ids of the leads take up, and how many of them are kept. */
gboolean rungs_ladder_keep_count (RungsDb  *db,
                                  gint64   *blocks,
                                  gint64   *kept,
                                  GError  **error);

/* `due`: 0 where so much is not kept that reading it takes a while; G_MAXINT64 where it is not. */
gboolean rungs_ladder_keep_next_due (RungsDb  *db,
                                     gint64   *due,
                                     GError  **error);

/* Keeps what is not kept, some thousand leads at a time. `n` (out): how many blocks; 0: all are. In
 * a write transaction. */
gboolean rungs_ladder_keep_more (RungsDb  *db,
                                 guint    *n,
                                 GError  **error);

/* Adds a line to `faults` (element-type utf8) where what is kept is not what the tables have. */
gboolean rungs_ladder_keep_check (RungsDb    *db,
                                  GPtrArray  *faults,
                                  GError    **error);

/* Keeps nothing any more, until it is due again. In a write transaction. */
gboolean rungs_ladder_keep_forget (RungsDb  *db,
                                   GError  **error);

G_END_DECLS
