/* rungs-order.c: what a lead bought. */

#include "ladder/rungs-order.h"

static void
line_free (gpointer data)
{
  RungsOrderLine *line = data;

  g_free (line->name);
  g_free (line);
}

RungsOrder *
rungs_order_new (gint64 lead,
                 gint64 at)
{
  RungsOrder *self = g_new0 (RungsOrder, 1);

  self->lead = lead;
  self->at = at;
  self->coupon = g_strdup ("");
  self->origin = g_strdup ("by hand");
  self->shop = g_strdup ("");
  self->lines = g_ptr_array_new_with_free_func (line_free);
  return self;
}

void
rungs_order_free (RungsOrder *self)
{
  g_free (self->coupon);
  g_free (self->origin);
  g_free (self->shop);
  g_free (self->external);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

void
rungs_order_add_line (RungsOrder *self,
                      gint64      product,
                      gint64      quantity,
                      gint64      amount)
{
  RungsOrderLine *line;

  g_return_if_fail (self != NULL);

  line = g_new0 (RungsOrderLine, 1);
  line->product = product;
  line->quantity = quantity;
  line->amount = amount;
  line->tax = RUNGS_TAX_UNKNOWN;
  g_ptr_array_add (self->lines, line);
}

RungsMoney
rungs_order_total (const RungsOrder *self)
{
  gint64 total = 0;

  g_return_val_if_fail (self != NULL, rungs_money (0, ""));

  for (guint i = 0; i < self->lines->len; i++)
    total += ((RungsOrderLine *) self->lines->pdata[i])->amount;
  return rungs_money (total, self->currency);
}

gboolean
rungs_order_tell (const RungsOrder     *self,
                  const RungsExchange  *exchange,
                  RungsMoney           *told)
{
  g_return_val_if_fail (self != NULL && told != NULL, FALSE);

  if (exchange == NULL || self->lines->len == 0
      || g_str_equal (self->currency, rungs_exchange_get_currency (exchange)))
    return FALSE;
  *told = rungs_money (0, rungs_exchange_get_currency (exchange));
  for (guint i = 0; i < self->lines->len; i++)
    {
      const RungsOrderLine *line = self->lines->pdata[i];
      RungsMoney part;

      if (rungs_exchange_convert (exchange, rungs_money (line->amount, self->currency), self->at,
                                  &part)
            != RUNGS_EXCHANGED
          || !rungs_money_add (*told, part, told, NULL))
        return FALSE;
    }
  return TRUE;
}

RungsMoney
rungs_order_refunded (const RungsOrder *self)
{
  gint64 refunded = 0;

  g_return_val_if_fail (self != NULL, rungs_money (0, ""));

  for (guint i = 0; i < self->lines->len; i++)
    refunded += ((RungsOrderLine *) self->lines->pdata[i])->refunded;
  return rungs_money (refunded, self->currency);
}

void
rungs_refund_free (RungsRefund *self)
{
  g_free (self->reason);
  g_free (self);
}
