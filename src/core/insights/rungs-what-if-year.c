/* rungs-what-if-year.c: what the next twelve months bring.
 *
 * What it means stands in rungs-what-if.h, how leads go on in rungs-what-if-run.c, and how rates
 * are measured in rungs-what-if-rates.c. Here the changes are put in place of the rates, and what
 * is ordered becomes money. */

#include "insights/rungs-what-if.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/rungs-error.h"
#include "insights/rungs-what-if-payment.h"
#include "insights/rungs-what-if-run.h"
#include "ladder/rungs-product.h"

#define WHOLE 10000
#define MONTHS RUNGS_WHAT_IF_MONTHS

/* No single amount is larger, so that sums of them stay within gint64. */
#define MOST 1e15

/* Which end of the ranges is taken. */
typedef enum
{
  EXPECTED,
  LOW,
  HIGH,
} Bound;

/* Of what it is taken; of everything else, what is expected. */
typedef struct
{
  Bound bound;
  guint product;  /* how many come to it, or */
  gboolean again; /* how many of those who have it order it again */
} Doubt;

static const Doubt NO_DOUBT = { EXPECTED, 0, FALSE };

typedef struct
{
  const RungsWhatIf *what_if;
  GArray *changes;
  RungsWhatIfYear *year;
  gboolean overflowed;
} Reckoning;

/* ---- what is supposed */

static const RungsWhatIfChange *
find_change (const RungsWhatIf *self,
             GArray            *changes,
             RungsWhatIfChange  about)
{
  const RungsWhatIfChange *found = rungs_what_if_changes_find (changes, &about);

  return found != NULL && rungs_what_if_fits (self, found) ? found : NULL;
}

static const RungsWhatIfChange *
change_of_product (const Reckoning *self,
                   RungsWhatIfKind  kind,
                   guint            product)
{
  gint64 id = rungs_what_if_basis_get_product (self->what_if->basis, product)->id;

  return find_change (self->what_if, self->changes,
                      rungs_what_if_change (kind, rungs_ladder_place (RUNGS_LADDER_PRODUCT, id)));
}

static const RungsWhatIfChange *
change_of_arrow (const Reckoning *self,
                 guint            index)
{
  const RungsWhatIfBasis *basis = self->what_if->basis;
  const RungsWhatIfArrow *arrow = rungs_what_if_basis_get_arrow (basis, index);
  gint64 to = rungs_what_if_basis_get_product (basis, arrow->to)->id;

  return find_change (self->what_if, self->changes,
                      rungs_what_if_change_of_arrow (
                          rungs_what_if_basis_get_beginning (basis, arrow),
                          rungs_ladder_place (RUNGS_LADDER_PRODUCT, to)));
}

static const RungsWhatIfChange *
change_of_source (const Reckoning *self,
                  guint            source)
{
  gint64 id = rungs_what_if_basis_get_source (self->what_if->basis, source)->id;

  return find_change (
      self->what_if, self->changes,
      rungs_what_if_change (RUNGS_WHAT_IF_SPEND, rungs_ladder_place (RUNGS_LADDER_SOURCE, id)));
}

static double
pick (const RungsWhatIfShare *share,
      Bound                   bound)
{
  if (share->cases <= 0)
    return 0;
  return bound == LOW ? share->range.low : bound == HIGH ? share->range.high : share->share;
}

/* How many times as many leads a source brings. */
static double
scale_of_source (const Reckoning *self,
                 guint            index)
{
  const RungsWhatIfSource *source
      = rungs_what_if_basis_get_source (self->what_if->basis, index);
  const RungsWhatIfChange *change = change_of_source (self, index);
  RungsWhatIfChange present;

  if (source->retired)
    return 0;
  if (change == NULL || source->spend->len != 1)
    return 1;
  present = *change;
  rungs_what_if_present (self->what_if, &present);
  return present.value > 0 ? (double) change->value / (double) present.value : 1;
}

static void
set_leads (const Reckoning *self,
           RungsWhatIfPace *pace)
{
  const RungsWhatIfBasis *basis = self->what_if->basis;

  for (guint i = 0; i < basis->entries->len; i++)
    {
      const RungsWhatIfEntry *entry = &g_array_index (basis->entries, RungsWhatIfEntry, i);
      double scale = entry->source < 0 ? 1 : scale_of_source (self, (guint) entry->source);

      pace->leads[i] = (double) entry->place.came / rungs_what_if_months (basis) * scale;
    }
}

static void
set_arrow (const Reckoning *self,
           RungsWhatIfPace *pace,
           guint            index,
           Doubt            doubt)
{
  guint to = rungs_what_if_basis_get_arrow (self->what_if->basis, index)->to;
  Bound bound = to == doubt.product && !doubt.again ? doubt.bound : EXPECTED;
  const RungsWhatIfArrowRates *rates = &self->what_if->rates->arrows[index];
  const RungsWhatIfChange *change = change_of_arrow (self, index);
  double expected = rates->share.cases > 0 ? rates->share.share : 0;
  double share = change != NULL ? (double) change->value / WHOLE : pick (&rates->share, bound);

  pace->shares[index] = share;
  pace->tails[index] = expected > 0 ? MIN (rates->tail * share / expected, 1)
                       : change != NULL ? 0 : rates->tail;
}

static RungsWhatIfPace *
make_pace (const Reckoning *self,
           Doubt            doubt)
{
  const RungsWhatIfBasis *basis = self->what_if->basis;
  RungsWhatIfPace *pace = rungs_what_if_pace_new (basis);

  set_leads (self, pace);
  for (guint i = 0; i < basis->arrows->len; i++)
    set_arrow (self, pace, i, doubt);
  for (guint i = 0; i < basis->products->len; i++)
    {
      const RungsWhatIfProductRates *rates = &self->what_if->rates->products[i];
      const RungsWhatIfChange *change = change_of_product (self, RUNGS_WHAT_IF_RENEWALS, i);
      Bound bound = i == doubt.product && doubt.again ? doubt.bound : EXPECTED;

      pace->renewals[i]
          = change != NULL ? (double) change->value / WHOLE : pick (&rates->renewals, bound);
      pace->repeats[i] = bound == LOW    ? rates->repeats_range.low
                         : bound == HIGH ? rates->repeats_range.high
                                         : rates->repeats;
    }
  return pace;
}

/* ---- money */

static int
compare_accounts (gconstpointer a,
                  gconstpointer b)
{
  return g_strcmp0 (((const RungsWhatIfAccount *) a)->currency,
                    ((const RungsWhatIfAccount *) b)->currency);
}

static RungsWhatIfAccount *
get_account (GArray     *accounts,
             const char *currency)
{
  RungsWhatIfAccount new = { 0 };
  const RungsWhatIfAccount *found = rungs_what_if_find_account (accounts, currency);

  if (found != NULL)
    return &g_array_index (accounts, RungsWhatIfAccount,
                           found - (const RungsWhatIfAccount *) (gpointer) accounts->data);
  g_strlcpy (new.currency, currency, sizeof new.currency);
  g_array_append_val (accounts, new);
  return &g_array_index (accounts, RungsWhatIfAccount, accounts->len - 1);
}

/* Half to even, which is how the machine rounds. */
static gint64
round_amount (Reckoning *self,
              double     amount)
{
  if (!(fabs (amount) <= MOST))
    {
      self->overflowed = TRUE;
      return 0;
    }
  return llrint (amount);
}

static double
cost_of (const Reckoning *self,
         guint            index)
{
  const RungsWhatIfProduct *product
      = rungs_what_if_basis_get_product (self->what_if->basis, index);
  const RungsWhatIfChange *change = change_of_product (self, RUNGS_WHAT_IF_COST, index);

  if (change != NULL)
    return (double) change->value;
  return product->cost == RUNGS_PRODUCT_UNSAID ? 0 : (double) product->cost;
}

/* What a product brings in a month, in one currency. */
static void
pay (Reckoning                *self,
     GArray                   *accounts,
     const RungsWhatIfPayment *payment,
     guint                     month,
     double                    pieces,
     double                    referred)
{
  RungsWhatIfAccount *account = get_account (accounts, payment->currency);
  double net = payment->unit * payment->part * (1 - payment->refunds);

  account->revenue[month]
      += round_amount (self, (pieces + referred) * payment->part * payment->unit);
  account->refunds[month] += round_amount (self, (pieces + referred) * payment->part
                                                     * payment->unit * payment->refunds);
  account->commission[month] += round_amount (
    self, net * (referred * payment->referred + (pieces + referred) * payment->all));
}

/* Returns: (element-type RungsWhatIfAccount): of a product. */
static GArray *
pay_product (Reckoning               *self,
             guint                    index,
             const RungsWhatIfOrders *others,
             const RungsWhatIfOrders *referred)
{
  const RungsWhatIfProduct *product
      = rungs_what_if_basis_get_product (self->what_if->basis, index);
  GArray *accounts = g_array_new (FALSE, FALSE, sizeof (RungsWhatIfAccount));
  g_autoptr (GArray) payments
      = rungs_what_if_list_payments (self->what_if, self->changes, index);
  double cost = cost_of (self, index);

  for (guint month = 0; month < MONTHS; month++)
    {
      double pieces = others->pieces[index][month], more = referred->pieces[index][month];

      for (guint i = 0; i < payments->len; i++)
        pay (self, accounts, &g_array_index (payments, RungsWhatIfPayment, i), month, pieces,
             more);
      if (cost > 0)
        get_account (accounts, product->price.currency)->costs[month]
            += round_amount (self, (pieces + more) * cost);
    }
  g_array_sort (accounts, compare_accounts);
  return accounts;
}

/* What the source costs in a month. */
static GArray *
spend_of_source (Reckoning *self,
                 guint      index)
{
  const RungsWhatIfBasis *basis = self->what_if->basis;
  const RungsWhatIfSource *source = rungs_what_if_basis_get_source (basis, index);
  const RungsWhatIfChange *change = change_of_source (self, index);
  GArray *spend = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

  for (guint i = 0; !source->retired && i < source->spend->len; i++)
    {
      RungsMoney money = g_array_index (source->spend, RungsMoney, i);

      if (change != NULL && g_str_equal (change->currency, money.currency))
        continue;
      money.minor = round_amount (self, (double) money.minor / rungs_what_if_months (basis));
      g_array_append_val (spend, money);
    }
  if (change != NULL && !source->retired && change->value > 0)
    {
      RungsMoney money = rungs_money (change->value, change->currency);

      g_array_append_val (spend, money);
    }
  return spend;
}

/* What its partner earns in a month other than by sales: as much more as more leads come. */
static GArray *
awards_of_source (Reckoning *self,
                  guint      index)
{
  const RungsWhatIfBasis *basis = self->what_if->basis;
  const RungsWhatIfSource *source = rungs_what_if_basis_get_source (basis, index);
  GArray *awards = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  double scale = scale_of_source (self, index) / rungs_what_if_months (basis);

  for (guint i = 0; i < source->awards->len; i++)
    {
      RungsMoney money = g_array_index (source->awards, RungsMoney, i);

      money.minor = round_amount (self, (double) MAX (money.minor, 0) * scale);
      if (money.minor > 0)
        g_array_append_val (awards, money);
    }
  return awards;
}

/* ---- the year */

static void
product_year_free (gpointer data)
{
  RungsWhatIfProductYear *product = data;

  g_array_unref (product->accounts);
  g_free (product);
}

static void
source_year_free (gpointer data)
{
  RungsWhatIfSourceYear *source = data;

  g_array_unref (source->spend);
  g_array_unref (source->awards);
  g_free (source);
}

void
rungs_what_if_year_free (RungsWhatIfYear *self)
{
  g_ptr_array_unref (self->products);
  g_ptr_array_unref (self->sources);
  g_array_unref (self->accounts);
  g_free (self);
}

static RungsWhatIfYear *
year_new (void)
{
  RungsWhatIfYear *self = g_new0 (RungsWhatIfYear, 1);

  self->products = g_ptr_array_new_with_free_func (product_year_free);
  self->sources = g_ptr_array_new_with_free_func (source_year_free);
  self->accounts = g_array_new (FALSE, FALSE, sizeof (RungsWhatIfAccount));
  return self;
}

static void
add_up (Reckoning    *self,
        gint64       *sum,
        const gint64 *months)
{
  for (guint month = 0; month < MONTHS; month++)
    if (__builtin_add_overflow (sum[month], months[month], &sum[month])
        || ABS (sum[month]) > G_MAXINT64 / 64)
      {
        self->overflowed = TRUE;
        sum[month] = 0;
      }
}

static void
add_account (Reckoning                *self,
             GArray                   *accounts,
             const RungsWhatIfAccount *account)
{
  RungsWhatIfAccount *sum = get_account (accounts, account->currency);

  add_up (self, sum->revenue, account->revenue);
  add_up (self, sum->refunds, account->refunds);
  add_up (self, sum->costs, account->costs);
  add_up (self, sum->commission, account->commission);
  add_up (self, sum->spend, account->spend);
}

static void
settle (RungsWhatIfAccount *account)
{
  for (guint i = 0; i < MONTHS; i++)
    account->left[i] = account->revenue[i] - account->refunds[i] - account->costs[i]
                       - account->commission[i] - account->spend[i];
}

static void
add_products (Reckoning             *self,
              const RungsWhatIfPace *pace)
{
  const RungsWhatIf *what_if = self->what_if;
  g_autoptr (RungsWhatIfOrders) others
      = rungs_what_if_run (what_if->basis, what_if->rates, pace, RUNGS_WHAT_IF_OTHERS, -1);
  g_autoptr (RungsWhatIfOrders) referred
      = rungs_what_if_run (what_if->basis, what_if->rates, pace, RUNGS_WHAT_IF_REFERRED, -1);

  for (guint i = 0; i < what_if->basis->products->len; i++)
    {
      RungsWhatIfProductYear *product = g_new0 (RungsWhatIfProductYear, 1);

      product->accounts = pay_product (self, i, others, referred);
      for (guint j = 0; j < product->accounts->len; j++)
        {
          settle (&g_array_index (product->accounts, RungsWhatIfAccount, j));
          add_account (self, self->year->accounts,
                       &g_array_index (product->accounts, RungsWhatIfAccount, j));
        }
      for (guint month = 0; month < MONTHS; month++)
        {
          product->buyers[month] = others->buyers[i][month] + referred->buyers[i][month];
          product->pieces[month] = others->pieces[i][month] + referred->pieces[i][month];
        }
      g_ptr_array_add (self->year->products, product);
    }
}

/* What is paid in every month. */
static void
add_monthly (Reckoning *self,
             GArray    *monies,
             gboolean   is_spend)
{
  for (guint i = 0; i < monies->len; i++)
    {
      const RungsMoney *money = &g_array_index (monies, RungsMoney, i);
      RungsWhatIfAccount account = { 0 };

      g_strlcpy (account.currency, money->currency, sizeof account.currency);
      for (guint month = 0; month < MONTHS; month++)
        *(is_spend ? &account.spend[month] : &account.commission[month]) = money->minor;
      add_account (self, self->year->accounts, &account);
    }
}

static void
add_sources (Reckoning             *self,
             const RungsWhatIfPace *pace)
{
  const RungsWhatIfBasis *basis = self->what_if->basis;

  for (guint i = 0; i < basis->sources->len; i++)
    {
      RungsWhatIfSourceYear *source = g_new0 (RungsWhatIfSourceYear, 1);

      source->spend = spend_of_source (self, i);
      source->awards = awards_of_source (self, i);
      add_monthly (self, source->spend, TRUE);
      add_monthly (self, source->awards, FALSE);
      g_ptr_array_add (self->year->sources, source);
    }
  for (guint i = 0; i < basis->entries->len; i++)
    {
      const RungsWhatIfEntry *entry = &g_array_index (basis->entries, RungsWhatIfEntry, i);

      self->year->leads += pace->leads[i];
      if (entry->source >= 0)
        ((RungsWhatIfSourceYear *) self->year->sources->pdata[entry->source])->leads
            += pace->leads[i];
    }
}

/* All but the ranges, and when sources pay back. */
static RungsWhatIfYear *
reckon (Reckoning *self,
        Doubt      doubt)
{
  RungsWhatIfYear *year = year_new ();
  g_autoptr (RungsWhatIfPace) pace = make_pace (self, doubt);

  self->year = year;
  add_products (self, pace);
  add_sources (self, pace);
  for (guint i = 0; i < year->accounts->len; i++)
    settle (&g_array_index (year->accounts, RungsWhatIfAccount, i));
  g_array_sort (year->accounts, compare_accounts);
  return year;
}

/* ---- the range */

/* Sums of squares, of one currency: of what is left, below and above what is expected. */
typedef struct
{
  double low[MONTHS + 1]; /* by month; the last one: of the year */
  double high[MONTHS + 1];
} Spread;

static void
widen (Spread *spread,
       guint   place,
       double  one,
       double  other)
{
  double low = MIN (0, MIN (one, other)), high = MAX (0, MAX (one, other));

  spread->low[place] += low * low;
  spread->high[place] += high * high;
}

/* A loss is least where few buy: either bound may be the lower one. */
static void
add_doubt (Reckoning             *self,
           const RungsWhatIfYear *year,
           Spread                *spreads,
           guint                  product,
           gboolean               again)
{
  g_autoptr (RungsWhatIfYear) few = reckon (self, (Doubt) { LOW, product, again });
  g_autoptr (RungsWhatIfYear) many = reckon (self, (Doubt) { HIGH, product, again });

  for (guint i = 0; i < year->accounts->len; i++)
    {
      const RungsWhatIfAccount *account = &g_array_index (year->accounts, RungsWhatIfAccount, i);
      const gint64 *one = rungs_what_if_get_account (few->accounts, account->currency)->left;
      const gint64 *other = rungs_what_if_get_account (many->accounts, account->currency)->left;

      for (guint month = 0; month < MONTHS; month++)
        widen (&spreads[i], month, (double) (one[month] - account->left[month]),
               (double) (other[month] - account->left[month]));
      widen (&spreads[i], MONTHS,
             (double) (rungs_what_if_sum (one) - rungs_what_if_sum (account->left)),
             (double) (rungs_what_if_sum (other) - rungs_what_if_sum (account->left)));
    }
}

static void
set_range (Reckoning          *self,
           RungsWhatIfAccount *account,
           const Spread       *spread)
{
  gint64 left = rungs_what_if_sum (account->left);

  for (guint month = 0; month < MONTHS; month++)
    {
      account->low[month] = account->left[month] - round_amount (self, sqrt (spread->low[month]));
      account->high[month] = account->left[month] + round_amount (self, sqrt (spread->high[month]));
    }
  account->year_low = left - round_amount (self, sqrt (spread->low[MONTHS]));
  account->year_high = left + round_amount (self, sqrt (spread->high[MONTHS]));
}

/* Whether anything of a product is in doubt. */
static gboolean
is_doubtful (const Reckoning *self,
             guint            product,
             gboolean         again)
{
  const RungsWhatIfProductRates *rates = &self->what_if->rates->products[product];
  const RungsWhatIfBasis *basis = self->what_if->basis;

  if (again)
    return rates->repeats > 0 || rates->renewals.cases > 0;
  for (guint i = 0; i < basis->arrows->len; i++)
    if (rungs_what_if_basis_get_arrow (basis, i)->to == product
        && self->what_if->rates->arrows[i].share.cases > 0)
      return TRUE;
  return FALSE;
}

static void
find_ranges (Reckoning       *self,
             RungsWhatIfYear *year)
{
  g_autofree Spread *spreads = g_new0 (Spread, year->accounts->len + 1);

  for (guint i = 0; i < self->what_if->basis->products->len; i++)
    {
      if (is_doubtful (self, i, FALSE))
        add_doubt (self, year, spreads, i, FALSE);
      if (is_doubtful (self, i, TRUE))
        add_doubt (self, year, spreads, i, TRUE);
    }
  for (guint i = 0; i < year->accounts->len; i++)
    set_range (self, &g_array_index (year->accounts, RungsWhatIfAccount, i), &spreads[i]);
}

/* ---- paying back */

/* What the leads of a source who come in the first month pay, by month, less what of it is
 * partners'. */
static void
add_income (Reckoning               *self,
            const RungsWhatIfOrders *orders,
            gboolean                 referred,
            const char              *currency,
            double                   income[MONTHS])
{
  for (guint i = 0; i < self->what_if->basis->products->len; i++)
    {
      g_autoptr (GArray) payments
          = rungs_what_if_list_payments (self->what_if, self->changes, i);

      for (guint j = 0; j < payments->len; j++)
        {
          const RungsWhatIfPayment *payment = &g_array_index (payments, RungsWhatIfPayment, j);
          double kept = 1 - payment->all - (referred ? payment->referred : 0);

          for (guint month = 0; g_str_equal (payment->currency, currency) && month < MONTHS;
               month++)
            income[month] += orders->pieces[i][month] * payment->part * payment->unit
                             * (1 - payment->refunds) * kept;
        }
    }
}

/* The moment at which the sum of the months reaches `spend`; within a month it rises evenly. */
static gint64
reach (const double income[MONTHS],
       double       spend,
       gint64       now)
{
  double sum = 0;

  for (guint month = 0; month < MONTHS; month++)
    {
      if (income[month] > 0 && sum + income[month] >= spend)
        return now
               + (gint64) (((double) month + (spend - sum) / income[month])
                           * (double) RUNGS_WHAT_IF_MONTH);
      sum += income[month];
    }
  return 0;
}

/* What the source costs in a month, but for commissions of sales; FALSE: nothing, or in several
 * currencies. */
static gboolean
find_cost (const RungsWhatIfSourceYear *source,
           RungsMoney                  *cost)
{
  const GArray *lists[] = { source->spend, source->awards };

  *cost = (RungsMoney) { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        RungsMoney money = g_array_index (lists[i], RungsMoney, j);

        if (*cost->currency == '\0')
          *cost = rungs_money (0, money.currency);
        if (!g_str_equal (cost->currency, money.currency))
          return FALSE;
        cost->minor += money.minor;
      }
  return cost->minor > 0;
}

static void
pay_back (Reckoning             *self,
          const RungsWhatIfPace *pace,
          guint                  index)
{
  const RungsWhatIf *what_if = self->what_if;
  RungsSourceKind kind = rungs_what_if_basis_get_source (what_if->basis, index)->kind;
  RungsWhatIfSourceYear *source = self->year->sources->pdata[index];
  g_autoptr (RungsWhatIfOrders) orders = NULL;
  double income[MONTHS] = { 0 };
  RungsMoney cost;

  source->can_pay_back = source->leads > 0 && find_cost (source, &cost);
  if (!source->can_pay_back)
    return;
  orders = rungs_what_if_run (what_if->basis, what_if->rates, pace, RUNGS_WHAT_IF_COHORT,
                              (int) index);
  add_income (self, orders, kind == RUNGS_SOURCE_JV || kind == RUNGS_SOURCE_AFFILIATE,
              cost.currency, income);
  source->paid_back = reach (income, (double) cost.minor, what_if->basis->now);
}

/* ---- what it rests on */

static void
count_arrows (Reckoning             *self,
              const RungsWhatIfPace *pace)
{
  const RungsWhatIfBasis *basis = self->what_if->basis;

  for (guint i = 0; i < basis->arrows->len; i++)
    if (pace->shares[i] > 0 || pace->tails[i] > 0)
      {
        self->year->arrows++;
        self->year->few += self->what_if->rates->arrows[i].share.too_few
                           && change_of_arrow (self, i) == NULL;
      }
}

RungsWhatIfYear *
rungs_what_if_year (const RungsWhatIf  *self,
                    GArray             *changes,
                    GError            **error)
{
  Reckoning reckoning = { .what_if = self, .changes = changes };
  g_autoptr (RungsWhatIfYear) year = NULL;
  g_autoptr (RungsWhatIfPace) pace = NULL;

  g_return_val_if_fail (self != NULL && changes != NULL, NULL);

  year = reckon (&reckoning, NO_DOUBT);
  find_ranges (&reckoning, year);
  reckoning.year = year;
  pace = make_pace (&reckoning, NO_DOUBT);
  for (guint i = 0; i < self->basis->sources->len; i++)
    pay_back (&reckoning, pace, i);
  count_arrows (&reckoning, pace);
  if (reckoning.overflowed)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("The amounts get too large to be added up"));
      return NULL;
    }
  return g_steal_pointer (&year);
}
