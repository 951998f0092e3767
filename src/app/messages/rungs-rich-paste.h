/* rungs-rich-paste.h: formatted text on the clipboard. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts Markdown on the clipboard: as that, and as text. */
void rungs_rich_paste_offer (GtkWidget  *widget,
                             const char *markdown);

/* Asks for what is on the clipboard: Markdown of ours, a web page's or word processor's text made
 * clean, or plain text. `pasted` is called with it as Markdown, unless there is nothing, or
 * `widget` is gone by then. */
void rungs_rich_paste_fetch (GtkWidget *widget,
                             void (*pasted) (GtkWidget  *widget,
                                             const char *markdown));

/* Text without any format, as Markdown that means just that. */
char *rungs_rich_paste_from_text (const char *text);

G_END_DECLS
