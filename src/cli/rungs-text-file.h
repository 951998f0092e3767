/* rungs-text-file.h: a text that a command is given as a file. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads the file, or standard input where `path` is "-": UTF-8, with or without a byte-order
 * mark, at most a few MiB. Errors: NOT_FOUND, INVALID, FAILED. */
char *rungs_text_file_read (const char  *path,
                            GError     **error);

G_END_DECLS
