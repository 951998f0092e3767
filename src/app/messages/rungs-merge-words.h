/* rungs-merge-words.h: the words that stand for something of the reader,
 * in the text of a message. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: (transfer full): the usual ones, and below them `fields` (nullable) (element-type
 * RungsField) of the business's own; each activates `action` with its text. */
GMenuModel *rungs_merge_words_new_menu (const char *action,
                                        GPtrArray  *fields);

/* The fields (element-type RungsField) of the business's own that all menus in `window` offer from
 * now on. And those it offers: (transfer none) (nullable). */
void rungs_merge_words_set_fields (GtkWidget *window,
                                   GPtrArray *fields);
GPtrArray *rungs_merge_words_get_fields (GtkWidget *window);

/* Whether a piece of the merge language, "{{ … }}", only prints a value, and perhaps something else
 * where that is empty. `path` and `fallback` (empty: none): (out) (transfer full), if it does. */
gboolean rungs_merge_words_parse (const char  *liquid,
                                  char       **path,
                                  char       **fallback);

/* The piece again. A fallback cannot hold both kinds of quotes. */
char *rungs_merge_words_write (const char *path,
                               const char *fallback);

/* What people call the value at `path`: "First name"; the path where they have no word. */
const char *rungs_merge_words_label (const char *path);

G_END_DECLS
