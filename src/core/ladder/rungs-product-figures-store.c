/* rungs-product-figures-store.c: who owns each product, and what it has earned. */

#include "ladder/rungs-product-figures-store.h"

#include "db/rungs-statement.h"

static const char SQL_OWNERS[]
    = "SELECT p.id, (SELECT count (DISTINCT w.lead) FROM owned w"
      "               WHERE w.product = p.id AND w.since <= :now"
      "                 AND (w.paid_until IS NULL OR w.paid_until > :now))"
      "  FROM product p";

static const char SQL_REVENUE[]
    = "SELECT l.product, o.currency, sum (l.amount), sum (l.quantity)"
      "  FROM order_line l CROSS JOIN sales_order o ON o.id = l.sales_order"
      " WHERE o.at <= :now"
      " GROUP BY l.product, o.currency"
      " ORDER BY l.product, o.currency";

static const char SQL_REFUNDED[]
    = "SELECT l.product, o.currency, sum (g.amount)"
      "  FROM refund_line g"
      "  CROSS JOIN refund r ON r.id = g.refund"
      "  CROSS JOIN order_line l ON l.id = g.order_line"
      "  CROSS JOIN sales_order o ON o.id = l.sales_order"
      " WHERE r.at <= :now AND g.amount > 0"
      " GROUP BY l.product, o.currency"
      " ORDER BY l.product, o.currency";

void
rungs_product_figures_free (RungsProductFigures *self)
{
  g_array_unref (self->revenue);
  g_array_unref (self->refunded);
  g_free (self);
}

static void
add_owners (GHashTable     *figures,
            RungsStatement *row)
{
  RungsProductFigures *of_product = g_new0 (RungsProductFigures, 1);

  of_product->product = rungs_statement_get_int64 (row, 0);
  of_product->owners = rungs_statement_get_int64 (row, 1);
  of_product->revenue = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  of_product->refunded = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  g_hash_table_insert (figures, &of_product->product, of_product);
}

static RungsProductFigures *
figures_of_row (GHashTable     *figures,
                RungsStatement *row)
{
  gint64 product = rungs_statement_get_int64 (row, 0);

  return g_hash_table_lookup (figures, &product);
}

static void
add_money (GArray         *amounts,
           RungsStatement *row)
{
  RungsMoney money
      = rungs_money (rungs_statement_get_int64 (row, 2), rungs_statement_get_text (row, 1));

  g_array_append_val (amounts, money);
}

static void
add_revenue (GHashTable     *figures,
             RungsStatement *row)
{
  RungsProductFigures *of_product = figures_of_row (figures, row);

  add_money (of_product->revenue, row);
  of_product->sold += rungs_statement_get_int64 (row, 3);
}

static void
add_refunded (GHashTable     *figures,
              RungsStatement *row)
{
  add_money (figures_of_row (figures, row)->refunded, row);
}

/* Hands each row of the question to `add`. */
static gboolean
collect (RungsDb    *db,
         const char *sql,
         gint64      now,
         GHashTable *figures,
         void      (*add) (GHashTable     *figures,
                           RungsStatement *row),
         GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":now", now);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    add (figures, query);
  return rungs_statement_done (query, error);
}

GHashTable *
rungs_product_figures (RungsDb *db,
                       gint64   now,
                       GError **error)
{
  g_autoptr (GHashTable) figures
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                               (GDestroyNotify) rungs_product_figures_free);

  if (!collect (db, SQL_OWNERS, now, figures, add_owners, error)
      || !collect (db, SQL_REVENUE, now, figures, add_revenue, error)
      || !collect (db, SQL_REFUNDED, now, figures, add_refunded, error))
    return NULL;
  return g_steal_pointer (&figures);
}
