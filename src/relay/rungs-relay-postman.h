/* rungs-relay-postman.h: hands letters over to the owner's mail server, on a thread of its own.
 *
 * A letter is written down, together with the submission that asks for it, before that is answered.
 * It is marked as out before a server is given it, and what became of it is a delivery to the
 * desktop, in the transaction in which the letter is forgotten. So the desktop is told of each
 * exactly once, wherever the relay is killed: "sent"; "failed", whereupon the desktop asks itself;
 * or "doubt" where the server may have it and has not said so (RFC 1047), or the relay died while
 * it was given it: that one nobody sends again by himself.
 *
 * What a server does not take now is tried again with growing waits, for RUNGS_RELAY_LETTER_HOURS;
 * then, or where it never will, it has failed. */

#pragma once

#include "base/rungs-clock.h"
#include "rungs-relay-file.h"
#include "rungs-relay-mail.h"

G_BEGIN_DECLS

#define RUNGS_RELAY_LETTER_HOURS 4

typedef struct _RungsRelayPostman RungsRelayPostman;

/* Of a delivery that was written; in the main context. */
typedef void (*RungsRelayWrittenFunc) (gint64   at,
                                       gsize    size,
                                       gpointer data);

/* Begins at once with what lies there. `mail` (nullable): NULL: letters that lie there fail.
 * `file` and `clock` must live longer. */
RungsRelayPostman *rungs_relay_postman_new (RungsRelayFile       *file,
                                            RungsClock           *clock,
                                            RungsRelayMail       *mail,
                                            RungsRelayWrittenFunc func,
                                            gpointer              data);

/* Stops where it can be stopped without doubt, and waits for that. */
void rungs_relay_postman_free (RungsRelayPostman *self);

/* By that account from now on; NULL: by none. */
void rungs_relay_postman_set_mail (RungsRelayPostman *self,
                                   RungsRelayMail    *mail);

/* There is a new letter. */
void rungs_relay_postman_wake (RungsRelayPostman *self);

G_END_DECLS
