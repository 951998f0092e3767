/* rungs-ledger-cost-store.c: what partners cost by commissions and awards. */

#include "partners/rungs-ledger-cost-store.h"

#include "db/rungs-statement.h"

/* Account by account, each from one end of the time to the other: a few thousand places to look
 * for, and nothing is read in vain. */
#define COSTS                                                                                      \
  "  FROM ledger_account a"                                                                        \
  "  CROSS JOIN partner t ON t.id = a.partner"                                                     \
  "  CROSS JOIN ledger_cost c ON c.account = a.id AND c.at >= :from AND c.at < :until"             \
  " WHERE a.state = 'expense' AND (:source = 0 OR t.source = :source) AND "

static const char SQL_SUM[]
    = "SELECT t.source, a.currency, sum (c.amount), 0, 0" COSTS
      "(:currency IS NULL OR a.currency = :currency)"
      " GROUP BY a.id HAVING sum (c.amount) <> 0";

static const char SQL_LIST[]
    = "SELECT t.source, a.currency, c.amount, c.at, c.product" COSTS
      "(:currency IS NULL OR a.currency <> :currency)"
      " ORDER BY a.id, c.at, c.entry";

/* The number of them, too, as none must be there that the book has not. */
static const char SQL_CHECK[]
    = "SELECT (SELECT count (*)"
      "          FROM ledger_account a"
      "          JOIN posting p ON p.account = a.id"
      "          JOIN journal j ON j.id = p.entry"
      "          LEFT JOIN ledger_cost c"
      "            ON c.account = a.id AND c.at = j.at AND c.entry = j.id"
      "         WHERE a.state = 'expense' AND c.amount IS NOT p.amount)"
      "     + abs ((SELECT count (*) FROM ledger_cost)"
      "            - (SELECT count (*) FROM ledger_account a JOIN posting p ON p.account = a.id"
      "                WHERE a.state = 'expense'))";

static gboolean
tell (RungsDb              *db,
      const char           *sql,
      gint64                source,
      gint64                from,
      gint64                until,
      const char           *currency,
      RungsLedgerCostFunc   take,
      gpointer              data,
      GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":source", source);
  rungs_statement_bind_int64 (query, ":from", from);
  rungs_statement_bind_int64 (query, ":until", until);
  rungs_statement_bind_text (query, ":currency", currency);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsLedgerCost cost = {
        .source = rungs_statement_get_int64 (query, 0),
        .currency = rungs_statement_get_text (query, 1),
        .amount = rungs_statement_get_int64 (query, 2),
        .at = rungs_statement_get_int64 (query, 3),
        .product = rungs_statement_get_int64 (query, 4),
      };

      take (&cost, data);
    }
  return rungs_statement_done (query, error);
}

gboolean
rungs_ledger_costs_sum (RungsDb              *db,
                        gint64                source,
                        gint64                from,
                        gint64                until,
                        const char           *currency,
                        RungsLedgerCostFunc   take,
                        gpointer              data,
                        GError              **error)
{
  g_return_val_if_fail (db != NULL && take != NULL, FALSE);

  return tell (db, SQL_SUM, source, from, until, currency, take, data, error);
}

gboolean
rungs_ledger_costs_list (RungsDb              *db,
                         gint64                source,
                         gint64                from,
                         gint64                until,
                         const char           *but_for,
                         RungsLedgerCostFunc   take,
                         gpointer              data,
                         GError              **error)
{
  g_return_val_if_fail (db != NULL && take != NULL, FALSE);

  return tell (db, SQL_LIST, source, from, until, but_for, take, data, error);
}

gboolean
rungs_ledger_costs_check (RungsDb    *db,
                          GPtrArray  *faults,
                          GError    **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 wrong;

  g_return_val_if_fail (db != NULL && faults != NULL, FALSE);

  query = rungs_db_prepare (db, SQL_CHECK, error);
  if (query == NULL || !rungs_statement_get_number (query, 0, &wrong, error))
    return FALSE;
  if (wrong > 0)
    g_ptr_array_add (faults, g_strdup_printf ("what is kept of the cost of partners: it is not what"
                                              " the ledger has (%" G_GINT64_FORMAT " entries)",
                                              wrong));
  return TRUE;
}
