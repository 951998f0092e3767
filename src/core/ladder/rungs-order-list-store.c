/* rungs-order-list-store.c: finds the orders that a browser shows. */

#include "ladder/rungs-order-list-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-search-store.h"

#define N_SORTS (RUNGS_ORDERS_BY_ORIGIN + 1)
#define N_FILTERS (RUNGS_ORDERS_COUPON + 1)

#define FROM "SELECT o.id FROM sales_order o WHERE "
#define WITH_WORDS                                                                                 \
  " AND (o.lead IN (SELECT rowid FROM lead_search WHERE lead_search MATCH :words)"                 \
  "  OR o.id IN (SELECT l.sales_order FROM order_line l WHERE l.product IN"                        \
  "              (SELECT p.id FROM product p WHERE instr (lower (p.name), lower (:part)) > 0"      \
  "                  OR instr (lower (p.sku), lower (:part)) > 0))"                                \
  "  OR o.coupon = :part COLLATE NOCASE OR o.shop = :part COLLATE NOCASE"                          \
  "  OR substr (o.external, instr (o.external, ':') + 1) = :part)"
#define TOTAL "(SELECT sum (l.amount) FROM order_line l WHERE l.sales_order = o.id)"
#define NAME                                                                                       \
  "(SELECT lower (l.last_name || ' ' || l.first_name) FROM lead l WHERE l.id = o.lead)"
#define LIMIT " LIMIT :limit"

/* Each way of sorting, rising and falling. */
#define SORTS(where)                                                                               \
  {                                                                                                \
    { FROM where " ORDER BY o.at, o.id" LIMIT,                                                     \
      FROM where " ORDER BY o.at DESC, o.id DESC" LIMIT },                                         \
    { FROM where " ORDER BY " NAME ", o.at, o.id" LIMIT,                                           \
      FROM where " ORDER BY " NAME " DESC, o.at DESC, o.id DESC" LIMIT },                          \
    { FROM where " ORDER BY o.currency, " TOTAL ", o.id" LIMIT,                                    \
      FROM where " ORDER BY o.currency, " TOTAL " DESC, o.id DESC" LIMIT },                        \
    { FROM where " ORDER BY o.coupon COLLATE NOCASE, o.at, o.id" LIMIT,                            \
      FROM where " ORDER BY o.coupon COLLATE NOCASE DESC, o.at DESC, o.id DESC" LIMIT },           \
    { FROM where " ORDER BY o.origin COLLATE NOCASE, o.at, o.id" LIMIT,                            \
      FROM where " ORDER BY o.origin COLLATE NOCASE DESC, o.at DESC, o.id DESC" LIMIT },           \
  }

#define REFUNDED "EXISTS (SELECT 1 FROM refund f WHERE f.sales_order = o.id)"
#define SUBSCRIPTION                                                                               \
  "EXISTS (SELECT 1 FROM order_line l WHERE l.sales_order = o.id AND l.paid_until IS NOT NULL)"
#define COUPON "o.coupon <> ''"

/* By the filter, whether there are words, the sort, and whether it falls. */
static const char *const SQL_FIND[N_FILTERS][2][N_SORTS][2] = {
  { SORTS ("1"), SORTS ("1" WITH_WORDS) },
  { SORTS (REFUNDED), SORTS (REFUNDED WITH_WORDS) },
  { SORTS (SUBSCRIPTION), SORTS (SUBSCRIPTION WITH_WORDS) },
  { SORTS (COUPON), SORTS (COUPON WITH_WORDS) },
};

static const char SQL_LOAD[]
    = "SELECT o.id, o.lead, o.at,"
      "       CASE WHEN e.first_name || e.last_name <> ''"
      "            THEN trim (e.first_name || ' ' || e.last_name)"
      "            ELSE coalesce (e.email, e.phone) END,"
      "       (SELECT group_concat (x.name, ', ') FROM"
      "         (SELECT p.name || iif (l.quantity > 1, ' × ' || l.quantity, '') AS name"
      "            FROM order_line l JOIN product p ON p.id = l.product"
      "           WHERE l.sales_order = o.id ORDER BY l.id) x),"
      "       " TOTAL ","
      "       (SELECT coalesce (sum (g.amount), 0)"
      "          FROM refund f JOIN refund_line g ON g.refund = f.id WHERE f.sales_order = o.id),"
      "       o.currency, o.coupon, o.origin,"
      "       coalesce (substr (o.external, instr (o.external, ':') + 1), ''), o.shop"
      "  FROM sales_order o JOIN lead e ON e.id = o.lead WHERE o.id = :id";

RungsOrderQuery *
rungs_order_query_copy (const RungsOrderQuery *self)
{
  RungsOrderQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->words = g_strdup (self->words);
  return copy;
}

void
rungs_order_query_free (RungsOrderQuery *self)
{
  g_free (self->words);
  g_free (self);
}

GArray *
rungs_order_find (RungsDb               *db,
                  const RungsOrderQuery *query,
                  GError               **error)
{
  g_autofree char *part = g_strstrip (g_strdup (query->words ? query->words : ""));
  g_autofree char *words = rungs_lead_search_query (part);
  g_autoptr (RungsStatement) find = NULL;

  g_return_val_if_fail (query->sort < N_SORTS && query->filter < N_FILTERS, NULL);

  find = rungs_db_prepare (
      db, SQL_FIND[query->filter][words != NULL][query->sort][query->descending != FALSE], error);
  if (find == NULL)
    return NULL;
  if (words != NULL)
    {
      rungs_statement_bind_text (find, ":words", words);
      rungs_statement_bind_text (find, ":part", part);
    }
  rungs_statement_bind_int64 (find, ":limit", query->limit > 0 ? (gint64) query->limit : -1);
  return rungs_record_ids (find, error);
}

void
rungs_order_row_free (RungsOrderRow *self)
{
  g_free (self->lead_name);
  g_free (self->products);
  g_free (self->coupon);
  g_free (self->origin);
  g_free (self->shop);
  g_free (self->number);
  g_free (self);
}

static gpointer
row_from_row (RungsStatement *row)
{
  RungsOrderRow *order = g_new0 (RungsOrderRow, 1);
  const char *currency = rungs_statement_get_text (row, 7);

  order->id = rungs_statement_get_int64 (row, 0);
  order->lead = rungs_statement_get_int64 (row, 1);
  order->at = rungs_statement_get_int64 (row, 2);
  order->lead_name = rungs_statement_dup_text (row, 3);
  order->products = rungs_statement_dup_text (row, 4);
  order->total = rungs_money (rungs_statement_get_int64 (row, 5), currency);
  order->refunded = rungs_money (rungs_statement_get_int64 (row, 6), currency);
  order->coupon = rungs_statement_dup_text (row, 8);
  order->origin = rungs_statement_dup_text (row, 9);
  order->number = rungs_statement_dup_text (row, 10);
  order->shop = rungs_statement_dup_text (row, 11);
  return order;
}

RungsOrderRow *
rungs_order_row_load (RungsDb *db,
                      gint64   id,
                      GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, row_from_row, "order", error);
}
