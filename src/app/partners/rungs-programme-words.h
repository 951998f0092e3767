/* rungs-programme-words.h: what a programme pays, in the user's words. */

#pragma once

#include "partners/rungs-terms.h"

G_BEGIN_DECLS

/* "All orders", "First orders" … */
const char *rungs_programme_sale_words (RungsSaleKind sale);

/* Returns: (transfer full): what one rate pays, for which sales of which products: "30 % · First
 * orders · Home Kit". `names`: of products, by gint64 id. */
char *rungs_programme_rate_words (const RungsTermsRate *rate,
                                  GHashTable           *names);

/* Returns: (transfer full): all rates, one after the other, a line each. */
char *rungs_programme_rates_words (const RungsTerms *terms,
                                   GHashTable       *names);

/* Returns: (transfer full): what else the terms say: how long is held, who approves, the tax,
 * discounts, the second tier. */
char *rungs_programme_rest_words (const RungsTerms *terms);

G_END_DECLS
