/* rungs-approvals-view.h: commissions that wait for somebody to approve them. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_APPROVALS_VIEW (rungs_approvals_view_get_type ())

/* Knows "partner:ID" as a target: those of a partner that wait; and "": all that wait. */
G_DECLARE_FINAL_TYPE (RungsApprovalsView, rungs_approvals_view, RUNGS, APPROVALS_VIEW,
                      RungsPageView)

G_END_DECLS
