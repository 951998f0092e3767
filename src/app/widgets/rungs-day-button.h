/* rungs-day-button.h: a button beside an entry, with a calendar from which a day is picked. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The day stands at the beginning of what is written in `target` ("2026-11-24"); what follows it,
 * such as a time of day, stays. Where nothing is written, `rest` (nullable) follows the day. The
 * button and `target` go together. */
GtkWidget *rungs_day_button_new (GtkEditable *target,
                                 const char  *rest);

G_END_DECLS
