/* rungs-liquid-filters.c: finds filters by their names. */

#include "mail/rungs-liquid-filters.h"

#include <string.h>

static const RungsLiquidFilterInfo *(*const FAMILIES[]) (gsize *n) = {
  rungs_liquid_text_filters, rungs_liquid_markup_filters, rungs_liquid_number_filters,
  rungs_liquid_list_filters, rungs_liquid_date_filters,
};

const RungsLiquidFilterInfo *
rungs_liquid_filter_find (const char *name,
                          gsize       length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FAMILIES); i++)
    {
      gsize n;
      const RungsLiquidFilterInfo *filters = FAMILIES[i](&n);

      for (gsize j = 0; j < n; j++)
        if (strlen (filters[j].name) == length && memcmp (filters[j].name, name, length) == 0)
          return &filters[j];
    }
  return NULL;
}
