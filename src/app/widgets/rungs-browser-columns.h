/* rungs-browser-columns.h: the columns of a browser's table: which are shown, in which order, how
 * wide, and which one sorts. All of it comes back at the next start. */

#pragma once

#include <gtk/gtk.h>

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BROWSER_COLUMNS (rungs_browser_columns_get_type ())

/**
 * RungsBrowserColumns::sort-changed: the user wants another order.
 */
G_DECLARE_FINAL_TYPE (RungsBrowserColumns, rungs_browser_columns, RUNGS, BROWSER_COLUMNS, GObject)

/* Fills the empty table `view`. `name` is what the settings call it. `columns` is copied. */
RungsBrowserColumns *rungs_browser_columns_new (GtkColumnView            *view,
                                                const char               *name,
                                                const RungsBrowserColumn *columns,
                                                guint                     n_columns);

/* Other columns are there: those that were before stay as they are, new ones stand as the settings
 * remember them, or hidden where they begin so. */
void rungs_browser_columns_set (RungsBrowserColumns      *self,
                                const RungsBrowserColumn *columns,
                                guint                     n_columns);

/* Whether something is searched for: some columns are only shown then. */
void rungs_browser_columns_set_searching (RungsBrowserColumns *self,
                                          gboolean             searching);

/* Which column sorts. Returns: (nullable): its id; NULL: none, the rows come in the list's own
 * order. */
const char *rungs_browser_columns_get_sort (RungsBrowserColumns *self,
                                            gboolean            *descending);

/* Sorts by that column. */
void rungs_browser_columns_set_sort (RungsBrowserColumns *self,
                                     const char          *id,
                                     gboolean             descending);

/* The columns in the order in which they stand, hidden ones too. */
guint rungs_browser_columns_get_count (RungsBrowserColumns *self);
const RungsBrowserColumn *rungs_browser_columns_get (RungsBrowserColumns *self,
                                                     guint                position);

gboolean rungs_browser_columns_is_shown (RungsBrowserColumns *self,
                                         guint                position);
void rungs_browser_columns_set_shown (RungsBrowserColumns *self,
                                      guint                position,
                                      gboolean             shown);

/* Puts the column at `from` to `to`. */
void rungs_browser_columns_move (RungsBrowserColumns *self,
                                 guint                from,
                                 guint                to);

G_END_DECLS
