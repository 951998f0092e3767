/* rungs-self-invoice-plan-store.c: which invoices of a payout there are, or could be written. */

#include "partners/rungs-self-invoice-plan-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-self-invoice-store.h"

static const char SQL_PLAN[]
    = "SELECT i.partner, p.name, o.currency, i.approved - i.set_off, i.state,"
      "       coalesce (b.agreed_on, ''), coalesce (n.treatment, b.vat, 'none'),"
      "       coalesce (n.rate, b.rate, 0), coalesce (n.number, 0), coalesce (c.number, 0),"
      "       coalesce (n.net, 0), coalesce (n.vat, 0)"
      "  FROM payout o JOIN payout_item i ON i.payout = o.id JOIN partner p ON p.id = i.partner"
      "       LEFT JOIN self_billing b ON b.partner = i.partner"
      "       LEFT JOIN self_invoice n"
      "         ON n.payout = i.payout AND n.partner = i.partner AND n.cancels IS NULL"
      "       LEFT JOIN self_invoice c ON c.cancels = n.number"
      " WHERE o.id = :id AND (:partner = 0 OR i.partner = :partner)"
      " ORDER BY p.name COLLATE NOCASE, p.id";

static const char SQL_LAST[] = "SELECT coalesce (max (number), 0) FROM self_invoice WHERE :id = 0";

static const char *const STATES[] = { "can-be-written", "written",         "not-paid",
                                      "not-agreed",     "lacks-something", NULL };

const char *const *
rungs_self_invoice_states (void)
{
  return STATES;
}

void
rungs_self_invoice_plan_free (RungsSelfInvoicePlan *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

/* ---- reading */

static gpointer
read_plan (RungsStatement *row)
{
  RungsSelfInvoicePlan *self = g_new0 (RungsSelfInvoicePlan, 1);
  RungsPayoutState state = RUNGS_PAYOUT_PAYABLE;

  self->partner = rungs_statement_get_int64 (row, 0);
  self->name = rungs_statement_dup_text (row, 1);
  g_strlcpy (self->currency, rungs_statement_get_text (row, 2), sizeof self->currency);
  self->paid = rungs_statement_get_int64 (row, 3);
  rungs_payout_state_from_text (rungs_statement_get_text (row, 4), &state);
  g_strlcpy (self->billing.agreed_on, rungs_statement_get_text (row, 5),
             sizeof self->billing.agreed_on);
  rungs_vat_case_from_text (rungs_statement_get_text (row, 6), &self->billing.vat);
  self->billing.rate = rungs_statement_get_int64 (row, 7);
  self->number = rungs_statement_get_int64 (row, 8);
  self->cancelled_by = rungs_statement_get_int64 (row, 9);
  self->net = rungs_statement_get_int64 (row, 10);
  self->vat = rungs_statement_get_int64 (row, 11);
  if (self->number != 0)
    self->state = RUNGS_SELF_INVOICE_THERE;
  else if (state == RUNGS_PAYOUT_FAILED || state == RUNGS_PAYOUT_RETURNED)
    self->state = RUNGS_SELF_INVOICE_NOT_PAID;
  return self;
}

static GPtrArray *
read_plans (RungsDb *db,
            gint64   payout,
            gint64   partner,
            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PLAN, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", payout);
  rungs_statement_bind_int64 (query, ":partner", partner);
  return rungs_record_list (query, read_plan, (GDestroyNotify) rungs_self_invoice_plan_free,
                            error);
}

/* ---- what may be written */

/* Of a payment without an invoice that could have one. */
static gboolean
judge (RungsDb              *db,
       RungsSelfInvoicePlan *self,
       const char           *today,
       gint64               *last,
       GError              **error)
{
  if (self->state != RUNGS_SELF_INVOICE_NEW)
    return TRUE;
  if (!rungs_self_billing_holds (&self->billing, today))
    {
      self->state = RUNGS_SELF_INVOICE_NOT_AGREED;
      return TRUE;
    }
  if (!rungs_self_billing_find_lacks (db, self->partner, self->billing.vat, &self->lacks, error))
    return FALSE;
  if (self->lacks != 0)
    {
      self->state = RUNGS_SELF_INVOICE_LACKS;
      return TRUE;
    }
  if (!rungs_self_billing_get_net (self->paid, self->billing.rate, &self->net))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the amount is too large"));
      return FALSE;
    }
  self->vat = self->paid - self->net;
  self->number = ++*last;
  return TRUE;
}

static gboolean
refuse_missing (RungsDb *db,
                gint64   payout,
                GError **error)
{
  g_autoptr (RungsPayout) there = rungs_payout_load (db, payout, error);

  if (there != NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                         _ ("the partner is not in this payout"));
  return FALSE;
}

GPtrArray *
rungs_self_invoice_plan (RungsDb *db,
                         gint64   payout,
                         gint64   partner,
                         gint64   now,
                         GError **error)
{
  g_autoptr (GPtrArray) plans = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *today = NULL;
  gint64 last;

  g_return_val_if_fail (db != NULL, NULL);

  zone = rungs_business_zone (db, error);
  plans = zone != NULL ? read_plans (db, payout, partner, error) : NULL;
  if (plans == NULL || (plans->len == 0 && !refuse_missing (db, payout, error))
      || !rungs_record_ask (db, SQL_LAST, 0, 0, &last, error))
    return NULL;
  today = rungs_time_format_day (now, zone);
  for (guint i = 0; i < plans->len; i++)
    if (!judge (db, plans->pdata[i], today, &last, error))
      return NULL;
  return g_steal_pointer (&plans);
}

guint
rungs_self_invoice_plan_sum (GPtrArray *plans,
                             gint64    *net,
                             gint64    *vat)
{
  guint n = 0;

  g_return_val_if_fail (plans != NULL && net != NULL && vat != NULL, 0);

  *net = *vat = 0;
  for (guint i = 0; i < plans->len; i++)
    {
      const RungsSelfInvoicePlan *plan = plans->pdata[i];

      if (plan->state != RUNGS_SELF_INVOICE_NEW)
        continue;
      n++;
      *net += plan->net;
      *vat += plan->vat;
    }
  return n;
}

/* ---- writing what was seen */

static gboolean
is_same (const RungsSelfInvoicePlan *one,
         const RungsSelfInvoicePlan *other)
{
  return one->partner == other->partner && one->state == other->state
         && one->number == other->number && one->net == other->net && one->vat == other->vat
         && one->billing.vat == other->billing.vat && one->billing.rate == other->billing.rate;
}

static gboolean
is_still_so (GPtrArray *plans,
             GPtrArray *seen,
             GError   **error)
{
  gboolean same = plans->len == seen->len;

  for (guint i = 0; same && i < plans->len; i++)
    same = is_same (plans->pdata[i], seen->pdata[i]);
  if (!same)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                         _ ("what would be written has changed meanwhile: look at it again"));
  return same;
}

gboolean
rungs_self_invoice_make_planned (RungsDb             *db,
                                 gint64               payout,
                                 gint64               partner,
                                 GPtrArray           *seen,
                                 const RungsSealKey  *key,
                                 const char          *language,
                                 gint64               now,
                                 GError             **error)
{
  g_autoptr (GPtrArray) plans = NULL;

  g_return_val_if_fail (db != NULL && seen != NULL, FALSE);

  plans = rungs_self_invoice_plan (db, payout, partner, now, error);
  if (plans == NULL || !is_still_so (plans, seen, error))
    return FALSE;
  for (guint i = 0; i < plans->len; i++)
    {
      const RungsSelfInvoicePlan *plan = plans->pdata[i];

      if (plan->state == RUNGS_SELF_INVOICE_NEW
          && rungs_self_invoice_make (db, payout, plan->partner, key, language, now, error) == 0)
        {
          g_prefix_error (error, "%s: ", plan->name);
          return FALSE;
        }
    }
  return TRUE;
}
