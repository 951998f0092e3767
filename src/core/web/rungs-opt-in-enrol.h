/* rungs-opt-in-enrol.h: the sequence that a form starts: for rungs-opt-in-apply.c and
 * rungs-opt-in-confirm.c only. */

#pragma once

#include "web/rungs-opt-in.h"
#include "web/rungs-web-lead-store.h"

G_BEGIN_DECLS

/* Enters the lead of `work` where it may enter; a sequence that is gone takes nobody. */
gboolean rungs_opt_in_enrol (RungsWebWork      *work,
                             const RungsOptIn  *definition,
                             const char        *form_name,
                             GError           **error);

G_END_DECLS
