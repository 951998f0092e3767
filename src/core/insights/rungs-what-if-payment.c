/* rungs-what-if-payment.c: how a product is paid in the year to come. */

#include "insights/rungs-what-if-payment.h"

#include "ladder/rungs-product.h"

#define WHOLE 10000

typedef struct
{
  const RungsWhatIf *what_if;
  GArray *changes;
  const RungsWhatIfProduct *product;
} Asked;

static const RungsWhatIfChange *
find_change (const Asked     *self,
             RungsWhatIfKind  kind)
{
  RungsWhatIfChange about = rungs_what_if_change (
    kind, rungs_ladder_place (RUNGS_LADDER_PRODUCT, self->product->id));
  const RungsWhatIfChange *found = rungs_what_if_changes_find (self->changes, &about);

  return found != NULL && rungs_what_if_fits (self->what_if, found) ? found : NULL;
}

static double
refunds_of (const Asked            *self,
            const RungsWhatIfSales *sales)
{
  const RungsWhatIfChange *change = find_change (self, RUNGS_WHAT_IF_REFUNDS);

  if (change != NULL)
    return (double) change->value / WHOLE;
  return sales != NULL && sales->amount > 0
             ? MIN ((double) sales->refunded / (double) sales->amount, 1)
             : 0;
}

static double
rate_of (const RungsWhatIfProduct *product)
{
  return product->affiliate_rate == RUNGS_PRODUCT_UNSAID
             ? 0
             : (double) product->affiliate_rate / WHOLE;
}

/* What partners earned by the product, as a share of what leads paid for it who were referred;
 * where those paid less than that, of what all paid. Where the book has nothing of the period,
 * what was said of the product. */
static void
set_commission (const Asked            *self,
                const RungsWhatIfSales *sales,
                RungsWhatIfPayment     *payment)
{
  gint64 paid = sales->amount - sales->refunded;

  if (!self->what_if->basis->has_book)
    payment->referred = rate_of (self->product);
  else if (sales->commission > 0 && sales->commission <= sales->referred)
    payment->referred = (double) sales->commission / (double) sales->referred;
  else if (sales->commission > 0 && paid > 0)
    payment->all = (double) sales->commission / (double) paid;
}

/* What a piece costs in a currency in which it was sold. */
static RungsWhatIfPayment
payment_of (const Asked            *self,
            const RungsWhatIfSales *sales,
            double                  pieces)
{
  const RungsWhatIfChange *price = find_change (self, RUNGS_WHAT_IF_PRICE);
  RungsWhatIfPayment payment = {
    .currency = sales->currency,
    .part = (double) sales->pieces / pieces,
    .unit = (double) sales->amount / (double) sales->pieces,
    .refunds = refunds_of (self, sales),
  };

  set_commission (self, sales, &payment);
  if (price == NULL || !g_str_equal (price->currency, sales->currency))
    return payment;
  if (self->product->price.minor > 0)
    payment.unit *= (double) price->value / (double) self->product->price.minor;
  else
    payment.unit = (double) price->value;
  return payment;
}

/* A product that was not sold in the period. */
static RungsWhatIfPayment
payment_of_price (const Asked *self)
{
  const RungsWhatIfChange *price = find_change (self, RUNGS_WHAT_IF_PRICE);

  return (RungsWhatIfPayment) {
    .currency = self->product->price.currency,
    .part = 1,
    .unit = (double) (price != NULL ? price->value : self->product->price.minor),
    .refunds = refunds_of (self, NULL),
    .referred = rate_of (self->product),
  };
}

GArray *
rungs_what_if_list_payments (const RungsWhatIf *what_if,
                             GArray            *changes,
                             guint              product)
{
  const RungsWhatIfProduct *own = rungs_what_if_basis_get_product (what_if->basis, product);
  Asked self = { .what_if = what_if, .changes = changes, .product = own };
  GArray *payments = g_array_new (FALSE, FALSE, sizeof (RungsWhatIfPayment));
  double pieces = 0;

  for (guint i = 0; i < own->sales->len; i++)
    pieces += (double) g_array_index (own->sales, RungsWhatIfSales, i).pieces;
  for (guint i = 0; i < MAX (own->sales->len, 1); i++)
    {
      RungsWhatIfPayment payment
          = own->sales->len > 0
                ? payment_of (&self, &g_array_index (own->sales, RungsWhatIfSales, i), pieces)
                : payment_of_price (&self);

      g_array_append_val (payments, payment);
    }
  return payments;
}
