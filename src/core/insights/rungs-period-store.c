/* rungs-period-store.c: what happened between two moments. */

#include "insights/rungs-period-store.h"

#include "db/rungs-statement.h"

static const char SQL_COUNTS[] =
  "SELECT (SELECT count(*) FROM lead WHERE created_at >= :from AND created_at < :until),"
  "       (SELECT count(*) FROM event WHERE kind = 'mail.sent' AND at >= :from AND at < :until),"
  "       (SELECT count(*) FROM sales_order WHERE at >= :from AND at < :until)";

static const char SQL_REVENUE[] =
  "SELECT currency, sum (amount), 0, 0 FROM ("
  "    SELECT o.currency AS currency, l.amount AS amount"
  "      FROM sales_order o JOIN order_line l ON l.sales_order = o.id"
  "     WHERE o.at >= :from AND o.at < :until"
  "    UNION ALL"
  "    SELECT o.currency, -r.amount"
  "      FROM refund f"
  "      JOIN refund_line r ON r.refund = f.id"
  "      JOIN sales_order o ON o.id = f.sales_order"
  "     WHERE f.at >= :from AND f.at < :until)"
  " GROUP BY currency ORDER BY currency";

/* Each amount with the time of its order; of what was given back also how much was before. */
static const char SQL_AMOUNTS[] =
  "SELECT o.currency, l.amount, o.at, 0"
  "  FROM sales_order o JOIN order_line l ON l.sales_order = o.id"
  " WHERE o.at >= :from AND o.at < :until"
  " UNION ALL"
  " SELECT o.currency, -r.amount, o.at,"
  "        (SELECT coalesce (sum (s.amount), 0) FROM refund_line s JOIN refund g ON g.id = s.refund"
  "          WHERE s.order_line = r.order_line AND (g.at < f.at OR (g.at = f.at AND g.id < f.id)))"
  "   FROM refund f"
  "   JOIN refund_line r ON r.refund = f.id"
  "   JOIN sales_order o ON o.id = f.sales_order"
  "  WHERE f.at >= :from AND f.at < :until";

static const char SQL_EXTENT[] =
  "SELECT (SELECT count(*) FROM lead),"
  "       (SELECT count(*) FROM product WHERE retired_at IS NULL),"
  "       (SELECT count(*) FROM message),"
  "       (SELECT count(*) FROM sequence WHERE state = 'live')";

static gboolean
load_counts (RungsDb      *db,
             gint64        from,
             gint64        until,
             RungsPeriod  *period,
             GError      **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNTS, error);

  if (query == NULL)
    return FALSE;

  rungs_statement_bind_int64 (query, ":from", from);
  rungs_statement_bind_int64 (query, ":until", until);
  if (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      period->leads = rungs_statement_get_int64 (query, 0);
      period->messages = rungs_statement_get_int64 (query, 1);
      period->orders = rungs_statement_get_int64 (query, 2);
      rungs_statement_step (query, error);
    }
  return rungs_statement_done (query, error);
}

static gboolean
load_revenue (RungsDb              *db,
              gint64                from,
              gint64                until,
              const RungsExchange  *exchange,
              RungsPeriod          *period,
              GError              **error)
{
  g_autoptr (RungsStatement) query
    = rungs_db_prepare (db, exchange != NULL ? SQL_AMOUNTS : SQL_REVENUE, error);

  if (query == NULL)
    return FALSE;

  rungs_statement_bind_int64 (query, ":from", from);
  rungs_statement_bind_int64 (query, ":until", until);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsMoney money = rungs_money (rungs_statement_get_int64 (query, 1),
                                      rungs_statement_get_text (query, 0));

      if (!rungs_exchange_add (exchange, money, rungs_statement_get_int64 (query, 3),
                               rungs_statement_get_int64 (query, 2), period->revenue,
                               period->converted, error))
        return FALSE;
    }
  return rungs_statement_done (query, error);
}

void
rungs_period_free (RungsPeriod *self)
{
  g_array_unref (self->revenue);
  g_array_unref (self->converted);
  g_free (self);
}

RungsPeriod *
rungs_period_load (RungsDb              *db,
                   gint64                from,
                   gint64                until,
                   const RungsExchange  *exchange,
                   GError              **error)
{
  g_autoptr (RungsPeriod) period = g_new0 (RungsPeriod, 1);

  g_return_val_if_fail (db != NULL, NULL);

  period->revenue = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  period->converted = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  if (!load_counts (db, from, until, period, error)
      || !load_revenue (db, from, until, exchange, period, error))
    return NULL;
  return g_steal_pointer (&period);
}

gboolean
rungs_extent_load (RungsDb      *db,
                   RungsExtent  *extent,
                   GError      **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_EXTENT, error);

  g_return_val_if_fail (extent != NULL, FALSE);

  if (query == NULL)
    return FALSE;

  if (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      extent->leads = rungs_statement_get_int64 (query, 0);
      extent->products = rungs_statement_get_int64 (query, 1);
      extent->messages = rungs_statement_get_int64 (query, 2);
      extent->sequences = rungs_statement_get_int64 (query, 3);
      rungs_statement_step (query, error);
    }
  return rungs_statement_done (query, error);
}
