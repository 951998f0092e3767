/* rungs-merge-work.h: what the window of duplicates asks the threads of the store for. */

#pragma once

#include "db/rungs-store.h"
#include "leads/rungs-merge-store.h"
#include "widgets/rungs-progress.h"

G_BEGIN_DECLS

/* A RungsStoreFunc with a RungsProgress as data, for a reading thread. Returns: a GPtrArray of
 * RungsDuplicate. */
gpointer rungs_merge_work_find (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* With a GArray of gint64 (leads) as data, for a reading thread. Returns: a RungsMergePlan. */
gpointer rungs_merge_work_plan (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* With a RungsMergePlan as data. Returns: a RungsMergeResult. */
gpointer rungs_merge_work_merge (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* With a GArray of one merge (gint64) as data. Returns NULL. */
gpointer rungs_merge_work_undo (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* With a GArray of two leads as data. Return NULL. */
gpointer rungs_merge_work_set_different (RungsDb       *db,
                                         gpointer       data,
                                         GCancellable  *cancellable,
                                         GError       **error);
gpointer rungs_merge_work_unset_different (RungsDb       *db,
                                           gpointer       data,
                                           GCancellable  *cancellable,
                                           GError       **error);

G_END_DECLS
