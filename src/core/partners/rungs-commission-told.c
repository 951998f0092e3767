/* rungs-commission-told.c: what an order earns whom, and why, for people. */

#include "partners/rungs-commission-told.h"

#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-store.h"

void
rungs_commission_told_free (RungsCommissionTold *self)
{
  g_free (self->name);
  g_free (self->words);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCommissionTold, rungs_commission_told_free)

/* What the entry adds to what the partner has cost; 0 where it does not move that. */
static gint64
cost_of (const RungsLedgerEntry *entry,
         gint64                  partner)
{
  gint64 cost = 0;

  for (guint i = 0; i < entry->postings->len; i++)
    {
      const RungsPosting *posting = &g_array_index (entry->postings, RungsPosting, i);

      if (posting->partner == partner && posting->state == RUNGS_LEDGER_EXPENSE)
        cost += posting->amount;
    }
  return cost;
}

/* Returns: (transfer full) (nullable): NULL where it earns nothing by now. */
static RungsCommissionTold *
tell (const RungsCommission *commission,
      GPtrArray             *entries)
{
  g_autoptr (RungsCommissionTold) told = g_new0 (RungsCommissionTold, 1);
  const RungsLedgerEntry *last = NULL;

  told->partner = commission->partner;
  told->is_second = commission->via != 0;
  told->amount = rungs_money (0, commission->own.currency);
  for (guint i = 0; i < entries->len; i++)
    {
      const RungsLedgerEntry *entry = entries->pdata[i];
      gint64 cost = entry->order_line == commission->order_line
                        ? cost_of (entry, commission->partner)
                        : 0;

      told->amount.minor += cost;
      if (cost != 0)
        last = entry;
    }
  told->base = last != NULL
                   ? rungs_money (last->base, rungs_ledger_entry_get_base_currency (last))
                   : rungs_money (RUNGS_LEDGER_NO_BASE, commission->own.currency);
  told->rate = last != NULL ? last->rate : RUNGS_LEDGER_NO_RATE;
  told->words = g_strdup (last != NULL ? last->words : "");
  return told->amount.minor != 0 ? g_steal_pointer (&told) : NULL;
}

GPtrArray *
rungs_commission_told_list (RungsDb *db,
                            gint64   order,
                            GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_commission_told_free);
  g_autoptr (GPtrArray) commissions = NULL, entries = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  commissions = rungs_commission_list_of_order (db, order, error);
  entries = commissions != NULL ? rungs_ledger_list_of_order (db, order, error) : NULL;
  for (guint i = 0; entries != NULL && i < commissions->len; i++)
    {
      const RungsCommission *commission = commissions->pdata[i];
      RungsCommissionTold *told = tell (commission, entries);
      g_autoptr (RungsPartner) partner = NULL;

      if (told == NULL)
        continue;
      g_ptr_array_add (list, told);
      partner = rungs_partner_load (db, told->partner, error);
      if (partner == NULL)
        return NULL;
      told->name = g_strdup (partner->name);
    }
  return entries != NULL ? g_steal_pointer (&list) : NULL;
}
