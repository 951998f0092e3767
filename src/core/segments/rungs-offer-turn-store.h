/* rungs-offer-turn-store.h: for whom the passing of time may change the next offer; for
 * rungs-segments-turn-store.c. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Writes into the temporary table segment_dirty the leads for whom between the two instants,
 * whichever is later, the days of an offer ran out, an order began to count, or (then it is
 * everybody) an offer began or ended. */
gboolean rungs_offer_turn_collect (RungsDb  *db,
                                   gint64    then,
                                   gint64    now,
                                   GError  **error);

G_END_DECLS
