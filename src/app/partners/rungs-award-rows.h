/* rungs-award-rows.h: what a partner earned without a sale, a row each. */

#pragma once

#include <adwaita.h>

#include "rungs-partner-load.h"

G_BEGIN_DECLS

/* Shows them in the place of those before. The menu of each activates partners.award-take,
 * partners.award-again and partners.award-approve with its id ("x"). */
void rungs_award_rows_show (GtkListBox                *list,
                            const RungsPartnerDetails *details);

/* "A bonus of €50.00: Best of March", "€2.00 for ann@example.com". */
char *rungs_award_rows_words (const RungsPartnerAward *award);

/* Returns: (transfer none) (nullable): the one of that id. */
const RungsPartnerAward *rungs_award_rows_find (const RungsPartnerDetails *details,
                                                gint64                     id);

G_END_DECLS
