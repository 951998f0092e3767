/* rungs-notice-words.h: what a mail says to staff of new leads. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* So many leads are told of with all that is known; of more, only who they are. */
#define RUNGS_NOTICE_WHOLE 20

/* `leads` (element-type gint64): at least one. `subject`, `text` (out) (transfer full): plain text,
 * lines end in "\n"; no links. */
gboolean rungs_notice_words (RungsDb  *db,
                             GArray   *leads,
                             char    **subject,
                             char    **text,
                             GError  **error);

G_END_DECLS
