/* rungs-ladder-figures.h: what every arrow and every node of the ladder map carries in a period.
 *
 * The map has places (rungs-ladder-place.h): sources, kinds of source, the opt-in, sequences and
 * products. A lead comes to each of them once, at the moment when it first did:
 *
 *   source, or source by a path    its first touch of it (by that path); so also a kind of source
 *   opt-in                         its first touch by the path opt-in, of whatever source
 *   sequence                       its first enrolment in it
 *   product                        its first order of it, or of a bundle that holds it; given back
 *                                  later or not
 *
 * So each lead is counted once, on the day when it came, and periods add up. A source that brings
 * the same person a second time has brought nobody new.
 *
 * An arrow leads from one place to another one. Its cases are the leads that came to its beginning
 * in the period and had not come to its end before (between two products: before or in the same
 * moment, for who buys both at once need not be offered the second one). Its hits are those of the
 * cases that came to its end since, also after the period, until now: who came in the last days had
 * less time, and it is right that this is seen. Its money is what the hits have paid, less what was
 * given back, whenever that was: of an arrow to a product, for that product and for bundles with it
 * since the lead came to the arrow's beginning; of any other arrow, for everything since the lead
 * came to the arrow's end. A share has the interval of Wilson at 95 %; of fewer than
 * RUNGS_LADDER_FEW cases no share is told.
 *
 * Every figure is told apart by the path of the lead's first touch. Of an arrow that leaves a
 * source by a path it is that path of the source that the place names.
 *
 * A source also carries its costs in the period: its spend, and the commissions and awards of the
 * partner whose source it is, less what was taken back of them, each on the day of its entry in the
 * ledger (partners/rungs-ledger-cost-store.h), whenever the lead came. Days count whole in both; a
 * period in which more was taken back than earned has commissions below 0. And it carries what the
 * leads that came from it in the period have paid since they came: at the front (the first order
 * ever of the lead that cost something) and at the back (all other orders). A customer who comes
 * back by the source "current customers" therefore earns at the back. A lead that came from two
 * sources earns for both: what a source's leads are worth is no share of the revenue.
 *
 * Money stands by currencies, unless the question has rates (ladder/rungs-exchange.h): then what
 * was paid is told in the currency of the report at the rate of the day of the order, what was
 * given back at the rate of its order, what was spent, earned by a partner or taken back from it at
 * that of its day, each amount rounded once before it is added. What was told so is in the lists
 * `converted` as it was paid. Before the first rate of a currency nothing is told in another one:
 * it stays beside the rest, and rungs_ladder_figures_get_apart() says how much that is.
 *
 * What lies after `now` has not happened. Leads that were deleted count nowhere, merged leads as
 * one; erased leads whose orders had to stay go on counting, without their sequences.
 *
 * All functions are plain readings, safe on any thread. Whoever wants all of one moment calls them
 * in rungs_db_read(). */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"
#include "insights/rungs-ladder-place.h"
#include "insights/rungs-wilson.h"
#include "ladder/rungs-exchange.h"
#include "segments/rungs-rule.h"

G_BEGIN_DECLS

/* Of fewer cases than this no share is told. */
#define RUNGS_LADDER_FEW 20

/* What is asked. All instants are milliseconds UTC. */
typedef struct
{
  gint64 from;  /* who came from then on, */
  gint64 until; /* and before; 0 and G_MAXINT64: ever */
  gint64 now;
  RungsRule *segment; /* (unowned) (nullable) only leads for whom it holds; NULL: everybody */
  const RungsExchange *exchange; /* (unowned) (nullable) tells money in one currency, at the rates
                                  * of the days; NULL: each currency by itself */
} RungsLadderQuestion;

/* So many of so many, and their money. */
typedef struct
{
  gint64 cases;
  gint64 hits;
  gboolean too_few;    /* to tell a share */
  RungsInterval share; /* in which the true share lies; 0 to 1 where there are no cases */
  GArray *money;       /* (owned) (element-type RungsMoney) one a currency, A-Z; empty: none */
  GArray *converted;   /* (owned) (element-type RungsMoney) what of it was paid otherwise */
} RungsLadderShare;

/* What an arrow carries. */
typedef struct
{
  RungsLadderShare all;
  RungsLadderShare by_path[RUNGS_LADDER_PATHS]; /* of the first touch */
} RungsLadderFlow;

void rungs_ladder_flow_free (RungsLadderFlow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderFlow, rungs_ladder_flow_free)

/**
 * RungsLadderSourceFigures: what a source or a kind of source carries.
 * @leads: that came from it in the period
 * @by_path: leads that came from it by each path in the period; who came by two counts in both
 * @new_leads: of @leads, for whom it was the first touch of all
 * @spend: (element-type RungsMoney): in the period, A-Z; for everybody, whatever the segment
 * @commission: (element-type RungsMoney): commissions and awards of the partner, less what was
 *   taken back; as @spend; may be below 0
 * @costs: (element-type RungsMoney): both together
 * @has_cost: whether the cost of one lead can be told: there are costs, in one currency, there are
 *   leads, and no segment was asked for
 * @cost: costs / leads, rounded half to even
 * @cost_spent: of it, spend / leads, rounded half to even
 * @cost_commission: and the rest of it
 * @front: (element-type RungsMoney): A-Z
 * @back: (element-type RungsMoney): A-Z
 * @spend_converted: (element-type RungsMoney): what of it was paid in other currencies; so also the
 *   other four
 * @front_buyers: leads with a front order
 * @back_buyers: leads with a back order that cost something
 * @can_pay_back: the costs are above 0, in one currency, and no segment was asked for
 * @paid_back: "2026-11-22": since the end of that day of the business what its leads have paid,
 *   less what was given back, has been at least the costs of the period; only money of the currency
 *   of the costs counts. "": not yet
 */
typedef struct
{
  gint64 leads;
  gint64 by_path[RUNGS_LADDER_PATHS];
  gint64 new_leads;
  GArray *spend;      /* (owned) */
  GArray *commission; /* (owned) */
  GArray *costs;      /* (owned) */
  gboolean has_cost;
  RungsMoney cost;
  RungsMoney cost_spent;
  RungsMoney cost_commission;
  GArray *front; /* (owned) */
  GArray *back;  /* (owned) */
  GArray *spend_converted;      /* (owned) */
  GArray *commission_converted; /* (owned) */
  GArray *costs_converted;      /* (owned) */
  GArray *front_converted;      /* (owned) */
  GArray *back_converted;       /* (owned) */
  gint64 front_buyers;
  gint64 back_buyers;
  gboolean can_pay_back;
  char paid_back[11];
} RungsLadderSourceFigures;

/**
 * RungsLadderProductFigures: what a product carries.
 * @owners: leads who own it now, by itself or in a bundle
 * @sold: pieces that were ordered in the period, by themselves
 * @buyers: leads that ordered it in the period, by itself
 * @buyers_by_path: the same by the path of their first touch
 * @revenue: (element-type RungsMoney): of those orders, A-Z
 * @refunded: (element-type RungsMoney): given back of them, whenever that was
 * @revenue_converted: (element-type RungsMoney): what of it was paid in other currencies
 * @refunds: cases: leads that paid for it in the period; hits: of them, who got back anything of
 *   it; no money
 */
typedef struct
{
  gint64 owners;
  gint64 sold;
  gint64 buyers;
  gint64 buyers_by_path[RUNGS_LADDER_PATHS];
  GArray *revenue;  /* (owned) */
  GArray *refunded; /* (owned) */
  GArray *revenue_converted; /* (owned) */
  RungsLadderShare refunds;
} RungsLadderProductFigures;

/**
 * RungsLadderSequenceFigures: what a sequence carries.
 * @entered: leads that came to it in the period
 * @walking: leads that are in it now
 * @finished: leads that came to its end or reached its goal in the period
 * @bought: leads that left it in the period because they bought what it sells
 */
typedef struct
{
  gint64 entered;
  gint64 walking;
  gint64 finished;
  gint64 bought;
} RungsLadderSequenceFigures;

/**
 * RungsLadderOptInFigures: what the opt-in carries.
 * @leads: that came to it in the period
 * @by_path: the same by the path of their first touch
 */
typedef struct
{
  gint64 leads;
  gint64 by_path[RUNGS_LADDER_PATHS];
} RungsLadderOptInFigures;

/* What could not be told in the currency of the report. */
typedef struct
{
  char currency[4];
  gint64 orders;      /* since the period began */
  gint64 costs;       /* of sources in the period: spend, and entries of the ledger */
  char first_day[11]; /* from which there is a rate, "2026-11-22"; "": there is none at all */
} RungsLadderApart;

/* All of them, of one question. Immutable. */
typedef struct _RungsLadderFigures RungsLadderFigures;

/* Reads what leads did, from what is kept of it (rungs-ladder-keep-store.h) and the tables, and
 * counts. Errors: those of reading; DAMAGED where what is kept cannot be read; INVALID where a sum
 * of money is too large. Takes half a second for a million leads with two million orders, and two
 * or three where nothing is kept: ask on a reader, with a cancellable. */
RungsLadderFigures *rungs_ladder_figures_load (RungsDb                    *db,
                                               const RungsLadderQuestion  *question,
                                               GError                    **error);

void rungs_ladder_figures_free (RungsLadderFigures *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderFigures, rungs_ladder_figures_free)

/* What the arrow from one place to another carries; `to` is the opt-in, a sequence or a product.
 * The arrow from a source to the opt-in is that of the whole source, whatever the path: how many of
 * its leads opted in. Those that lead past the opt-in begin at the source by their path.
 * Returns: (transfer full) (nullable): NULL where a place is not in the file. */
RungsLadderFlow *rungs_ladder_figures_flow (RungsLadderFigures *self,
                                            RungsLadderPlace    from,
                                            RungsLadderPlace    to);

/* Returns: (transfer none) (nullable): what a place carries; NULL where it is not in the file. The
 * path of a place is not looked at. */
const RungsLadderSourceFigures *rungs_ladder_figures_get_source (RungsLadderFigures *self,
                                                                 gint64              source);
const RungsLadderSourceFigures *rungs_ladder_figures_get_kind (RungsLadderFigures *self,
                                                               RungsSourceKind     kind);
const RungsLadderProductFigures *rungs_ladder_figures_get_product (RungsLadderFigures *self,
                                                                   gint64              product);
const RungsLadderSequenceFigures *rungs_ladder_figures_get_sequence (RungsLadderFigures *self,
                                                                     gint64              sequence);
const RungsLadderOptInFigures *rungs_ladder_figures_get_opt_in (RungsLadderFigures *self);

/* Of the report; "" where each currency is told by itself. */
const char *rungs_ladder_figures_get_currency (RungsLadderFigures *self);

/* Returns: (transfer none) (element-type RungsLadderApart): what is told in another currency than
 * the rest because it has no rate, A-Z; empty where the question has no rates. */
GArray *rungs_ladder_figures_get_apart (RungsLadderFigures *self);

G_END_DECLS
