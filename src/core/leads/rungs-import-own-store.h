/* rungs-import-own-store.h: which fields of the business's own the columns of a file go to. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-import-mapping.h"

G_BEGIN_DECLS

/* A column that is to be a field of its own, and is called what a field of the file is called, goes
 * to that one, whatever its key: so what was exported is taken back after a field got another name.
 * Such a field has a kind already. */
gboolean rungs_import_own_settle (RungsDb             *db,
                                  RungsImportMapping  *mapping,
                                  GError             **error);

G_END_DECLS
