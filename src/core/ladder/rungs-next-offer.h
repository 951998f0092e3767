/* rungs-next-offer.h: the product to offer a lead now, with the reasons for and against each.
 *
 * How it is chosen stands at the head of rungs-offer-judge.c, which of several comes first at that
 * of rungs-arrow.c. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-offer-judge.h"

G_BEGIN_DECLS

typedef struct
{
  RungsReasonCode code;
  gboolean deciding; /* the one that made the candidate win or lose */
  gint64 ref;        /* 0: none; see the code */
  gint64 at;         /* an instant; 0: none */
  gint64 number;
  char *text; /* (owned) a name, or a rule; never NULL */
  RungsExpectation expected; /* of EXPECTED */
} RungsReason;

void rungs_reason_free (RungsReason *self);

/* An arrow that leaves from what the lead owns. */
typedef struct
{
  gint64 offer;
  RungsOfferKind kind;
  gint64 product;
  char *name; /* (owned) of the product */
  gboolean chosen;
  RungsExpectation expected;
  GPtrArray *reasons; /* (owned) (element-type RungsReason) in the order in which they were asked */
} RungsCandidate;

typedef struct
{
  gint64 product; /* 0: nothing to offer now */
  gint64 offer;
  char *name;            /* (owned) (nullable) of the product */
  GPtrArray *candidates; /* (owned) (element-type RungsCandidate) the first comes first */
} RungsNextOffer;

void rungs_next_offer_free (RungsNextOffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsNextOffer, rungs_next_offer_free)

/* What to offer the lead at `now`. Errors: NOT_FOUND (no such lead). */
RungsNextOffer *rungs_next_offer (RungsDb  *db,
                                  gint64    lead,
                                  gint64    now,
                                  GError  **error);

G_END_DECLS
