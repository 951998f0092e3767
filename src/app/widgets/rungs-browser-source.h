/* rungs-browser-source.h: what a browser shows. Read this first in widgets/.
 *
 * A browser shows the rows of a list: the ids of all rows that a query finds, in order, taken at
 * one moment. The list is held in memory (eight bytes a row), the rows themselves are read only
 * while they are on screen. So every position is reached equally fast, and what is selected stays
 * selected while rows come and go around it. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/**
 * RungsBrowserSource:
 * @list: finds the rows: the first `limit` of them, or all where it is 0, or where finding all is
 *   as quick. Runs on a thread of the store
 * @list_free: frees what @list returned. On any thread
 * @get_count: how many rows the list has. On any thread
 * @get_id: the id of the row at a position. Ids of a list are all different. On any thread
 * @rows: reads the rows from `first` on, up to `n`. Returns as many elements as there are
 *   positions; NULL stands where a row has been deleted meanwhile. The array frees its elements. On
 *   a thread of the store. Where it is NULL, the list is an array of ids (rungs-browser-ids.h) and
 *   its rows are read one by one:
 * @load: reads the row of an id; NULL without an error, or with NOT_FOUND, where there is none
 * @row_free: frees a row that @load returned
 * @query_free: (nullable): frees a query. On any thread
 *
 * Queries and lists are immutable.
 */
typedef struct
{
  gpointer (*list) (RungsDb   *db,
                    gpointer   query,
                    guint      limit,
                    GError   **error);
  void (*list_free) (gpointer list);
  guint (*get_count) (gpointer list);
  gint64 (*get_id) (gpointer list,
                    guint    position);
  GPtrArray *(*rows) (RungsDb   *db,
                      gpointer   list,
                      guint      first,
                      guint      n,
                      GError   **error);
  gpointer (*load) (RungsDb  *db,
                    gint64    id,
                    GError  **error);
  GDestroyNotify row_free;
  GDestroyNotify query_free;
} RungsBrowserSource;

/**
 * RungsBrowserColumnFlags:
 * @RUNGS_BROWSER_COLUMN_SORTABLE: clicking the heading sorts by it
 * @RUNGS_BROWSER_COLUMN_NUMERIC: right-aligned, with figures of equal width
 * @RUNGS_BROWSER_COLUMN_EXPAND: takes the room that is left, and gives up to a third of its own
 *   where there is too little
 * @RUNGS_BROWSER_COLUMN_HIDDEN: not shown until the user wants it
 * @RUNGS_BROWSER_COLUMN_FIXED: cannot be hidden
 * @RUNGS_BROWSER_COLUMN_MARKUP: its text is Pango markup
 * @RUNGS_BROWSER_COLUMN_SEARCHED: shown only while something is searched for
 */
typedef enum
{
  RUNGS_BROWSER_COLUMN_SORTABLE = 1 << 0,
  RUNGS_BROWSER_COLUMN_NUMERIC = 1 << 1,
  RUNGS_BROWSER_COLUMN_EXPAND = 1 << 2,
  RUNGS_BROWSER_COLUMN_HIDDEN = 1 << 3,
  RUNGS_BROWSER_COLUMN_FIXED = 1 << 4,
  RUNGS_BROWSER_COLUMN_MARKUP = 1 << 5,
  RUNGS_BROWSER_COLUMN_SEARCHED = 1 << 6,
} RungsBrowserColumnFlags;

/**
 * RungsBrowserColumn:
 * @id: what settings and rungs_browser_get_sort() call it
 * @title: untranslated, marked with N_(); where the user named the column (@ref is not 0) as it is
 * @width: in pixels, at first
 * @text: (transfer full) (nullable): what the cell of a row shows
 * @style: (nullable): a style class for the cell ("error", "dim-label", "heading"), or NULL
 * @ref: what @text_of is told, for columns that the program does not know beforehand; 0: none
 * @text_of: (transfer full) (nullable): the same as @text, of a column with a @ref
 * @help: (nullable): untranslated: what the heading says while the pointer stands on it
 */
typedef struct
{
  const char *id;
  const char *title;
  RungsBrowserColumnFlags flags;
  int width;
  char *(*text) (gpointer row);
  const char *(*style) (gpointer row);
  gint64 ref;
  char *(*text_of) (gpointer row,
                    gint64   ref);
  const char *help;
} RungsBrowserColumn;

G_END_DECLS
