/* rungs-visits-view.h: how often pages and links were opened, by path, machines apart. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_VISITS_VIEW (rungs_visits_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsVisitsView, rungs_visits_view, RUNGS, VISITS_VIEW, RungsPageView)

G_END_DECLS
