/* rungs-browser-ids.h: a browser's list as an array of ids, for sources that have nothing better.
 *
 * In the RungsBrowserSource: `list` returns rungs_browser_ids_new(), filled with
 * rungs_browser_ids_add(); RUNGS_BROWSER_IDS stands for what is done with it; `load` and `row_free`
 * stand instead of `rows`. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Returns: (transfer full): an empty list. */
gpointer rungs_browser_ids_new (void);
void rungs_browser_ids_add (gpointer list,
                            gint64   id);

void rungs_browser_ids_free (gpointer list);
guint rungs_browser_ids_get_count (gpointer list);
gint64 rungs_browser_ids_get_id (gpointer list,
                                 guint    position);

/* Members of a RungsBrowserSource. */
#define RUNGS_BROWSER_IDS                                                                          \
  .list_free = rungs_browser_ids_free, .get_count = rungs_browser_ids_get_count,                   \
  .get_id = rungs_browser_ids_get_id

/* What `source` reads of the rows from `first` on: with its `rows`, or row by row. */
GPtrArray *rungs_browser_source_read (const RungsBrowserSource  *source,
                                      RungsDb                   *db,
                                      gpointer                   list,
                                      guint                      first,
                                      guint                      n,
                                      GError                   **error);

G_END_DECLS
