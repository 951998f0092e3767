/* rungs-naive-rates.c: amounts told in one currency by SQL alone: with whole numbers, a question
 * for each amount, and the halves of a cent looked at one by one. */

#include "rungs-naive-rates.h"

/* The rate that held for the amount, as BY / OVER: of the two directions the later day. */
#define HELD(currency, day)                                                                        \
  "FROM (SELECT rate AS by, 100000000 AS over, day FROM currency_rate"                             \
  "       WHERE base = " currency " AND quote = '$REPORT'"                                         \
  "      UNION ALL SELECT 100000000, rate, day FROM currency_rate"                                 \
  "       WHERE quote = " currency " AND base = '$REPORT')"                                        \
  " WHERE day <= " day " ORDER BY day DESC LIMIT 1"

#define TELL(amount)                                                                               \
  "(" amount ") * t.by / t.over + (2 * ((" amount ") * t.by % t.over) > t.over"                    \
  "  OR (2 * ((" amount ") * t.by % t.over) = t.over AND ((" amount ") * t.by / t.over) % 2 = 1))"

static const char ORDERS[]
  = "CREATE TEMP TABLE told_order AS SELECT o.id AS id,"
    " (SELECT by " HELD ("o.currency", "d.day") ") AS by,"
    " (SELECT over " HELD ("o.currency", "d.day") ") AS over"
    " FROM sales_order o, (SELECT id, local_day (at, (SELECT zone FROM business)) AS day"
    "                        FROM sales_order) d"
    " WHERE d.id = o.id AND o.currency <> '$REPORT'";

static const char PARTS[]
  = "CREATE TEMP TABLE told_part AS SELECT g.refund AS refund, g.order_line AS line, o.id AS id,"
    " sum (g.amount) OVER (PARTITION BY g.order_line ORDER BY f.at > $NOW, g.refund) AS until,"
    " g.amount AS amount"
    " FROM refund_line g, refund f, order_line l, sales_order o"
    " WHERE f.id = g.refund AND l.id = g.order_line AND o.id = l.sales_order";

static const char *const STEPS[] = {
  ORDERS,
  PARTS,
  "DELETE FROM told_order WHERE by IS NULL",
  "UPDATE refund_line AS g SET amount ="
  " (SELECT " TELL ("p.until") " - (" TELL ("p.until - p.amount") ")"
  "    FROM told_part p, told_order t"
  "   WHERE p.refund = g.refund AND p.line = g.order_line AND t.id = p.id)"
  " WHERE EXISTS (SELECT 1 FROM told_part p, told_order t"
  "                WHERE p.refund = g.refund AND p.line = g.order_line AND t.id = p.id)",
  "UPDATE order_line AS l SET amount ="
  " (SELECT " TELL ("l.amount") " FROM told_order t WHERE t.id = l.sales_order)"
  " WHERE l.sales_order IN (SELECT id FROM told_order)",
  "UPDATE sales_order SET currency = '$REPORT' WHERE id IN (SELECT id FROM told_order)",
  "CREATE TEMP TABLE told_spend AS SELECT s.id AS id,"
  " (SELECT by " HELD ("s.currency", "s.day") ") AS by,"
  " (SELECT over " HELD ("s.currency", "s.day") ") AS over"
  " FROM source_spend s WHERE s.currency <> '$REPORT'",
  "UPDATE source_spend AS s SET currency = '$REPORT', amount ="
  " (SELECT " TELL ("s.amount") " FROM told_spend t WHERE t.id = s.id)"
  " WHERE s.id IN (SELECT id FROM told_spend WHERE by IS NOT NULL)",
  "CREATE TEMP TABLE told_cost AS SELECT s.rowid AS id,"
  " (SELECT by " HELD ("s.currency", "local_day (s.at, (SELECT zone FROM business))") ") AS by,"
  " (SELECT over " HELD ("s.currency", "local_day (s.at, (SELECT zone FROM business))") ") AS over"
  " FROM naive_cost s WHERE s.currency <> '$REPORT'",
  "UPDATE naive_cost AS s SET currency = '$REPORT', amount = sign (s.amount) *"
  " (SELECT " TELL ("abs (s.amount)") " FROM told_cost t WHERE t.id = s.rowid)"
  " WHERE s.rowid IN (SELECT id FROM told_cost WHERE by IS NOT NULL)",
  "DROP TABLE told_order",
  "DROP TABLE told_part",
  "DROP TABLE told_spend",
  "DROP TABLE told_cost",
};

/* The statement with the currency of the report and the time in their places. */
static char *
fill_in (RungsFixture *self,
         const char   *statement,
         const char   *report)
{
  g_autoptr (GString) sql = g_string_new (statement);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, rungs_fixture_now (self));

  g_string_replace (sql, "$REPORT", report, 0);
  g_string_replace (sql, "$NOW", now, 0);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

void
rungs_naive_tell (RungsFixture *self,
                  const char   *report)
{
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    {
      g_autofree char *sql = fill_in (self, STEPS[i], report);

      rungs_fixture_run (self, sql);
    }
}

gint64
rungs_naive_count_apart (RungsFixture *self,
                         const char   *report,
                         const char   *currency,
                         gint64        from,
                         gboolean      costs)
{
  gboolean same = g_str_equal (report, currency);
  g_autofree char *none = g_strdup_printf (
    "NOT EXISTS (SELECT 1 FROM currency_rate r WHERE '%1$s' IN (r.base, r.quote)"
    " AND '%2$s' IN (r.base, r.quote) AND r.day <=",
    report, currency);
  g_autofree char *sql
    = costs ? g_strdup_printf ("SELECT (SELECT count (*) FROM source_spend s"
                               " WHERE currency = '%1$s'"
                               " AND s.day <= local_day (%2$" G_GINT64_FORMAT
                               ", (SELECT zone FROM business)) AND %3$s s.day))"
                               " + (SELECT count (*) FROM naive_cost c WHERE currency = '%1$s'"
                               " AND c.at <= %2$" G_GINT64_FORMAT
                               " AND %3$s local_day (c.at, (SELECT zone FROM business))))",
                               currency, rungs_fixture_now (self), none)
            : g_strdup_printf ("SELECT count (*) FROM sales_order o WHERE currency = '%s'"
                               " AND o.at >= %" G_GINT64_FORMAT " AND o.at <= %" G_GINT64_FORMAT
                               " AND %s local_day (o.at, (SELECT zone FROM business)))",
                               currency, from, rungs_fixture_now (self), none);

  return same ? 0 : rungs_fixture_number (self, sql);
}
