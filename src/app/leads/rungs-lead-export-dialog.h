/* rungs-lead-export-dialog.h: writes leads into a file that the user names. */

#pragma once

#include <adwaita.h>

#include "leads/rungs-lead-export.h"
#include "leads/rungs-lead-rows.h"
#include "rungs-page.h"

#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LEAD_EXPORT_DIALOG (rungs_lead_export_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RungsLeadExportDialog, rungs_lead_export_dialog, RUNGS, LEAD_EXPORT_DIALOG,
                      AdwWindow)

/* Asks for the kind of file and its place, and writes it, with a window that says how far it is.
 * `leads` (element-type gint64) (nullable) (taken): these leads; NULL: those that `query` (taken)
 * finds. `n`: how many they are, for the title. `browser` shows the columns that can be
 * written alone. */
void rungs_lead_export_open (RungsPage          *page,
                             GArray             *leads,
                             RungsLeadRowsQuery *query,
                             guint               n,
                             RungsBrowser       *browser);

/* The same without asking. */
void rungs_lead_export_to (RungsPage             *page,
                           GArray                *leads,
                           RungsLeadRowsQuery    *query,
                           RungsLeadExportFormat  format,
                           const char            *path);

G_END_DECLS
