/* rungs-erasure-file.h: the erasures of a business, beside its file.
 *
 * An older copy that is put back does not know who was erased since it was made. The file whose
 * name ends in "-erasures" does, by salted hashes alone: when a file is opened it is asked, and
 * whom the copy brought back is erased again before anybody sees them. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* The file beside the file at `path`. */
char *rungs_erasure_file_get_path (const char *path);

/* Writes `erasures` (element-type RungsErasure, those of the register) there, whole or not at all
 * (mode 0600). */
gboolean rungs_erasure_file_write (RungsDb    *db,
                                   GPtrArray  *erasures,
                                   GError    **error);

/* Erases again whom the file of erasures tells of and the register does not, and writes the file
 * where it lacks one of the register. `again` (nullable) counts the leads that were there. A file
 * of another business is not looked at. Not in a transaction. Errors: DAMAGED where it cannot be
 * understood. */
gboolean rungs_erasure_file_reconcile (RungsDb  *db,
                                       gint64    now,
                                       gint64   *again,
                                       GError  **error);

G_END_DECLS
