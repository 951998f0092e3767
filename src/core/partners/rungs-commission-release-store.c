/* rungs-commission-release-store.c: what is held of commissions and awards, and what is not any
 * more. */

#include <glib/gi18n.h>

#include "db/rungs-record.h"
#include "partners/rungs-commission-private.h"

#define AT_ONCE 1000

static const char SQL_LOAD[]
    = "SELECT" COMMISSION_COLUMNS
      "FROM earning WHERE order_line = :line AND partner = :partner";

static const char SQL_DUE[]
    = "SELECT" COMMISSION_COLUMNS "FROM earning"
      " WHERE is_open AND approved_at IS NOT NULL AND hold_until <= :now"
      " ORDER BY hold_until, order_line, partner LIMIT :most";

static const char SQL_NEXT_DUE[]
    = "SELECT hold_until FROM earning WHERE is_open AND approved_at IS NOT NULL AND :id = 0"
      " ORDER BY hold_until LIMIT 1";

static const char *const SQL_APPROVE[]
    = EARNING_EACH ("UPDATE", "SET approved_at = :at"
                              " WHERE order_line = :line AND partner = :partner");

/* Moves what is in one state of a line into another, but for what is in payouts. */
static gboolean
shift (RungsDb               *db,
       const RungsCommission *commission,
       RungsLedgerKind        kind,
       RungsLedgerState       from,
       RungsLedgerState       to,
       gint64                 now,
       GError               **error)
{
  g_autoptr (RungsLedgerEntry) entry = rungs_commission_entry (commission, kind, now, NULL);
  gint64 states[RUNGS_LEDGER_N_STATES];
  gint64 paid = 0;

  if (!rungs_commission_load_states (db, commission, states, error)
      || (from == RUNGS_LEDGER_APPROVED
          && !rungs_commission_load_paid (db, commission, &paid, error)))
    return FALSE;
  if (-states[from] <= paid)
    return TRUE;
  return rungs_ledger_entry_move (entry, commission->partner, from, to, -states[from] - paid, error)
         && rungs_ledger_add (db, entry, now, error) != 0;
}

/* Returns: (transfer full) (element-type RungsCommission). */
static GPtrArray *
list_due (RungsDb *db,
          gint64   now,
          gint64   most,
          GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DUE, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":now", now);
      rungs_statement_bind_int64 (query, ":most", most);
    }
  return rungs_record_list (query, rungs_commission_read, g_free, error);
}

gboolean
rungs_commissions_release (RungsDb *db,
                           gint64   now,
                           guint    most,
                           gint64  *released,
                           GError **error)
{
  gint64 wanted = most > 0 ? most : G_MAXINT64;
  gint64 asked, found;

  g_return_val_if_fail (db != NULL && released != NULL, FALSE);

  *released = 0;
  do
    {
      g_autoptr (GPtrArray) due = NULL;

      asked = MIN (wanted - *released, AT_ONCE);
      due = list_due (db, now, asked, error);
      if (due == NULL)
        return FALSE;
      found = due->len;
      for (guint i = 0; i < due->len; i++)
        if (!shift (db, due->pdata[i], RUNGS_LEDGER_RELEASE, RUNGS_LEDGER_HELD,
                    RUNGS_LEDGER_APPROVED, now, error)
            || !rungs_commission_set_open (db, due->pdata[i], FALSE, error))
          return FALSE;
      *released += found;
    }
  while (found == asked && *released < wanted);
  return TRUE;
}

gboolean
rungs_commissions_next_due (RungsDb *db,
                            gint64  *due,
                            GError **error)
{
  g_return_val_if_fail (db != NULL && due != NULL, FALSE);

  return rungs_record_ask (db, SQL_NEXT_DUE, 0, G_MAXINT64, due, error);
}

static RungsCommission *
load (RungsDb *db,
      gint64   order_line,
      gint64   partner,
      GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":line", order_line);
      rungs_statement_bind_int64 (query, ":partner", partner);
    }
  return rungs_record_first (query, rungs_commission_read,
                             _ ("this earns nobody a commission"), error);
}

gboolean
rungs_commission_approve (RungsDb  *db,
                          gint64    order_line,
                          gint64    partner,
                          gboolean  approve,
                          gint64    now,
                          GError  **error)
{
  g_autofree RungsCommission *commission = NULL;
  g_autoptr (RungsStatement) set = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  commission = load (db, order_line, partner, error);
  set = commission != NULL ? rungs_earning_prepare (db, SQL_APPROVE, order_line, error) : NULL;
  if (set == NULL)
    return FALSE;
  rungs_statement_bind_id (set, ":at", approve ? now : 0);
  rungs_statement_bind_int64 (set, ":line", order_line);
  rungs_statement_bind_int64 (set, ":partner", partner);
  if (!rungs_statement_run (set, error))
    return FALSE;
  return approve
         || (shift (db, commission, RUNGS_LEDGER_HOLD, RUNGS_LEDGER_APPROVED, RUNGS_LEDGER_HELD,
                    now, error)
             && rungs_commission_set_open (db, commission, TRUE, error));
}

/* ---- what would be taken back */

void
rungs_commission_split (const gint64  states[RUNGS_LEDGER_N_STATES],
                        gint64        paid,
                        gint64        amount,
                        gint64       *held,
                        gint64       *approved,
                        gint64       *carried)
{
  *held = MIN (amount, -states[RUNGS_LEDGER_HELD]);
  *approved = MIN (amount - *held, -states[RUNGS_LEDGER_APPROVED] - paid);
  *carried = amount - *held - *approved;
}

static RungsCommissionLoss *
find_loss (GArray                *losses,
           const RungsCommission *commission)
{
  RungsCommissionLoss loss = { .partner = commission->partner };

  for (guint i = 0; i < losses->len; i++)
    {
      RungsCommissionLoss *there = &g_array_index (losses, RungsCommissionLoss, i);

      if (there->partner == commission->partner
          && g_str_equal (there->currency, commission->own.currency))
        return there;
    }
  g_strlcpy (loss.currency, commission->own.currency, sizeof loss.currency);
  g_array_append_val (losses, loss);
  return &g_array_index (losses, RungsCommissionLoss, losses->len - 1);
}

GArray *
rungs_commission_preview_nobody (RungsDb *db,
                                 gint64   order,
                                 GError **error)
{
  g_autoptr (GArray) losses = g_array_new (FALSE, TRUE, sizeof (RungsCommissionLoss));
  g_autoptr (GPtrArray) commissions = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  commissions = rungs_commission_list_of_order (db, order, error);
  for (guint i = 0; commissions != NULL && i < commissions->len; i++)
    {
      gint64 states[RUNGS_LEDGER_N_STATES];
      gint64 paid, held, approved, carried;
      RungsCommissionLoss *loss;

      if (!rungs_commission_load_states (db, commissions->pdata[i], states, error)
          || !rungs_commission_load_paid (db, commissions->pdata[i], &paid, error))
        return NULL;
      if (states[RUNGS_LEDGER_EXPENSE] <= 0)
        continue;
      rungs_commission_split (states, paid, states[RUNGS_LEDGER_EXPENSE], &held, &approved,
                              &carried);
      loss = find_loss (losses, commissions->pdata[i]);
      loss->held += held;
      loss->approved += approved;
      loss->carried += carried;
    }
  return commissions != NULL ? g_steal_pointer (&losses) : NULL;
}
