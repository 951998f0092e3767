/* rungs-lead-award-store.h: partners are paid for leads, where the terms of their programme say so.
 *
 * A lead is worth an award once, ever, to the partner whose touch was the first of all; not where
 * it was known before that, or is the partner. The terms are those of the first touch's moment. It
 * is earned when the lead arrived, or confirmed its address, and counts in the month of that. What
 * came by an import that is taken back is taken back with it; an award outlives a lead that is
 * erased. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Whether any terms pay for leads: where none do, there is nothing to consider. */
gboolean rungs_lead_awards_are_there (RungsDb   *db,
                                      gboolean  *are_there,
                                      GError   **error);

/* Books what the lead earns by now, if that was not done yet; nothing where it is gone. */
gboolean rungs_lead_award_consider (RungsDb  *db,
                                    gint64    lead,
                                    gint64    now,
                                    GError  **error);

/* The same of all leads whose first touch the import wrote. */
gboolean rungs_lead_award_consider_import (RungsDb  *db,
                                           gint64    run,
                                           gint64    now,
                                           GError  **error);

/* The import was taken back: so is what its touches earned. */
gboolean rungs_lead_award_forget_import (RungsDb  *db,
                                         gint64    run,
                                         gint64    now,
                                         GError  **error);

G_END_DECLS
