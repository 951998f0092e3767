/* rungs-offer-facts-store.h: what the next offer must know about a lead; of one lead, or of one
 * after the other. */

#pragma once

#include "db/rungs-statement.h"
#include "ladder/rungs-offer-ladder-store.h"

G_BEGIN_DECLS

/* How a lead stands to a product. */
typedef struct
{
  gboolean owned;
  gint64 since;       /* the first order that still holds */
  gint64 through;     /* the bundle it came with; 0: ordered by itself */
  gint64 selling;     /* the sequence that sells it to the lead now; 0: none */
  gint64 declined_at; /* when the last walk ended without a sale; 0: none, or one sells it now */
  gint64 refusals;    /* walks that ended without a sale */
  gint64 last_walk;   /* the newest walk that ended, for whoever fills this in; 0: none */
} RungsStanding;

typedef struct
{
  gint64 lead;
  gint64 created_at;
  gboolean owns_nothing;
  RungsStanding *standings; /* (owned) one for each product, by its place in the ladder */
  gboolean *met;            /* (owned) one for each arrow: whether its condition is met */
} RungsOfferFacts;

/* Facts that are filled in anew for each lead. */
RungsOfferFacts *rungs_offer_facts_new (const RungsOfferLadder *ladder);
void rungs_offer_facts_free (RungsOfferFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOfferFacts, rungs_offer_facts_free)

typedef struct _RungsOfferFactsReader RungsOfferFactsReader;

/* Reads the facts of one lead, or (0) of all, by id. The ladder is lent, and says of which moment
 * they are. */
RungsOfferFactsReader *rungs_offer_facts_read (RungsDb            *db,
                                               const RungsOfferLadder  *ladder,
                                               gint64              lead,
                                               GError            **error);
void rungs_offer_facts_reader_free (RungsOfferFactsReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOfferFactsReader, rungs_offer_facts_reader_free)

/* Fills in `facts` for the next lead. */
RungsStep rungs_offer_facts_next (RungsOfferFactsReader  *self,
                                  RungsOfferFacts        *facts,
                                  GError                **error);

G_END_DECLS
