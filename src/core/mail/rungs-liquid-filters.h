/* rungs-liquid-filters.h: the filters, by what they work on. Private to the merge language. */

#pragma once

#include "mail/rungs-liquid-render.h"

G_BEGIN_DECLS

/* A family of filters; `n` of them. */
const RungsLiquidFilterInfo *rungs_liquid_text_filters (gsize *n);
const RungsLiquidFilterInfo *rungs_liquid_markup_filters (gsize *n);
const RungsLiquidFilterInfo *rungs_liquid_number_filters (gsize *n);
const RungsLiquidFilterInfo *rungs_liquid_list_filters (gsize *n);
const RungsLiquidFilterInfo *rungs_liquid_date_filters (gsize *n);

/* The number of a value, 0 where it is none. */
double rungs_liquid_number_of (RungsLiquidValue value);

/* The parts of `string` between `separator` (empty: its characters). Empty ones at the end are
 * kept. */
RungsLiquidValue
rungs_liquid_split (RungsLiquidRender *render,
                    RungsLiquidValue   string,
                    RungsLiquidValue   separator);

/* The items as strings, one after another, with `separator` between. */
RungsLiquidValue
rungs_liquid_join (RungsLiquidRender *render,
                   RungsLiquidValue   list,
                   RungsLiquidValue   separator);

/* `length` characters of `string` from character `begin`. */
RungsLiquidValue rungs_liquid_substring (RungsLiquidValue string,
                                         gsize            begin,
                                         gsize            length);

G_END_DECLS
