/* rungs-partner-flag-store.h: finds what is out of the ordinary with partners' orders.
 *
 * Orders of the last RUNGS_PARTNER_FLAG_DAYS days count, of a partner the newest
 * RUNGS_PARTNER_FLAG_MOST of them. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-partner-flag.h"

G_BEGIN_DECLS

#define RUNGS_PARTNER_FLAG_DAYS 365
#define RUNGS_PARTNER_FLAG_MOST 5000

/* What partners are held against: the same of all orders. It takes longer than one partner does,
 * and is good for several. */
typedef struct _RungsPartnerBaseline RungsPartnerBaseline;

RungsPartnerBaseline *rungs_partner_baseline_load (RungsDb  *db,
                                                   gint64    now,
                                                   GError  **error);
void rungs_partner_baseline_free (RungsPartnerBaseline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerBaseline, rungs_partner_baseline_free)

/* Returns: (transfer full) (element-type RungsPartnerFlag): all that there is about the partner,
 * also what was decided: rungs_partner_flag_waits() tells. By kind; empty, not NULL, where there is
 * nothing. `baseline` (nullable): it is read. Errors: NOT_FOUND. */
GPtrArray *rungs_partner_flags_find (RungsDb               *db,
                                     gint64                 partner,
                                     RungsPartnerBaseline  *baseline,
                                     gint64                 now,
                                     GError               **error);

G_END_DECLS
