/* rungs-erasure-store.h: forgets a person who asks for it. Cannot be undone. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-erasure-register-store.h"

G_BEGIN_DECLS

/* What erasing a lead would do. */
typedef struct
{
  gint64 orders;       /* that stay, without a name */
  GPtrArray *mentions; /* (owned) (element-type RungsErasureMention): texts about others */
  GPtrArray *kept;     /* (owned) (element-type RungsErasureMention): what is not changed, for the
                        * owner to decide: rungs_erasure_find_kept() */
} RungsErasurePreview;

void rungs_erasure_preview_free (RungsErasurePreview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsErasurePreview, rungs_erasure_preview_free)

/* Reads only. Errors: NOT_FOUND. */
RungsErasurePreview *rungs_erasure_preview (RungsDb  *db,
                                            gint64    lead,
                                            GError  **error);

/* Removes everything that is known of the lead but orders, amounts and from which sources it came;
 * blanks where texts about others name it; suppresses its addresses by their hashes alone, so that
 * no import brings it back to the mailings; and writes the erasure into the register. `reason`
 * (nullable) says who asked and why. In a write transaction, after which rungs_wipe() removes what
 * SQLite has left of it in the file; copies and files that were exported are not touched.
 * Errors: NOT_FOUND; BUSY where a message to it is being sent. */
RungsErasure *rungs_lead_erase (RungsDb     *db,
                                gint64       lead,
                                const char  *reason,
                                gint64       now,
                                GError     **error);

/* The same for somebody of whom nothing was heard for long, and who did not ask for it: the address
 * is suppressed only where it was before, so that the person may come again. `nameless` keeps the
 * lead for the figures of its sources, with every text emptied, as of one with orders. */
RungsErasure *rungs_lead_forget_idle (RungsDb     *db,
                                      gint64       lead,
                                      gboolean     nameless,
                                      const char  *reason,
                                      gint64       now,
                                      GError     **error);

/* Forgets those whom `known` (element-type RungsErasure) tells of where the register does not: the
 * file is an older copy that was put back. `again` (nullable) counts the leads that were there. In
 * a write transaction. */
gboolean rungs_leads_erase_again (RungsDb    *db,
                                  GPtrArray  *known,
                                  gint64      now,
                                  gint64     *again,
                                  GError    **error);

G_END_DECLS
