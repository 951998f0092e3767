/* rungs-message-rows.h: the messages as rows of a browser. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Returns: (transfer full): a query of the source: messages with `words` in name, purpose, value or
 * subject, by that column (nullable: by name). */
gpointer rungs_message_rows_query_new (const char *words,
                                       const char *column,
                                       gboolean    descending);

const RungsBrowserSource *rungs_message_rows_get_source (void);
const RungsBrowserColumn *rungs_message_rows_get_columns (guint *n);

G_END_DECLS
