/* rungs-billing-load.c: who writes the invoices of a partner, for the threads of the store. */

#include "rungs-billing-load.h"

#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-partner-store.h"

void
rungs_billing_free (RungsBilling *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->theirs);
  g_free (self);
}

static gboolean
find_today (RungsDb       *db,
            RungsBilling  *self,
            GError       **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  g_autofree char *today
      = zone != NULL ? rungs_time_format_day (g_get_real_time () / 1000, zone) : NULL;

  if (today != NULL)
    g_strlcpy (self->today, today, sizeof self->today);
  return today != NULL;
}

static gboolean
find_lacks (RungsDb       *db,
            RungsBilling  *self,
            GError       **error)
{
  for (guint vat = 0; vat < RUNGS_VAT_N_CASES; vat++)
    if (!rungs_self_billing_find_lacks (db, self->partner, vat, &self->lacks[vat], error))
      return FALSE;
  return TRUE;
}

RungsBilling *
rungs_billing_read (RungsDb  *db,
                    gint64    partner,
                    GError  **error)
{
  g_autoptr (RungsBilling) self = g_new0 (RungsBilling, 1);
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsPartner) who
      = business != NULL ? rungs_partner_load (db, partner, error) : NULL;

  if (who == NULL || !find_today (db, self, error))
    return NULL;
  self->partner = partner;
  self->name = g_strdup (who->name);
  self->theirs = g_strdup (who->country);
  g_strlcpy (self->ours, business->country, sizeof self->ours);
  return rungs_self_billing_load (db, partner, &self->billing, error)
                 && rungs_self_billing_suggest (db, partner, self->today, &self->suggested,
                                                &self->known, error)
                 && find_lacks (db, self, error)
             ? g_steal_pointer (&self)
             : NULL;
}

gpointer
rungs_billing_store (RungsDb       *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  RungsBillingChange *change = data;

  return rungs_self_billing_save (db, change->partner, &change->billing, error)
             ? g_memdup2 (&change->partner, sizeof change->partner)
             : NULL;
}
