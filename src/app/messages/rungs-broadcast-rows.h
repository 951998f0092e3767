/* rungs-broadcast-rows.h: broadcasts as rows of a browser. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are RungsBrowserQuery: broadcasts with those words in name, message or product. */
const RungsBrowserSource *rungs_broadcast_rows_get_source (void);

const RungsBrowserColumn *rungs_broadcast_rows_get_columns (guint *n);

G_END_DECLS
