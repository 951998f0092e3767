/* rungs-import-shape-store.h: where the columns of an exporter go, remembered for its next file.
 *
 * Files with the same headings, in whatever order, are of one shape. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-import-mapping.h"

G_BEGIN_DECLS

/* Sends the columns of `mapping`, which has just been guessed, where they went the last time.
 * `file_name` (out) (optional) (nullable): the file of that time; NULL where the shape is not
 * known, or where it is as it was guessed. */
gboolean rungs_import_shape_recall (RungsDb            *db,
                                    RungsImportMapping *mapping,
                                    char              **file_name,
                                    GError            **error);

/* Remembers `mapping` in a write transaction, unless it is what is guessed anyway: then what is
 * remembered of the shape is forgotten. */
gboolean rungs_import_shape_remember (RungsDb                  *db,
                                      const RungsImportMapping *mapping,
                                      const RungsImportMapping *guess,
                                      const char               *file_name,
                                      gint64                    now,
                                      GError                  **error);

/* Forgets the shape, in a write transaction. */
gboolean rungs_import_shape_forget (RungsDb                  *db,
                                    const RungsImportMapping *mapping,
                                    GError                  **error);

G_END_DECLS
