/* rungs-batch.h: what the walks of one batch share, for the files of this folder. */

#pragma once

#include "sequences/rungs-graph.h"
#include "sequences/rungs-walk-store.h"

G_BEGIN_DECLS

/* One batch. */
typedef struct
{
  RungsDb *db;
  gint64 now;
  RungsZones *zones;
  GHashTable *versions;  /* id → Version, both owned */
  GHashTable *entrances; /* name → RungsEntrance (owned), where actions start sequences */
  gboolean
      stopped_some; /* an action stopped walks, perhaps one that is yet to come in this batch */
} RungsBatch;

/* Does what an action step says for the lead that walks. `result` is for the history. Errors:
 * INVALID and NOT_FOUND where the owner's data does not allow it. */
gboolean rungs_batch_act (RungsBatch      *batch,
                          RungsWalk       *walk,
                          RungsGraphStep  *step,
                          const char     **result,
                          GError         **error);

G_END_DECLS
