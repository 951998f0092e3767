/* rungs-payouts-view.h: who was paid what, and what is to be paid next. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PAYOUTS_VIEW (rungs_payouts_view_get_type ())

/* Knows the target ID. */
G_DECLARE_FINAL_TYPE (RungsPayoutsView, rungs_payouts_view, RUNGS, PAYOUTS_VIEW, RungsPageView)

G_END_DECLS
