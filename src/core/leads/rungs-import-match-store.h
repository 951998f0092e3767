/* rungs-import-match-store.h: finds whose the rows of an import are, and what they would change.
 *
 * Works on the temporary tables of rungs-import-stage-store.h; changes nothing else. */

#pragma once

#include "leads/rungs-import-script.h"
#include "leads/rungs-import.h"

G_BEGIN_DECLS

/* Makes one row of those that are of the same lead, by the rule: the first one takes in what the
 * others have. `repeated` is how many were taken in. */
gboolean rungs_import_match_collapse (RungsImportScript *script,
                                      RungsOnMatch       on_match,
                                      gint64            *repeated,
                                      GError           **error);

/* Finds the leads that are there, and what would change on them. Reads the file: in one transaction
 * with what is done next. */
gboolean rungs_import_match_resolve (RungsImportScript *script,
                                     RungsOnMatch       on_match,
                                     GError           **error);

/* Counts what was found: created, updated, unchanged, suppressed, and who may be written to. */
gboolean rungs_import_match_count (RungsImportScript *script,
                                   RungsImportResult *result,
                                   GError           **error);

G_END_DECLS
