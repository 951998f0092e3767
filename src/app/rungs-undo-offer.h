/* rungs-undo-offer.h: the toast of a page that offers to take back what was just done. Part of
 * rungs-page.c. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

typedef struct _RungsUndoOffer RungsUndoOffer;

/* Adds the action "undo" to `actions`, the group "page." of the page, and Ctrl+Z, which activates
 * it wherever the focus is; a text that is being edited takes the key first. */
RungsUndoOffer *rungs_undo_offer_new (RungsPage          *page,
                                      GSimpleActionGroup *actions);

void rungs_undo_offer_free (RungsUndoOffer *self);

/* As rungs_page_offer_undo(); the toast is shown over `toasts`. */
void rungs_undo_offer_make (RungsUndoOffer      *self,
                            AdwToastOverlay     *toasts,
                            const char          *done,
                            const RungsPageWork *undo);

/* Takes the offer away, if there is one. */
void rungs_undo_offer_end (RungsUndoOffer *self);

G_END_DECLS
