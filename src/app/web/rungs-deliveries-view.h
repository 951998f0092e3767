/* rungs-deliveries-view.h: what forms, shops and mail services sent, and what became of it. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_DELIVERIES_VIEW (rungs_deliveries_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsDeliveriesView, rungs_deliveries_view, RUNGS, DELIVERIES_VIEW,
                      RungsPageView)

G_END_DECLS
