/* rungs-mailbox-watch.h: a thread that looks into the mailboxes when they are due. Part of
 * rungs-engine.c. */

#pragma once

#include "base/rungs-clock.h"

G_BEGIN_DECLS

typedef struct _RungsMailboxWatch RungsMailboxWatch;

/* Looks into the mailboxes of the file at `path` until it is stopped, with a connection of its own;
 * for the holder of the lease. `found` is called on that thread when something came back. */
RungsMailboxWatch *rungs_mailbox_watch_start (const char *path,
                                              RungsClock *clock,
                                              void (*found) (gpointer data),
                                              gpointer    data);

/* Breaks a look off, and waits for the thread. */
void rungs_mailbox_watch_stop (RungsMailboxWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMailboxWatch, rungs_mailbox_watch_stop)

G_END_DECLS
