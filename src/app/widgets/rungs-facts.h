/* rungs-facts.h: what is known of something, each fact with its title before it. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: (transfer full): a list for rungs_facts_add(). */
GPtrArray *rungs_facts_new (void);

/* Takes `text`; what is NULL or empty is no fact. No two of a list have the same key; `title` must
 * live as long as the list. */
void rungs_facts_add (GPtrArray  *facts,
                      gint64      key,
                      const char *title,
                      char       *text);

/* Makes the rows of `box`, a RungsRows that only this function fills, those facts; what is shown
 * already is left as it is. The texts can be selected. */
void rungs_facts_show (GtkWidget *box,
                       GPtrArray *facts);

G_END_DECLS
