/* rungs-lead-snapshot-store.h: deletes a lead so that it can be put back. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* A deleted lead with everything that belonged to it. */
typedef struct _RungsLeadSnapshot RungsLeadSnapshot;

void rungs_lead_snapshot_free (RungsLeadSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadSnapshot, rungs_lead_snapshot_free)

gint64 rungs_lead_snapshot_get_lead (const RungsLeadSnapshot *self);

/* Returns: (nullable): its address. */
const char *rungs_lead_snapshot_get_email (const RungsLeadSnapshot *self);

/* Deletes a lead with its values, tags, touches, consents, timeline, enrolments, tasks, messages
 * and the coupons that it was given. Returns: (transfer full): what rungs_lead_restore() puts back.
 * Errors: NOT_FOUND; CONFLICT where it has orders, which the books need (erase the person
 * instead); BUSY where a message to it is being sent. */
RungsLeadSnapshot *rungs_lead_delete (RungsDb  *db,
                                      gint64    lead,
                                      gint64    now,
                                      GError  **error);

/* Puts it back as it was, under its old id unless that has been given to another lead since.
 * Returns: its id; 0 on error: CONFLICT where its address has been given to another lead, or
 * something it needs (a tag, a sequence) is gone; then nothing of it is put back, and the
 * transaction goes on. */
gint64 rungs_lead_restore (RungsDb                  *db,
                           const RungsLeadSnapshot  *snapshot,
                           gint64                    now,
                           GError                  **error);

G_END_DECLS
