/* rungs-browser-ids.c: a browser's list as an array of ids, for sources that have nothing
 * better. */

#include "rungs-browser-ids.h"

#include "base/rungs-error.h"

gpointer
rungs_browser_ids_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
rungs_browser_ids_add (gpointer list,
                       gint64   id)
{
  GArray *ids = list;

  g_array_append_val (ids, id);
}

void
rungs_browser_ids_free (gpointer list)
{
  g_array_unref (list);
}

guint
rungs_browser_ids_get_count (gpointer list)
{
  return ((GArray *) list)->len;
}

gint64
rungs_browser_ids_get_id (gpointer list,
                          guint    position)
{
  return g_array_index ((GArray *) list, gint64, position);
}

/* A NOT_FOUND error counts as a row that was deleted meanwhile. */
static GPtrArray *
load_rows (const RungsBrowserSource  *source,
           RungsDb                   *db,
           gpointer                   list,
           guint                      first,
           guint                      n,
           GError                   **error)
{
  GArray *ids = list;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, source->row_free);

  for (guint i = first; i < ids->len && i - first < n; i++)
    {
      g_autoptr (GError) failure = NULL;
      gpointer row = source->load (db, g_array_index (ids, gint64, i), &failure);

      if (failure != NULL && !g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      g_ptr_array_add (rows, row);
    }

  return g_steal_pointer (&rows);
}

GPtrArray *
rungs_browser_source_read (const RungsBrowserSource  *source,
                           RungsDb                   *db,
                           gpointer                   list,
                           guint                      first,
                           guint                      n,
                           GError                   **error)
{
  g_return_val_if_fail (source != NULL && db != NULL && list != NULL, NULL);

  return source->rows != NULL ? source->rows (db, list, first, n, error)
                              : load_rows (source, db, list, first, n, error);
}
