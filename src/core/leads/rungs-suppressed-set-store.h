/* rungs-suppressed-set-store.h: all addresses that get nothing more, held in memory, for an import
 * that asks about each of its rows. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-suppression-store.h"

G_BEGIN_DECLS

typedef struct _RungsSuppressedSet RungsSuppressedSet;

RungsSuppressedSet *rungs_suppressed_set_load (RungsDb  *db,
                                               GError  **error);

void rungs_suppressed_set_free (RungsSuppressedSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSuppressedSet, rungs_suppressed_set_free)

gboolean rungs_suppressed_set_is_empty (RungsSuppressedSet *self);

/* Why the address with that key (rungs_email_key()) is suppressed; NOT where it is not. `hash`
 * (out) (transfer full): rungs_suppression_hash() of the key. */
RungsSuppressed rungs_suppressed_set_find (RungsSuppressedSet  *self,
                                           const char          *email_key,
                                           char               **hash);

/* Whether nobody was erased since it was loaded: an erased person must not come back by a file that
 * was read a moment before. In the transaction that writes. Errors: BUSY, somebody was. */
gboolean rungs_suppressed_set_check (RungsSuppressedSet  *self,
                                     RungsDb             *db,
                                     GError             **error);

G_END_DECLS
