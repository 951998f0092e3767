/* rungs-message-rows.h: the messages as rows of a browser. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are RungsBrowserQuery: messages with those words in name, purpose, value or
 * subject. */
const RungsBrowserSource *rungs_message_rows_get_source (void);
const RungsBrowserColumn *rungs_message_rows_get_columns (guint *n);

G_END_DECLS
