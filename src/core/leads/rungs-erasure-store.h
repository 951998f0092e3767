/* rungs-erasure-store.h: forgets a person who asks for it. Cannot be undone. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/**
 * RungsErased:
 * @RUNGS_ERASED_WHOLE: nothing is left of the lead
 * @RUNGS_ERASED_TO_ORDERS: the lead had orders: they stay, for the books, and so does the row of
 *   the lead, without anything that says who it was
 */
typedef enum
{
  RUNGS_ERASED_WHOLE,
  RUNGS_ERASED_TO_ORDERS,
} RungsErased;

/* Removes everything that is known of the lead but orders, amounts and from which sources it came,
 * and suppresses its address by its hash alone, so that no import brings it back to the mailings.
 * `erased` may be NULL. Backups and files that were exported are not touched. Errors: NOT_FOUND;
 * BUSY where a message to it is being sent. */
gboolean rungs_lead_erase (RungsDb      *db,
                           gint64        lead,
                           gint64        now,
                           RungsErased  *erased,
                           GError      **error);

G_END_DECLS
