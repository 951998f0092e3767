/* rungs-product.h: a thing sold: a rung of the ladder. Read this first in ladder/.
 *
 * Products are rungs in rising value, offers the arrows between them. A lead owns a product from
 * its order until that is refunded whole or, for a subscription, lapses; owning a bundle is owning
 * its parts. What is owned decides what is offered next (rungs-next-offer.h). */

#pragma once

#include "base/rungs-money.h"

G_BEGIN_DECLS

/**
 * RungsDeliveryKind:
 * @RUNGS_DELIVERY_NONE: nothing that Rungs sees to
 * @RUNGS_DELIVERY_LINK: the address of a download, in a message
 * @RUNGS_DELIVERY_MESSAGE: a message
 * @RUNGS_DELIVERY_SHIPPING: a person sends a parcel
 * @RUNGS_DELIVERY_APPOINTMENT: a person agrees a day with the lead
 */
typedef enum
{
  RUNGS_DELIVERY_NONE,
  RUNGS_DELIVERY_LINK,
  RUNGS_DELIVERY_MESSAGE,
  RUNGS_DELIVERY_SHIPPING,
  RUNGS_DELIVERY_APPOINTMENT,
} RungsDeliveryKind;

#define RUNGS_N_DELIVERY_KINDS (RUNGS_DELIVERY_APPOINTMENT + 1)

/* "none", "link", "message", "shipping", "appointment". */
const char *rungs_delivery_kind_to_text (RungsDeliveryKind kind);
gboolean rungs_delivery_kind_from_text (const char        *text,
                                        RungsDeliveryKind *kind);

/* Whether a person has to do something. */
gboolean rungs_delivery_kind_needs_person (RungsDeliveryKind kind);

/* Where the cost or the rate of an affiliate is not known. */
#define RUNGS_PRODUCT_UNSAID (-1)

typedef struct
{
  gint64 id;
  char *sku;  /* (owned) */
  char *name; /* (owned) */
  RungsMoney price;
  gint64 cost;          /* of delivering one, in minor units of the price's currency; or UNSAID */
  gint64 rung;          /* height on the ladder, 1 at the foot; 0: beside it */
  gint64 refund_days;   /* how long money is given back */
  gint64 period_months; /* a subscription is paid this often; 0: bought once */
  gint64 lapse_days;    /* a subscription that is not paid again is owned so many days longer */
  char *delivery;       /* (owned) how it is delivered, in words */
  RungsDeliveryKind delivery_kind;
  char *delivery_link;     /* (owned) address of the download; "" */
  gint64 delivery_message; /* what is sent; 0: the program's own words */
  char *delivery_by;       /* (owned) who acts, where a person must; "" */
  gint64 affiliate_rate;   /* of a sale, in basis points; or UNSAID */
  gint64 created_at;
  gint64 retired_at; /* 0: sold */
} RungsProduct;

/* What is left of the price of one when its cost is taken off. FALSE where the cost is not known.
 */
gboolean rungs_product_margin (const RungsProduct *self,
                               RungsMoney         *margin);

/* Empty texts, a price of 0 in no currency, cost and rate unsaid, delivery none. */
RungsProduct *rungs_product_new (void);
void rungs_product_free (RungsProduct *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsProduct, rungs_product_free)

G_END_DECLS
