/* rungs-payout-load.c: what is shown and done of payouts, for the threads of the store. */

#include "rungs-payout-load.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"
#include "partners/rungs-self-invoice-store.h"

void
rungs_payout_line_free (RungsPayoutLine *self)
{
  g_free (self->name);
  g_free (self);
}

static GPtrArray *
lines_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_payout_line_free);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate ((*(const RungsPayoutLine *const *) a)->name,
                         (*(const RungsPayoutLine *const *) b)->name);
}

/* Returns: (transfer full): all partners, by gint64 id. */
static GHashTable *
load_partners (RungsDb *db,
               GError **error)
{
  g_autoptr (GPtrArray) list = rungs_partner_list (db, error);
  g_autoptr (GHashTable) partners
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                               (GDestroyNotify) rungs_partner_free);

  while (list != NULL && list->len > 0)
    {
      RungsPartner *partner = g_ptr_array_steal_index_fast (list, list->len - 1);

      g_hash_table_insert (partners, &partner->id, partner);
    }
  return list != NULL ? g_steal_pointer (&partners) : NULL;
}

static void
add_line (GPtrArray             *lines,
          GHashTable            *partners,
          const RungsPayoutItem *item,
          RungsPayoutWhy         why,
          gint64                 amount)
{
  const RungsPartner *partner = g_hash_table_lookup (partners, &item->partner);
  RungsPayoutLine *line = g_new0 (RungsPayoutLine, 1);

  line->item = *item;
  line->name = g_strdup (partner->name);
  line->way = partner->pay_way;
  line->why = why;
  line->amount = amount;
  g_ptr_array_add (lines, line);
}

/* ---- one that was made */

void
rungs_payout_details_free (RungsPayoutDetails *self)
{
  g_clear_pointer (&self->row, rungs_payout_row_free);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPayoutDetails, rungs_payout_details_free)

/* Both are of all payments, in different orders. */
static gboolean
note_invoices (RungsDb    *db,
               gint64      payout,
               GPtrArray  *lines,
               GError    **error)
{
  g_autoptr (GPtrArray) invoices = rungs_self_invoice_list_of (db, payout, error);
  g_autoptr (GHashTable) by_partner = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; invoices != NULL && i < invoices->len; i++)
    {
      RungsSelfInvoice *invoice = invoices->pdata[i];

      if (invoice->cancels == 0)
        g_hash_table_insert (by_partner, &invoice->partner, invoice);
    }
  for (guint i = 0; i < lines->len; i++)
    {
      RungsPayoutLine *line = lines->pdata[i];
      const RungsSelfInvoice *invoice = g_hash_table_lookup (by_partner, &line->item.partner);

      line->invoice = invoice != NULL ? invoice->number : 0;
      line->cancelled_by = invoice != NULL ? invoice->cancelled_by : 0;
    }
  return invoices != NULL;
}

gpointer
rungs_payout_load_details (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (RungsPayoutDetails) details = g_new0 (RungsPayoutDetails, 1);
  g_autoptr (GHashTable) partners = load_partners (db, error);
  g_autoptr (GArray) items = NULL;
  gint64 id = *(gint64 *) data;

  if (partners == NULL || (details->row = rungs_payout_row_load (db, id, error)) == NULL
      || (items = rungs_payout_list_items (db, id, error)) == NULL)
    return NULL;
  details->lines = lines_new ();
  for (guint i = 0; i < items->len; i++)
    {
      const RungsPayoutItem *item = &g_array_index (items, RungsPayoutItem, i);

      add_line (details->lines, partners, item, RUNGS_PAYOUT_IS_PAID,
                item->approved - item->set_off);
    }
  if (!note_invoices (db, id, details->lines, error))
    return NULL;
  g_ptr_array_sort (details->lines, compare_names);
  return g_steal_pointer (&details);
}

static gboolean
mark_all (RungsDb               *db,
          const RungsPayoutMark *mark,
          gint64                 now,
          GError               **error)
{
  g_autoptr (GArray) items = rungs_payout_list_items (db, mark->payout, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const RungsPayoutItem *item = &g_array_index (items, RungsPayoutItem, i);

      if (item->state == RUNGS_PAYOUT_PAYABLE
          && !rungs_payout_mark (db, mark->payout, item->partner, mark->state, now, error))
        return FALSE;
    }
  return items != NULL;
}

gpointer
rungs_payout_do_mark (RungsDb      *db,
                      gpointer      data,
                      GCancellable *cancellable,
                      GError      **error)
{
  const RungsPayoutMark *mark = data;
  gint64 now = g_get_real_time () / 1000;

  if (mark->partner == 0)
    mark_all (db, mark, now, error);
  else
    rungs_payout_mark (db, mark->payout, mark->partner, mark->state, now, error);
  return NULL;
}

gpointer
rungs_payout_do_reverse (RungsDb      *db,
                         gpointer      data,
                         GCancellable *cancellable,
                         GError      **error)
{
  rungs_payout_reverse (db, *(gint64 *) data, g_get_real_time () / 1000, error);
  return NULL;
}

/* ---- one that is to be made */

void
rungs_payout_plan_free (RungsPayoutPlan *self)
{
  if (self == NULL)
    return;
  g_free (self->first_day);
  g_free (self->day);
  g_clear_pointer (&self->paid, g_ptr_array_unref);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  g_free (self);
}

/* From the beginning of the first day to the end of the last one; or what is wrong with them. */
static gboolean
find_days (RungsDb          *db,
           RungsPayoutPlan  *plan,
           GError          **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  gint64 begin = 0;

  if (zone == NULL)
    return FALSE;
  plan->request.until = g_get_real_time () / 1000;
  if (*plan->first_day != '\0' && !rungs_time_parse (plan->first_day, zone, &begin, NULL))
    plan->fault = RUNGS_PAYOUT_BAD_FROM;
  else if (*plan->first_day != '\0')
    plan->request.from = rungs_time_day_start (begin, zone, 0);
  if (*plan->day != '\0' && !rungs_time_parse (plan->day, zone, &begin, NULL))
    plan->fault = RUNGS_PAYOUT_BAD_UNTIL;
  else if (*plan->day != '\0')
    plan->request.until = rungs_time_day_start (begin, zone, 1) - 1;
  if (plan->fault == RUNGS_PAYOUT_NO_FAULT && plan->request.from > plan->request.until)
    plan->fault = RUNGS_PAYOUT_BAD_ORDER;
  return TRUE;
}

/* What those who wait, and those who are paid, have from orders up to then, by gint64 id. */
static void
note_approved (GHashTable *approved,
               GArray     *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const RungsPayoutItem *item = &g_array_index (items, RungsPayoutItem, i);

      g_hash_table_insert (approved, g_memdup2 (&item->partner, sizeof item->partner),
                           g_memdup2 (&item->approved, sizeof item->approved));
    }
}

/* What is held, and what is of other orders. */
static gboolean
add_not_yet (RungsDb         *db,
             RungsPayoutPlan *plan,
             GHashTable      *partners,
             GHashTable      *approved,
             GError         **error)
{
  g_autoptr (GArray) balances = rungs_ledger_balances (db, 0, error);

  for (guint i = 0; balances != NULL && i < balances->len; i++)
    {
      const RungsLedgerBalances *there = &g_array_index (balances, RungsLedgerBalances, i);
      const gint64 *now = g_hash_table_lookup (approved, &there->partner);
      RungsPayoutItem item = { .partner = there->partner };
      gint64 held = -there->states[RUNGS_LEDGER_HELD];
      gint64 later = -there->states[RUNGS_LEDGER_APPROVED] - (now != NULL ? *now : 0);

      if (g_strcmp0 (there->currency, plan->currency) != 0)
        continue;
      if (later > 0)
        add_line (plan->left_out, partners, &item,
                  plan->request.from != 0 ? RUNGS_PAYOUT_OUTSIDE : RUNGS_PAYOUT_LATER, later);
      if (held > 0)
        add_line (plan->left_out, partners, &item, RUNGS_PAYOUT_HELD, held);
    }
  return balances != NULL;
}

static gboolean
fill_plan (RungsDb         *db,
           RungsPayoutPlan *plan,
           GError         **error)
{
  g_autoptr (GHashTable) approved
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) partners = load_partners (db, error);
  g_autoptr (GArray) waits = NULL;
  g_autoptr (GArray) items
      = partners != NULL ? rungs_payout_preview (db, &plan->request, &waits, error) : NULL;

  if (items == NULL)
    return FALSE;
  note_approved (approved, items);
  note_approved (approved, waits);
  for (guint i = 0; i < items->len; i++)
    {
      const RungsPayoutItem *item = &g_array_index (items, RungsPayoutItem, i);

      add_line (plan->paid, partners, item, RUNGS_PAYOUT_IS_PAID, item->approved - item->set_off);
    }
  for (guint i = 0; i < waits->len; i++)
    {
      const RungsPayoutItem *item = &g_array_index (waits, RungsPayoutItem, i);
      gint64 amount = item->approved - item->set_off;

      add_line (plan->left_out, partners, item,
                amount > 0 ? RUNGS_PAYOUT_TOO_LITTLE : RUNGS_PAYOUT_GIVES_BACK,
                amount > 0 ? amount : item->approved);
    }
  return add_not_yet (db, plan, partners, approved, error);
}

gpointer
rungs_payout_load_plan (RungsDb      *db,
                        gpointer      data,
                        GCancellable *cancellable,
                        GError      **error)
{
  const RungsPayoutPlan *asked = data;
  g_autoptr (RungsPayoutPlan) plan = g_memdup2 (asked, sizeof *asked);

  plan->first_day = g_strdup (asked->first_day);
  plan->day = g_strdup (asked->day);
  plan->paid = lines_new ();
  plan->left_out = lines_new ();
  g_strlcpy (plan->request.currency, plan->currency, sizeof plan->request.currency);
  plan->request.minimum = plan->minimum;
  if (!find_days (db, plan, error))
    return NULL;
  if (plan->fault != RUNGS_PAYOUT_NO_FAULT)
    return g_steal_pointer (&plan);
  if (!fill_plan (db, plan, error)
      || !rungs_payee_is_there (db, RUNGS_PAYEE_BUSINESS, &plan->payer_there, error))
    return NULL;
  g_ptr_array_sort (plan->paid, compare_names);
  g_ptr_array_sort (plan->left_out, compare_names);
  return g_steal_pointer (&plan);
}

void
rungs_payout_order_free (RungsPayoutOrder *self)
{
  g_clear_pointer (&self->request.partners, g_array_unref);
  g_free (self);
}

gpointer
rungs_payout_do_make (RungsDb      *db,
                      gpointer      data,
                      GCancellable *cancellable,
                      GError      **error)
{
  const RungsPayoutOrder *order = data;
  g_autoptr (GArray) items = rungs_payout_preview (db, &order->request, NULL, error);
  gint64 amount = 0, id;

  if (items == NULL)
    return NULL;
  for (guint i = 0; i < items->len; i++)
    amount += g_array_index (items, RungsPayoutItem, i).approved
              - g_array_index (items, RungsPayoutItem, i).set_off;
  if (items->len != order->request.partners->len || amount != order->amount)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                           _ ("what may be paid has changed meanwhile: look at the preview again"));
      return NULL;
    }
  id = rungs_payout_make (db, &order->request, g_get_real_time () / 1000, error);
  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}
