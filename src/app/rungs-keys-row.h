/* rungs-keys-row.h: a row that tells what some keys do. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Returns: a row with `title`, and the keys of `accelerators` drawn as caps at its end: several,
 * separated by spaces, are alternatives ("<Control>q F9"). */
GtkWidget *rungs_keys_row_new (const char *title,
                               const char *accelerators);

G_END_DECLS
