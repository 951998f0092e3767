/* rungs-product-store.c: reads and writes products, and what bundles are made of. */

#include "ladder/rungs-product-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"

#define COLUMNS                                                                                    \
  " p.id, p.sku, p.name, p.price, p.currency, p.rung, p.refund_days, p.period_months,"             \
  " p.delivery, p.created_at, p.retired_at, p.cost, p.lapse_days, p.delivery_kind,"               \
  " p.delivery_link, p.delivery_message, p.delivery_by, p.affiliate_rate "

static const char SQL_FIND[] = "SELECT id FROM product WHERE sku = :sku";

static const char SQL_FIND_MESSAGE[] = "SELECT id FROM message WHERE id = :message";

static const char SQL_ADD[]
    = "INSERT INTO product (sku, name, price, currency, rung, refund_days, period_months, delivery,"
      "                     cost, lapse_days, delivery_kind, delivery_link, delivery_message,"
      "                     delivery_by, affiliate_rate, created_at)"
      " VALUES (:sku, :name, :price, :currency, :rung, :refund_days, :period_months, :delivery,"
      "         :cost, :lapse_days, :delivery_kind, :delivery_link, :delivery_message,"
      "         :delivery_by, :affiliate_rate, :now)";

static const char SQL_HOLDS_ITSELF[] = "INSERT INTO product_holds (whole, part) VALUES (:id, :id)";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM product p WHERE p.id = :id";

static const char SQL_LOAD_BY_SKU[] = "SELECT" COLUMNS "FROM product p WHERE p.sku = :sku";

static const char SQL_LIST[]
    = "SELECT" COLUMNS "FROM product p"
      " ORDER BY p.retired_at IS NOT NULL, p.rung IS NULL, p.rung, p.price, p.name, p.id";

static const char SQL_SAVE[]
    = "UPDATE product"
      "   SET sku = :sku, name = :name, price = :price, currency = :currency, rung = :rung,"
      "       refund_days = :refund_days, period_months = :period_months, delivery = :delivery,"
      "       cost = :cost, lapse_days = :lapse_days, delivery_kind = :delivery_kind,"
      "       delivery_link = :delivery_link, delivery_message = :delivery_message,"
      "       delivery_by = :delivery_by, affiliate_rate = :affiliate_rate"
      " WHERE id = :id";

static const char SQL_RETIRE[] = "UPDATE product SET retired_at = :at WHERE id = :id";

static const char SQL_IS_USED[]
    = "SELECT EXISTS (SELECT 1 FROM order_line WHERE product = :id)"
      "    OR EXISTS (SELECT 1 FROM product_part WHERE part = :id)"
      "    OR EXISTS (SELECT 1 FROM sequence WHERE sells = :id)"
      "    OR EXISTS (SELECT 1 FROM outbox WHERE sells = :id)"
      "    OR EXISTS (SELECT 1 FROM broadcast WHERE sells = :id)"
      "    OR EXISTS (SELECT 1 FROM sales_letter s JOIN touch t ON t.letter = s.id"
      "                WHERE s.product = :id)"
      "    OR EXISTS (SELECT 1 FROM coupon WHERE product = :id)";

static const char SQL_DELETE[] = "DELETE FROM product WHERE id = :id";

static const char SQL_HOLDS[]
    = "SELECT EXISTS (SELECT 1 FROM product_holds WHERE whole = :whole AND part = :part)";

static const char SQL_CLEAR_PARTS[] = "DELETE FROM product_part WHERE bundle = :bundle";

static const char SQL_ADD_PART[] = "INSERT INTO product_part (bundle, part) VALUES (:bundle, :part)"
                                   " ON CONFLICT (bundle, part) DO NOTHING";

static const char SQL_CLEAR_HOLDS[] = "DELETE FROM product_holds";

/* Products are few: what they hold is worked out anew for all. */
static const char SQL_MAKE_HOLDS[]
    = "WITH RECURSIVE holds (whole, part) AS ("
      "  SELECT id, id FROM product"
      "   UNION"
      "  SELECT h.whole, p.part FROM holds h JOIN product_part p ON p.bundle = h.part)"
      "INSERT INTO product_holds (whole, part) SELECT whole, part FROM holds";

static const char SQL_PARTS[] = "SELECT" COLUMNS
                                "FROM product_part pp JOIN product p ON p.id = pp.part"
                                " WHERE pp.bundle = :bundle ORDER BY p.name, p.id";

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_message (RungsDb *db,
            gint64   message,
            GError **error)
{
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, SQL_FIND_MESSAGE, error);
  gint64 found;

  if (find == NULL)
    return FALSE;
  rungs_statement_bind_int64 (find, ":message", message);
  return rungs_statement_get_number (find, 0, &found, error)
         && (found != 0 || rungs_record_refuse_missing ("message", message, error));
}

/* What a product costs, how it is delivered, and what affiliates get. */
static gboolean
are_facets_sound (RungsDb            *db,
                  const RungsProduct *product,
                  GError            **error)
{
  if (product->cost < RUNGS_PRODUCT_UNSAID)
    return refuse (error, _ ("the cost of a product cannot be negative"));
  if (product->lapse_days < 0)
    return refuse (error, _ ("the days after which a subscription lapses cannot be negative"));
  if (product->affiliate_rate < RUNGS_PRODUCT_UNSAID || product->affiliate_rate > 10000)
    return refuse (error, _ ("what an affiliate gets lies between 0 % and 100 %"));
  return product->delivery_message == 0 || is_message (db, product->delivery_message, error);
}

/* Checks what is to be stored under `id` (0: a new one). */
static gboolean
is_sound (RungsDb            *db,
          const RungsProduct *product,
          gint64              id,
          GError            **error)
{
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, SQL_FIND, error);
  gint64 taken;

  if (find == NULL)
    return FALSE;
  if (product->sku == NULL || *product->sku == '\0')
    return refuse (error, _ ("a product needs an SKU, the short code it is known by"));
  if (product->name == NULL || *product->name == '\0')
    return refuse (error, _ ("a product needs a name"));
  if (product->price.minor < 0)
    return refuse (error, _ ("a price cannot be negative"));
  if (!rungs_currency_is_valid (product->price.currency))
    return refuse (error, _ ("the price needs a currency, such as EUR"));
  if (product->rung < 0 || product->refund_days < 0 || product->period_months < 0)
    return refuse (error, _ ("rung, refund days and months of a product cannot be negative"));
  if (!are_facets_sound (db, product, error))
    return FALSE;

  rungs_statement_bind_text (find, ":sku", product->sku);
  if (!rungs_statement_get_number (find, 0, &taken, error))
    return FALSE;
  if (taken == 0 || taken == id)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
               _ ("there is a product with the SKU %s already"), product->sku);
  return FALSE;
}

/* A number that may be unsaid. */
static void
bind_said (RungsStatement *statement,
           const char     *parameter,
           gint64          number)
{
  if (number == RUNGS_PRODUCT_UNSAID)
    rungs_statement_bind_null (statement, parameter);
  else
    rungs_statement_bind_int64 (statement, parameter, number);
}

static void
bind_facets (RungsStatement     *statement,
             const RungsProduct *product)
{
  bind_said (statement, ":cost", product->cost);
  rungs_statement_bind_int64 (statement, ":lapse_days", product->lapse_days);
  rungs_statement_bind_text (statement, ":delivery_kind",
                             rungs_delivery_kind_to_text (product->delivery_kind));
  rungs_statement_bind_text (statement, ":delivery_link",
                             product->delivery_link ? product->delivery_link : "");
  rungs_statement_bind_id (statement, ":delivery_message", product->delivery_message);
  rungs_statement_bind_text (statement, ":delivery_by",
                             product->delivery_by ? product->delivery_by : "");
  bind_said (statement, ":affiliate_rate", product->affiliate_rate);
}

static void
bind_product (RungsStatement     *statement,
              const RungsProduct *product)
{
  rungs_statement_bind_text (statement, ":sku", product->sku);
  rungs_statement_bind_text (statement, ":name", product->name);
  rungs_statement_bind_int64 (statement, ":price", product->price.minor);
  rungs_statement_bind_text (statement, ":currency", product->price.currency);
  rungs_statement_bind_id (statement, ":rung", product->rung);
  rungs_statement_bind_int64 (statement, ":refund_days", product->refund_days);
  rungs_statement_bind_id (statement, ":period_months", product->period_months);
  rungs_statement_bind_text (statement, ":delivery", product->delivery ? product->delivery : "");
  bind_facets (statement, product);
}

gint64
rungs_product_add (RungsDb            *db,
                   const RungsProduct *product,
                   gint64              now,
                   GError            **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  g_autoptr (RungsStatement) holds = rungs_db_prepare (db, SQL_HOLDS_ITSELF, error);
  gint64 id;

  g_return_val_if_fail (product != NULL, 0);

  if (add == NULL || holds == NULL || !is_sound (db, product, 0, error))
    return 0;
  bind_product (add, product);
  rungs_statement_bind_int64 (add, ":now", now);
  if (!rungs_statement_run (add, error))
    return 0;
  id = rungs_db_get_last_id (db);
  rungs_statement_bind_int64 (holds, ":id", id);
  return rungs_statement_run (holds, error) ? id : 0;
}

static gint64
get_said (RungsStatement *row,
          int             column)
{
  return rungs_statement_is_null (row, column) ? RUNGS_PRODUCT_UNSAID
                                               : rungs_statement_get_int64 (row, column);
}

static gpointer
product_from_row (RungsStatement *row)
{
  RungsProduct *product = g_new0 (RungsProduct, 1);

  product->id = rungs_statement_get_int64 (row, 0);
  product->sku = rungs_statement_dup_text (row, 1);
  product->name = rungs_statement_dup_text (row, 2);
  product->price
      = rungs_money (rungs_statement_get_int64 (row, 3), rungs_statement_get_text (row, 4));
  product->rung = rungs_statement_get_int64 (row, 5);
  product->refund_days = rungs_statement_get_int64 (row, 6);
  product->period_months = rungs_statement_get_int64 (row, 7);
  product->delivery = rungs_statement_dup_text (row, 8);
  product->created_at = rungs_statement_get_int64 (row, 9);
  product->retired_at = rungs_statement_get_int64 (row, 10);
  product->cost = get_said (row, 11);
  product->lapse_days = rungs_statement_get_int64 (row, 12);
  rungs_delivery_kind_from_text (rungs_statement_get_text (row, 13), &product->delivery_kind);
  product->delivery_link = rungs_statement_dup_text (row, 14);
  product->delivery_message = rungs_statement_get_int64 (row, 15);
  product->delivery_by = rungs_statement_dup_text (row, 16);
  product->affiliate_rate = get_said (row, 17);
  return product;
}

RungsProduct *
rungs_product_load (RungsDb *db,
                    gint64   id,
                    GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, product_from_row, "product", error);
}

RungsProduct *
rungs_product_load_by_sku (RungsDb    *db,
                           const char *sku,
                           GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_BY_SKU, error);
  g_autofree char *missing = g_strdup_printf (_ ("there is no product with the SKU %s"), sku);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":sku", sku);
  return rungs_record_first (query, product_from_row, missing, error);
}

GPtrArray *
rungs_product_list (RungsDb *db,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, product_from_row, (GDestroyNotify) rungs_product_free, error);
}

gboolean
rungs_product_save (RungsDb            *db,
                    const RungsProduct *product,
                    GError            **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);

  g_return_val_if_fail (product != NULL, FALSE);

  if (save == NULL || !is_sound (db, product, product->id, error))
    return FALSE;
  bind_product (save, product);
  return rungs_record_change (db, save, product->id, "product", error);
}

gboolean
rungs_product_retire (RungsDb *db,
                      gint64   product,
                      gint64   at,
                      GError **error)
{
  return rungs_record_mark (db, SQL_RETIRE, product, at, "product", error);
}

gboolean
rungs_product_delete (RungsDb *db,
                      gint64   product,
                      GError **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_DELETE, error);
  gint64 used;

  if (delete == NULL || !rungs_record_ask (db, SQL_IS_USED, product, 0, &used, error))
    return FALSE;
  if (used != 0)
    {
      g_set_error_literal (
          error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
          _ ("the product is in an order, a bundle, a sequence or a coupon, or leads came to it:"
             " retire it instead"));
      return FALSE;
    }
  return rungs_record_change (db, delete, product, "product", error);
}

/* Refuses a part in which the bundle itself is held. */
static gboolean
may_hold (RungsDb            *db,
          const RungsProduct *bundle,
          gint64              part,
          GError            **error)
{
  g_autoptr (RungsStatement) holds = rungs_db_prepare (db, SQL_HOLDS, error);
  g_autoptr (RungsProduct) inner = rungs_product_load (db, part, error);
  gint64 held;

  if (holds == NULL || inner == NULL)
    return FALSE;
  rungs_statement_bind_int64 (holds, ":whole", part);
  rungs_statement_bind_int64 (holds, ":part", bundle->id);
  if (!rungs_statement_get_number (holds, 0, &held, error))
    return FALSE;
  if (held == 0)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("%s cannot be part of %s: it holds it"),
               inner->name, bundle->name);
  return FALSE;
}

static gboolean
run_for (RungsDb    *db,
         const char *sql,
         gint64      bundle,
         GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  if (bundle != 0)
    rungs_statement_bind_int64 (statement, ":bundle", bundle);
  return rungs_statement_run (statement, error);
}

gboolean
rungs_product_hold_anew (RungsDb *db,
                         GError **error)
{
  return run_for (db, SQL_CLEAR_HOLDS, 0, error) && run_for (db, SQL_MAKE_HOLDS, 0, error);
}

static gboolean
add_part (RungsDb *db,
          gint64   bundle,
          gint64   part,
          GError **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_PART, error);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":bundle", bundle);
  rungs_statement_bind_int64 (add, ":part", part);
  return rungs_statement_run (add, error);
}

gboolean
rungs_product_set_parts (RungsDb      *db,
                         gint64        bundle,
                         const gint64 *parts,
                         guint         n,
                         GError      **error)
{
  g_autoptr (RungsProduct) whole = rungs_product_load (db, bundle, error);

  g_return_val_if_fail (parts != NULL || n == 0, FALSE);

  if (whole == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!may_hold (db, whole, parts[i], error))
      return FALSE;
  if (!run_for (db, SQL_CLEAR_PARTS, bundle, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!add_part (db, bundle, parts[i], error))
      return FALSE;
  return rungs_product_hold_anew (db, error);
}

GPtrArray *
rungs_product_parts (RungsDb *db,
                     gint64   bundle,
                     GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PARTS, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":bundle", bundle);
  return rungs_record_list (query, product_from_row, (GDestroyNotify) rungs_product_free, error);
}
