/* rungs-relay-letter.h: makes the message that asks somebody who has filled in a form to confirm
 * the address, of what the desktop has put up for it.
 *
 * The limits hold back whoever enters other people's addresses: one message an address and form in
 * an hour, three an address in a day, and so many in an hour to anybody. Where a limit, or what was
 * entered, is against it, the desktop asks, by rules of its own. */

#pragma once

#include "rungs-relay-letter-store.h"
#include "rungs-relay-mail.h"
#include "rungs-relay-published.h"
#include "rungs-relay-submission.h"

G_BEGIN_DECLS

typedef struct _RungsRelayLetters RungsRelayLetters;

/* Sends nothing. */
RungsRelayLetters *rungs_relay_letters_new (void);
void rungs_relay_letters_free (RungsRelayLetters *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayLetters, rungs_relay_letters_free)

/* By that account from now on; NULL: not at all. */
void rungs_relay_letters_set_mail (RungsRelayLetters *self,
                                   RungsRelayMail    *mail);

/* Returns: (transfer none): what the desktop knows the account by; "" where there is none. */
const char *rungs_relay_letters_get_stamp (const RungsRelayLetters *self);

/* `once`: the submission's token. `now`: milliseconds since 1970. Returns: (transfer full)
 * (nullable): NULL: it is for the desktop to ask, or there is nothing to ask. */
RungsRelayLetter *rungs_relay_letters_make (RungsRelayLetters          *self,
                                            const RungsRelayPublished  *published,
                                            const RungsRelayForm       *form,
                                            const RungsRelayFormText   *text,
                                            const RungsRelaySubmission *submission,
                                            const char                 *once,
                                            gint64                      now);

G_END_DECLS
