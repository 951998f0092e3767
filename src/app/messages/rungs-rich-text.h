/* rungs-rich-text.h: a text with its buttons: bold, italic, link, lists, values of the reader. */

#pragma once

#include "rungs-rich-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RICH_TEXT (rungs_rich_text_get_type ())

/* The buttons are shown while the keys are in it. Ctrl+B, Ctrl+I, Ctrl+K (link), Shift+Ctrl+7 and 8
 * (lists), Ctrl+M (a value of the reader), F2 (what stands in for the value beside the cursor).
 *
 * RungsRichText::edited: the user changed the text */
G_DECLARE_FINAL_TYPE (RungsRichText, rungs_rich_text, RUNGS, RICH_TEXT, GtkWidget)

/* `name` is what a screen reader calls it ("Text"). */
GtkWidget *rungs_rich_text_new (RungsRichMode  mode,
                                const char    *name);

RungsRichView *rungs_rich_text_get_view (RungsRichText *self);

G_END_DECLS
