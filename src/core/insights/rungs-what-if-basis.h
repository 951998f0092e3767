/* rungs-what-if-basis.h: what a past period tells about the year to come; for rungs-what-if.c.
 *
 * A lead enters by the source and path of its first touch; leads of whom no touch is known enter
 * with their first order. Its first order of each product is one sale, and comes by one arrow:
 *
 *   while the lead has nothing else, from where it entered;
 *   afterwards from the product that it came to last before, of those from which an offer of this
 *   one stands; where there is none, from the product that it came to last.
 *
 * So each sale counts once. Coming to a bundle is coming to its parts, as on the map. What is
 * ordered in the same moment does not lead to one another. All later orders of the product are
 * renewals of a subscription (made before its days of grace were over), or repeated ones.
 *
 * Months have 30.4375 days. The period ends now, and begins no earlier than the business did. */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"
#include "insights/rungs-ladder-place.h"

G_BEGIN_DECLS

#define RUNGS_WHAT_IF_MONTH G_GINT64_CONSTANT (2629800000)

/* Months since a lead came to a place: 0 to 23, and longer. */
#define RUNGS_WHAT_IF_AGES 25
#define RUNGS_WHAT_IF_OLD (RUNGS_WHAT_IF_AGES - 1)

#define RUNGS_WHAT_IF_MONTHS 12

/* Those who came to a place, by how long ago that is. */
typedef struct
{
  gint64 came;                         /* leads that came in the period */
  double lived[RUNGS_WHAT_IF_AGES];    /* months of the period that leads were of that age */
  gint64 here[2][RUNGS_WHAT_IF_AGES];  /* who is of that age now; [1]: who were referred */
} RungsWhatIfPlace;

/* A source by a path. */
typedef struct
{
  int source; /* its place in `sources`; -1: of leads of whom no touch is known */
  int path;   /* a RungsPath, or RUNGS_LADDER_NO_PATH */
  RungsWhatIfPlace place;
} RungsWhatIfEntry;

typedef struct
{
  gint64 id;
  char *name; /* (owned) */
  RungsSourceKind kind;
  gboolean retired; /* brings nobody more */
  gint64 leads;     /* whose first touch it was, in the period */
  GArray *spend;    /* (owned) (element-type RungsMoney): in the period */
  GArray *awards;   /* (owned) (element-type RungsMoney): what its partner earned in the period, but
                     * for products that were sold in it, less what was taken back */
} RungsWhatIfSource;

/* What was paid for a product in the period, in one currency. */
typedef struct
{
  char currency[4];
  gint64 pieces;
  gint64 amount;
  gint64 refunded; /* of that amount, until now */
  gint64 referred; /* of what is left then: what leads paid who were referred */
  gint64 commission; /* what partners earned by the product in the period, less what was taken
                      * back */
} RungsWhatIfSales;

typedef struct
{
  gint64 id;
  char *sku;  /* (owned) */
  char *name; /* (owned) */
  RungsMoney price;
  gint64 cost;           /* or RUNGS_PRODUCT_UNSAID */
  gint64 affiliate_rate; /* the same */
  gint64 period_months;  /* 0: bought once */
  gboolean retired;      /* is sold no more */
  RungsWhatIfPlace place;
  GArray *sales;         /* (owned) (element-type RungsWhatIfSales) */
  gint64 buyers;         /* first orders in the period */
  gint64 pieces;         /* of those */
  gint64 repeats;        /* pieces of repeated orders in the period */
  gint64 renewals;       /* pieces of renewals in the period */
  double owned_months;   /* months of the period since the first orders of leads */
  gint64 owners[2];      /* who ordered it ever; [1]: who were referred */
  gint64 due;            /* subscriptions that ended in the period, or would have, */
  gint64 renewed;        /* and of them those that were paid again */
  gint64 running[2][RUNGS_WHAT_IF_MONTHS]; /* paid subscriptions that end in that coming month */
} RungsWhatIfProduct;

/* Who buys a product comes to another one, or to itself. */
typedef struct
{
  guint whole;
  guint part;
  gint64 bought; /* first orders of the whole in the period */
  gint64 came;   /* of them, those by which the lead came to the part */
} RungsWhatIfCarry;

/* An arrow that stands, or by which somebody went. */
typedef struct
{
  int entry; /* where it leaves from: in `entries`, or -1 and */
  int from;  /* in `products`, or -1 */
  guint to;  /* in `products` */
  gint64 offer;      /* that stands; 0: none is drawn */
  gint64 after_days; /* of the offer */
  gint64 before;     /* of those who came to its beginning in the period, who had its end */
  gint64 at_once;    /* sales in the period: on the day on which the lead came to its beginning, */
  gint64 later[RUNGS_WHAT_IF_AGES]; /* and later, by how long */
} RungsWhatIfArrow;

/* All of it. Immutable; shared by threads. */
typedef struct
{
  gint64 now;
  char currency[4]; /* of the business */
  gint64 from;   /* the period begins */
  double months; /* it has; 0: nothing has ever happened */
  gboolean has_book; /* partners earned something by products that were sold in the period */
  GPtrArray *sources;  /* (owned) (element-type RungsWhatIfSource): by kind, then name */
  GArray *entries;     /* (owned) (element-type RungsWhatIfEntry) */
  GPtrArray *products; /* (owned) (element-type RungsWhatIfProduct): from the foot up */
  GArray *arrows;      /* (owned) (element-type RungsWhatIfArrow): ways in, then between products */
  GArray *carries;     /* (owned) (element-type RungsWhatIfCarry) */
} RungsWhatIfBasis;

/* Reads what the last `days` days (0: all there are) until `now` tell. Takes a second or two where
 * there are millions of orders: ask on a reader. Errors: those of reading; INVALID where amounts
 * are too large to be added up. */
RungsWhatIfBasis *rungs_what_if_basis_load (RungsDb  *db,
                                            gint64    days,
                                            gint64    now,
                                            GError  **error);

RungsWhatIfBasis *rungs_what_if_basis_ref (RungsWhatIfBasis *self);
void rungs_what_if_basis_unref (RungsWhatIfBasis *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWhatIfBasis, rungs_what_if_basis_unref)

/* How many months the period has. A business that is younger than a month is taken to be a month
 * old. */
double rungs_what_if_months (const RungsWhatIfBasis *self);

/* Where it stands among all of its kind; -1: there is no such thing. */
int rungs_what_if_basis_find_product (const RungsWhatIfBasis *self,
                                      gint64                  product);
int rungs_what_if_basis_find_source (const RungsWhatIfBasis *self,
                                     gint64                  source);
int rungs_what_if_basis_find_arrow (const RungsWhatIfBasis *self,
                                    RungsLadderPlace        from,
                                    RungsLadderPlace        to);

const RungsWhatIfSource *rungs_what_if_basis_get_source (const RungsWhatIfBasis *self,
                                                         guint                   source);
const RungsWhatIfProduct *rungs_what_if_basis_get_product (const RungsWhatIfBasis *self,
                                                           guint                   product);
const RungsWhatIfArrow *rungs_what_if_basis_get_arrow (const RungsWhatIfBasis *self,
                                                       guint                   arrow);

/* Where an arrow begins, and the place there. The place of leads without a touch is a kind of
 * source without id. */
RungsLadderPlace rungs_what_if_basis_get_beginning (const RungsWhatIfBasis *self,
                                                    const RungsWhatIfArrow *arrow);
const RungsWhatIfPlace *rungs_what_if_basis_get_place (const RungsWhatIfBasis *self,
                                                       const RungsWhatIfArrow *arrow);

G_END_DECLS
