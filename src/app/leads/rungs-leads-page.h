/* rungs-leads-page.h: all leads, and what is known of the one that is selected. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LEADS_PAGE (rungs_leads_page_get_type ())

/* Its targets: "lead:ID" selects a lead, "product:ID", "sequence:ID", "tag:ID", "source:ID" and
 * "import:ID" show the leads of it alone, "ladder:…" those behind a figure of the ladder map
 * (insights/rungs-ladder-number.h), "import:/PATH" begins to import a file, "add" to add a lead. */
G_DECLARE_FINAL_TYPE (RungsLeadsPage, rungs_leads_page, RUNGS, LEADS_PAGE, RungsPage)

G_END_DECLS
