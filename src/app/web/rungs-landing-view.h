/* rungs-landing-view.h: landing pages and sales letters on the web. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LANDING_VIEW (rungs_landing_view_get_type ())

/* Its targets: "new", or the id of one. */
G_DECLARE_FINAL_TYPE (RungsLandingView, rungs_landing_view, RUNGS, LANDING_VIEW, RungsPageView)

G_END_DECLS
