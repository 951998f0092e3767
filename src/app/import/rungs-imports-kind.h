/* rungs-imports-kind.h: what imports of leads and of orders do each in their own way once they are
 * done: being listed, and being taken back. */

#pragma once

#include "db/rungs-store.h"
#include "leads/rungs-import-work.h"
#include "widgets/rungs-progress.h"

G_BEGIN_DECLS

/* An import in the list. */
typedef struct
{
  gint64 run;
  const char *file_name; /* lent by the import */
  char *words;           /* (owned) when it was, and what it brought */
  gboolean undone;
} RungsImportsRow;

typedef struct
{
  const char *title;    /* N_() of the list */
  const char *empty;    /* N_() what stands in it, where nothing does yet */
  const char *question; /* N_() what taking one back does */
  gboolean can_show;    /* its leads can be shown */

  RungsStoreFunc list;  /* returns a GPtrArray: the newest imports */
  void (*describe) (gpointer         import,
                    RungsImportsRow *row);

  gsize undo_size;      /* of what taking one back counts, a structure that begins as zeros */
  /* Takes one back, and adds to what is counted. In a write transaction. */
  gboolean (*undo) (RungsDb                  *db,
                    gint64                    run,
                    gint64                    now,
                    RungsImportProgressFunc   progress,
                    gpointer                  progress_data,
                    GCancellable             *cancellable,
                    gpointer                  sum,
                    GError                  **error);
  char *(*undo_words) (gconstpointer sum);
} RungsImportsKind;

/* Takes imports back, the last of `runs` (element-type gint64) first, all or none: cancelling
 * leaves them as they are. `progress` is set meanwhile. */
void rungs_imports_undo_async (RungsStore              *store,
                               const RungsImportsKind  *kind,
                               GArray                  *runs,
                               RungsProgress           *progress,
                               GCancellable            *cancellable,
                               GAsyncReadyCallback      callback,
                               gpointer                 data);

/* Returns: (transfer full): what was done, in words; NULL on error. */
char *rungs_imports_undo_finish (RungsStore    *store,
                                 GAsyncResult  *result,
                                 GError       **error);

G_END_DECLS
