/* rungs-what-if-words.h: what a change is about, in the user's words, and a year as a table. */

#pragma once

#include "insights/rungs-what-if.h"

G_BEGIN_DECLS

/* "Spring ads, direct", "Kit": where an arrow begins or ends. */
char *rungs_what_if_name_place (const RungsWhatIfBasis *basis,
                                RungsLadderPlace        place);

/* "Price of Kit", "Conversion from Spring ads, direct, to Kit"; also of what is gone. */
char *rungs_what_if_describe (const RungsWhatIfBasis  *basis,
                              const RungsWhatIfChange *change);

/* Both years as CSV (rungs-table-cell.h): a line for each currency and each month, then one for
 * each product, currency and month. Amounts have a point and no currency, which has its own
 * column. */
char *rungs_what_if_to_csv (const RungsWhatIf     *self,
                            const RungsWhatIfYear *base,
                            const RungsWhatIfYear *changed);

G_END_DECLS
