/* rungs-progress-line.h: how far long work is, on standard error, where that is a terminal. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Shows the line in the place of the one before. Nothing where nobody looks. */
void rungs_progress_line_show (const char *format,
                               ...) G_GNUC_PRINTF (1, 2);

/* Takes the line away. */
void rungs_progress_line_clear (void);

G_END_DECLS
