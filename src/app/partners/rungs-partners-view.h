/* rungs-partners-view.h: who brings leads and sales for a commission, and what they are owed. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PARTNERS_VIEW (rungs_partners_view_get_type ())

/* Knows the target ID. */
G_DECLARE_FINAL_TYPE (RungsPartnersView, rungs_partners_view, RUNGS, PARTNERS_VIEW, RungsPageView)

G_END_DECLS
