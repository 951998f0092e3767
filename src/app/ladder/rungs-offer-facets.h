/* rungs-offer-facets.h: all that is said of an offer, as its inspector shows and changes it. */

#pragma once

#include "db/rungs-store.h"
#include "ladder/rungs-offer-store.h"

G_BEGIN_DECLS

/* An offer, and what is shown with it. */
typedef struct
{
  RungsOffer *offer;    /* (owned) */
  GPtrArray *products;  /* (owned) (element-type RungsProduct): all */
  GPtrArray *siblings;  /* (owned) (element-type RungsOffer): the others that leave where it does */
  char *first_day;      /* (owned): the first it is made on, as 2026-03-01; "" */
  char *last_day;       /* (owned): the last; "" */
  gboolean over;        /* its last day is past */
} RungsOfferFacets;

void rungs_offer_facets_free (RungsOfferFacets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOfferFacets, rungs_offer_facets_free)

/* A RungsStoreFunc: by id (gint64 *). */
gpointer rungs_offer_facets_load (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* The name of a product; "" where it is none of them. */
const char *rungs_offer_facets_name (const RungsOfferFacets *self,
                                     gint64                  product);

/* What can be changed of it by itself; the last three are texts. */
typedef enum
{
  RUNGS_OFFER_FACET_TO,
  RUNGS_OFFER_FACET_KIND,
  RUNGS_OFFER_FACET_DAYS,
  RUNGS_OFFER_FACET_PRIORITY,
  RUNGS_OFFER_FACET_CAP,
  RUNGS_OFFER_FACET_FALLBACK,
  RUNGS_OFFER_FACET_FIRST_DAY,
  RUNGS_OFFER_FACET_LAST_DAY,
  RUNGS_OFFER_FACET_CONDITION,
} RungsOfferFacet;

gint64 rungs_offer_facet_get_number (const RungsOffer *offer,
                                     RungsOfferFacet   facet);

/* What is said when it was changed. */
const char *rungs_offer_facet_done_words (RungsOfferFacet facet);

/* A change of one facet, for rungs_ladder_writer_do(). `text`: a day, or a rule; "" or NULL: none.
 */
typedef struct
{
  gint64 offer;
  RungsOfferFacet facet;
  char *text; /* (owned) (nullable) */
  gint64 number;
} RungsOfferChange;

RungsOfferChange *rungs_offer_change_new (gint64           offer,
                                          RungsOfferFacet  facet,
                                          const char      *text,
                                          gint64           number);
void rungs_offer_change_free (RungsOfferChange *self);

/* A RungsDbFunc: makes a RungsOfferChange of the offer as the file has it now. */
gboolean rungs_offer_change_do (RungsDb   *db,
                                gpointer   data,
                                GError   **error);

/* A RungsDbFunc: the offer (gint64 *) is made no longer. */
gboolean rungs_offer_change_retire (RungsDb   *db,
                                    gpointer   data,
                                    GError   **error);

G_END_DECLS
