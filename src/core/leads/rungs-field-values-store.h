/* rungs-field-values-store.h: the values that several leads have in custom fields, read at once. */

#pragma once

#include "leads/rungs-field-store.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type GPtrArray): for each of `leads` (element-type gint64) its
 * RungsFieldValues, as rungs_field_values() has them; not to be changed: all leads that have none
 * share one list. */
GPtrArray *rungs_field_values_of_leads (RungsDb  *db,
                                        GArray   *leads,
                                        GError  **error);

G_END_DECLS
