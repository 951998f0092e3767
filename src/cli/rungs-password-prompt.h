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

/* Asks for the password of `username` in the same way, and keeps it in the keyring under `label` as
 * that of the account or mailbox whose uuid is `owner`. Where nobody can be asked, `asked` is
 * FALSE, and nothing is kept. */
gboolean rungs_password_keep (RungsInvocation  *call,
                              RungsDb          *db,
                              const char       *owner,
                              const char       *username,
                              const char       *label,
                              gboolean         *asked,
                              GError          **error);

/* The same where there must be a password: that nobody can be asked is an error. */
gboolean rungs_password_replace (RungsInvocation  *call,
                                 RungsDb          *db,
                                 const char       *owner,
                                 const char       *username,
                                 const char       *label,
                                 GError          **error);

/* Forgets what rungs_password_keep() kept; says so where that fails, for it is no error of what was
 * asked for. */
void rungs_password_forget (const char *file,
                            const char *owner);

G_END_DECLS
