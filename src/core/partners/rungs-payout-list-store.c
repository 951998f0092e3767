/* rungs-payout-list-store.c: finds the payouts that a browser shows, and what became of each. */

#include "partners/rungs-payout-list-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

static const char SQL_FIND[] = "SELECT id FROM payout ORDER BY id DESC";

static const char SQL_FIND_OPEN[]
    = "SELECT p.id FROM payout p"
      " WHERE EXISTS (SELECT 1 FROM payout_item i WHERE i.payout = p.id AND i.state = 'payable')"
      " ORDER BY p.id DESC";

static const char SQL_COUNT[]
    = "SELECT state, count (*) FROM payout_item WHERE payout = :id GROUP BY state";

GArray *
rungs_payout_find (RungsDb *db,
                   gboolean open,
                   GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, open ? SQL_FIND_OPEN : SQL_FIND, error);
  return rungs_record_ids (query, error);
}

void
rungs_payout_row_free (RungsPayoutRow *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->payout, rungs_payout_free);
  g_free (self);
}

RungsPayoutRow *
rungs_payout_row_load (RungsDb *db,
                       gint64   id,
                       GError **error)
{
  g_autoptr (RungsPayoutRow) row = g_new0 (RungsPayoutRow, 1);
  g_autoptr (RungsStatement) count = NULL;
  RungsPayoutState state;

  g_return_val_if_fail (db != NULL, NULL);

  row->payout = rungs_payout_load (db, id, error);
  count = row->payout != NULL ? rungs_db_prepare (db, SQL_COUNT, error) : NULL;
  if (count == NULL)
    return NULL;
  rungs_statement_bind_int64 (count, ":id", id);
  while (rungs_statement_step (count, error) == RUNGS_ROW)
    if (rungs_payout_state_from_text (rungs_statement_get_text (count, 0), &state))
      row->counts[state] = rungs_statement_get_int64 (count, 1);
  return rungs_statement_done (count, error) ? g_steal_pointer (&row) : NULL;
}
