/* rungs-delivery-message.h: the message that a download is sent with. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-product.h"

G_BEGIN_DECLS

/* What the download of a product is sent with where the owner has chosen no message: made when it
 * is first needed, written anew where the address changed; the owner's own words stay as long as
 * the address is in them. It is called by the product, and by its SKU too where another download
 * has that name. Errors: INVALID where no message can be made of what the product is called. In a
 * write transaction. */
gboolean rungs_delivery_ensure_message (RungsDb             *db,
                                        const RungsProduct  *product,
                                        gint64               now,
                                        gint64              *message,
                                        GError             **error);

G_END_DECLS
