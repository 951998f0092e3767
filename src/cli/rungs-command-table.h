/* rungs-command-table.h: all commands of rungsctl, and how one is found by its words. */

#pragma once

#include "rungs-command.h"

G_BEGIN_DECLS

/* All groups in the order in which --help lists them; the last has no commands. */
const RungsCommandGroup *rungs_command_groups (void);

/* The options that every command takes. */
const GOptionEntry *rungs_command_global_options (void);

/* The group of that word; singular and plural are the same ("lead", "leads"). NULL: none. */
const RungsCommandGroup *rungs_command_group_find (const char *word);

/* The command of the words `first` and `second` (nullable); it may have `first` only. NULL:
 * none. */
const RungsCommand *rungs_command_find (const char *first,
                                        const char *second);

/* How many words the command is called by: 1 or 2. */
guint rungs_command_count_words (const RungsCommand *command);

/* How many arguments it takes; `max` is G_MAXUINT where there is no limit. */
void rungs_command_get_limits (const RungsCommand *command,
                               guint              *min,
                               guint              *max);

G_END_DECLS
