/* rungs-rates-group.h: what currencies are worth in one another, from which day on. */

#pragma once

#include <adwaita.h>

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RATES_GROUP (rungs_rates_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsRatesGroup, rungs_rates_group, RUNGS, RATES_GROUP, AdwBin)

/* Reads what is stored and shows it; `page` holds the group. */
void rungs_rates_group_refresh (RungsRatesGroup *self,
                                RungsPage       *page);

G_END_DECLS
