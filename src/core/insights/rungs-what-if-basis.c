/* rungs-what-if-basis.c: what a past period tells about the year to come. */

#include "insights/rungs-what-if-basis.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "insights/rungs-ladder-spend-store.h"
#include "insights/rungs-what-if-count.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-way-store.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-ledger-cost-store.h"

/* ---- what there is */

static void
source_free (gpointer data)
{
  RungsWhatIfSource *source = data;

  g_free (source->name);
  g_array_unref (source->spend);
  g_array_unref (source->awards);
  g_free (source);
}

static void
product_free (gpointer data)
{
  RungsWhatIfProduct *product = data;

  g_free (product->sku);
  g_free (product->name);
  g_array_unref (product->sales);
  g_free (product);
}

static RungsWhatIfBasis *
basis_new (gint64 now)
{
  RungsWhatIfBasis *self = g_atomic_rc_box_new0 (RungsWhatIfBasis);

  self->now = self->from = now;
  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->entries = g_array_new (FALSE, FALSE, sizeof (RungsWhatIfEntry));
  self->products = g_ptr_array_new_with_free_func (product_free);
  self->arrows = g_array_new (FALSE, FALSE, sizeof (RungsWhatIfArrow));
  self->carries = g_array_new (FALSE, FALSE, sizeof (RungsWhatIfCarry));
  return self;
}

static void
basis_clear (gpointer data)
{
  RungsWhatIfBasis *self = data;

  g_ptr_array_unref (self->sources);
  g_array_unref (self->entries);
  g_ptr_array_unref (self->products);
  g_array_unref (self->arrows);
  g_array_unref (self->carries);
}

RungsWhatIfBasis *
rungs_what_if_basis_ref (RungsWhatIfBasis *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rungs_what_if_basis_unref (RungsWhatIfBasis *self)
{
  g_atomic_rc_box_release_full (self, basis_clear);
}

static gboolean
read_sources (RungsWhatIfBasis  *self,
              RungsDb           *db,
              GError           **error)
{
  g_autoptr (GPtrArray) sources = rungs_source_list (db, error);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      RungsSource *read = sources->pdata[i];
      RungsWhatIfSource *source = g_new0 (RungsWhatIfSource, 1);

      source->id = read->id;
      source->name = g_steal_pointer (&read->name);
      source->kind = read->kind;
      source->retired = read->retired_at != 0;
      source->spend = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
      source->awards = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
      g_ptr_array_add (self->sources, source);
    }
  return sources != NULL;
}

static gboolean
read_products (RungsWhatIfBasis  *self,
               RungsDb           *db,
               GError           **error)
{
  g_autoptr (GPtrArray) products = rungs_product_list (db, error);

  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      RungsProduct *read = products->pdata[i];
      RungsWhatIfProduct *product = g_new0 (RungsWhatIfProduct, 1);

      product->id = read->id;
      product->sku = g_steal_pointer (&read->sku);
      product->name = g_steal_pointer (&read->name);
      product->price = read->price;
      product->cost = read->cost;
      product->affiliate_rate = read->affiliate_rate;
      product->period_months = read->period_months;
      product->retired = read->retired_at != 0;
      product->sales = g_array_new (FALSE, FALSE, sizeof (RungsWhatIfSales));
      g_ptr_array_add (self->products, product);
    }
  return products != NULL;
}

/* Of several offers from one product to another, the one that is made first. */
static gboolean
read_offers (RungsWhatIfBasis  *self,
             RungsDb           *db,
             GError           **error)
{
  g_autoptr (GPtrArray) offers = rungs_offer_list (db, error);

  for (guint i = 0; offers != NULL && i < offers->len; i++)
    {
      const RungsOffer *offer = offers->pdata[i];
      int from = rungs_what_if_basis_find_product (self, offer->from_product);
      int to = rungs_what_if_basis_find_product (self, offer->to_product);
      RungsWhatIfArrow arrow = {
        .entry = -1,
        .from = from,
        .to = (guint) to,
        .offer = offer->id,
        .after_days = offer->after_days,
      };

      if (from < 0 || to < 0
          || rungs_what_if_basis_find_arrow (
                 self, rungs_ladder_place (RUNGS_LADDER_PRODUCT, offer->from_product),
                 rungs_ladder_place (RUNGS_LADDER_PRODUCT, offer->to_product))
                 >= 0)
        continue;
      g_array_append_val (self->arrows, arrow);
    }
  return offers != NULL;
}

static void
find_carries (RungsWhatIfBasis           *self,
              const RungsLadderCatalogue *catalogue)
{
  guint n = catalogue->products->len;

  for (guint i = 0; i < n * n; i++)
    if (rungs_ladder_catalogue_holds (catalogue, i / n, i % n))
      {
        gint64 whole = g_array_index (catalogue->products, gint64, i / n);
        gint64 part = g_array_index (catalogue->products, gint64, i % n);
        RungsWhatIfCarry carry = {
          .whole = (guint) rungs_what_if_basis_find_product (self, whole),
          .part = (guint) rungs_what_if_basis_find_product (self, part),
        };

        g_array_append_val (self->carries, carry);
      }
}

/* ---- the period */

/* When the first lead came or the first order was made; G_MAXINT64: never. */
static gboolean
find_first (RungsLadderHistory  *history,
            gint64              *first,
            GError             **error)
{
  g_autoptr (RungsLadderDeeds) deeds = rungs_ladder_deeds_new ();

  *first = G_MAXINT64;
  while (rungs_ladder_history_next (history, deeds, error))
    {
      if (deeds->touches->len > 0)
        *first = MIN (*first, rungs_ladder_deeds_get_touch (deeds, 0)->at);
      if (deeds->lines->len > 0)
        *first = MIN (*first, rungs_ladder_deeds_get_line (deeds, 0)->at);
    }
  return rungs_ladder_history_done (history);
}

/* It begins at midnight, as days of spend do. */
static gboolean
find_period (RungsWhatIfBasis *self,
             gint64            first,
             gint64            days,
             GTimeZone        *zone)
{
  gint64 most = days > 0 ? self->now - days * RUNGS_DAY : 0;

  if (first > self->now)
    return FALSE;
  self->from = MAX (first, most);
  if (most > 0 && first < most)
    self->from = MIN (rungs_time_day_start (self->from, zone, 1), self->now);
  else
    self->from = rungs_time_day_start (self->from, zone, 0);
  self->months = (double) (self->now - self->from) / (double) RUNGS_WHAT_IF_MONTH;
  return self->months > 0;
}

typedef struct
{
  RungsWhatIfBasis *basis;
  const RungsLadderCatalogue *catalogue;
  gboolean overflowed;
} Spending;

static RungsMoney *
find_money (GArray     *monies,
            const char *currency)
{
  RungsMoney none = rungs_money (0, currency);

  for (guint i = 0; i < monies->len; i++)
    if (g_str_equal (g_array_index (monies, RungsMoney, i).currency, currency))
      return &g_array_index (monies, RungsMoney, i);
  g_array_append_val (monies, none);
  return &g_array_index (monies, RungsMoney, monies->len - 1);
}

static void
take_spend (gpointer    data,
            guint       source,
            const char *day,
            guint       currency,
            gint64      amount)
{
  Spending *spending = data;
  int place = rungs_what_if_basis_find_source (
    spending->basis, g_array_index (spending->catalogue->sources, gint64, source));
  RungsMoney *money;

  if (place < 0 || amount == 0)
    return;
  money = find_money (
    rungs_what_if_basis_get_source (spending->basis, (guint) place)->spend,
    &g_array_index (spending->catalogue->currencies, char, currency * 4));
  if (__builtin_add_overflow (money->minor, amount, &money->minor))
    spending->overflowed = TRUE;
}

/* What was sold of the product in that currency. */
static RungsWhatIfSales *
find_sales (const RungsWhatIfBasis *self,
            gint64                  id,
            const char             *currency)
{
  int place = id != 0 ? rungs_what_if_basis_find_product (self, id) : -1;
  GArray *sales = place >= 0 ? rungs_what_if_basis_get_product (self, (guint) place)->sales : NULL;

  for (guint i = 0; sales != NULL && i < sales->len; i++)
    {
      RungsWhatIfSales *one = &g_array_index (sales, RungsWhatIfSales, i);

      if (g_str_equal (one->currency, currency))
        return one;
    }
  return NULL;
}

static void
take_commission (const RungsLedgerCost *cost,
                 gpointer               data)
{
  Spending *spending = data;
  RungsWhatIfBasis *basis = spending->basis;
  RungsWhatIfSales *sales = find_sales (basis, cost->product, cost->currency);
  int place = rungs_what_if_basis_find_source (basis, cost->source);
  gint64 *sum;

  if (sales == NULL && place < 0)
    return;
  sum = sales != NULL ? &sales->commission
                      : &find_money (rungs_what_if_basis_get_source (basis, (guint) place)->awards,
                                     cost->currency)
                           ->minor;
  basis->has_book = basis->has_book || sales != NULL;
  if (__builtin_add_overflow (*sum, cost->amount, sum))
    spending->overflowed = TRUE;
}

static gboolean
read_costs (RungsWhatIfBasis      *self,
            RungsDb               *db,
            RungsLadderCatalogue  *catalogue,
            GTimeZone             *zone,
            GError               **error)
{
  RungsLadderQuestion question
      = { .from = self->from, .until = G_MAXINT64, .now = self->now };
  Spending spending = { .basis = self, .catalogue = catalogue };
  gint64 from, until;

  rungs_ladder_spend_span (&question, zone, &from, &until);
  if (!rungs_ladder_spend_read (db, &question, zone, catalogue, take_spend, &spending, error)
      || !rungs_ledger_costs_list (db, 0, from, until, NULL, take_commission, &spending, error))
    return FALSE;
  if (spending.overflowed)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("The amounts of the orders are too large to be added up"));
  return !spending.overflowed;
}

/* ---- ways in that nobody has come by yet */

static void
add_way (RungsWhatIfBasis *self,
         guint             entry,
         gint64            product)
{
  int to = rungs_what_if_basis_find_product (self, product);
  RungsWhatIfArrow arrow = { .entry = (int) entry, .from = -1, .to = (guint) to };

  if (to < 0)
    return;
  for (guint i = 0; i < self->arrows->len; i++)
    {
      const RungsWhatIfArrow *there = rungs_what_if_basis_get_arrow (self, i);

      if (there->entry == (int) entry && there->to == (guint) to)
        return;
    }
  g_array_append_val (self->arrows, arrow);
}

/* A way from a kind of source is one from each of its sources. */
static gboolean
is_way_from (const RungsWhatIfBasis *self,
             const RungsWay         *way,
             const RungsWhatIfEntry *entry)
{
  const RungsWhatIfSource *source;

  if (entry->source < 0 || (int) way->path != entry->path)
    return FALSE;
  source = rungs_what_if_basis_get_source (self, (guint) entry->source);
  return way->source != 0 ? source->id == way->source : source->kind == way->kind;
}

static gboolean
read_ways (RungsWhatIfBasis  *self,
           RungsDb           *db,
           GError           **error)
{
  g_autoptr (GPtrArray) ways = rungs_way_list (db, 0, error);

  for (guint i = 0; ways != NULL && i < ways->len; i++)
    {
      const RungsWay *way = ways->pdata[i];

      for (guint j = 0; way->sells != 0 && j < self->entries->len; j++)
        if (is_way_from (self, way, &g_array_index (self->entries, RungsWhatIfEntry, j)))
          add_way (self, j, way->sells);
    }
  return ways != NULL;
}

/* By where they lead, from the foot of the ladder up: those from sources first. */
static int
compare_arrows (gconstpointer a,
                gconstpointer b,
                gpointer      basis)
{
  const RungsWhatIfArrow *x = a, *y = b;
  const RungsWhatIfEntry *one, *other;

  if (x->to != y->to)
    return x->to < y->to ? -1 : 1;
  if (x->entry < 0 || y->entry < 0)
    return (x->entry < 0) != (y->entry < 0) ? (x->entry < 0) - (y->entry < 0) : x->from - y->from;
  one = &g_array_index (((RungsWhatIfBasis *) basis)->entries, RungsWhatIfEntry, x->entry);
  other = &g_array_index (((RungsWhatIfBasis *) basis)->entries, RungsWhatIfEntry, y->entry);
  return one->source != other->source ? one->source - other->source : one->path - other->path;
}

RungsWhatIfBasis *
rungs_what_if_basis_load (RungsDb  *db,
                          gint64    days,
                          gint64    now,
                          GError  **error)
{
  g_autoptr (RungsWhatIfBasis) self = basis_new (now);
  RungsLadderQuestion ever = { .from = 0, .until = G_MAXINT64, .now = now };
  g_autoptr (RungsLadderCatalogue) catalogue = rungs_ladder_catalogue_load (db, error);
  g_autoptr (RungsBusiness) business = catalogue ? rungs_business_load (db, error) : NULL;
  g_autoptr (GTimeZone) zone = business ? rungs_business_zone (db, error) : NULL;
  g_autoptr (RungsLadderHistory) before
      = zone ? rungs_ladder_history_new (db, &ever, catalogue, error) : NULL;
  gint64 first;

  g_return_val_if_fail (days >= 0, NULL);

  if (before == NULL || !find_first (before, &first, error) || !read_sources (self, db, error)
      || !read_products (self, db, error) || !read_offers (self, db, error))
    return NULL;
  g_strlcpy (self->currency, business->currency, sizeof self->currency);
  if (find_period (self, first, days, zone))
    {
      g_autoptr (RungsLadderHistory) history
          = rungs_ladder_history_new (db, &ever, catalogue, error);

      find_carries (self, catalogue);
      if (history == NULL || !rungs_what_if_count (self, catalogue, history, error)
          || !read_ways (self, db, error) || !read_costs (self, db, catalogue, zone, error))
        return NULL;
    }
  g_array_sort_with_data (self->arrows, compare_arrows, self);
  return g_steal_pointer (&self);
}

/* ---- looking things up */

double
rungs_what_if_months (const RungsWhatIfBasis *self)
{
  return MAX (self->months, 1);
}

int
rungs_what_if_basis_find_product (const RungsWhatIfBasis *self,
                                  gint64                  product)
{
  for (guint i = 0; i < self->products->len; i++)
    if (rungs_what_if_basis_get_product (self, i)->id == product)
      return (int) i;
  return -1;
}

int
rungs_what_if_basis_find_source (const RungsWhatIfBasis *self,
                                 gint64                  source)
{
  for (guint i = 0; i < self->sources->len; i++)
    if (rungs_what_if_basis_get_source (self, i)->id == source)
      return (int) i;
  return -1;
}

int
rungs_what_if_basis_find_arrow (const RungsWhatIfBasis *self,
                                RungsLadderPlace        from,
                                RungsLadderPlace        to)
{
  for (guint i = 0; i < self->arrows->len; i++)
    {
      const RungsWhatIfArrow *arrow = rungs_what_if_basis_get_arrow (self, i);

      if (to.kind == RUNGS_LADDER_PRODUCT
          && rungs_what_if_basis_get_product (self, arrow->to)->id == to.id
          && rungs_ladder_place_equal (rungs_what_if_basis_get_beginning (self, arrow), from))
        return (int) i;
    }
  return -1;
}

const RungsWhatIfSource *
rungs_what_if_basis_get_source (const RungsWhatIfBasis *self,
                                guint                   source)
{
  return g_ptr_array_index (self->sources, source);
}

const RungsWhatIfProduct *
rungs_what_if_basis_get_product (const RungsWhatIfBasis *self,
                                 guint                   product)
{
  return g_ptr_array_index (self->products, product);
}

const RungsWhatIfArrow *
rungs_what_if_basis_get_arrow (const RungsWhatIfBasis *self,
                               guint                   arrow)
{
  return &g_array_index (self->arrows, RungsWhatIfArrow, arrow);
}

RungsLadderPlace
rungs_what_if_basis_get_beginning (const RungsWhatIfBasis *self,
                                   const RungsWhatIfArrow *arrow)
{
  const RungsWhatIfEntry *entry;

  if (arrow->entry < 0)
    return rungs_ladder_place (RUNGS_LADDER_PRODUCT,
                               rungs_what_if_basis_get_product (self, (guint) arrow->from)->id);
  entry = &g_array_index (self->entries, RungsWhatIfEntry, arrow->entry);
  if (entry->source < 0)
    return rungs_ladder_place (RUNGS_LADDER_SOURCE, 0);
  return rungs_ladder_place_by_path (
    RUNGS_LADDER_SOURCE, rungs_what_if_basis_get_source (self, (guint) entry->source)->id,
    (RungsPath) entry->path);
}

const RungsWhatIfPlace *
rungs_what_if_basis_get_place (const RungsWhatIfBasis *self,
                               const RungsWhatIfArrow *arrow)
{
  return arrow->entry >= 0
           ? &g_array_index (self->entries, RungsWhatIfEntry, arrow->entry).place
           : &rungs_what_if_basis_get_product (self, (guint) arrow->from)->place;
}
