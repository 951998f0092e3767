/* rungs-offer-dialog.h: makes or edits an offer: an arrow of the ladder. */

#pragma once

#include <adwaita.h>

#include "rungs-ladder-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_OFFER_DIALOG (rungs_offer_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RungsOfferDialog, rungs_offer_dialog, RUNGS, OFFER_DIALOG, AdwWindow)

/* `offer` is taken; its id is 0 where it is to be made. `ladder` is copied. */
RungsOfferDialog *rungs_offer_dialog_new (GtkWindow         *parent,
                                          RungsStore        *store,
                                          RungsOffer        *offer,
                                          const RungsLadder *ladder);

G_END_DECLS
