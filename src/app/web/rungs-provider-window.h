/* rungs-provider-window.h: makes the file of a provider from something that it sent. */

#pragma once

#include "rungs-page.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* From a delivery that came. */
void rungs_provider_window_open (RungsPage *page,
                                 gint64     delivery);

/* From what is pasted, or stands in a file: first asks for it. */
void rungs_provider_window_ask (RungsPage *page);

/* Returns: (transfer full): what was pasted, as a delivery: one that was saved as a file, else the
 * body of a request. */
RungsRawDelivery *rungs_provider_window_read (GBytes *bytes,
                                              gint64  now);

G_END_DECLS
