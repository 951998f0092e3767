/* rungs-web-sheet.h: a page of HTML that does nothing: no scripts, no network, no links that open.
 * Drawn by WebKitGTK, where the program was built with it. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks whether web pages can be drawn here: built in, and the sandbox that WebKit begins its
 * processes in works; without, it would end the program. */
void rungs_web_sheet_probe_async (GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             data);

/* FALSE with an error where they cannot. */
gboolean rungs_web_sheet_probe_finish (GAsyncResult  *result,
                                       GError       **error);

#define RUNGS_TYPE_WEB_SHEET (rungs_web_sheet_get_type ())

/**
 * RungsWebSheet::pointed: a link is under the mouse, or was clicked
 * @address: (nullable): where it would lead; NULL: none any more
 *
 * RungsWebSheet::failed: what draws has ended
 */
G_DECLARE_FINAL_TYPE (RungsWebSheet, rungs_web_sheet, RUNGS, WEB_SHEET, GtkWidget)

/* Only after the probe said yes. */
GtkWidget *rungs_web_sheet_new (void);

/* As dark, or light, as a mail program of that colour would show it. The page is laid out for
 * `width` px, and made smaller where there is less room. Pictures stand in it as data: URLs. */
void rungs_web_sheet_show (RungsWebSheet *self,
                           const char    *html,
                           gboolean       is_dark,
                           int            width);

G_END_DECLS
