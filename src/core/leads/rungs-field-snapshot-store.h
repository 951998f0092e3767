/* rungs-field-snapshot-store.h: what a field was, so that it can be put back. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* A field with its choices and, if so wished, what all leads have of it. */
typedef struct _RungsFieldSnapshot RungsFieldSnapshot;

void rungs_field_snapshot_free (RungsFieldSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFieldSnapshot, rungs_field_snapshot_free)

/* Errors: NOT_FOUND. */
RungsFieldSnapshot *rungs_field_snapshot_new (RungsDb   *db,
                                              gint64     field,
                                              gboolean   values,
                                              GError   **error);

/* Makes a field that was `after` (nothing else has changed it since) what it was `before`; both
 * have values, or none has. Errors: CONFLICT where it was changed since, NOT_FOUND. */
gboolean rungs_field_revert (RungsDb                   *db,
                             const RungsFieldSnapshot  *before,
                             const RungsFieldSnapshot  *after,
                             GError                   **error);

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
