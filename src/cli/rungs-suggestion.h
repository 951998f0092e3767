/* rungs-suggestion.h: what somebody may have meant. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one of `known` (element-type utf8) that is nearest to `typed`: a swap, a slip or a missing
 * letter or two away, or begun by it. Returns: (transfer none) (nullable): NULL where none is
 * near. */
const char *rungs_suggestion_find (const char *typed,
                                   GPtrArray  *known);

G_END_DECLS
