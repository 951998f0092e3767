/* rungs-order-products-store.h: which product a shop means by a name or number of its own.
 *
 * A line is of the product that a person has said for the shop's number or name; else of the one
 * with that SKU, else of the one with that name. Case, accents and signs make no difference, and in
 * names neither do numbers of four digits and more ("Order 10023"). */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

/**
 * RungsOrderChoice:
 * @RUNGS_CHOICE_NONE: nobody has said
 * @RUNGS_CHOICE_PRODUCT: it is that product
 * @RUNGS_CHOICE_NEW: a product is made of it, bought once
 * @RUNGS_CHOICE_MONTHLY: a subscription is made of it, paid each month
 * @RUNGS_CHOICE_YEARLY: a subscription is made of it, paid each year
 * @RUNGS_CHOICE_LEAVE_OUT: none of ours: its lines are left out
 */
typedef enum
{
  RUNGS_CHOICE_NONE,
  RUNGS_CHOICE_PRODUCT,
  RUNGS_CHOICE_NEW,
  RUNGS_CHOICE_MONTHLY,
  RUNGS_CHOICE_YEARLY,
  RUNGS_CHOICE_LEAVE_OUT,
} RungsOrderChoice;

/* A name that a file has. */
typedef struct
{
  char *alias;            /* (owned) folded */
  char *name;             /* (owned) as the shop calls it; its number where it has no name */
  char *sku;              /* (owned) the shop's number, or "" */
  RungsOrderChoice choice;
  gint64 product;         /* of RUNGS_CHOICE_PRODUCT */
  char *product_name;     /* (owned) (nullable) its name */
  gboolean said;          /* a person said so, now or before; FALSE: found by SKU or name */
  gint64 lines;           /* how many lines have it */
  RungsMoney price;       /* of one, on the first line */
} RungsOrderName;

typedef struct _RungsOrderProducts RungsOrderProducts;

/* Reads the products and what was said about that shop of the seller, and about the seller's shop
 * without a name, which goes where nothing was said about this one. */
RungsOrderProducts *rungs_order_products_new (RungsDb     *db,
                                              const char  *seller,
                                              const char  *shop,
                                              GError     **error);

void rungs_order_products_free (RungsOrderProducts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOrderProducts, rungs_order_products_free)

/* What a person says now: "NAME=SKU", "NAME=new", "NAME=monthly", "NAME=yearly" or "NAME=skip";
 * the name is the shop's name or number, or "*": all others of which nothing is known. Errors:
 * INVALID; NOT_FOUND, no product has that SKU. */
gboolean rungs_order_products_assign (RungsOrderProducts *self,
                                      const char         *assignment,
                                      GError            **error);

/* What a line with that number and name is of, counted. Lent; it stays. */
const RungsOrderName *rungs_order_products_find (RungsOrderProducts *self,
                                                 const char         *sku,
                                                 const char         *name,
                                                 gint64              quantity,
                                                 RungsMoney          amount);

/* Where the line's product is to be made: how it is called until it is (a negative number). */
gint64 rungs_order_name_get_place (RungsOrderProducts   *self,
                                   const RungsOrderName *name);

/* Returns: (transfer none) (element-type RungsOrderName): all names found so far, in the order in
 * which they came. */
GPtrArray *rungs_order_products_get_names (RungsOrderProducts *self);

/* Makes the products that are to be made, and has the lines in temp.order_stage_line be of them.
 * `made` (out): how many. In a write transaction, as the next one. */
gboolean rungs_order_products_make (RungsOrderProducts *self,
                                    RungsDb            *db,
                                    gint64              run,
                                    gint64              now,
                                    gint64             *made,
                                    GError            **error);

/* Remembers what a person said of names that the file has. */
gboolean rungs_order_products_remember (RungsOrderProducts *self,
                                        RungsDb            *db,
                                        gint64              run,
                                        gint64              now,
                                        GError            **error);

RungsOrderName *rungs_order_name_copy (const RungsOrderName *self);
void rungs_order_name_free (RungsOrderName *self);

G_END_DECLS
