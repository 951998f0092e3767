/* rungs-browser-column.h: the definition of a column, for as long as a table or a cell needs it. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Returns: (transfer full): a copy. */
RungsBrowserColumn *rungs_browser_column_copy (const RungsBrowserColumn *column);
RungsBrowserColumn *rungs_browser_column_acquire (RungsBrowserColumn *self);
void rungs_browser_column_release (RungsBrowserColumn *self);

/* How people read its heading. */
const char *rungs_browser_column_get_title (const RungsBrowserColumn *self);

/* What its cell shows of a row; (nullable). */
char *rungs_browser_column_dup_text (const RungsBrowserColumn *self,
                                     gpointer                  row);

/* Whether both show the same in the same way. */
gboolean rungs_browser_column_equal (const RungsBrowserColumn *a,
                                     const RungsBrowserColumn *b);

G_END_DECLS
