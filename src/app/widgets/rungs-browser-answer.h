/* rungs-browser-answer.h: asks a source on a thread of the store. */

#pragma once

#include "db/rungs-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* So many rows are read at once. */
#define RUNGS_BROWSER_PAGE_ROWS 50

/* A query or a list: several threads hold it. */
typedef struct
{
  gpointer value;
  GDestroyNotify free;
} RungsBrowserShared;

/* Takes `value`. `value_free` is nullable. */
RungsBrowserShared *rungs_browser_shared_new (gpointer       value,
                                              GDestroyNotify value_free);
RungsBrowserShared *rungs_browser_shared_acquire (RungsBrowserShared *self);
void rungs_browser_shared_release (RungsBrowserShared *self);

/**
 * RungsBrowserAnswer:
 * @list: (owned): what was found
 * @whole: whether these are all rows that the query finds
 * @rows: (owned) (nullable): the contents of the rows of a page of it
 * @page: the number of that page
 */
typedef struct
{
  RungsBrowserShared *list;
  gboolean whole;
  GPtrArray *rows;
  guint page;
} RungsBrowserAnswer;

void rungs_browser_answer_free (RungsBrowserAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBrowserAnswer, rungs_browser_answer_free)

/* Finds the first `limit` rows and reads the first page of them; or, where it is 0, finds all and
 * reads none. */
void rungs_browser_find_async (RungsStore                *store,
                               const RungsBrowserSource  *source,
                               RungsBrowserShared        *query,
                               guint                      limit,
                               GCancellable              *cancellable,
                               GAsyncReadyCallback        callback,
                               gpointer                   data);

/* Reads a page of a list. */
void rungs_browser_read_page_async (RungsStore                *store,
                                    const RungsBrowserSource  *source,
                                    RungsBrowserShared        *list,
                                    guint                      page,
                                    GCancellable              *cancellable,
                                    GAsyncReadyCallback        callback,
                                    gpointer                   data);

/* Ends either. Returns: (transfer full). */
RungsBrowserAnswer *rungs_browser_answer_finish (RungsStore    *store,
                                                 GAsyncResult  *result,
                                                 GError       **error);

G_END_DECLS
