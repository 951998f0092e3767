/* rungs-command-line.h: runs what was typed. */

#pragma once

#include <glib.h>

#include "rungs-output.h"

G_BEGIN_DECLS

#define RUNGS_EXIT_REFUSED 1
#define RUNGS_EXIT_USAGE 2

/* Runs the words of a command line (without the program's name). What went wrong is said on
 * standard error. Returns: the exit status: 0, RUNGS_EXIT_REFUSED for a refused input or a
 * failure, RUNGS_EXIT_USAGE. */
int rungs_command_line_run (const char *const *words,
                            RungsOutput       *output);

G_END_DECLS
