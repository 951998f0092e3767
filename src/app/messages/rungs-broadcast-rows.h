/* rungs-broadcast-rows.h: broadcasts as rows of a browser. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

const RungsBrowserSource *rungs_broadcast_rows_get_source (void);

const RungsBrowserColumn *rungs_broadcast_rows_get_columns (guint *n);

/* A query for those whose name, message or product holds `words`. */
gpointer rungs_broadcast_rows_query_new (const char *words);

G_END_DECLS
