/* rungs-coupons-view.h: the coupons, with what each did. */

#pragma once

#include "rungs-ladder-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_COUPONS_VIEW (rungs_coupons_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsCouponsView, rungs_coupons_view, RUNGS, COUPONS_VIEW, GtkWidget)

G_END_DECLS
