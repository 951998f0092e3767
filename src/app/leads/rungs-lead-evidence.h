/* rungs-lead-evidence.h: to what a lead agreed, where, when and in which words, and what was taken
 * back; and from where the lead came, by which path. */

#pragma once

#include <gtk/gtk.h>

#include "leads/rungs-consent-store.h"
#include "leads/rungs-touch-store.h"

G_BEGIN_DECLS

/* What the file holds of it. */
typedef struct
{
  GPtrArray *consents; /* (owned) (element-type RungsConsent): the newest first */
  GPtrArray *touches;  /* (owned) (element-type RungsTouch): the newest first */
  GHashTable *imports; /* (owned) (element-type gint64 utf8): names of files by import */
} RungsLeadEvidence;

void rungs_lead_evidence_free (RungsLeadEvidence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadEvidence, rungs_lead_evidence_free)

/* On a thread of the store. */
RungsLeadEvidence *rungs_lead_evidence_load (RungsDb  *db,
                                             gint64    lead,
                                             GError  **error);

/* Changes what stands in a RungsRows into a line for each. */
void rungs_lead_evidence_show_consents (GtkWidget               *box,
                                        const RungsLeadEvidence *evidence);
void rungs_lead_evidence_show_touches (GtkWidget               *box,
                                       const RungsLeadEvidence *evidence);

G_END_DECLS
