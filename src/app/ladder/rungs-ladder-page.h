/* rungs-ladder-page.h: the ladder and what belongs to it, one view each. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LADDER_PAGE (rungs_ladder_page_get_type ())

G_DECLARE_FINAL_TYPE (RungsLadderPage, rungs_ladder_page, RUNGS, LADDER_PAGE, RungsPage)

G_END_DECLS
