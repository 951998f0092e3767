/* rungs-invoice-load.c: invoices in the name of partners, for the threads of the store. */

#include "rungs-invoice-load.h"

#include "leads/rungs-business-store.h"
#include "partners/rungs-self-invoice.h"

RungsInvoiceOrder *
rungs_invoice_order_new (gint64     payout,
                         gint64     partner,
                         GPtrArray *seen)
{
  RungsInvoiceOrder *self = g_new0 (RungsInvoiceOrder, 1);

  self->payout = payout;
  self->partner = partner;
  self->seen = seen != NULL ? g_ptr_array_ref (seen) : NULL;
  return self;
}

void
rungs_invoice_order_free (RungsInvoiceOrder *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->seen, g_ptr_array_unref);
  rungs_seal_key_free (self->key);
  g_free (self->path);
  g_free (self);
}

gpointer
rungs_invoice_load_plan (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  const RungsInvoiceOrder *order = data;

  return rungs_self_invoice_plan (db, order->payout, order->partner, g_get_real_time () / 1000,
                                  error);
}

gpointer
rungs_invoice_do_make (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  RungsInvoiceOrder *order = data;

  return rungs_self_invoice_make_planned (db, order->payout, order->partner, order->seen,
                                          order->key, g_get_language_names ()[0],
                                          g_get_real_time () / 1000, error)
             ? g_memdup2 (&order->payout, sizeof order->payout)
             : NULL;
}

/* ---- papers */

static gboolean
save_one (RungsDb                  *db,
          const RungsInvoiceOrder  *order,
          gint64                    number,
          const char               *path,
          GError                  **error)
{
  g_autoptr (RungsPaper) paper = rungs_self_invoice_load_paper (db, number, order->key, error);

  return paper != NULL && rungs_paper_save (paper, order->pdf, path, TRUE, error);
}

static gboolean
save_into_folder (RungsDb                     *db,
                  const RungsInvoiceOrder     *order,
                  const RungsSelfInvoicePlan  *plan,
                  gint64                       number,
                  guint                       *n,
                  GError                     **error)
{
  g_autofree char *what = rungs_self_invoice_dup_number (number);
  g_autofree char *name = rungs_paper_dup_file_name (what, plan->name, order->pdf);
  g_autofree char *path = g_build_filename (order->path, name, NULL);

  if (number == 0)
    return TRUE;
  (*n)++;
  return save_one (db, order, number, path, error);
}

gpointer
rungs_invoice_save_papers (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  const RungsInvoiceOrder *order = data;
  guint n = 1;

  if (order->number != 0)
    return save_one (db, order, order->number, order->path, error) ? g_memdup2 (&n, sizeof n)
                                                                   : NULL;
  n = 0;
  for (guint i = 0; i < order->seen->len; i++)
    {
      const RungsSelfInvoicePlan *plan = order->seen->pdata[i];

      if (!save_into_folder (db, order, plan, plan->number, &n, error)
          || !save_into_folder (db, order, plan, plan->cancelled_by, &n, error))
        return NULL;
    }
  return g_memdup2 (&n, sizeof n);
}

/* ---- all */

void
rungs_invoices_free (RungsInvoices *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->invoices, g_ptr_array_unref);
  g_free (self->csv);
  g_free (self);
}

gpointer
rungs_invoices_load (RungsDb       *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  g_autoptr (GPtrArray) invoices = zone != NULL ? rungs_self_invoice_list (db, error) : NULL;
  RungsInvoices *self;

  if (invoices == NULL)
    return NULL;
  self = g_new0 (RungsInvoices, 1);
  self->csv = rungs_self_invoices_to_csv (invoices, zone);
  self->invoices = g_steal_pointer (&invoices);
  return self;
}
