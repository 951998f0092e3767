/* rungs-rule-uses-store.h: whose rules ask for a field of the business's own. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type utf8): segments, offers and sequences in use whose rules
 * ask for the field of that id, in words: "the segment “Dog owners”"; empty where none does. */
GPtrArray *rungs_rule_uses_of_field (RungsDb  *db,
                                     gint64    field,
                                     GError  **error);

/* Returns: (transfer full): the first two of them, and how many more there are. */
char *rungs_rule_uses_to_text (GPtrArray *uses);

G_END_DECLS
