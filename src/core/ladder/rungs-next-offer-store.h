/* rungs-next-offer-store.h: what statements read of the next offer, and the names in its reasons.
 *
 * To the statements of a connection "next_offer" is a table: of each lead to whom something can be
 * offered at the moment that the hidden column "at" says, the product and the offer. Its rows are
 * decided as those of rungs_next_offer() are; leads to whom there is nothing to offer have none.
 * That is how rules ask for the next offer (segments/rungs-field-table.c). */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-offer-judge.h"

G_BEGIN_DECLS

/* Lets statements of the connection read next_offer. */
gboolean rungs_next_offer_add_table (RungsDb  *db,
                                     GError  **error);

typedef struct _RungsNextOffers RungsNextOffers;

/* The answers for one lead, or (0) for all, by id. */
RungsNextOffers *rungs_next_offers_read (RungsDb  *db,
                                         gint64    lead,
                                         gint64    now,
                                         GError  **error);
void rungs_next_offers_free (RungsNextOffers *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsNextOffers, rungs_next_offers_free)

/* Goes on to the next lead to whom something can be offered. `arrow` (out): the place of what it
 * is in the ladder. */
RungsStep rungs_next_offers_next (RungsNextOffers  *self,
                                  gint64           *lead,
                                  guint            *arrow,
                                  GError          **error);

/* What the answers are made from; lent. */
const RungsOfferLadder *rungs_next_offers_get_ladder (RungsNextOffers *self);

/* Returns: (transfer full): what the sequence is called; "" where it is not there. */
char *rungs_sequence_dup_name_of (RungsDb  *db,
                                  gint64    sequence,
                                  GError  **error);

G_END_DECLS
