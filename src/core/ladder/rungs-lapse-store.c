/* rungs-lapse-store.c: tells of subscriptions that lapsed.
 *
 * Each line that pays for a subscription is looked at once, when what it pays for and the days of
 * grace are over. It tells of a lapse where, at that instant, it was not given back whole and no
 * other line of the lead for the product reached further (of two that end together the later one
 * tells). What was ordered or given back afterwards changes nothing about it. */

#include "ladder/rungs-subscription-store.h"

#include "db/rungs-statement.h"

static const char *const SQL_MAKE[] = {
  "CREATE TEMP TABLE IF NOT EXISTS lapse ("
  "  line INTEGER PRIMARY KEY, lead INTEGER NOT NULL, product INTEGER NOT NULL,"
  "  at INTEGER NOT NULL, run INTEGER)",
  "DELETE FROM temp.lapse",
};

static const char SQL_FIND[]
    = "INSERT INTO temp.lapse (line, lead, product, at, run)"
      " SELECT l.id, o.lead, l.product, l.paid_until + p.lapse_days * 86400000, o.run"
      "   FROM product p CROSS JOIN order_line l INDEXED BY order_line_due ON l.product = p.id"
      "   CROSS JOIN sales_order o ON o.id = l.sales_order"
      "  WHERE l.lapsed_at IS NULL AND l.paid_until IS NOT NULL"
      "    AND l.paid_until <= :now - p.lapse_days * 86400000"
      "  ORDER BY l.paid_until LIMIT :limit";

#define STOOD(line)                                                                                \
  "coalesce ((SELECT sum (g.amount) FROM refund_line g JOIN refund f ON f.id = g.refund"           \
  "            WHERE g.order_line = " line ".id AND f.at <= d.at) < " line ".amount, 1)"

static const char SQL_TELL[]
    = "INSERT INTO event (lead, kind, at, ref, detail, run)"
      " SELECT d.lead, 'subscription.lapsed', d.at, d.line, p.name, d.run"
      "   FROM temp.lapse d CROSS JOIN order_line l ON l.id = d.line"
      "   CROSS JOIN product p ON p.id = d.product"
      "  WHERE " STOOD ("l")
      "    AND NOT EXISTS (SELECT 1 FROM sales_order e"
      "                     CROSS JOIN order_line k ON k.sales_order = e.id"
      "                     WHERE e.lead = d.lead AND e.at <= d.at AND +k.product = d.product"
      "                       AND (k.paid_until IS NULL"
      "                            OR (k.paid_until, k.id) > (l.paid_until, l.id))"
      "                       AND " STOOD ("k") ")"
      "  ORDER BY d.at, d.line";

static const char SQL_MARK[]
    = "UPDATE order_line SET lapsed_at = :now WHERE id IN (SELECT line FROM temp.lapse)";

static const char SQL_COUNT[] = "SELECT count (*) FROM temp.lapse";

static const char SQL_NEXT[]
    = "SELECT min ((SELECT min (l.paid_until) FROM order_line l INDEXED BY order_line_due"
      "              WHERE l.product = p.id AND l.lapsed_at IS NULL AND l.paid_until IS NOT NULL)"
      "            + p.lapse_days * 86400000)"
      "  FROM product p";

static gboolean
run (RungsDb    *db,
     const char *sql,
     gint64      now,
     guint       limit,
     GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_offer_int64 (statement, ":now", now);
  rungs_statement_offer_int64 (statement, ":limit", limit);
  return rungs_statement_run (statement, error);
}

gboolean
rungs_subscriptions_turn (RungsDb *db,
                          gint64   now,
                          guint    limit,
                          guint   *looked,
                          GError **error)
{
  g_autoptr (RungsStatement) count = NULL;
  gint64 found = 0;

  g_return_val_if_fail (looked != NULL, FALSE);

  if (!run (db, SQL_MAKE[0], now, limit, error) || !run (db, SQL_MAKE[1], now, limit, error)
      || !run (db, SQL_FIND, now, limit, error)
      || (count = rungs_db_prepare (db, SQL_COUNT, error)) == NULL
      || !rungs_statement_get_number (count, 0, &found, error))
    return FALSE;
  *looked = found;
  return found == 0
         || (run (db, SQL_TELL, now, limit, error) && run (db, SQL_MARK, now, limit, error));
}

gboolean
rungs_subscriptions_next_turn (RungsDb *db,
                               gint64  *at,
                               GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NEXT, error);
  gint64 next = 0;

  g_return_val_if_fail (at != NULL, FALSE);

  if (query == NULL || !rungs_statement_get_number (query, 0, &next, error))
    return FALSE;
  *at = next != 0 ? next : G_MAXINT64;
  return TRUE;
}
