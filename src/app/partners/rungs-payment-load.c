/* rungs-payment-load.c: files for the bank, PayPal and Wise, for the threads of the store. */

#include "rungs-payment-load.h"

#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "widgets/rungs-display.h"

RungsPaymentOrder *
rungs_payment_order_new (const RungsPaymentRequest *request,
                         const char                *day,
                         const RungsSealKey        *key)
{
  RungsPaymentOrder *order = g_new0 (RungsPaymentOrder, 1);

  order->request = *request;
  order->day = g_strdup (day);
  order->key = key != NULL ? rungs_seal_key_copy (key) : NULL;
  return order;
}

void
rungs_payment_order_free (RungsPaymentOrder *self)
{
  g_free (self->day);
  rungs_seal_key_free (self->key);
  g_free (self);
}

static gboolean
find_day (RungsDb            *db,
          RungsPaymentOrder  *order,
          GError            **error)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (*order->day == '\0')
    return TRUE;
  zone = rungs_business_zone (db, error);
  return zone != NULL && rungs_time_parse (order->day, zone, &order->request.on, error);
}

gpointer
rungs_payment_load_preview (RungsDb       *db,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error)
{
  RungsPaymentOrder *order = data;

  if (!find_day (db, order, error))
    return NULL;
  return rungs_payment_file_preview (db, &order->request, order->key, rungs_display_now (), error);
}

gpointer
rungs_payment_load_file (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  RungsPaymentOrder *order = data;

  if (!find_day (db, order, error))
    return NULL;
  return rungs_payment_file_make (db, &order->request, order->key, rungs_display_now (), error);
}
