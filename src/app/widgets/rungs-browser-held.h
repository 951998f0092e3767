/* rungs-browser-held.h: a browser's list as the rows themselves, for sources that have dozens of
 * them, hardly hundreds.
 *
 * In the RungsBrowserSource: `list` returns rungs_browser_held_new(); RUNGS_BROWSER_HELD stands for
 * what is done with it. A query may be a RungsBrowserQuery. */

#pragma once

#include "widgets/rungs-browser-source.h"
#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

/**
 * RungsBrowserHeld: the rows of a source.
 * @get_id: differs from that of all others
 * @copy: (transfer full)
 * @free: of a row
 * @get_name: what it is sorted by unless another column is asked for
 * @get_number: what it is sorted by in a column other than "name"
 * @is_last: (nullable): stands behind the others while no column is asked for
 *
 * The last three are for rungs_browser_query_sort().
 */
typedef struct
{
  gint64 (*get_id) (gconstpointer row);
  gpointer (*copy) (gconstpointer row);
  GDestroyNotify free;
  const char *(*get_name) (gconstpointer row);
  double (*get_number) (gconstpointer  row,
                        const char    *column);
  gboolean (*is_last) (gconstpointer row);
} RungsBrowserHeld;

/* Takes `rows`. Returns: (transfer full): the list. */
gpointer rungs_browser_held_new (GPtrArray              *rows,
                                 const RungsBrowserHeld *held);

void rungs_browser_held_free (gpointer list);
guint rungs_browser_held_get_count (gpointer list);
gint64 rungs_browser_held_get_id (gpointer list,
                                  guint    position);
GPtrArray *rungs_browser_held_read (RungsDb   *db,
                                    gpointer   list,
                                    guint      first,
                                    guint      n,
                                    GError   **error);

/* Members of a RungsBrowserSource. */
#define RUNGS_BROWSER_HELD                                                                         \
  .list_free = rungs_browser_held_free, .get_count = rungs_browser_held_get_count,                 \
  .get_id = rungs_browser_held_get_id, .rows = rungs_browser_held_read

/* What is looked for, and how it is sorted. */
typedef struct
{
  char *words;  /* (owned): folded; "": any */
  char *column; /* (owned) (nullable) */
  gboolean descending;
} RungsBrowserQuery;

/* As `browser` is sorted. Returns: (transfer full). */
RungsBrowserQuery *rungs_browser_query_new (RungsBrowser *browser,
                                            const char   *words);

void rungs_browser_query_free (RungsBrowserQuery *self);

void rungs_browser_query_sort (const RungsBrowserQuery *self,
                               GPtrArray               *rows,
                               const RungsBrowserHeld  *held);

/* Whether folded `words` stand in one of the texts, in whatever letters. */
gboolean rungs_browser_words_match (const char *words,
                                    const char *text,
                                    ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
