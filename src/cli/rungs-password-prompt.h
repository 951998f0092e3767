/* rungs-password-prompt.h: takes a password from a person or a pipe, never from the command
 * line. */

#pragma once

#include "rungs-invocation.h"

G_BEGIN_DECLS

/* With --password-stdin the first line of standard input, else what is typed at a terminal, unseen.
 * `password` is NULL where neither is there; free it with rungs_secret_free(). Errors: INVALID (it
 * is empty, or no text). */
gboolean rungs_password_prompt (RungsInvocation  *call,
                                const char       *question,
                                char            **password,
                                GError          **error);

G_END_DECLS
