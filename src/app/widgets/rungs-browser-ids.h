/* rungs-browser-ids.h: a browser's list as an array of ids, for sources that have nothing better.
 *
 * In the RungsBrowserSource: `list` returns rungs_browser_ids_new(), filled with
 * rungs_browser_ids_add(); list_free, get_count and get_id are the functions below; `rows` reads id
 * by id with rungs_browser_ids_rows(). */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Returns: (transfer full): an empty list. */
gpointer rungs_browser_ids_new (void);
void rungs_browser_ids_add (gpointer list,
                            gint64   id);

void rungs_browser_ids_free (gpointer list);
guint rungs_browser_ids_get_count (gpointer list);
gint64 rungs_browser_ids_get_id (gpointer list,
                                 guint    position);

/* Reads one row. Returns: (transfer full) (nullable): NULL without an error where there is no such
 * row. */
typedef gpointer (*RungsBrowserLoad) (RungsDb  *db,
                                      gint64    id,
                                      GError  **error);

/* What RungsBrowserSource.rows() must return, row by row. A NOT_FOUND error of `load` counts as a
 * row that was deleted meanwhile. */
GPtrArray *rungs_browser_ids_rows (RungsDb           *db,
                                   gpointer           list,
                                   guint              first,
                                   guint              n,
                                   RungsBrowserLoad   load,
                                   GDestroyNotify     row_free,
                                   GError           **error);

G_END_DECLS
