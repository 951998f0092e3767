/* rungs-offer-outlook.c: how many leads each product could be offered now, and what that may
 * bring. */

#include "insights/rungs-offer-outlook.h"

#include <math.h>

#include "ladder/rungs-next-offer-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-lead-set.h"
#include "leads/rungs-lead-store.h"
#include "segments/rungs-rule-leads-store.h"

#define CONSENTS "{\"field\": \"consent\", \"op\": \"is\", \"value\": true}"
#define MILLION 1000000

/* How many follow each arrow of the ladder. */
typedef struct
{
  gint64 people;
  gint64 consented;
} Count;

static void
offer_free (gpointer data)
{
  RungsOutlookOffer *offer = data;

  g_free (offer->from_name);
  g_free (offer);
}

static void
product_free (gpointer data)
{
  RungsOutlookProduct *product = data;

  g_free (product->sku);
  g_free (product->name);
  g_ptr_array_unref (product->offers);
  g_free (product);
}

void
rungs_outlook_free (RungsOutlook *self)
{
  g_ptr_array_unref (self->products);
  g_free (self);
}

/* `people` times the margin times a share, to the minor unit. */
static gint64
bring (gint64                  people,
       const RungsExpectation *expected,
       double                  share)
{
  return llround ((double) people * (double) expected->margin.minor * share);
}

static RungsOutlookOffer *
offer_new (const RungsOfferLadder *ladder,
           const RungsArrow       *arrow,
           const Count            *count)
{
  RungsOutlookOffer *offer = g_new0 (RungsOutlookOffer, 1);
  gint64 hits, cases;

  offer->offer = arrow->offer;
  offer->kind = arrow->kind;
  offer->from_product = arrow->from_product;
  if (arrow->from >= 0)
    offer->from_name = g_strdup (rungs_offer_ladder_get_product (ladder, arrow->from)->name);
  offer->people = count->people;
  offer->consented = count->consented;
  offer->expected = arrow->expected;
  rungs_expectation_get_cases (&arrow->expected, &hits, &cases);
  offer->conversion = rungs_wilson (hits, cases);
  return offer;
}

static RungsOutlookProduct *
find_product (RungsOutlook     *self,
              const RungsArrow *arrow)
{
  RungsOutlookProduct *product;

  for (guint i = 0; i < self->products->len; i++)
    {
      product = g_ptr_array_index (self->products, i);
      if (product->product == arrow->to_product)
        return product;
    }
  product = g_new0 (RungsOutlookProduct, 1);
  product->product = arrow->to_product;
  product->offers = g_ptr_array_new_with_free_func (offer_free);
  product->expected = product->low = product->high
    = rungs_money (0, arrow->expected.margin.currency);
  g_ptr_array_add (self->products, product);
  return product;
}

/* A loss is nearest to nothing where few buy. */
static void
add_offer (RungsOutlookProduct *product,
           RungsOutlookOffer   *offer)
{
  gint64 few = bring (offer->people, &offer->expected, offer->conversion.low);
  gint64 many = bring (offer->people, &offer->expected, offer->conversion.high);

  product->people += offer->people;
  product->consented += offer->consented;
  product->expected.minor += bring (offer->people, &offer->expected,
                                    (double) offer->expected.conversion / MILLION);
  product->low.minor += MIN (few, many);
  product->high.minor += MAX (few, many);
  g_ptr_array_add (product->offers, offer);
}

static int
compare_offers (gconstpointer a,
                gconstpointer b)
{
  const RungsOutlookOffer *x = *(RungsOutlookOffer *const *) a;
  const RungsOutlookOffer *y = *(RungsOutlookOffer *const *) b;

  return (x->people < y->people) - (x->people > y->people);
}

static int
compare_products (gconstpointer a,
                  gconstpointer b)
{
  const RungsOutlookProduct *x = *(RungsOutlookProduct *const *) a;
  const RungsOutlookProduct *y = *(RungsOutlookProduct *const *) b;
  int currencies = g_strcmp0 (x->expected.currency, y->expected.currency);

  if (currencies != 0)
    return currencies;
  if (x->expected.minor != y->expected.minor)
    return x->expected.minor < y->expected.minor ? 1 : -1;
  return (x->people < y->people) - (x->people > y->people);
}

static gboolean
name_products (RungsOutlook *self,
               RungsDb      *db,
               GError      **error)
{
  for (guint i = 0; i < self->products->len; i++)
    {
      RungsOutlookProduct *product = g_ptr_array_index (self->products, i);
      g_autoptr (RungsProduct) stored = rungs_product_load (db, product->product, error);

      if (stored == NULL)
        return FALSE;
      product->sku = g_strdup (stored->sku);
      product->name = g_strdup (stored->name);
      g_ptr_array_sort (product->offers, compare_offers);
    }
  g_ptr_array_sort (self->products, compare_products);
  return TRUE;
}

static void
take_counts (RungsOutlook           *self,
             const RungsOfferLadder *ladder,
             const Count            *counts)
{
  self->has_offers = ladder->arrows->len > 0;
  for (guint i = 0; i < ladder->arrows->len; i++)
    {
      const RungsArrow *arrow = rungs_offer_ladder_get_arrow (ladder, i);

      if (counts[i].people > 0)
        add_offer (find_product (self, arrow), offer_new (ladder, arrow, &counts[i]));
    }
}

static gboolean
count_leads (RungsOutlook       *self,
             RungsNextOffers    *all,
             const RungsLeadSet *consented,
             Count              *counts,
             GError            **error)
{
  gint64 lead = 0;
  guint arrow = 0;
  RungsStep step;

  while ((step = rungs_next_offers_next (all, &lead, &arrow, error)) == RUNGS_ROW)
    {
      self->offered++;
      counts[arrow].people++;
      counts[arrow].consented += rungs_lead_set_has (consented, lead);
    }
  return step == RUNGS_DONE;
}

RungsOutlook *
rungs_outlook_load (RungsDb *db,
                    gint64   now,
                    GError **error)
{
  g_autoptr (RungsOutlook) self = g_new0 (RungsOutlook, 1);
  g_autoptr (RungsLeadSet) consented = NULL;
  g_autoptr (RungsNextOffers) all = NULL;
  g_autofree Count *counts = NULL;

  self->products = g_ptr_array_new_with_free_func (product_free);
  consented = rungs_rule_find_leads_of_json (db, CONSENTS, now, error);
  all = consented ? rungs_next_offers_read (db, 0, now, error) : NULL;
  if (all == NULL || !rungs_lead_count (db, &self->leads, error))
    return NULL;
  counts = g_new0 (Count, rungs_next_offers_get_ladder (all)->arrows->len + 1);
  if (!count_leads (self, all, consented, counts, error))
    return NULL;
  take_counts (self, rungs_next_offers_get_ladder (all), counts);
  return name_products (self, db, error) ? g_steal_pointer (&self) : NULL;
}
