/* rungs-orders-load.c: what the view of orders shows and does, for the threads of the store. */

#include "rungs-orders-load.h"

#include "base/rungs-clock.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-lead-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-referral-store.h"

void
rungs_order_details_free (RungsOrderDetails *self)
{
  g_clear_pointer (&self->order, rungs_order_free);
  g_clear_pointer (&self->row, rungs_order_row_free);
  g_clear_pointer (&self->refunds, g_ptr_array_unref);
  g_clear_pointer (&self->lapses, g_array_unref);
  g_clear_pointer (&self->earns, g_ptr_array_unref);
  g_free (self->credited);
  g_free (self);
}

static gboolean
load_lapses (RungsDb           *db,
             RungsOrderDetails *details,
             GError           **error)
{
  details->lapses = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < details->order->lines->len; i++)
    {
      const RungsOrderLine *line = g_ptr_array_index (details->order->lines, i);
      g_autoptr (RungsProduct) product = rungs_product_load (db, line->product, error);
      gint64 lapse;

      if (product == NULL)
        return FALSE;
      lapse = line->paid_until ? line->paid_until + product->lapse_days * RUNGS_DAY : 0;
      g_array_append_val (details->lapses, lapse);
    }
  return TRUE;
}

static gboolean
tell_total (RungsDb           *db,
            RungsOrderDetails *details,
            GError           **error)
{
  const char *currencies[] = { details->order->currency, NULL };
  g_autoptr (RungsExchange) exchange = NULL;

  if (!rungs_exchange_load_at (db, currencies, details->order->at, &exchange, error))
    return FALSE;
  if (!rungs_order_tell (details->order, exchange, &details->told))
    details->told = rungs_money (0, "");
  return TRUE;
}

static gboolean
load_credited (RungsDb           *db,
               RungsOrderDetails *details,
               GError           **error)
{
  g_autoptr (RungsReferral) referral = NULL;
  g_autoptr (RungsPartner) partner = NULL;
  gboolean has_partners;

  if (!rungs_partners_are_there (db, &has_partners, error))
    return FALSE;
  if (!has_partners)
    return TRUE;
  referral = rungs_referral_load (db, details->order->id, NULL);
  if (referral != NULL && referral->partner != 0
      && (partner = rungs_partner_load (db, referral->partner, error)) == NULL)
    return FALSE;
  details->credited = g_strdup (partner != NULL ? partner->name : "");
  return TRUE;
}

gpointer
rungs_orders_load_details (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (RungsOrderDetails) details = g_new0 (RungsOrderDetails, 1);
  gint64 id = *(gint64 *) data;

  details->order = rungs_order_load (db, id, error);
  if (details->order == NULL || (details->row = rungs_order_row_load (db, id, error)) == NULL
      || (details->refunds = rungs_refund_list (db, id, error)) == NULL
      || !load_lapses (db, details, error) || !tell_total (db, details, error)
      || !load_credited (db, details, error)
      || (details->earns = rungs_commission_told_list (db, id, error)) == NULL)
    return NULL;
  return g_steal_pointer (&details);
}

void
rungs_refund_wish_free (RungsRefundWish *self)
{
  g_free (self->reason);
  g_free (self);
}

gpointer
rungs_orders_do_refund (RungsDb      *db,
                        gpointer      data,
                        GCancellable *cancellable,
                        GError      **error)
{
  const RungsRefundWish *wish = data;
  gint64 now = g_get_real_time () / 1000;
  gint64 id = rungs_refund_add (db, wish->order, wish->line, wish->amount, wish->reason, now, now,
                                error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

gpointer
rungs_orders_undo_refund (RungsDb      *db,
                          gpointer      data,
                          GCancellable *cancellable,
                          GError      **error)
{
  rungs_refund_undo (db, *(gint64 *) data, g_get_real_time () / 1000, error);
  return NULL;
}

gpointer
rungs_orders_find_lead (RungsDb      *db,
                        gpointer      data,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_load_by_email (db, data, error);

  return lead != NULL ? g_memdup2 (&lead->id, sizeof lead->id) : NULL;
}
