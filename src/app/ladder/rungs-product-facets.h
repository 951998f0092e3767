/* rungs-product-facets.h: all that is said of a product, as its inspector shows and changes it. */

#pragma once

#include "db/rungs-store.h"
#include "insights/rungs-product-figures.h"
#include "ladder/rungs-product-store.h"

G_BEGIN_DECLS

/* A product, and what is shown with it. */
typedef struct
{
  RungsProduct *product;        /* (owned) */
  GPtrArray *parts;             /* (owned) (element-type RungsProduct): that it is a bundle of */
  GPtrArray *letters;           /* (owned) (element-type RungsSalesLetter) */
  GPtrArray *products;          /* (owned) (element-type RungsProduct): all */
  GPtrArray *messages;          /* (owned) (element-type RungsMessageRow): all */
  GHashTable *figures;          /* (owned) (element-type gint64 RungsProductFigures) */
} RungsProductFacets;

void rungs_product_facets_free (RungsProductFacets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsProductFacets, rungs_product_facets_free)

/* A RungsStoreFunc: by id (gint64 *). */
gpointer rungs_product_facets_load (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* What can be changed of it by itself. */
typedef enum
{
  RUNGS_FACET_NAME,
  RUNGS_FACET_SKU,
  RUNGS_FACET_PRICE,
  RUNGS_FACET_COST,
  RUNGS_FACET_RATE,
  RUNGS_FACET_LINK,
  RUNGS_FACET_BY,
  RUNGS_FACET_WORDS,
  RUNGS_FACET_RUNG,
  RUNGS_FACET_REFUND,
  RUNGS_FACET_PERIOD,
  RUNGS_FACET_LAPSE,
  RUNGS_FACET_DELIVERY,
  RUNGS_FACET_MESSAGE,
} RungsFacet;

#define RUNGS_N_TEXT_FACETS (RUNGS_FACET_WORDS + 1)

/* How a text facet stands in its field. */
char *rungs_facet_dup_text (const RungsProduct *product,
                            RungsFacet          facet);

/* Takes a text facet from its field. Errors: INVALID, in words that fit beside the field. */
gboolean rungs_facet_take_text (RungsProduct  *product,
                                RungsFacet     facet,
                                const char    *text,
                                GError       **error);

/* A facet that is a number. */
gint64 rungs_facet_get_number (const RungsProduct *product,
                               RungsFacet          facet);
void rungs_facet_set_number (RungsProduct *product,
                             RungsFacet    facet,
                             gint64        number);

/* What is said when it was changed: "Price changed". */
const char *rungs_facet_done_words (RungsFacet facet);

/* What could be better about it, in words beside its field; NULL: nothing. */
const char *rungs_facet_hint (const RungsProduct *product,
                              RungsFacet          facet);

/* A change of one facet, for rungs_ladder_writer_do(). */
typedef struct
{
  gint64 product;
  RungsFacet facet;
  char *text;    /* (owned) (nullable): of a text facet */
  gint64 number; /* of the others */
} RungsFacetChange;

RungsFacetChange *rungs_facet_change_new (gint64      product,
                                          RungsFacet  facet,
                                          const char *text,
                                          gint64      number);
void rungs_facet_change_free (RungsFacetChange *self);

/* A RungsDbFunc: makes a RungsFacetChange of the product as the file has it now. */
gboolean rungs_facet_change_do (RungsDb   *db,
                                gpointer   data,
                                GError   **error);

/* What a product is a bundle of. */
typedef struct
{
  gint64 product;
  GArray *parts; /* (owned) (element-type gint64) */
} RungsPartsChange;

RungsPartsChange *rungs_parts_change_new (gint64 product);
void rungs_parts_change_free (RungsPartsChange *self);

/* A RungsDbFunc, for a RungsPartsChange. */
gboolean rungs_parts_change_do (RungsDb   *db,
                                gpointer   data,
                                GError   **error);

G_END_DECLS
