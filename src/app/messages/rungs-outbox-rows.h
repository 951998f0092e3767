/* rungs-outbox-rows.h: the outbox as rows of a browser. */

#pragma once

#include "mail/rungs-outbox-search-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are RungsOutboxQuery. */
const RungsBrowserSource *rungs_outbox_rows_get_source (void);
const RungsBrowserColumn *rungs_outbox_rows_get_columns (guint *n);

G_END_DECLS
