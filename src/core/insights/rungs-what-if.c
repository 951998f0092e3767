/* rungs-what-if.c: a past period, and what holds in it of what can be changed. */

#include "insights/rungs-what-if.h"

#include <math.h>

#include "ladder/rungs-product.h"

#define WHOLE 10000
#define MONTHS RUNGS_WHAT_IF_MONTHS

RungsWhatIf *
rungs_what_if_load (RungsDb  *db,
                    gint64    days,
                    gint64    now,
                    GError  **error)
{
  RungsWhatIfBasis *basis = rungs_what_if_basis_load (db, days, now, error);
  RungsWhatIf *self;

  if (basis == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (RungsWhatIf);
  self->basis = basis;
  self->rates = rungs_what_if_rates_new (basis);
  return self;
}

static void
what_if_clear (gpointer data)
{
  RungsWhatIf *self = data;

  rungs_what_if_basis_unref (self->basis);
  rungs_what_if_rates_free (self->rates);
}

RungsWhatIf *
rungs_what_if_ref (RungsWhatIf *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rungs_what_if_unref (RungsWhatIf *self)
{
  g_atomic_rc_box_release_full (self, what_if_clear);
}

/* ---- one change */

static gint64
to_basis_points (double share)
{
  return llrint (share * WHOLE);
}

static gboolean
present_of_product (const RungsWhatIf *self,
                    guint              index,
                    RungsWhatIfChange *about)
{
  const RungsWhatIfProduct *product = rungs_what_if_basis_get_product (self->basis, index);
  const RungsWhatIfProductRates *rates = &self->rates->products[index];
  const RungsWhatIfShare *share
      = about->kind == RUNGS_WHAT_IF_REFUNDS ? &rates->refunds : &rates->renewals;

  if (!rungs_what_if_kind_is_money (about->kind))
    {
      about->value = to_basis_points (share->share);
      return share->cases > 0;
    }
  g_strlcpy (about->currency, product->price.currency, sizeof about->currency);
  about->value = about->kind == RUNGS_WHAT_IF_PRICE ? product->price.minor : MAX (product->cost, 0);
  return about->kind == RUNGS_WHAT_IF_PRICE || product->cost != RUNGS_PRODUCT_UNSAID;
}

/* Spend in several currencies is changed in the first one. */
static gboolean
present_of_source (const RungsWhatIf *self,
                   guint              index,
                   RungsWhatIfChange *about)
{
  const RungsWhatIfSource *source = rungs_what_if_basis_get_source (self->basis, index);
  const RungsMoney *spend;

  if (source->spend->len == 0)
    {
      g_strlcpy (about->currency, self->basis->currency, sizeof about->currency);
      return TRUE;
    }
  spend = &g_array_index (source->spend, RungsMoney, 0);
  g_strlcpy (about->currency, spend->currency, sizeof about->currency);
  about->value = llrint ((double) spend->minor / rungs_what_if_months (self->basis));
  return TRUE;
}

gboolean
rungs_what_if_present (const RungsWhatIf *self,
                       RungsWhatIfChange *about)
{
  int found;

  g_return_val_if_fail (self != NULL && about != NULL, FALSE);

  about->value = 0;
  *about->currency = '\0';
  if (about->kind == RUNGS_WHAT_IF_CONVERSION)
    {
      found = rungs_what_if_basis_find_arrow (self->basis, about->at, about->to);
      if (found >= 0)
        about->value = to_basis_points (self->rates->arrows[found].share.share);
      return found >= 0 && self->rates->arrows[found].share.cases > 0;
    }
  if (about->kind == RUNGS_WHAT_IF_SPEND)
    {
      found = rungs_what_if_basis_find_source (self->basis, about->at.id);
      return found >= 0 && present_of_source (self, (guint) found, about);
    }
  found = rungs_what_if_basis_find_product (self->basis, about->at.id);
  return found >= 0 && present_of_product (self, (guint) found, about);
}

gboolean
rungs_what_if_fits (const RungsWhatIf       *self,
                    const RungsWhatIfChange *change)
{
  RungsWhatIfChange present;

  g_return_val_if_fail (self != NULL && change != NULL, FALSE);

  if (change->kind == RUNGS_WHAT_IF_CONVERSION)
    return change->at.id != 0
           && rungs_what_if_basis_find_arrow (self->basis, change->at, change->to) >= 0;
  if (change->kind == RUNGS_WHAT_IF_SPEND)
    {
      present = *change;
      return rungs_what_if_present (self, &present)
             && g_str_equal (present.currency, change->currency);
    }
  present = *change;
  if (rungs_what_if_basis_find_product (self->basis, change->at.id) < 0)
    return FALSE;
  rungs_what_if_present (self, &present);
  return g_str_equal (present.currency, change->currency);
}

/* ---- all that can be changed */

static void
list_one (const RungsWhatIf *self,
          GArray            *list,
          RungsWhatIfChange  change)
{
  rungs_what_if_present (self, &change);
  g_array_append_val (list, change);
}

static void
list_product (const RungsWhatIf *self,
              GArray            *list,
              guint              index)
{
  const RungsWhatIfProduct *product = rungs_what_if_basis_get_product (self->basis, index);
  RungsLadderPlace place = rungs_ladder_place (RUNGS_LADDER_PRODUCT, product->id);

  list_one (self, list, rungs_what_if_change (RUNGS_WHAT_IF_PRICE, place));
  list_one (self, list, rungs_what_if_change (RUNGS_WHAT_IF_COST, place));
  list_one (self, list, rungs_what_if_change (RUNGS_WHAT_IF_REFUNDS, place));
  if (product->period_months > 0)
    list_one (self, list, rungs_what_if_change (RUNGS_WHAT_IF_RENEWALS, place));
  for (guint i = 0; i < self->basis->arrows->len; i++)
    {
      const RungsWhatIfArrow *arrow = rungs_what_if_basis_get_arrow (self->basis, i);
      RungsLadderPlace from = rungs_what_if_basis_get_beginning (self->basis, arrow);

      if (arrow->to == index && from.id != 0)
        list_one (self, list, rungs_what_if_change_of_arrow (from, place));
    }
}

GArray *
rungs_what_if_list (const RungsWhatIf *self)
{
  GArray *list = rungs_what_if_changes_new ();

  g_return_val_if_fail (self != NULL, list);

  for (guint i = 0; i < self->basis->products->len; i++)
    if (!rungs_what_if_basis_get_product (self->basis, i)->retired)
      list_product (self, list, i);
  for (guint i = 0; i < self->basis->sources->len; i++)
    {
      const RungsWhatIfSource *source = rungs_what_if_basis_get_source (self->basis, i);

      if (!source->retired)
        list_one (self, list,
                  rungs_what_if_change (RUNGS_WHAT_IF_SPEND,
                                        rungs_ladder_place (RUNGS_LADDER_SOURCE, source->id)));
    }
  return list;
}

static int
compare_monies (gconstpointer a,
                gconstpointer b)
{
  return g_strcmp0 (((const RungsMoney *) a)->currency, ((const RungsMoney *) b)->currency);
}

static void
add_money (GArray                 *monies,
           const RungsWhatIfSales *sales)
{
  RungsMoney money = rungs_money (sales->amount, sales->currency);

  for (guint i = 0; i < monies->len; i++)
    {
      RungsMoney *sum = &g_array_index (monies, RungsMoney, i);

      if (g_str_equal (sum->currency, sales->currency))
        {
          if (__builtin_add_overflow (sum->minor, sales->amount, &sum->minor))
            sum->minor = G_MAXINT64;
          return;
        }
    }
  g_array_append_val (monies, money);
}

GArray *
rungs_what_if_list_revenue (const RungsWhatIf *self)
{
  GArray *monies = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

  g_return_val_if_fail (self != NULL, monies);

  for (guint i = 0; i < self->basis->products->len; i++)
    {
      const RungsWhatIfProduct *product = rungs_what_if_basis_get_product (self->basis, i);

      for (guint j = 0; j < product->sales->len; j++)
        add_money (monies, &g_array_index (product->sales, RungsWhatIfSales, j));
    }
  g_array_sort (monies, compare_monies);
  return monies;
}

gint64
rungs_what_if_sum (const gint64 months[MONTHS])
{
  gint64 sum = 0;

  for (guint month = 0; month < MONTHS; month++)
    sum += months[month];
  return sum;
}

double
rungs_what_if_count_up (const double months[MONTHS])
{
  double sum = 0;

  for (guint month = 0; month < MONTHS; month++)
    sum += months[month];
  return sum;
}

const RungsWhatIfAccount *
rungs_what_if_find_account (GArray     *accounts,
                            const char *currency)
{
  for (guint i = 0; i < accounts->len; i++)
    if (g_str_equal (g_array_index (accounts, RungsWhatIfAccount, i).currency, currency))
      return &g_array_index (accounts, RungsWhatIfAccount, i);
  return NULL;
}

const RungsWhatIfAccount *
rungs_what_if_get_account (GArray     *accounts,
                           const char *currency)
{
  static const RungsWhatIfAccount none = { 0 };
  const RungsWhatIfAccount *found = rungs_what_if_find_account (accounts, currency);

  return found != NULL ? found : &none;
}

GPtrArray *
rungs_what_if_list_currencies (const RungsWhatIfYear *one,
                               const RungsWhatIfYear *other)
{
  GPtrArray *currencies = g_ptr_array_new ();
  guint i = 0, j = 0;

  g_return_val_if_fail (one != NULL && other != NULL, currencies);

  while (i < one->accounts->len || j < other->accounts->len)
    {
      char *a = i < one->accounts->len
                    ? g_array_index (one->accounts, RungsWhatIfAccount, i).currency
                    : NULL;
      char *b = j < other->accounts->len
                    ? g_array_index (other->accounts, RungsWhatIfAccount, j).currency
                    : NULL;
      int order = a == NULL ? 1 : b == NULL ? -1 : g_strcmp0 (a, b);

      g_ptr_array_add (currencies, order <= 0 ? a : b);
      i += order <= 0;
      j += order >= 0;
    }
  return currencies;
}
