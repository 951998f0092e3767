/* rungs-message-insets.h: what is set into a message: the products and pictures that its blocks
 * name. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-message-body.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *products; /* (owned) (element-type RungsMessageProduct) */
  GPtrArray *pictures; /* (owned) (element-type RungsPicture) */
} RungsMessageInsets;

void rungs_message_insets_clear (RungsMessageInsets *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsMessageInsets, rungs_message_insets_clear)

/* Finds what the message names, as it is now; what there is not is left out, and rendering says so.
 * Prices are written for a reader of `language` (nullable). The sales letter of a product is the
 * first that is in use and made for readers of messages (RUNGS_LETTER_EMAIL: they come by the path
 * opt-in). FALSE only where the file cannot be read. */
gboolean rungs_message_insets_load (RungsDb               *db,
                                    RungsMessageTemplate  *message,
                                    const char            *language,
                                    gboolean               with_bytes,
                                    RungsMessageInsets    *insets,
                                    GError               **error);

G_END_DECLS
