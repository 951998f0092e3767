/* rungs-provider-window.h: makes the file of a provider from something that it sent. */

#pragma once

#include "rungs-page.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* From a delivery that came. */
void rungs_provider_window_open_delivery (RungsPage *page,
                                          gint64     delivery);

/* From any. Takes `raw`. */
void rungs_provider_window_open (RungsPage        *page,
                                 RungsRawDelivery *raw);

G_END_DECLS
