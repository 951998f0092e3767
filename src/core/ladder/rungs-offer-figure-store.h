/* rungs-offer-figure-store.h: how often each offer led on: what the ranking of offers rests on. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* When the figures are to be counted: at once (0) where an offer has none yet; an hour after the
 * last time where there were orders since; G_MAXINT64: not before something happens. `looked`
 * (inout) is how far the timeline was looked through for orders in vain, 0 to begin with, so that
 * a million messages are not looked through again and again where nobody orders. */
gboolean rungs_offer_figures_next_due (RungsDb  *db,
                                       gint64   *looked,
                                       gint64   *due,
                                       GError  **error);

/* What was counted. */
typedef struct
{
  gint64 at;
  gint64 event;    /* the newest that was there */
  GArray *figures; /* (owned) */
} RungsOfferFigures;

void rungs_offer_figures_free (RungsOfferFigures *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOfferFigures, rungs_offer_figures_free)

/* Counts all anew from the orders; seconds, where there are millions. */
RungsOfferFigures *rungs_offer_figures_read (RungsDb  *db,
                                             gint64    now,
                                             GError  **error);

/* Keeps what was counted, but of offers that are gone meanwhile. In a write transaction. */
gboolean rungs_offer_figures_keep (RungsDb                  *db,
                                   const RungsOfferFigures  *figures,
                                   GError                  **error);

/* Both. In a write transaction. */
gboolean rungs_offer_figures_count (RungsDb  *db,
                                    gint64    now,
                                    GError  **error);

G_END_DECLS
