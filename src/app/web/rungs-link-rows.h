/* rungs-link-rows.h: links that tell a source, as rows of a browser. */

#pragma once

#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

/* Its queries are the text that is searched for, from g_malloc(); its rows are
 * RungsWebSourceLinks, their ids those of the sources. */
const RungsBrowserSource *rungs_link_rows_get_source (void);

/* Returns: the columns; `n` is set to how many. */
const RungsBrowserColumn *rungs_link_rows_get_columns (guint *n);

/* What is remembered of who follows it: "The first and the last source, 30 days". */
char *rungs_link_dup_remember (const char *remember,
                               gint64      days);

G_END_DECLS
