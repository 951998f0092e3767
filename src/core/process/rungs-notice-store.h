/* rungs-notice-store.h: new leads of which staff are told, each once.
 *
 * A lead that came by itself (by a form, a booking, an order), not by hand and not by an import,
 * gets a notice in the transaction in which it becomes known, as the rules say then
 * (process/rungs-notice-rule-store.h). What was told is remembered with it, so that nothing is told
 * twice, whatever ends in between. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gint64 lead;
  char *name;   /* (owned) how the lead is called in a list; "" */
  char *source; /* (owned) of the first touch; "" */
  gint64 at;
} RungsNotice;

void rungs_notice_free (RungsNotice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsNotice, rungs_notice_free)

/* Follows the timeline. In a write transaction. */
gboolean rungs_notices_follow (RungsDb  *db,
                               gint64    now,
                               GError  **error);

/* Whether a notification is due. */
gboolean rungs_notices_are_due (RungsDb   *db,
                                gboolean  *due,
                                GError   **error);

/* Takes the notifications that are due: they count as told from now on. In a write transaction.
 * Returns: (transfer full) (element-type RungsNotice): where any are, all that a notification of
 * this moment puts together: those, and the ones told after `since` that nobody has looked at, the
 * newest first; else empty. */
GPtrArray *rungs_notices_take (RungsDb  *db,
                               gint64    since,
                               GError  **error);

/* Leads that are to be looked at. */
gboolean rungs_notices_count_unseen (RungsDb  *db,
                                     gint64   *n,
                                     GError  **error);

/* Whether the lead is one of them. */
gboolean rungs_notice_is_unseen (RungsDb   *db,
                                 gint64     lead,
                                 gboolean  *unseen,
                                 GError   **error);

/* Somebody has looked at the lead; 0: at all. In a write transaction. */
gboolean rungs_notice_see (RungsDb  *db,
                           gint64    lead,
                           gint64    now,
                           GError  **error);

/* These leads are to be looked at again: undoes rungs_notice_see(). In a write transaction. */
gboolean rungs_notice_unsee (RungsDb  *db,
                             GArray   *leads,
                             GError  **error);

/* Returns: (transfer full) (element-type gint64): the leads that are to be looked at. */
GArray *rungs_notice_list_unseen (RungsDb  *db,
                                  GError  **error);

G_END_DECLS
