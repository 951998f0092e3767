/* rungs-side-window.h: something in a window of its own, over that which it belongs to. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* `content` below a header bar. The window goes with `parent` (nullable); Escape closes it.
 * `height`: pixels; -1: as high as what is in it. Returns: (transfer none): not shown yet. */
GtkWindow *rungs_side_window_new (GtkWindow  *parent,
                                  const char *title,
                                  int         width,
                                  int         height,
                                  GtkWidget  *content);

G_END_DECLS
