/* rungs-privacy-tables-store.h: the rows that belong to a lead, by the references of the schema. */

#pragma once

#include <json-glib/json-glib.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Returns: (transfer full): table -> array of rows as objects, as they are stored, instants as
 * RFC 3339; tables without a row have an empty array. */
JsonObject *rungs_privacy_rows_load (RungsDb  *db,
                                     gint64    lead,
                                     GError  **error);

G_END_DECLS
