/* rungs-merge-words.h: the words that stand for something of the reader,
 * in the text of a message. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: (transfer full): the usual ones; each activates `action` with its text. */
GMenuModel *rungs_merge_words_new_menu (const char *action);

/* Marks those in the text, so that they stand out. */
void rungs_merge_words_mark (GtkTextBuffer *buffer);

G_END_DECLS
