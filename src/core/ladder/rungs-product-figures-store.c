/* rungs-product-figures-store.c: who owns each product, and what it has earned. */

#include "ladder/rungs-product-figures-store.h"

#include "db/rungs-statement.h"

static const char SQL_OWNERS[]
    = "SELECT p.id, (SELECT count (DISTINCT w.lead) FROM owned w"
      "               WHERE w.product = p.id AND w.since <= :now"
      "                 AND (w.paid_until IS NULL OR w.paid_until > :now))"
      "  FROM product p";

/* In the currency that is given, and line by line in all others; NULL: of every currency. */
static const char SQL_REVENUE[]
    = "SELECT l.product, o.currency, sum (l.amount), min (o.at), sum (l.quantity)"
      "  FROM order_line l CROSS JOIN sales_order o ON o.id = l.sales_order"
      " WHERE o.at <= :now AND (:currency IS NULL OR o.currency = :currency)"
      " GROUP BY l.product, o.currency"
      " ORDER BY l.product, o.currency";

static const char SQL_OTHER_REVENUE[]
    = "SELECT l.product, o.currency, l.amount, o.at, l.quantity"
      "  FROM order_line l CROSS JOIN sales_order o ON o.id = l.sales_order"
      " WHERE o.at <= :now AND o.currency <> :currency";

static const char SQL_REFUNDED[]
    = "SELECT l.product, o.currency, sum (g.amount), min (o.at)"
      "  FROM refund_line g"
      "  CROSS JOIN refund r ON r.id = g.refund"
      "  CROSS JOIN order_line l ON l.id = g.order_line"
      "  CROSS JOIN sales_order o ON o.id = l.sales_order"
      " WHERE r.at <= :now AND g.amount > 0 AND (:currency IS NULL OR o.currency = :currency)"
      " GROUP BY l.product, o.currency"
      " ORDER BY l.product, o.currency";

static const char SQL_OTHER_REFUNDED[]
    = "SELECT l.product, o.currency, sum (g.amount), min (o.at)"
      "  FROM refund_line g"
      "  CROSS JOIN refund r ON r.id = g.refund"
      "  CROSS JOIN order_line l ON l.id = g.order_line"
      "  CROSS JOIN sales_order o ON o.id = l.sales_order"
      " WHERE r.at <= :now AND g.amount > 0 AND o.currency <> :currency"
      " GROUP BY l.id";

/* What is being read. */
typedef struct
{
  GHashTable *figures;
  const RungsExchange *exchange; /* (nullable) */
  gint64 now;
} Reading;

void
rungs_product_figures_free (RungsProductFigures *self)
{
  g_array_unref (self->revenue);
  g_array_unref (self->refunded);
  g_array_unref (self->converted);
  g_free (self);
}

static gboolean
add_owners (const Reading   *self,
            RungsStatement  *row,
            GError         **error)
{
  RungsProductFigures *of_product = g_new0 (RungsProductFigures, 1);

  of_product->product = rungs_statement_get_int64 (row, 0);
  of_product->owners = rungs_statement_get_int64 (row, 1);
  of_product->revenue = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  of_product->refunded = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  of_product->converted = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  g_hash_table_insert (self->figures, &of_product->product, of_product);
  return TRUE;
}

static RungsProductFigures *
figures_of_row (const Reading  *self,
                RungsStatement *row)
{
  gint64 product = rungs_statement_get_int64 (row, 0);

  return g_hash_table_lookup (self->figures, &product);
}

static gboolean
add_money (const Reading   *self,
           RungsStatement  *row,
           GArray          *amounts,
           GArray          *converted,
           GError         **error)
{
  RungsMoney money
      = rungs_money (rungs_statement_get_int64 (row, 2), rungs_statement_get_text (row, 1));

  return rungs_exchange_add (self->exchange, money, 0, rungs_statement_get_int64 (row, 3), amounts,
                             converted, error);
}

static gboolean
add_revenue (const Reading   *self,
             RungsStatement  *row,
             GError         **error)
{
  RungsProductFigures *of_product = figures_of_row (self, row);

  of_product->sold += rungs_statement_get_int64 (row, 4);
  return add_money (self, row, of_product->revenue, of_product->converted, error);
}

static gboolean
add_refunded (const Reading   *self,
              RungsStatement  *row,
              GError         **error)
{
  return add_money (self, row, figures_of_row (self, row)->refunded, NULL, error);
}

/* Hands each row of the question to `add`. */
static gboolean
collect (const Reading  *self,
         RungsDb        *db,
         const char     *sql,
         gboolean      (*add) (const Reading   *reading,
                               RungsStatement  *row,
                               GError         **error),
         GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":now", self->now);
  if (rungs_statement_has (query, ":currency"))
    rungs_statement_bind_text (
      query, ":currency",
      self->exchange != NULL ? rungs_exchange_get_currency (self->exchange) : NULL);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    if (!add (self, query, error))
      return FALSE;
  return rungs_statement_done (query, error);
}

GHashTable *
rungs_product_figures (RungsDb              *db,
                       gint64                now,
                       const RungsExchange  *exchange,
                       GError              **error)
{
  g_autoptr (GHashTable) figures
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                               (GDestroyNotify) rungs_product_figures_free);
  const Reading reading = { figures, exchange, now };

  if (!collect (&reading, db, SQL_OWNERS, add_owners, error)
      || !collect (&reading, db, SQL_REVENUE, add_revenue, error)
      || !collect (&reading, db, SQL_REFUNDED, add_refunded, error))
    return NULL;
  if (exchange != NULL
      && (!collect (&reading, db, SQL_OTHER_REVENUE, add_revenue, error)
          || !collect (&reading, db, SQL_OTHER_REFUNDED, add_refunded, error)))
    return NULL;
  return g_steal_pointer (&figures);
}
