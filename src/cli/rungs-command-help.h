/* rungs-command-help.h: what --help says. */

#pragma once

#include "rungs-command.h"
#include "rungs-output.h"

G_BEGIN_DECLS

/* All commands; the commands of a group; one command with its options. */
void rungs_command_help_all (RungsOutput *output);
void rungs_command_help_group (const RungsCommandGroup *group,
                               RungsOutput             *output);
void rungs_command_help (const RungsCommand *command,
                         RungsOutput        *output);

G_END_DECLS
