/* rungs-what-if.h: what the next twelve months bring if all goes on as in a past period, and what
 * they bring if prices, conversions or spend are changed. Nothing of it is written down as a fact.
 *
 * The base. From now on as many leads come in a month from each source and by each path as did, on
 * average, in the period. Of those who come to the beginning of an arrow, and of those who came
 * there before, as large a share goes by it as in the period, and after as much time: at once,
 * after so many months, or (of those who came more than two years ago) now and then. Who has a
 * product buys it again as often, subscriptions are paid again by as large a share, one piece costs
 * as much, after coupons and in each currency, as much of the money is given back, and each piece
 * costs its delivery. Sources cost as much in a month. Products and sources that are retired bring
 * nothing more. So if all went on evenly in the period, the base is that period, made a year.
 *
 * Commissions go with sales. Of each product partners get as large a part as they earned by it in
 * the period, as the ledger has it (what was taken back taken off, each on the day of its entry),
 * of what leads pay who came by affiliates and joint ventures; where those paid less than that (by
 * coupons, say), of what all pay. Where the ledger has nothing of the period, or a product was not
 * sold in it, the product's own rate counts, of what those leads pay. What partners earn otherwise,
 * by leads and as bonuses, goes with the leads of their source.
 *
 * The share of an arrow is its sales by its cases. Its cases are those who came to its beginning
 * without having its end, each counted by how much of the time after which people go by the arrow
 * it spent in the period: of an arrow over which people go on the same day, those who came in the
 * period. Few cases say little: the share is drawn towards that of the other arrows that lead to
 * the same product (from sources: by the same path), as if there had been up to 100 more cases of
 * those, as of the next offer; what such arrows bring together stays the same.
 *
 * Changes hold from today on, for everybody: those who are here already, and subscriptions that
 * run. A price is a product's, in its own currency; what was paid on average is changed in the same
 * proportion. A conversion that the owner says takes the place of the share. More spend on a source
 * brings more leads at the same cost: as many times more as the spend is. That seldom holds for
 * large changes, for the best places are taken first; and it can be said only where the spend of
 * the source was in one currency. What nobody has ever seen (that a dearer product is bought by
 * fewer, that a source without spend can be advertised) is not supposed: it is the owner's to say.
 *
 * The range. How many come to a product, over all arrows, is put at the lower bounds of their
 * intervals (Wilson's, at 95 %) and at the upper ones, and so are renewals and repeated orders of
 * each product; how far each of that moves what is left is added up as the root of the sum of
 * squares, as errors are that have nothing to do with one another. What the owner says has no
 * range, nor have numbers of leads and prices.
 *
 * All this is expectation, reckoned in floating point; amounts are rounded half to even, once, for
 * each product, currency and month; everything else is the sum of those. */

#pragma once

#include "insights/rungs-what-if-change.h"
#include "insights/rungs-what-if-rates.h"

G_BEGIN_DECLS

/* A period with its rates, from which years are made. Immutable; shared by threads. */
typedef struct
{
  RungsWhatIfBasis *basis; /* (owned) */
  RungsWhatIfRates *rates; /* (owned) */
} RungsWhatIf;

/* As rungs_what_if_basis_load(). */
RungsWhatIf *rungs_what_if_load (RungsDb  *db,
                                 gint64    days,
                                 gint64    now,
                                 GError  **error);

RungsWhatIf *rungs_what_if_ref (RungsWhatIf *self);
void rungs_what_if_unref (RungsWhatIf *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWhatIf, rungs_what_if_unref)

/* Amounts in one currency, of twelve months. What is left is revenue less all others. */
typedef struct
{
  char currency[4];
  gint64 revenue[RUNGS_WHAT_IF_MONTHS];
  gint64 refunds[RUNGS_WHAT_IF_MONTHS];
  gint64 costs[RUNGS_WHAT_IF_MONTHS];      /* of delivery */
  gint64 commission[RUNGS_WHAT_IF_MONTHS]; /* what partners earn, by sales and otherwise */
  gint64 spend[RUNGS_WHAT_IF_MONTHS];
  gint64 left[RUNGS_WHAT_IF_MONTHS];
  gint64 low[RUNGS_WHAT_IF_MONTHS];        /* the range of what is left */
  gint64 high[RUNGS_WHAT_IF_MONTHS];
  gint64 year_low; /* and of all twelve months together: not the sum of those */
  gint64 year_high;
} RungsWhatIfAccount;

/* Of one product; spend is 0. */
typedef struct
{
  double buyers[RUNGS_WHAT_IF_MONTHS]; /* first orders */
  double pieces[RUNGS_WHAT_IF_MONTHS]; /* with renewals and repeated orders */
  GArray *accounts; /* (owned) (element-type RungsWhatIfAccount): A-Z; without ranges */
} RungsWhatIfProductYear;

/* Of one source. */
typedef struct
{
  double leads;  /* in a month */
  GArray *spend; /* (owned) (element-type RungsMoney): in a month */
  GArray *awards; /* (owned) (element-type RungsMoney): what its partner earns in a month, but for
                   * commissions of sales */
  gboolean can_pay_back; /* it has leads, and spend and awards in one currency */
  gint64 paid_back; /* when the leads of the first month will have paid, less what is given back and
                     * commissions, what that month cost; 0: not within the year */
} RungsWhatIfSourceYear;

typedef struct
{
  GPtrArray *products; /* (owned) (element-type RungsWhatIfProductYear): as in the basis */
  GPtrArray *sources;  /* (owned) (element-type RungsWhatIfSourceYear): as in the basis */
  GArray *accounts;    /* (owned) (element-type RungsWhatIfAccount): of everything, A-Z */
  double leads;        /* that come in a month */
  guint arrows;        /* by which somebody goes */
  guint few;           /* of them, those that rest on too few cases, and not on the owner's word */
} RungsWhatIfYear;

/* The year with the changes (element-type RungsWhatIfChange); without any: the base. Those that do
 * not fit are left out. It reads nothing: milliseconds. Errors: INVALID where amounts get too
 * large. */
RungsWhatIfYear *rungs_what_if_year (const RungsWhatIf  *self,
                                     GArray             *changes,
                                     GError            **error);

void rungs_what_if_year_free (RungsWhatIfYear *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWhatIfYear, rungs_what_if_year_free)

/* Whether what it is about is there, and what it says is in its currency. */
gboolean rungs_what_if_fits (const RungsWhatIf       *self,
                             const RungsWhatIfChange *change);

/* What holds now of what the change is about: `value` and `currency` are filled in. FALSE where
 * nothing is known, or it is not there; then they are 0 and what a change would have to be in. */
gboolean rungs_what_if_present (const RungsWhatIf *self,
                                RungsWhatIfChange *about);

/* Returns: (transfer full) (element-type RungsMoney): what was ordered in the period, A-Z. */
GArray *rungs_what_if_list_revenue (const RungsWhatIf *self);

/* Returns: (transfer full) (element-type RungsWhatIfChange): all that can be changed, with what
 * holds now (what is not known: 0): by product its price, cost and refunds, renewals and the arrows
 * that lead to it, from the foot of the ladder up; then the spend of the sources. Not of what is
 * retired. */
GArray *rungs_what_if_list (const RungsWhatIf *self);

/* The sum of twelve months. */
gint64 rungs_what_if_sum (const gint64 months[RUNGS_WHAT_IF_MONTHS]);
double rungs_what_if_count_up (const double months[RUNGS_WHAT_IF_MONTHS]);

/* Returns: (transfer none) (nullable): that in the currency, of accounts as above. */
const RungsWhatIfAccount *rungs_what_if_find_account (GArray     *accounts,
                                                      const char *currency);

/* That in which nothing is, where there is none. */
const RungsWhatIfAccount *rungs_what_if_get_account (GArray     *accounts,
                                                     const char *currency);

/* Returns: (transfer container) (element-type utf8): the currencies in which either year has
 * anything, A-Z; their texts are those of the years. */
GPtrArray *rungs_what_if_list_currencies (const RungsWhatIfYear *one,
                                          const RungsWhatIfYear *other);

G_END_DECLS
