/* rungs-what-if-run.c: lets a group of leads go on up the ladder for a year.
 *
 * Leads stand at places by how many months ago they came there. In a month some of them go on by
 * each arrow, and then all have become a month older. Who is g months old when the month begins (on
 * average g and a half) spends half of it at the age g and half at the age g + 1; who comes in its
 * course spends half a month of it at the age 0. What happens on the same day happens in the same
 * month, whatever the number of products that it leads to. */

#include "insights/rungs-what-if-run.h"

#include <math.h>
#include <string.h>

#define OLD RUNGS_WHAT_IF_OLD

typedef double Ages[RUNGS_WHAT_IF_AGES];
typedef double Months[RUNGS_WHAT_IF_MONTHS];

typedef struct
{
  const RungsWhatIfBasis *basis;
  const RungsWhatIfRates *rates;
  const RungsWhatIfPace *pace;
  RungsWhatIfOrders *orders;
  Ages *entered;   /* (owned) by entry: who entered, by age; so also */
  Ages *came;      /* (owned) by product */
  double *owners;  /* (owned) by product: who ordered it ever */
  Months *running; /* (owned) by product: subscriptions by the month in which they end */
  double *coming;  /* (owned) by product: who comes to it in this month */
  double *wave;    /* (owned) the same: since arrows were last followed */
  double *next;    /* (owned) */
} Run;

RungsWhatIfPace *
rungs_what_if_pace_new (const RungsWhatIfBasis *basis)
{
  RungsWhatIfPace *self = g_new0 (RungsWhatIfPace, 1);

  self->leads = g_new0 (double, basis->entries->len + 1);
  self->shares = g_new0 (double, basis->arrows->len + 1);
  self->tails = g_new0 (double, basis->arrows->len + 1);
  self->renewals = g_new0 (double, basis->products->len + 1);
  self->repeats = g_new0 (double, basis->products->len + 1);
  return self;
}

void
rungs_what_if_pace_free (RungsWhatIfPace *self)
{
  g_free (self->leads);
  g_free (self->shares);
  g_free (self->tails);
  g_free (self->renewals);
  g_free (self->repeats);
  g_free (self);
}

void
rungs_what_if_orders_free (RungsWhatIfOrders *self)
{
  g_free (self->buyers);
  g_free (self->pieces);
  g_free (self);
}

/* ---- one arrow in one month */

/* How many of those who came before the month go by it. */
static double
follow (const Run    *self,
        guint         arrow,
        const double *ages)
{
  const RungsWhatIfArrowRates *rates = &self->rates->arrows[arrow];
  double share = self->pace->shares[arrow], tail = self->pace->tails[arrow];
  double sum = 0;

  for (guint age = 0; age + 1 < OLD; age++)
    sum += ages[age] * (rates->later[age] + rates->later[age + 1]) / 2;
  sum = (sum + ages[OLD - 1] * rates->later[OLD - 1] / 2) * share;
  return rates->open * (sum + (ages[OLD - 1] / 2 + ages[OLD]) * tail);
}

/* The share of those who come in the month who go by it in the same month. */
static double
follow_at_once (const Run *self,
                guint      arrow)
{
  const RungsWhatIfArrowRates *rates = &self->rates->arrows[arrow];

  return rates->open * self->pace->shares[arrow] * (rates->at_once + rates->later[0] / 2);
}

/* ---- one month */

/* So many buy the product for the first time. */
static void
sell (Run    *self,
      guint   product,
      guint   month,
      double  buyers)
{
  self->orders->buyers[product][month] += buyers;
  for (guint i = 0; i < self->basis->carries->len; i++)
    {
      const RungsWhatIfCarry *carry = &g_array_index (self->basis->carries, RungsWhatIfCarry, i);
      double share = carry->bought > 0 ? (double) carry->came / (double) carry->bought : 1;

      if (carry->whole == product)
        self->next[carry->part] += buyers * share;
    }
}

/* Nothing that is sold no more is sold. */
static gboolean
is_sold (const Run *self,
         guint      product)
{
  return !rungs_what_if_basis_get_product (self->basis, product)->retired;
}

/* Those who were there before, and those who enter. */
static void
begin_month (Run   *self,
             guint  month,
             gboolean enters)
{
  for (guint i = 0; i < self->basis->arrows->len; i++)
    {
      const RungsWhatIfArrow *arrow = rungs_what_if_basis_get_arrow (self->basis, i);
      gboolean from_entry = arrow->entry >= 0;
      const double *ages = from_entry ? self->entered[arrow->entry] : self->came[arrow->from];
      double buyers;

      if (!is_sold (self, arrow->to))
        continue;
      buyers = follow (self, i, ages);
      if (from_entry && enters)
        buyers += self->pace->leads[arrow->entry] * follow_at_once (self, i);
      sell (self, arrow->to, month, buyers);
    }
}

/* Who has come to a product in this month goes on from it at once, and again: so often that
 * everybody could have come to every product. */
static void
go_on_at_once (Run   *self,
               guint  month)
{
  guint n = self->basis->products->len;

  for (guint round = 0; round < MIN (n, 32); round++)
    {
      double moved = 0;

      for (guint i = 0; i < n; i++)
        {
          self->wave[i] = self->next[i];
          self->coming[i] += self->next[i];
          moved += self->next[i];
          self->next[i] = 0;
        }
      for (guint i = 0; moved > 1e-9 && i < self->basis->arrows->len; i++)
        {
          const RungsWhatIfArrow *arrow = rungs_what_if_basis_get_arrow (self->basis, i);

          if (arrow->entry < 0 && is_sold (self, arrow->to) && self->wave[arrow->from] > 0)
            sell (self, arrow->to, month, self->wave[arrow->from] * follow_at_once (self, i));
        }
    }
  for (guint i = 0; i < n; i++)
    {
      self->coming[i] += self->next[i];
      self->next[i] = 0;
    }
}

static void
grow_older (double *ages,
            double  coming)
{
  ages[OLD] += ages[OLD - 1];
  memmove (&ages[1], &ages[0], (OLD - 1) * sizeof *ages);
  ages[0] = coming;
}

/* Pieces of a first order. */
static double
pieces_of (const RungsWhatIfProduct *product)
{
  return product->buyers > 0 ? (double) product->pieces / (double) product->buyers : 1;
}

static void
order_again (Run   *self,
             guint  index,
             guint  month)
{
  const RungsWhatIfProduct *product = rungs_what_if_basis_get_product (self->basis, index);
  double buyers = self->orders->buyers[index][month];
  double pieces = pieces_of (product);
  double renewed = self->running[index][month] * self->pace->renewals[index];
  double gap = (double) product->period_months * MAX (round (pieces), 1);

  if (!is_sold (self, index))
    return;
  self->orders->pieces[index][month]
      = (buyers + renewed) * pieces
        + (self->owners[index] + buyers / 2) * self->pace->repeats[index];
  self->owners[index] += buyers;
  if (product->period_months > 0 && (double) month + gap < RUNGS_WHAT_IF_MONTHS)
    self->running[index][month + (guint) gap] += buyers + renewed;
}

static void
run_month (Run     *self,
           guint    month,
           gboolean enters)
{
  begin_month (self, month, enters);
  go_on_at_once (self, month);
  for (guint i = 0; i < self->basis->products->len; i++)
    {
      order_again (self, i, month);
      grow_older (self->came[i], self->coming[i]);
      self->coming[i] = 0;
    }
  for (guint i = 0; i < self->basis->entries->len; i++)
    grow_older (self->entered[i], enters ? self->pace->leads[i] : 0);
}

/* ---- a year */

static void
put_here (Run *self,
          int  referred)
{
  for (guint i = 0; i < self->basis->entries->len; i++)
    for (guint age = 0; age < RUNGS_WHAT_IF_AGES; age++)
      self->entered[i][age]
          = (double) g_array_index (self->basis->entries, RungsWhatIfEntry, i)
                .place.here[referred][age];
  for (guint i = 0; i < self->basis->products->len; i++)
    {
      const RungsWhatIfProduct *product = rungs_what_if_basis_get_product (self->basis, i);

      for (guint age = 0; age < RUNGS_WHAT_IF_AGES; age++)
        self->came[i][age] = (double) product->place.here[referred][age];
      for (guint month = 0; month < RUNGS_WHAT_IF_MONTHS; month++)
        self->running[i][month] = (double) product->running[referred][month];
      self->owners[i] = (double) product->owners[referred];
    }
}

/* Which entries the group comes by. */
static gboolean
is_of_group (const RungsWhatIfBasis *basis,
             guint                   index,
             RungsWhatIfGroup        group,
             int                     source)
{
  const RungsWhatIfEntry *entry = &g_array_index (basis->entries, RungsWhatIfEntry, index);
  RungsSourceKind kind;

  if (group == RUNGS_WHAT_IF_COHORT)
    return entry->source == source;
  if (entry->source < 0)
    return group == RUNGS_WHAT_IF_OTHERS;
  kind = rungs_what_if_basis_get_source (basis, (guint) entry->source)->kind;
  return (kind == RUNGS_SOURCE_JV || kind == RUNGS_SOURCE_AFFILIATE)
         == (group == RUNGS_WHAT_IF_REFERRED);
}

static void
run_init (Run                    *self,
          const RungsWhatIfBasis *basis)
{
  guint n = basis->products->len + 1;

  self->basis = basis;
  self->orders = g_new0 (RungsWhatIfOrders, 1);
  self->orders->buyers = g_malloc0_n (n, sizeof (Months));
  self->orders->pieces = g_malloc0_n (n, sizeof (Months));
  self->entered = g_new0 (Ages, basis->entries->len + 1);
  self->came = g_new0 (Ages, n);
  self->owners = g_new0 (double, n);
  self->running = g_new0 (Months, n);
  self->coming = g_new0 (double, n);
  self->wave = g_new0 (double, n);
  self->next = g_new0 (double, n);
}

static void
run_clear (Run *self)
{
  g_free (self->entered);
  g_free (self->came);
  g_free (self->owners);
  g_free (self->running);
  g_free (self->coming);
  g_free (self->wave);
  g_free (self->next);
}

RungsWhatIfOrders *
rungs_what_if_run (const RungsWhatIfBasis *basis,
                   const RungsWhatIfRates *rates,
                   const RungsWhatIfPace  *pace,
                   RungsWhatIfGroup        group,
                   int                     source)
{
  g_autoptr (RungsWhatIfPace) own = rungs_what_if_pace_new (basis);
  RungsWhatIfPace shown = *pace;
  Run self = { .rates = rates, .pace = &shown };

  for (guint i = 0; i < basis->entries->len; i++)
    own->leads[i] = is_of_group (basis, i, group, source) ? pace->leads[i] : 0;
  shown.leads = own->leads;
  run_init (&self, basis);
  if (group != RUNGS_WHAT_IF_COHORT)
    put_here (&self, group == RUNGS_WHAT_IF_REFERRED);
  for (guint month = 0; month < RUNGS_WHAT_IF_MONTHS; month++)
    run_month (&self, month, group != RUNGS_WHAT_IF_COHORT || month == 0);
  run_clear (&self);
  return self.orders;
}
