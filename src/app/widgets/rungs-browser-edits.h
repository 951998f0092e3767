/* rungs-browser-edits.h: how one list of rows becomes another. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* At `position` of the new list, `removed` rows of the old one make way for `added` of the new. */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} RungsBrowserEdit;

/* The edits that make the list `from` into `to`, in order; made one after the other, each finds the
 * list as those before it left it. Rows that stay are left alone wherever they stand, as long as
 * the lists differ in some places only; otherwise only equal beginnings and ends are.
 *
 * The table that shows the rows reads every row that takes the place of another, but none that
 * takes no row's place: so where many rows are replaced, the first of them, more than a table
 * shows at once, are one edit and those after them another.
 *
 *
 * Returns: (transfer full) (element-type RungsBrowserEdit): empty where the lists are equal. */
GArray *rungs_browser_edits_find (const RungsBrowserSource *source,
                                  gpointer                  from,
                                  gpointer                  to);

G_END_DECLS
