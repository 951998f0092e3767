/* rungs-invocation.h: one use of rungsctl: what was asked for, and what is said in return. */

#pragma once

#include "base/rungs-clock.h"
#include "base/rungs-money.h"
#include "rungs-command.h"
#include "rungs-output.h"

G_BEGIN_DECLS

/* What was typed is not how the command is used: exit status 2. */
#define RUNGS_USAGE_ERROR (rungs_usage_error_quark ())

GQuark rungs_usage_error_quark (void);

/**
 * RungsUsageError:
 * @RUNGS_USAGE_ERROR_COMMAND: there is no such command
 * @RUNGS_USAGE_ERROR_OPTION: an option is unknown or has a value that it cannot have
 * @RUNGS_USAGE_ERROR_ARGUMENT: an argument is missing, or one too many
 */
typedef enum
{
  RUNGS_USAGE_ERROR_COMMAND,
  RUNGS_USAGE_ERROR_OPTION,
  RUNGS_USAGE_ERROR_ARGUMENT,
} RungsUsageError;

RungsInvocation *rungs_invocation_new (const RungsCommand *command,
                                       RungsOutput        *output);
void rungs_invocation_free (RungsInvocation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsInvocation, rungs_invocation_free)

/* Reads options and arguments from `words` (taken), which are what was typed without the words
 * of the command. Errors: RUNGS_USAGE_ERROR, G_OPTION_ERROR. */
gboolean rungs_invocation_parse (RungsInvocation  *self,
                                 GStrv             words,
                                 GError          **error);

/* The clock that --now says, and the zone in which local times are read and shown. Called once
 * the zone is known; until then both are the machine's and UTC. */
gboolean rungs_invocation_set_zone (RungsInvocation  *self,
                                    GTimeZone        *zone,
                                    GError          **error);

const RungsCommand *rungs_invocation_get_command (RungsInvocation *self);
RungsOutput *rungs_invocation_get_output (RungsInvocation *self);
RungsClock *rungs_invocation_get_clock (RungsInvocation *self);
gint64 rungs_invocation_get_now (RungsInvocation *self);
GTimeZone *rungs_invocation_get_zone (RungsInvocation *self);
gboolean rungs_invocation_wants_json (RungsInvocation *self);

/* The file to work on: --file, or the default. */
const char *rungs_invocation_get_file (RungsInvocation *self);

/* The n-th argument; NULL where there are fewer. UTF-8. */
const char *rungs_invocation_get_argument (RungsInvocation *self,
                                           guint            n);
guint rungs_invocation_count_arguments (RungsInvocation *self);

/* The arguments from the n-th on, with spaces between them. */
char *rungs_invocation_join_arguments (RungsInvocation *self,
                                       guint            n);

/* Whether the option was given. */
gboolean rungs_invocation_has (RungsInvocation *self,
                               const char      *option);

/* Refuses where the option was not given. Errors: RUNGS_USAGE_ERROR. */
gboolean rungs_invocation_require (RungsInvocation  *self,
                                   const char       *option,
                                   GError          **error);

/* What was given last; `fallback` where nothing was. UTF-8. */
const char *rungs_invocation_get_text (RungsInvocation *self,
                                       const char      *option,
                                       const char      *fallback);

/* Puts what was given, without the space around it, in the place of `text` (owned), and leaves it
 * alone where nothing was. */
void rungs_invocation_take_text (RungsInvocation  *self,
                                 const char       *option,
                                 char            **text);

/* Returns: (transfer none) (element-type utf8): all that was given, in order; empty, not NULL. */
GPtrArray *rungs_invocation_get_texts (RungsInvocation *self,
                                       const char      *option);

/* Read the option into `value` and leave it alone where the option was not given. Errors:
 * RUNGS_USAGE_ERROR. */
gboolean rungs_invocation_get_number (RungsInvocation  *self,
                                      const char       *option,
                                      gint64            min,
                                      gint64            max,
                                      gint64           *value,
                                      GError          **error);

/* `value` is the index of the word among `choices` (NULL-terminated). */
gboolean rungs_invocation_get_choice (RungsInvocation    *self,
                                      const char         *option,
                                      const char *const  *choices,
                                      guint              *value,
                                      GError            **error);
gboolean rungs_invocation_get_time (RungsInvocation  *self,
                                    const char       *option,
                                    gint64           *instant,
                                    GError          **error);
gboolean rungs_invocation_get_money (RungsInvocation  *self,
                                     const char       *option,
                                     const char       *currency,
                                     RungsMoney       *money,
                                     GError          **error);

/* The n-th argument as an id. */
gboolean rungs_invocation_get_id (RungsInvocation  *self,
                                  guint             n,
                                  gint64           *id,
                                  GError          **error);

/* Refuses the value of an option: says what it can be. FALSE. */
gboolean rungs_invocation_refuse (RungsInvocation  *self,
                                  const char       *option,
                                  const char       *choices,
                                  GError          **error);

G_END_DECLS
