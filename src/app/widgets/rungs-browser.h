/* rungs-browser.h: a table over a list of any length, with details at its right.
 *
 * A page puts one into its template (<object class="RungsBrowser" id="browser">, after
 * g_type_ensure (RUNGS_TYPE_BROWSER) in class_init), fills the slots "filters", "actions", "detail"
 * and "empty" with widgets of its own, says with "label" what the rows are, and in `constructed`,
 * or when it is first refreshed, calls rungs_browser_set_up(). From then on
 *
 *   - its `search` calls rungs_browser_requery(), as does every change of a filter of its own;
 *   - its `refresh` calls rungs_browser_refresh();
 *   - `make_query` builds a query from the search text, its filters and rungs_browser_get_sort().
 *
 * Enter and double click emit ::activated, a right click and the Menu key show the context menu,
 * whose actions are the page's own. Ctrl+A selects all, Ctrl+L chooses columns, Ctrl+I shows the
 * details. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BROWSER (rungs_browser_get_type ())

/**
 * RungsBrowser:filters: (writable): a widget over the table, at the left: filter chips
 * RungsBrowser:actions: (writable): what the bar under several selected rows offers
 * RungsBrowser:detail: (writable): the details of the one row that is selected
 * RungsBrowser:empty: (writable): what stands in the place of the table while there are no rows at
 *   all; an AdwStatusPage that offers the first step
 * RungsBrowser:label: (writable): what a screen reader calls the table: what its rows are
 * RungsBrowser:n-rows: how many rows were found; notified
 *
 * RungsBrowser::activated:
 * @id: the row that is to be opened
 * RungsBrowser::selection-changed: other rows are selected, or none
 */
G_DECLARE_FINAL_TYPE (RungsBrowser, rungs_browser, RUNGS, BROWSER, GtkWidget)

/* Returns: (transfer full): a query of the source. `data` is the page. */
typedef gpointer (*RungsBrowserMakeQuery) (RungsBrowser *browser,
                                           gpointer      data);

/* Begins to show rows. `name` is what the settings call the browser; `source` must live as
 * long as the program, `data` as long as the browser; `columns` is copied. */
void rungs_browser_set_up (RungsBrowser             *self,
                           const char               *name,
                           RungsStore               *store,
                           const RungsBrowserSource *source,
                           const RungsBrowserColumn *columns,
                           guint                     n_columns,
                           RungsBrowserMakeQuery     make_query,
                           gpointer                  data);

/* Other columns are there: rungs_browser_columns_set(). */
void rungs_browser_set_columns (RungsBrowser             *self,
                                const RungsBrowserColumn *columns,
                                guint                     n_columns);

/* Whether something is searched for, which some columns tell more of. */
void rungs_browser_set_searching (RungsBrowser *self,
                                  gboolean      searching);

/* The columns that the user wants to see, in order. Returns: (transfer container) (element-type
 * RungsBrowserColumn): lent until the columns are others. */
GPtrArray *rungs_browser_get_shown (RungsBrowser *self);

/* The search text or a filter changed: asks anew, stopping what is still being asked. `narrowed`
 * says whether rows are left out by it: an empty answer then reads "No Results". */
void rungs_browser_requery (RungsBrowser *self,
                            gboolean      narrowed);

/* What the rows show may have changed. */
void rungs_browser_refresh (RungsBrowser *self);

/* Which column sorts. Returns: (nullable): its id. */
const char *rungs_browser_get_sort (RungsBrowser *self,
                                    gboolean     *descending);
void rungs_browser_set_sort (RungsBrowser *self,
                             const char   *id,
                             gboolean      descending);

/* How many rows there are; while a query is still being answered only the first of them. */
guint rungs_browser_get_n_rows (RungsBrowser *self);

/* Whether all rows that the query finds are there. The number of rows is notified when they are. */
gboolean rungs_browser_is_whole (RungsBrowser *self);

guint rungs_browser_get_n_selected (RungsBrowser *self);

/* Returns: (transfer full) (element-type gint64): the ids of the selected rows, in order. */
GArray *rungs_browser_get_selected (RungsBrowser *self);

/* The id of the selected row; 0 where it is not exactly one. */
gint64 rungs_browser_get_single (RungsBrowser *self);

/* Selects the row with that id and scrolls to it, as soon as it is found. */
void rungs_browser_select (RungsBrowser *self,
                           gint64        id);

/* Selects every row that the query finds, those that are still being found too. */
void rungs_browser_select_all (RungsBrowser *self);

void rungs_browser_unselect_all (RungsBrowser *self);

/* What can be done with the selected rows. */
void rungs_browser_set_menu (RungsBrowser *self,
                             GMenuModel   *menu);

/* Moves the focus into the table, to its first row where none is selected; or to the first step
 * that stands in its place. FALSE: there is nothing yet that could have it; what is shown while a
 * new question is open is not it. */
gboolean rungs_browser_focus (RungsBrowser *self);

G_END_DECLS
