/* rungs-contact-window.h: how soon somebody was in touch, by source, in a window of its own. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Opens it over the window of `widget`. `figures` (element-type RungsContactFigures): that of all
 * last. */
void rungs_contact_window_open (GtkWidget *widget,
                                GPtrArray *figures);

G_END_DECLS
