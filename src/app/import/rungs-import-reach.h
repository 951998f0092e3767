/* rungs-import-reach.h: says to whom of an import marketing may be sent,
 * and why not to the others. */

#pragma once

#include <adwaita.h>

#include "leads/rungs-import.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type GtkWidget): a row for each number that is not 0. The row
 * of those of whom no consent is known has a button with the action `consent_action` (nullable). */
GPtrArray *rungs_import_reach_rows (const RungsImportReach *reach,
                                    const char             *consent_action);

G_END_DECLS
