/* rungs-text-width.h: text on a terminal. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many cells of a terminal the text takes: two for East Asian wide letters, none for marks that
 * combine with the letter before them. */
guint rungs_text_width (const char *text);

/* The text as one harmless line: line ends and tabs are spaces, other control characters, among
 * them those that steer a terminal or turn the direction of writing, are shown as "�". */
char *rungs_text_dup_line (const char *text);

/* The same with its line ends kept. */
char *rungs_text_dup_lines (const char *text);

G_END_DECLS
