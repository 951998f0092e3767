/* rungs-delivery-rows.h: deliveries as rows of a browser. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are RungsWebQuery, its rows RungsWebDelivery. */
const RungsBrowserSource *rungs_delivery_rows_get_source (void);

const RungsBrowserColumn *rungs_delivery_rows_get_columns (guint *n);

G_END_DECLS
