/* rungs-naive-rates.h: amounts told in one currency by SQL alone. */

#pragma once

#include "rungs-fixture.h"

G_BEGIN_DECLS

/* Rewrites orders, refunds and costs of the file as if each had been in `report` from the start,
 * where there was a rate; the refunds that are to come after `now` as the last ones of their line.
 * All currencies have two digits. */
void rungs_naive_tell (RungsFixture *self,
                       const char   *report);

/* How many orders from `from` until now, and costs of days until today, have no rate. */
gint64 rungs_naive_count_apart (RungsFixture *self,
                                const char   *report,
                                const char   *currency,
                                gint64        from,
                                gboolean      costs);

G_END_DECLS
