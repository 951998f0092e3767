/* rungs-ladder-facts-store.c: what is known about products and offers. */

#include "insights/rungs-ladder-facts-store.h"

#include "db/rungs-statement.h"

static const char SQL_FACTS[]
    = "SELECT p.id,"
      "       (SELECT count (DISTINCT w.lead) FROM owned w"
      "         WHERE w.product = p.id AND w.since <= :now"
      "           AND (w.paid_until IS NULL OR w.paid_until > :now)),"
      "       (SELECT count (*) FROM order_line l WHERE l.product = p.id AND l.amount > 0),"
      "       (SELECT count (DISTINCT g.order_line)"
      "          FROM order_line l CROSS JOIN refund_line g ON g.order_line = l.id"
      "         WHERE l.product = p.id AND g.amount > 0),"
      "       (SELECT count (*) FROM sequence s WHERE s.sells = p.id AND s.state = 'live'),"
      "       (SELECT count (*) FROM way_in w LEFT JOIN sales_letter l ON l.id = w.letter"
      "         WHERE coalesce (w.product, l.product) = p.id AND l.retired_at IS NULL"
      "           AND NOT EXISTS (SELECT 1 FROM source s"
      "                            WHERE s.id = w.source AND s.retired_at IS NOT NULL)),"
      "       (SELECT count (*) FROM sales_letter l"
      "         WHERE l.product = p.id AND l.retired_at IS NULL)"
      "  FROM product p";

static const char SQL_LACKS[]
    = "SELECT EXISTS (SELECT 1 FROM owned w"
      "                WHERE w.product = :from AND w.since <= :now"
      "                  AND (w.paid_until IS NULL OR w.paid_until > :now)"
      "                  AND NOT EXISTS (SELECT 1 FROM owned x"
      "                                   WHERE x.lead = w.lead AND x.product = :to"
      "                                     AND x.since <= :now"
      "                                     AND (x.paid_until IS NULL OR x.paid_until > :now)))";

static RungsProductFacts *
facts_from_row (RungsStatement *row)
{
  RungsProductFacts *facts = g_new0 (RungsProductFacts, 1);

  facts->product = rungs_statement_get_int64 (row, 0);
  facts->owners = rungs_statement_get_int64 (row, 1);
  facts->sales = rungs_statement_get_int64 (row, 2);
  facts->refunded = rungs_statement_get_int64 (row, 3);
  facts->sequences = rungs_statement_get_int64 (row, 4);
  facts->ways = rungs_statement_get_int64 (row, 5);
  facts->letters = rungs_statement_get_int64 (row, 6);
  return facts;
}

GHashTable *
rungs_ladder_facts (RungsDb  *db,
                    gint64    now,
                    GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FACTS, error);
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":now", now);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsProductFacts *facts = facts_from_row (query);

      g_hash_table_insert (all, &facts->product, facts);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&all) : NULL;
}

gboolean
rungs_ladder_lacks (RungsDb   *db,
                    gint64     from,
                    gint64     to,
                    gint64     now,
                    gboolean  *lacks,
                    GError   **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LACKS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":from", from);
  rungs_statement_bind_int64 (query, ":to", to);
  rungs_statement_bind_int64 (query, ":now", now);
  if (rungs_statement_step (query, error) == RUNGS_ROW)
    *lacks = rungs_statement_get_int64 (query, 0) != 0;
  return rungs_statement_done (query, error);
}
