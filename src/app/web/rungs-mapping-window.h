/* rungs-mapping-window.h: where the answers of a form go, by the example of a delivery. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* `delivery` 0: the newest that came to the endpoint, or a sample of its provider. When it is
 * stored, what is in quarantine of the endpoint is looked at again. */
void rungs_mapping_window_open (RungsPage *page,
                                gint64     endpoint,
                                gint64     delivery);

G_END_DECLS
