/* rungs-next-offers-view.h: the view "Next offers" of the ladder page. */

#pragma once

#include "ladder/rungs-ladder-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_NEXT_OFFERS_VIEW (rungs_next_offers_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsNextOffersView, rungs_next_offers_view, RUNGS, NEXT_OFFERS_VIEW,
                      GtkWidget)

G_END_DECLS
