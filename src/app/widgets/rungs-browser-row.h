/* rungs-browser-row.h: one row of a browser: what the model hands to the table. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_BROWSER_ROW (rungs_browser_row_get_type ())

/* Its property "data" is notified when the row's contents have been read, or read again. */
G_DECLARE_FINAL_TYPE (RungsBrowserRow, rungs_browser_row, RUNGS, BROWSER_ROW, GObject)

RungsBrowserRow *rungs_browser_row_new (gint64 id);

gint64 rungs_browser_row_get_id (RungsBrowserRow *self);

/* Where it stood when the model last said; G_MAXUINT where it is not in the list any more. */
guint rungs_browser_row_get_position (RungsBrowserRow *self);
void rungs_browser_row_set_position (RungsBrowserRow *self,
                                     guint            position);

/* Returns: (nullable): what the source read; NULL while it is still being read. */
gpointer rungs_browser_row_get_data (RungsBrowserRow *self);

/* Gives the row its contents: the element `index` of `page`, which the row keeps alive. */
void rungs_browser_row_set_data (RungsBrowserRow *self,
                                 GPtrArray       *page,
                                 guint            index);

/* Makes it the row of another id: with contents as above, or, where `page` is NULL, with none
 * yet. */
void rungs_browser_row_become (RungsBrowserRow *self,
                               gint64           id,
                               GPtrArray       *page,
                               guint            index);

G_END_DECLS
