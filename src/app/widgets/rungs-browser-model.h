/* rungs-browser-model.h: the rows that a query finds, as a list model that reads only what is
 * looked at. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BROWSER_MODEL (rungs_browser_model_get_type ())

/**
 * RungsBrowserModel::replacing: the answer to another query is about to take the place of what is
 *   shown: whatever goes by positions, as the selection does, ends here.
 * RungsBrowserModel::listed: a query has been answered, at least its first rows.
 * RungsBrowserModel::failed:
 * @words: why rows could not be read, in the user's words
 */
G_DECLARE_FINAL_TYPE (RungsBrowserModel, rungs_browser_model, RUNGS, BROWSER_MODEL, GObject)

/* `source` must live as long as the program. Empty until rungs_browser_model_set_query(). */
RungsBrowserModel *rungs_browser_model_new (RungsStore               *store,
                                            const RungsBrowserSource *source);

/* Asks anew. What is shown stays until the first rows of the answer are there; an older query that
 * is still being answered is stopped. */
void rungs_browser_model_set_query (RungsBrowserModel *self,
                                    gpointer           query);

/* The same query, because what it finds or shows may have changed. Rows that stay keep their place
 * in the selection; contents change in place. */
void rungs_browser_model_refresh (RungsBrowserModel *self);

/* Whether a query has been answered since the model was made. */
gboolean rungs_browser_model_is_listed (RungsBrowserModel *self);

/* Whether all rows that the query finds are there. */
gboolean rungs_browser_model_is_whole (RungsBrowserModel *self);

/* How many rows have been found. The list model may have fewer of them for some frames: it shows
 * what fits a screen at first, for every row costs the table time. */
guint rungs_browser_model_get_n_found (RungsBrowserModel *self);

/* The id of the row at `position`, which must be below the number of items. */
gint64 rungs_browser_model_get_id (RungsBrowserModel *self,
                                   guint              position);

/* Where the row with that id stands in the list model; FALSE where it is not found. */
gboolean rungs_browser_model_find (RungsBrowserModel *self,
                                   gint64             id,
                                   guint             *position);

G_END_DECLS
