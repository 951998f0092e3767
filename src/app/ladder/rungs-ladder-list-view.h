/* rungs-ladder-list-view.h: the product ladder as a list from the dearest rung down. */

#pragma once

#include "rungs-ladder-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LADDER_LIST_VIEW (rungs_ladder_list_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsLadderListView, rungs_ladder_list_view, RUNGS, LADDER_LIST_VIEW,
                      GtkWidget)

G_END_DECLS
