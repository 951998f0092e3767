/* rungs-erasure-register-store.h: who was erased, without saying who it was.
 *
 * Each erasure has a name that is the same in every copy of the file, and prints: salted hashes of
 * the person's addresses and of the lead's id with the instant at which it was made. By them the
 * person is known again in an older copy that is put back. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-lead.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *uuid; /* (owned) */
  gint64 at;
  gint64 known_since; /* when the lead was made: copies from then on until `at` hold the person */
  char *reason;       /* (owned) who asked and why; "" where nothing was said */
  gboolean orders_kept;
  gint64 mentions;    /* texts about others that named the person */
  gint64 wiped_at;    /* when the last byte was gone; 0: not yet */
  GPtrArray *prints;  /* (owned) (element-type utf8): hex */
} RungsErasure;

/* Returns: a new one, of now, with a name of its own and no prints. */
RungsErasure *rungs_erasure_new (gint64 now);
void rungs_erasure_free (RungsErasure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsErasure, rungs_erasure_free)

/* Whether a copy of the file that was written then holds the person. */
gboolean rungs_erasure_is_held_by (const RungsErasure *self,
                                   gint64              written_at);

/* Adds the prints of the lead and of the addresses (e-mail keys). */
gboolean rungs_erasure_take_prints (RungsErasure     *self,
                                    RungsDb          *db,
                                    const RungsLead  *lead,
                                    GPtrArray        *email_keys,
                                    GError          **error);

/* Writes it into the register. Sets its id. In a write transaction. */
gboolean rungs_erasure_add (RungsDb       *db,
                            RungsErasure  *erasure,
                            GError       **error);

/* Returns: (transfer full) (element-type RungsErasure): the register, newest first. */
GPtrArray *rungs_erasure_list (RungsDb  *db,
                               GError  **error);

/* Whether there is one of which bytes may be left in the file (rungs_wipe()). */
gboolean rungs_erasure_is_unwiped (RungsDb   *db,
                                   gboolean  *unwiped,
                                   GError   **error);

/* Writes down that nothing is left of those up to `newest`. In a write transaction. */
gboolean rungs_erasure_set_wiped (RungsDb  *db,
                                  gint64    newest,
                                  gint64    now,
                                  GError  **error);

/* Returns: (transfer full) (element-type gint64): the leads that one of `prints` (a set of hex
 * texts) is of. */
GArray *rungs_erasure_find_leads (RungsDb     *db,
                                  GHashTable  *prints,
                                  GError     **error);

G_END_DECLS
