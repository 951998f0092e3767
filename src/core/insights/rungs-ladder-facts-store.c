/* rungs-ladder-facts-store.c: what is known about products and offers. */

#include "insights/rungs-ladder-facts-store.h"

#include "db/rungs-statement.h"

static const char SQL_FACTS[]
    = "SELECT p.id,"
      "       (SELECT count (*) FROM sequence s WHERE s.sells = p.id AND s.state = 'live'),"
      "       (SELECT count (*) FROM way_in w LEFT JOIN sales_letter l ON l.id = w.letter"
      "         WHERE coalesce (w.product, l.product) = p.id AND l.retired_at IS NULL"
      "           AND NOT EXISTS (SELECT 1 FROM source s"
      "                            WHERE s.id = w.source AND s.retired_at IS NOT NULL)),"
      "       (SELECT count (*) FROM sales_letter l"
      "         WHERE l.product = p.id AND l.retired_at IS NULL)"
      "  FROM product p";

static RungsProductFacts *
facts_from_row (RungsStatement *row)
{
  RungsProductFacts *facts = g_new0 (RungsProductFacts, 1);

  facts->product = rungs_statement_get_int64 (row, 0);
  facts->sequences = rungs_statement_get_int64 (row, 1);
  facts->ways = rungs_statement_get_int64 (row, 2);
  facts->letters = rungs_statement_get_int64 (row, 3);
  return facts;
}

GHashTable *
rungs_ladder_facts (RungsDb  *db,
                    GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FACTS, error);
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsProductFacts *facts = facts_from_row (query);

      g_hash_table_insert (all, &facts->product, facts);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&all) : NULL;
}
