/* rungs-offer-inspector.h: all that is said of an offer, an arrow of the ladder, edited where it
 * stands. */

#pragma once

#include "rungs-inspector.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_OFFER_INSPECTOR (rungs_offer_inspector_get_type ())

G_DECLARE_FINAL_TYPE (RungsOfferInspector, rungs_offer_inspector, RUNGS, OFFER_INSPECTOR,
                      RungsInspector)

RungsOfferInspector *rungs_offer_inspector_new (RungsLadderWriter *writer);

/* Where it is shown what the arrow carries, over all else. An empty, hidden box. */
GtkBox *rungs_offer_inspector_get_figures (RungsOfferInspector *self);

/* The keys go to what it offers: at once, or as soon as that is read. */
void rungs_offer_inspector_edit (RungsOfferInspector *self);

G_END_DECLS
