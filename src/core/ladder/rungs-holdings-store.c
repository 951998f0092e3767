/* rungs-holdings-store.c: what each lead ordered, of all leads at once, in memory.
 *
 * Asked in the order of the leads, the lines of two million orders are looked up all over the
 * file. Read as they lie and strung together by lead afterwards they take a quarter of the time.
 * That they say what the view `owned` says is held by a test. */

#include "ladder/rungs-holdings-store.h"

#include "db/rungs-statement.h"

#define SQL_LINES                                                                                  \
  "SELECT o.lead, n.product, o.at FROM order_line n"                                               \
  "  CROSS JOIN sales_order o ON o.id = n.sales_order"

static const char SQL_EVER[] = SQL_LINES " WHERE +o.at <= :at";

static const char SQL_OWNED[]
    = SQL_LINES "  CROSS JOIN product p ON p.id = n.product"
                " WHERE +o.at <= :at"
                "   AND (n.paid_until IS NULL OR n.paid_until + p.lapse_days * 86400000 > :at)"
                "   AND n.id NOT IN (SELECT g.order_line FROM refund_line g"
                "                      CROSS JOIN order_line m ON m.id = g.order_line"
                "                     GROUP BY g.order_line HAVING sum (g.amount) >= m.amount)";

static const char SQL_HIGHEST[] = "SELECT coalesce (max (o.lead), 0) FROM sales_order o";

struct _RungsHoldings
{
  gint64 highest;
  guint32 *first; /* (owned), by lead: the place of one of its lines, counted from 1; 0: none */
  GArray *lines;  /* (owned) (element-type RungsHolding) */
};

void
rungs_holdings_free (RungsHoldings *self)
{
  g_free (self->first);
  g_array_unref (self->lines);
  g_free (self);
}

static void
take_line (RungsHoldings  *self,
           RungsStatement *row)
{
  gint64 lead = rungs_statement_get_int64 (row, 0);
  RungsHolding line = { .product = rungs_statement_get_int64 (row, 1),
                        .at = rungs_statement_get_int64 (row, 2) };

  if (lead > self->highest)
    return;
  line.next = self->first[lead];
  g_array_append_val (self->lines, line);
  self->first[lead] = self->lines->len;
}

RungsHoldings *
rungs_holdings_read (RungsDb *db,
                     gint64   at,
                     gboolean ever,
                     GError **error)
{
  g_autoptr (RungsStatement) highest = rungs_db_prepare (db, SQL_HIGHEST, error);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, ever ? SQL_EVER : SQL_OWNED, error);
  g_autoptr (RungsHoldings) self = g_new0 (RungsHoldings, 1);

  self->lines = g_array_new (FALSE, FALSE, sizeof (RungsHolding));
  if (highest == NULL || query == NULL
      || !rungs_statement_get_number (highest, 0, &self->highest, error))
    return NULL;
  self->first = g_new0 (guint32, (gsize) self->highest + 1);
  rungs_statement_bind_int64 (query, ":at", at);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    take_line (self, query);
  return rungs_statement_done (query, error) ? g_steal_pointer (&self) : NULL;
}

gint64
rungs_holdings_get_highest (const RungsHoldings *self)
{
  return self->highest;
}

static const RungsHolding *
get_line (const RungsHoldings *self,
          guint32              place)
{
  return place > 0 ? &g_array_index (self->lines, RungsHolding, place - 1) : NULL;
}

const RungsHolding *
rungs_holdings_first (const RungsHoldings *self,
                      gint64               lead)
{
  return lead > 0 && lead <= self->highest ? get_line (self, self->first[lead]) : NULL;
}

const RungsHolding *
rungs_holdings_next (const RungsHoldings *self,
                     const RungsHolding  *holding)
{
  return get_line (self, holding->next);
}
