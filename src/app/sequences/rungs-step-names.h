/* rungs-step-names.h: how people call what the steps of a sequence name by a key. */

#pragma once

#include "db/rungs-db.h"
#include "segments/rungs-rule.h"

G_BEGIN_DECLS

typedef struct _RungsStepNames RungsStepNames;

/* Returns: (transfer full): as they are now; NULL on error. */
RungsStepNames *rungs_step_names_load (RungsDb  *db,
                                       GError  **error);
void rungs_step_names_free (RungsStepNames *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsStepNames, rungs_step_names_free)

/* The name of a product; its SKU where there is no such product. */
const char *rungs_step_names_product (RungsStepNames *self,
                                      const char     *sku);

/* The label of a field of the business's own ("field:KEY"); `field` itself where it is none. */
const char *rungs_step_names_field (RungsStepNames *self,
                                    const char     *field);

/* A RungsRuleNamer; `names` is a RungsStepNames. */
const char *rungs_step_names_name (RungsRuleNamed  what,
                                   const char     *key,
                                   gpointer        names);

/* The name of the segment with that key, else the key. */
const char *rungs_step_names_segment (RungsStepNames *self,
                                      const char     *key);

G_END_DECLS
