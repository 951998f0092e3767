/* rungs-web-page.h: what comes from the web: forms, deliveries, and where they come in. */

#pragma once

#include "rungs-views-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_WEB_PAGE (rungs_web_page_get_type ())

/* Its targets: the name of a view ("deliveries"), and behind ":" what that view knows
 * ("deliveries:state:quarantine"). */
G_DECLARE_FINAL_TYPE (RungsWebPage, rungs_web_page, RUNGS, WEB_PAGE, RungsViewsPage)

G_END_DECLS
