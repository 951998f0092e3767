/* rungs-order-import-store.c: the imports of orders there were, and taking them back. */

#include "ladder/rungs-order-import.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-import-script.h"

/* About as many statements as it takes to take the orders back. */
#define STEPS 24

static const char SQL_LIST[]
    = "SELECT r.id, r.file_name, o.shape, r.rows_read, r.rows_refused, o.orders_created,"
      "       o.orders_known, o.refunds_created, r.leads_created, r.started_at, o.undone_at,"
      "       o.shop"
      "  FROM order_import o JOIN import_run r ON r.id = o.run ORDER BY r.id DESC LIMIT :limit";

static const char SQL_UNDONE_AT[]
    = "SELECT coalesce (undone_at, 0) FROM order_import WHERE run = :id";

/* Which orders go, and which refunds: those of orders that go, and those of the import on others.
 * An order stays where money was given back on it otherwise. */
static const char *const SQL_FIND[] = {
  "DROP TABLE IF EXISTS temp.order_undo",
  "DROP TABLE IF EXISTS temp.order_undo_refund",
  "CREATE TEMP TABLE order_undo ("
  "  id INTEGER PRIMARY KEY, lead INTEGER NOT NULL, keep INTEGER NOT NULL)",
  "INSERT INTO order_undo (id, lead, keep)"
  " SELECT o.id, o.lead, EXISTS (SELECT 1 FROM refund f WHERE f.sales_order = o.id"
  "                                 AND f.run IS NOT :run)"
  "   FROM sales_order o WHERE o.run = :run",
  "CREATE TEMP TABLE order_undo_refund (id INTEGER PRIMARY KEY, lead INTEGER NOT NULL)",
  "INSERT INTO order_undo_refund (id, lead)"
  " SELECT f.id, o.lead FROM refund f JOIN sales_order o ON o.id = f.sales_order"
  "  WHERE f.run = :run",
};

static const char SQL_COUNT_ORDERS[] = "SELECT count (*) FROM sales_order WHERE run = :run";
static const char SQL_COUNT_DELETED[] = "SELECT count (*) FROM order_undo WHERE NOT keep";
static const char SQL_COUNT_KEPT[] = "SELECT count (*) FROM order_undo WHERE keep";
static const char SQL_COUNT_REFUNDS[]
    = "SELECT count (*) FROM order_undo_refund u CROSS JOIN refund f ON f.id = u.id"
      " WHERE f.sales_order NOT IN (SELECT id FROM order_undo WHERE NOT keep)";

/* Touches that were made for coupons of orders that go, and that no other order needs. */
#define COUPON_TOUCHES                                                                             \
  "(SELECT u.touch FROM order_undo o CROSS JOIN coupon_use u ON u.sales_order = o.id"              \
  "  WHERE NOT o.keep AND u.made_touch = 1"                                                        \
  "    AND NOT EXISTS (SELECT 1 FROM coupon_use x WHERE x.touch = u.touch"                         \
  "                       AND x.sales_order NOT IN (SELECT id FROM order_undo WHERE NOT keep)))"

/* Coupons that the import made, as far as nothing was made of them. */
#define UNUSED_COUPONS                                                                             \
  "run = :run AND updated_at = created_at AND retired_at IS NULL"                                  \
  "   AND NOT EXISTS (SELECT 1 FROM coupon_use u WHERE u.coupon = coupon.id)"                      \
  "   AND NOT EXISTS (SELECT 1 FROM coupon_given g WHERE g.coupon = coupon.id)"                    \
  "   AND NOT EXISTS (SELECT 1 FROM segment s"                                                     \
  "                    WHERE instr (lower (s.rule), lower (json_quote (coupon.code))) > 0)"

/* The points that the events gave go with them: their leads' scores are counted anew. */
static const char *const SQL_DELETE[] = {
  "DELETE FROM event"
  " WHERE kind = 'order.refunded' AND lead IN (SELECT lead FROM order_undo_refund)"
  "   AND ref IN (SELECT id FROM order_undo_refund)",
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT DISTINCT u.lead, 'order.unrefunded', :now, f.sales_order, ''"
  "   FROM order_undo_refund u CROSS JOIN refund f ON f.id = u.id"
  "  WHERE f.sales_order NOT IN (SELECT id FROM order_undo WHERE NOT keep)",
  "DELETE FROM event"
  " WHERE kind = 'coupon.redeemed' AND lead IN (SELECT lead FROM order_undo)"
  "   AND ref IN (SELECT id FROM order_undo WHERE NOT keep)",
  "DELETE FROM event"
  " WHERE kind = 'touch.made' AND lead IN (SELECT lead FROM order_undo) AND ref IN " COUPON_TOUCHES,
  "DELETE FROM touch WHERE id IN " COUPON_TOUCHES,
  /* what a kept order tells stays */
  "UPDATE touch SET run = NULL"
  " WHERE run = :run AND id IN (SELECT u.touch FROM order_undo o CROSS JOIN coupon_use u"
  "                                ON u.sales_order = o.id WHERE o.keep)",
  "DELETE FROM event"
  " WHERE kind IN ('order.placed', 'order.renewed', 'order.unrefunded')"
  "   AND lead IN (SELECT lead FROM order_undo)"
  "   AND ref IN (SELECT id FROM order_undo WHERE NOT keep)",
  "UPDATE lead SET rescore_at = 0"
  " WHERE id IN (SELECT lead FROM order_undo UNION SELECT lead FROM order_undo_refund)"
  "   AND EXISTS (SELECT 1 FROM score_rule"
  "                WHERE kind LIKE 'order.%' OR kind IN ('coupon.redeemed', 'touch.made'))",
  "DELETE FROM event"
  " WHERE kind = 'subscription.lapsed' AND lead IN (SELECT lead FROM order_undo)"
  " AND ref IN (SELECT l.id FROM order_line l"
  "              WHERE l.sales_order IN (SELECT id FROM order_undo WHERE NOT keep))",
  /* what was renewed by what goes lapses anew */
  "UPDATE order_line SET lapsed_at = NULL"
  " WHERE lapsed_at <> paid_until"
  "   AND sales_order IN (SELECT o.id FROM sales_order o"
  "                        WHERE o.lead IN (SELECT lead FROM order_undo WHERE NOT keep))"
  "   AND product IN (SELECT l.product FROM order_line l"
  "                    WHERE l.sales_order IN (SELECT id FROM order_undo WHERE NOT keep))"
  "   AND id NOT IN (SELECT e.ref FROM event e WHERE e.kind = 'subscription.lapsed')",
  "DELETE FROM refund_line WHERE refund IN (SELECT id FROM order_undo_refund)",
  "DELETE FROM refund WHERE id IN (SELECT id FROM order_undo_refund)",
  "DELETE FROM order_line WHERE sales_order IN (SELECT id FROM order_undo WHERE NOT keep)",
  "DELETE FROM sales_order WHERE id IN (SELECT id FROM order_undo WHERE NOT keep)",
  "UPDATE sales_order SET run = NULL WHERE run = :run",
  "DELETE FROM coupon WHERE " UNUSED_COUPONS,
  "UPDATE coupon SET run = NULL WHERE run = :run",
  "DELETE FROM product_alias WHERE run = :run",
  "UPDATE order_import SET undone_at = :now WHERE run = :run",
  "DROP TABLE temp.order_undo",
  "DROP TABLE temp.order_undo_refund",
};

static const char SQL_PRODUCTS[] = "SELECT product FROM order_import_product WHERE run = :run";
static const char SQL_FORGET_PRODUCTS[] = "DELETE FROM order_import_product WHERE run = :run";

/* Whether the owner has made anything of it: it is on the ladder or says more than the import said,
 * something leads to it or sells it, or a rule names it. */
#define NAMED_IN(text) "instr (lower (" text "), lower (json_quote (p.sku))) > 0"
static const char SQL_IS_MADE_OF[]
    = "SELECT p.rung IS NOT NULL OR p.cost IS NOT NULL OR p.affiliate_rate IS NOT NULL"
      "    OR p.refund_days > 0 OR p.lapse_days > 0 OR p.delivery <> ''"
      "    OR p.delivery_kind <> 'none' OR p.retired_at IS NOT NULL"
      "    OR EXISTS (SELECT 1 FROM offer WHERE from_product = p.id OR to_product = p.id)"
      "    OR EXISTS (SELECT 1 FROM sales_letter WHERE product = p.id)"
      "    OR EXISTS (SELECT 1 FROM way_in WHERE product = p.id)"
      "    OR EXISTS (SELECT 1 FROM product_part WHERE bundle = p.id)"
      "    OR EXISTS (SELECT 1 FROM segment s WHERE " NAMED_IN ("s.rule") ")"
      "    OR EXISTS (SELECT 1 FROM offer o WHERE " NAMED_IN ("o.condition") ")"
      "    OR EXISTS (SELECT 1 FROM sequence_version v WHERE " NAMED_IN ("v.graph") ")"
      "  FROM product p WHERE p.id = :id";

void
rungs_order_import_free (RungsOrderImport *self)
{
  g_free (self->file_name);
  g_free (self->shape);
  g_free (self->shop);
  g_free (self);
}

static gpointer
import_from_row (RungsStatement *row)
{
  RungsOrderImport *import = g_new0 (RungsOrderImport, 1);

  import->run = rungs_statement_get_int64 (row, 0);
  import->file_name = rungs_statement_dup_text (row, 1);
  import->shape = rungs_statement_dup_text (row, 2);
  import->rows_read = rungs_statement_get_int64 (row, 3);
  import->rows_refused = rungs_statement_get_int64 (row, 4);
  import->orders_created = rungs_statement_get_int64 (row, 5);
  import->orders_known = rungs_statement_get_int64 (row, 6);
  import->refunds_created = rungs_statement_get_int64 (row, 7);
  import->leads_created = rungs_statement_get_int64 (row, 8);
  import->started_at = rungs_statement_get_int64 (row, 9);
  import->undone_at = rungs_statement_get_int64 (row, 10);
  import->shop = rungs_statement_dup_text (row, 11);
  return import;
}

GPtrArray *
rungs_order_import_list (RungsDb *db,
                         guint    limit,
                         GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, import_from_row, (GDestroyNotify) rungs_order_import_free,
                            error);
}

static gboolean
check_stands (RungsDb *db,
              gint64   run,
              GError **error)
{
  gint64 undone_at;

  if (!rungs_record_ask (db, SQL_UNDONE_AT, run, -1, &undone_at, error))
    return FALSE;
  if (undone_at == 0)
    return TRUE;
  if (undone_at < 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("There is no import of orders %" PRId64 "."), run);
  else
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("Import %" PRId64 " was taken back before."), run);
  return FALSE;
}

static gboolean
delete_product (RungsImportScript    *script,
                gint64                product,
                RungsOrderImportUndo *undo,
                GError              **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 made;

  if (!rungs_record_ask (script->db, SQL_IS_MADE_OF, product, 0, &made, error))
    return FALSE;
  if (made != 0)
    undo->products_kept++;
  else if (rungs_product_delete (script->db, product, &failure))
    undo->products_deleted++;
  else if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    undo->products_kept++;
  else
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return rungs_import_script_step (script, error);
}

static gboolean
delete_products (RungsImportScript    *script,
                 RungsOrderImportUndo *undo,
                 GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_import_script_prepare (script, SQL_PRODUCTS, error);
  g_autoptr (GArray) products = rungs_record_ids (query, error);

  for (guint i = 0; products != NULL && i < products->len; i++)
    if (!delete_product (script, g_array_index (products, gint64, i), undo, error))
      return FALSE;
  return products != NULL && rungs_import_script_run (script, SQL_FORGET_PRODUCTS, error);
}

static gboolean
undo_orders (RungsImportScript    *script,
             RungsOrderImportUndo *undo,
             GError              **error)
{
  return rungs_import_script_run_all (script, SQL_FIND, G_N_ELEMENTS (SQL_FIND), error)
         && rungs_import_script_ask (script, SQL_COUNT_DELETED, &undo->orders_deleted, error)
         && rungs_import_script_ask (script, SQL_COUNT_KEPT, &undo->orders_kept, error)
         && rungs_import_script_ask (script, SQL_COUNT_REFUNDS, &undo->refunds_deleted, error)
         && rungs_import_script_run_all (script, SQL_DELETE, G_N_ELEMENTS (SQL_DELETE), error)
         && delete_products (script, undo, error);
}

/* Half of the work: the orders, then the leads that came with them. */
typedef struct
{
  RungsImportProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  gint64 orders;
  double done;
} Half;

static void
half_cb (const RungsImportProgress *progress,
         gpointer                   data)
{
  const Half *half = data;
  RungsImportProgress whole = *progress;

  whole.rows = half->orders;
  whole.fraction = half->done + progress->fraction / 2;
  if (half->progress != NULL)
    half->progress (&whole, half->progress_data);
}

gboolean
rungs_order_import_undo (RungsDb                *db,
                         gint64                  run,
                         gint64                  now,
                         RungsImportProgressFunc progress,
                         gpointer                progress_data,
                         GCancellable           *cancellable,
                         RungsOrderImportUndo   *undo,
                         GError                **error)
{
  Half half = { progress, progress_data };
  RungsImportWork work = { half_cb, &half, cancellable, .n_steps = STEPS };
  RungsImportScript script = { .db = db,
                               .parameters = { .run = run, .now = now },
                               .step = rungs_import_work_step,
                               .step_data = &work };
  RungsImportUndo leads = { 0 };

  g_return_val_if_fail (db != NULL && undo != NULL, FALSE);
  g_return_val_if_fail (rungs_db_in_write (db), FALSE);

  *undo = (RungsOrderImportUndo){ 0 };
  if (!check_stands (db, run, error)
      || !rungs_import_script_ask (&script, SQL_COUNT_ORDERS, &half.orders, error)
      || !undo_orders (&script, undo, error))
    return FALSE;
  half.done = 0.5;
  if (!rungs_import_undo (db, run, now, half_cb, &half, cancellable, &leads, error))
    return FALSE;
  undo->leads_deleted = leads.leads_deleted;
  undo->leads_kept = leads.leads_kept;
  return TRUE;
}
