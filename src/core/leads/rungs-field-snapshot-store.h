/* rungs-field-snapshot-store.h: deletes a field so that it can be put back. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* A deleted field with its choices and what all leads had of it. */
typedef struct _RungsFieldSnapshot RungsFieldSnapshot;

void rungs_field_snapshot_free (RungsFieldSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFieldSnapshot, rungs_field_snapshot_free)

/* rungs_field_delete(), after which rungs_field_restore() puts back what it deleted. */
RungsFieldSnapshot *rungs_field_snapshot_delete (RungsDb  *db,
                                                 gint64    field,
                                                 GError  **error);

/* Puts the field back as it was, with the values of the leads that are still there. Errors:
 * CONFLICT where another field has its key by now. */
gboolean rungs_field_restore (RungsDb                   *db,
                              const RungsFieldSnapshot  *snapshot,
                              GError                   **error);

G_END_DECLS
