/* rungs-product-window.h: a product in a window of its own, to be edited where it stands. */

#pragma once

#include "rungs-ladder-writer.h"

G_BEGIN_DECLS

/* Shows the window over `parent`. It closes with Escape; what is entered is stored then, too. */
void rungs_product_window_present (GtkWindow         *parent,
                                   RungsLadderWriter *writer,
                                   gint64             product);

G_END_DECLS
