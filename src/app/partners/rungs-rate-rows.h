/* rungs-rate-rows.h: the rates of a programme's terms, to be edited in a form. */

#pragma once

#include "partners/rungs-terms.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

typedef struct _RungsRateRows RungsRateRows;

/* Adds a group to `form` in which rates are added, removed and sorted: the first that fits a sale
 * counts. `products` (element-type RungsProduct) are those that can be chosen, `currency` that of
 * amounts. */
RungsRateRows *rungs_rate_rows_new (RungsForm  *form,
                                    GPtrArray  *products,
                                    const char *currency);
void rungs_rate_rows_free (RungsRateRows *self);

/* Adds one like `rate`. */
void rungs_rate_rows_add (RungsRateRows        *self,
                          const RungsTermsRate *rate);

/* Returns: (transfer full): the rates as JSON (rungs-terms.h). NULL where one is wrong, which is
 * said beside it then. */
char *rungs_rate_rows_dup_json (RungsRateRows *self);

G_END_DECLS
