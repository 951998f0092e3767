/* rungs-forms-view.h: the opt-in forms, what came by each, and the editor of the one that is
 * opened. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORMS_VIEW (rungs_forms_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsFormsView, rungs_forms_view, RUNGS, FORMS_VIEW, RungsPageView)

G_END_DECLS
