/* rungs-endpoint-rows.h: endpoints as rows of a browser. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are words (char *), its rows RungsEndpointRow. */
const RungsBrowserSource *rungs_endpoint_rows_get_source (void);

const RungsBrowserColumn *rungs_endpoint_rows_get_columns (guint *n);

G_END_DECLS
