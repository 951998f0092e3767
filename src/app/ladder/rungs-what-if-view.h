/* rungs-what-if-view.h: the view "What If" of the ladder page. */

#pragma once

#include "ladder/rungs-ladder-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_WHAT_IF_VIEW (rungs_what_if_view_get_type ())

/* Targets: "what-if:product:3", "what-if:source:2", "what-if:product:3>product:4" (an arrow): it
 * begins with what these name. */
G_DECLARE_FINAL_TYPE (RungsWhatIfView, rungs_what_if_view, RUNGS, WHAT_IF_VIEW, GtkWidget)

G_END_DECLS
