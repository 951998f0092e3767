/* rungs-finding-view.h: the check list before something leaves, as commands print it. */

#pragma once

#include "mail/rungs-broadcast-check.h"
#include "rungs-column.h"
#include "rungs-row.h"

G_BEGIN_DECLS

extern const RungsColumn RUNGS_FINDING_COLUMNS[];

/* {level, code, words, about, leads, rule} */
JsonObject *rungs_finding_to_row (const RungsFinding *finding);

/* Whether none of them (element-type RungsFinding) blocks. Errors: CONFLICT, with the first that
 * does. */
gboolean rungs_findings_pass (GPtrArray  *findings,
                              GError    **error);

G_END_DECLS
