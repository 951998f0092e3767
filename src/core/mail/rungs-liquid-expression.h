/* rungs-liquid-expression.h: reads what stands inside braces. Private to the merge language. */

#pragma once

#include "mail/rungs-liquid-lexer.h"

G_BEGIN_DECLS

/* A single value: a literal, a range or a path. Errors: INVALID. */
RungsLiquidExpression *rungs_liquid_read_value (RungsLiquidWords  *words,
                                                GError           **error);

/* Values with operators between them, and filters. `is_condition`: no filters, as in if. */
gboolean rungs_liquid_read_filtered (RungsLiquidWords     *words,
                                     gboolean              is_condition,
                                     RungsLiquidFiltered  *filtered,
                                     GError              **error);

/* Whether all words are read; sets the error where not. */
gboolean rungs_liquid_read_end (RungsLiquidWords  *words,
                                GError           **error);

G_END_DECLS
