/* rungs-endpoints-view.h: where forms, shops and mail services send to. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ENDPOINTS_VIEW (rungs_endpoints_view_get_type ())

/* Its targets: the id of one. */
G_DECLARE_FINAL_TYPE (RungsEndpointsView, rungs_endpoints_view, RUNGS, ENDPOINTS_VIEW,
                      RungsPageView)

G_END_DECLS
