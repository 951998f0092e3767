/* rungs-offer-inspector.h: all that is said of an offer, an arrow of the ladder, edited where it
 * stands. */

#pragma once

#include <adwaita.h>

#include "rungs-ladder-writer.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_OFFER_INSPECTOR (rungs_offer_inspector_get_type ())

/* As rungs-product-inspector.h.
 *
 * RungsOfferInspector::loaded: the offer, or what is said of it, was read */
G_DECLARE_FINAL_TYPE (RungsOfferInspector, rungs_offer_inspector, RUNGS, OFFER_INSPECTOR, GtkWidget)

RungsOfferInspector *rungs_offer_inspector_new (RungsLadderWriter *writer);

/* Shows another offer; 0: none. What was being entered of the one before is stored. */
void rungs_offer_inspector_set_offer (RungsOfferInspector *self,
                                      gint64               offer);
gint64 rungs_offer_inspector_get_offer (RungsOfferInspector *self);

/* "Home Starter Kit → Weekend at the Wheel"; "" while there is none. */
const char *rungs_offer_inspector_get_name (RungsOfferInspector *self);

/* Where it is shown what the arrow carries, over all else. An empty, hidden box. */
GtkBox *rungs_offer_inspector_get_figures (RungsOfferInspector *self);

/* Whether it was taken from the ladder. FALSE while there is none. */
gboolean rungs_offer_inspector_is_removed (RungsOfferInspector *self);

/* The keys go to what it offers: at once, or as soon as that is read. */
void rungs_offer_inspector_edit (RungsOfferInspector *self);

/* Reads it anew: the file has changed. A field that is being edited stays as it is. */
void rungs_offer_inspector_refresh (RungsOfferInspector *self);

G_END_DECLS
