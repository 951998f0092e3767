/* rungs-web-pane.h: a page of HTML as others will see it, and below it where the link leads that is
 * pointed at. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_WEB_PANE (rungs_web_pane_get_type ())

/**
 * RungsWebPane::settled: it is known whether pages can be drawn here, and may be shown. Once more
 *   where they cannot be any longer
 */
G_DECLARE_FINAL_TYPE (RungsWebPane, rungs_web_pane, RUNGS, WEB_PANE, GtkWidget)

/* FALSE where WebKit does not run, or is not known to run yet. */
gboolean rungs_web_pane_can_draw (RungsWebPane *self);

/* As rungs_web_sheet_show(); NULL: nothing. What cannot be drawn is left out. */
void rungs_web_pane_show (RungsWebPane *self,
                          const char   *html,
                          gboolean      is_dark,
                          int           width);

/* `words` (nullable): stand where else the address of a link does. */
void rungs_web_pane_say (RungsWebPane *self,
                         const char   *words);

G_END_DECLS
