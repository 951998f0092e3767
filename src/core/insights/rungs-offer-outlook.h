/* rungs-offer-outlook.h: how many leads each product could be offered now, and what that may bring.
 *
 * Every lead counts where the next offer is (ladder/rungs-next-offer.h), once. What an offer may
 * bring is people × conversion × margin; how far that may lie from the truth follows from how many
 * cases the conversion rests on: Wilson's interval at 95 %, of the cases with what the prior adds.
 * Of a product to which several offers lead the bounds are summed, as if all erred together: the
 * interval is rather too wide. */

#pragma once

#include "insights/rungs-wilson.h"
#include "ladder/rungs-next-offer.h"

G_BEGIN_DECLS

/* Those to whom one offer can be made. */
typedef struct
{
  gint64 offer;
  RungsOfferKind kind;
  gint64 from_product; /* 0: they own nothing */
  char *from_name;     /* (owned) (nullable) */
  gint64 people;
  gint64 consented;    /* of them, who agreed to marketing by e-mail */
  RungsExpectation expected; /* of one of them */
  RungsInterval conversion;
} RungsOutlookOffer;

/* Those to whom one product can be offered. */
typedef struct
{
  gint64 product;
  char *sku;  /* (owned) */
  char *name; /* (owned) */
  gint64 people;
  gint64 consented;
  RungsMoney expected; /* of all of them together */
  RungsMoney low;
  RungsMoney high;
  GPtrArray *offers; /* (owned) (element-type RungsOutlookOffer): the one for most people first */
} RungsOutlookProduct;

typedef struct
{
  gint64 leads;      /* all that there are */
  gint64 offered;    /* of them, to whom something can be offered */
  gboolean has_offers; /* some offer stands on the ladder */
  GPtrArray *products; /* (owned) (element-type RungsOutlookProduct): what brings most first;
                        * currencies apart, A-Z */
} RungsOutlook;

void rungs_outlook_free (RungsOutlook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOutlook, rungs_outlook_free)

/* What can be offered to whom at `now`. Reads all leads and orders: seconds where there are
 * millions; it ends with BUSY where its connection is interrupted. */
RungsOutlook *rungs_outlook_load (RungsDb  *db,
                                  gint64    now,
                                  GError  **error);

G_END_DECLS
