/* rungs-form-changes.h: what another definition of an opt-in form changes for visitors. */

#pragma once

#include "web/rungs-opt-in.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type utf8): sentences, in the order of the form; empty where
 * both are the same. */
GPtrArray *rungs_form_changes (const RungsOptIn *before,
                               const RungsOptIn *after);

G_END_DECLS
