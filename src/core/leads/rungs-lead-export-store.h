/* rungs-lead-export-store.h: all that an export tells of a lead. */

#pragma once

#include "leads/rungs-consent-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead.h"
#include "leads/rungs-suppression-store.h"

G_BEGIN_DECLS

typedef struct
{
  RungsLead *lead;            /* (owned) */
  char *tags;                 /* (owned) names with ", " between them; "" */
  char *source;               /* (owned) (nullable) "KIND:NAME" of the first touch */
  RungsConsentState consent;  /* to marketing by e-mail */
  gint64 consent_at;          /* when it was given or withdrawn; 0: never */
  RungsSuppressed suppressed;
  GPtrArray *values;          /* (owned) (element-type RungsFieldValue) by label */
} RungsLeadExportRow;

void rungs_lead_export_row_free (RungsLeadExportRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadExportRow, rungs_lead_export_row_free)

/* Returns: (transfer full) (nullable): NULL with `error` set, or without one where there is no such
 * lead any more. */
RungsLeadExportRow *rungs_lead_export_row_load (RungsDb *db,
                                                gint64   lead,
                                                GError **error);

G_END_DECLS
