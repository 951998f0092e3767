/* rungs-trial-rows.h: what the terms of a form would have done to the sales of last quarter. */

#pragma once

#include "partners/rungs-terms.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): the terms as the form has them; NULL where something is
 * wrong, which is said beside it then. */
typedef RungsTerms *(*RungsTrialFunc) (RungsForm *form,
                                       gpointer   data);

/* Adds a group to `form` with a button that asks `func` for the terms and shows, by partner of the
 * programme, what was earned and what would have been. It is read on a thread of the store; the
 * form may be closed meanwhile. */
void rungs_trial_rows_add (RungsForm      *form,
                           RungsStore     *store,
                           gint64          programme,
                           RungsTrialFunc  func,
                           gpointer        data);

G_END_DECLS
