/* rungs-partner-many-store.h: changes many partners at once, and undoes it exactly.
 *
 * Partners are arrays of their ids (element-type gint64). All is called in a write transaction; who
 * has many thousands of them calls it for a part of them at a time. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* That a partner came into another programme, or into none. */
typedef struct
{
  gint64 partner;
  gint64 from;
  gint64 programme; /* 0: none */
} RungsPartnerMove;

/* From `now` on those partners are in that programme; 0: in none. Who is so already is left out;
 * who was moved is added to `moved` (element-type RungsPartnerMove). Errors: NOT_FOUND, CONFLICT
 * (the programme is retired). */
gboolean rungs_partners_move (RungsDb  *db,
                              GArray   *partners,
                              gint64    programme,
                              gint64    now,
                              GArray   *moved,
                              GError  **error);

/* Undoes that for the `n` from `first` on: it is as if they had never been moved. What was booked
 * meanwhile stays. */
gboolean rungs_partners_move_back (RungsDb  *db,
                                   GArray   *moved,
                                   guint     first,
                                   guint     n,
                                   GError  **error);

/* Who looked after a partner before. */
typedef struct
{
  gint64 partner;
  char *manager; /* (owned) */
} RungsPartnerManager;

void rungs_partner_manager_free (RungsPartnerManager *self);

/* Somebody else looks after them; "": nobody. Those of whom that is news are added to `changed`
 * (element-type RungsPartnerManager). Errors: NOT_FOUND. */
gboolean rungs_partners_set_manager (RungsDb     *db,
                                     GArray      *partners,
                                     const char  *manager,
                                     gint64       now,
                                     GPtrArray   *changed,
                                     GError     **error);

/* Undoes that for the `n` from `first` on. */
gboolean rungs_partners_restore_manager (RungsDb    *db,
                                         GPtrArray  *changed,
                                         guint       first,
                                         guint       n,
                                         gint64      now,
                                         GError    **error);

/* Returns: (transfer full) (element-type gint64): the leads that they are, too; of those who are
 * none there is nothing. Errors: NOT_FOUND. */
GArray *rungs_partners_list_leads (RungsDb  *db,
                                   GArray   *partners,
                                   GError  **error);

G_END_DECLS
