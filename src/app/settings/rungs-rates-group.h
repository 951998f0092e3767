/* rungs-rates-group.h: what currencies are worth in one another, from which day on. */

#pragma once

#include <adwaita.h>

#include "settings/rungs-settings-group.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RATES_GROUP (rungs_rates_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsRatesGroup, rungs_rates_group, RUNGS, RATES_GROUP,
                      RungsSettingsGroup)

G_END_DECLS
