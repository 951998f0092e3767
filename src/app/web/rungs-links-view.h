/* rungs-links-view.h: links that tell which source somebody comes from. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LINKS_VIEW (rungs_links_view_get_type ())

/* Its targets: the id of a source. */
G_DECLARE_FINAL_TYPE (RungsLinksView, rungs_links_view, RUNGS, LINKS_VIEW, RungsPageView)

G_END_DECLS
