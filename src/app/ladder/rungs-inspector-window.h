/* rungs-inspector-window.h: a product, or an offer, in a window of its own, to be edited where it
 * stands. */

#pragma once

#include "rungs-ladder-writer.h"

G_BEGIN_DECLS

/* Show the window over `parent`. It closes with Escape; what is entered is stored then, too. That
 * of an offer also closes once the offer was removed. */
void rungs_product_window_present (GtkWindow         *parent,
                                   RungsLadderWriter *writer,
                                   gint64             product);
void rungs_offer_window_present (GtkWindow         *parent,
                                 RungsLadderWriter *writer,
                                 gint64             offer);

G_END_DECLS
