/* rungs-fields-group.h: the fields of the business's own, and what can be done with each. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FIELDS_GROUP (rungs_fields_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsFieldsGroup, rungs_fields_group, RUNGS, FIELDS_GROUP, AdwBin)

/* Reads the fields and shows them; what the user changes is told, and taken back, on `page`, which
 * holds the group. */
void rungs_fields_group_refresh (RungsFieldsGroup *self,
                                 RungsPage        *page);

G_END_DECLS
