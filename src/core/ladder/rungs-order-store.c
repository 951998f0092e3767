/* rungs-order-store.c: places orders, and reads them.
 *
 * The amounts of an order are what was paid: a price that changes later changes no order. Until
 * when a subscription is paid stands in rungs-subscription-store.h. */

#include "ladder/rungs-order-store.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-coupon-use-store.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-subscription-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"

static const char SQL_FIND_EXTERNAL[] = "SELECT id FROM sales_order WHERE external = :external";

/* Not that of one that is gone, either. */
#define NEXT(what, table)                                                                          \
  " (SELECT max (n.last, coalesce ((SELECT max (id) FROM " table "), 0)) + 1"                      \
  "    FROM order_number n WHERE n.what = '" what "') "

static const char SQL_ADD[]
    = "INSERT INTO sales_order (id, lead, at, currency, coupon, origin, external, created_at)"
      " VALUES (" NEXT ("order", "sales_order") ", :lead, :at, :currency, :coupon, :origin,"
      " :external, :now)";

static const char SQL_ADD_LINE[]
    = "INSERT INTO order_line (id, sales_order, product, quantity, amount, paid_until, tax,"
      " discount)"
      " VALUES (" NEXT ("line", "order_line") ", :order, :product, :quantity, :amount,"
      " :paid_until, :tax, :discount)";

static const char SQL_LOAD[]
    = "SELECT id, lead, at, currency, coupon, origin, external, created_at, shop"
      "  FROM sales_order WHERE id = :id";

static const char SQL_LIST_OF_LEAD[]
    = "SELECT id, lead, at, currency, coupon, origin, external, created_at, shop"
      "  FROM sales_order WHERE lead = :lead ORDER BY at DESC, id DESC";

static const char SQL_LIST[]
    = "SELECT id, lead, at, currency, coupon, origin, external, created_at, shop"
      "  FROM sales_order ORDER BY at DESC, id DESC LIMIT :limit";

static const char SQL_LINES[]
    = "SELECT l.id, l.product, p.name, l.quantity, l.amount, l.paid_until,"
      "       coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = l.id), 0),"
      "       coalesce (l.tax, -1), l.discount"
      "  FROM order_line l CROSS JOIN product p ON p.id = l.product"
      " WHERE l.sales_order = :order ORDER BY l.id";

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* Fills in the amount of a line, and adds it to `total`. */
static gboolean
price_line (RungsOrderLine     *line,
            const RungsProduct *product,
            const char         *currency,
            gint64             *total,
            GError            **error)
{
  if (line->quantity < 1)
    return refuse (error, _ ("at least one of a product must be ordered"));
  if (line->amount < 0 && line->amount != RUNGS_AMOUNT_DEFAULT)
    return refuse (error, _ ("the amount of an order cannot be negative"));
  if (line->amount == RUNGS_AMOUNT_DEFAULT && !g_str_equal (product->price.currency, currency))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("the price of %s is in %s, the order in %s: say the amount"), product->name,
                   product->price.currency, currency);
      return FALSE;
    }
  if (line->amount == RUNGS_AMOUNT_DEFAULT)
    {
      if (__builtin_mul_overflow (line->quantity, product->price.minor, &line->amount))
        return refuse (error, _ ("the amount is too large"));
      line->amount -= line->discount;
    }
  if (line->discount < 0 || line->amount < 0)
    return refuse (error, _ ("a discount is not below nothing, and not above the price"));
  if (line->tax != RUNGS_TAX_UNKNOWN && (line->tax < 0 || line->tax > line->amount))
    return refuse (error, _ ("the tax is a part of what was paid"));
  return !__builtin_add_overflow (*total, line->amount, total)
         || refuse (error, _ ("the amount is too large"));
}

/* Sets until when a line for a subscription is paid; `renews` where it was paid for before. */
static gboolean
date_line (RungsDb            *db,
           const RungsOrder   *order,
           RungsOrderLine     *line,
           const RungsProduct *product,
           gboolean           *renews,
           GError            **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  gint64 paid;

  if (product->period_months == 0)
    return TRUE;
  zone = rungs_business_zone (db, error);
  if (zone == NULL
      || !rungs_subscription_paid_until (db, order->lead, product->id, order->at, &paid, error))
    return FALSE;
  *renews |= paid != 0;
  return rungs_subscription_extend (zone, order->at, paid, product->period_months, line->quantity,
                                    &line->paid_until, error);
}

static gboolean
is_new (RungsDb    *db,
        const char *external,
        GError    **error)
{
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, SQL_FIND_EXTERNAL, error);
  gint64 other;

  if (find == NULL)
    return FALSE;
  rungs_statement_bind_text (find, ":external", external);
  if (!rungs_statement_get_number (find, 0, &other, error))
    return FALSE;
  if (other == 0)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("the order %s is there already"),
               external);
  return FALSE;
}

static gboolean
is_lead (RungsDb *db,
         gint64   id,
         GError **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_load (db, id, error);

  return lead != NULL;
}

/* What will be stored: a copy with currency, amounts, names and ends filled in; `renews` where it
 * goes on with a subscription. */
static RungsOrder *
complete (RungsDb          *db,
          const RungsOrder *given,
          gboolean         *renews,
          GError          **error)
{
  g_autoptr (RungsOrder) order = rungs_order_new (given->lead, given->at);
  gint64 total = 0;

  g_strlcpy (order->currency, given->currency, sizeof order->currency);
  for (guint i = 0; i < given->lines->len; i++)
    {
      const RungsOrderLine *wanted = given->lines->pdata[i];
      g_autoptr (RungsProduct) product = rungs_product_load (db, wanted->product, error);
      RungsOrderLine *line;

      if (product == NULL)
        return NULL;
      if (*order->currency == '\0')
        g_strlcpy (order->currency, product->price.currency, sizeof order->currency);
      rungs_order_add_line (order, wanted->product, wanted->quantity, wanted->amount);
      line = order->lines->pdata[i];
      line->name = g_strdup (product->name);
      line->tax = wanted->tax;
      line->discount = wanted->discount;
      if (!price_line (line, product, order->currency, &total, error)
          || !date_line (db, order, line, product, renews, error))
        return NULL;
    }
  return g_steal_pointer (&order);
}

static gboolean
is_sound (RungsDb          *db,
          const RungsOrder *order,
          GError          **error)
{
  if (order->lines->len == 0)
    return refuse (error, _ ("an order needs a product"));
  if (*order->currency != '\0' && !rungs_currency_is_valid (order->currency))
    return refuse (error, _ ("a currency has three capital letters, such as EUR"));
  return is_lead (db, order->lead, error)
         && (order->external == NULL || is_new (db, order->external, error));
}

static gint64
insert_order (RungsDb          *db,
              const RungsOrder *order,
              const RungsOrder *whole,
              gint64            now,
              GError          **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  if (add == NULL)
    return 0;
  rungs_statement_bind_int64 (add, ":lead", order->lead);
  rungs_statement_bind_int64 (add, ":at", order->at);
  rungs_statement_bind_text (add, ":currency", whole->currency);
  rungs_statement_bind_text (add, ":coupon", whole->coupon);
  rungs_statement_bind_text (add, ":origin", order->origin ? order->origin : "by hand");
  rungs_statement_bind_text (add, ":external", order->external);
  rungs_statement_bind_int64 (add, ":now", now);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

static gboolean
insert_lines (RungsDb   *db,
              gint64     order,
              GPtrArray *lines,
              GError   **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_LINE, error);

  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const RungsOrderLine *line = lines->pdata[i];

      rungs_statement_bind_int64 (add, ":order", order);
      rungs_statement_bind_int64 (add, ":product", line->product);
      rungs_statement_bind_int64 (add, ":quantity", line->quantity);
      rungs_statement_bind_int64 (add, ":amount", line->amount);
      rungs_statement_bind_id (add, ":paid_until", line->paid_until);
      if (line->tax == RUNGS_TAX_UNKNOWN)
        rungs_statement_bind_null (add, ":tax");
      else
        rungs_statement_bind_int64 (add, ":tax", line->tax);
      rungs_statement_bind_int64 (add, ":discount", line->discount);
      if (!rungs_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

static char *
describe (const RungsOrder *order)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_json_begin_array (builder, "products");
  for (guint i = 0; i < order->lines->len; i++)
    json_builder_add_string_value (builder, ((RungsOrderLine *) order->lines->pdata[i])->name);
  json_builder_end_array (builder);
  rungs_json_add_number (builder, "amount", rungs_order_total (order).minor);
  rungs_json_add_text (builder, "currency", order->currency);
  rungs_json_add_text (builder, "coupon", order->coupon);
  json_builder_end_object (builder);
  return rungs_json_dup (builder);
}

/* What is to be said of its coupons; NULL, too, where one does not fit that must. */
static GPtrArray *
check_coupons (RungsDb          *db,
               const RungsOrder *order,
               GError          **error)
{
  g_autoptr (GPtrArray) checks = rungs_coupon_check_order (db, order, error);

  return checks != NULL && (order->anyway || rungs_coupon_checks_fit (checks, error))
             ? g_steal_pointer (&checks)
             : NULL;
}

static gboolean
tell (RungsDb          *db,
      const RungsOrder *order,
      gint64            id,
      gboolean          renews,
      GError          **error)
{
  g_autofree char *detail = describe (order);

  return rungs_event_add (db, order->lead, RUNGS_EVENT_ORDER_PLACED, order->at, id, detail, error)
             != 0
         && (!renews
             || rungs_event_add (db, order->lead, RUNGS_EVENT_ORDER_RENEWED, order->at, id, detail,
                                 error)
                    != 0);
}

gint64
rungs_order_add (RungsDb          *db,
                 const RungsOrder *order,
                 gint64            now,
                 GError          **error)
{
  g_autoptr (RungsOrder) whole = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  gboolean renews = FALSE;
  gint64 id;

  g_return_val_if_fail (order != NULL, 0);

  if (!is_sound (db, order, error) || (checks = check_coupons (db, order, error)) == NULL)
    return 0;
  whole = complete (db, order, &renews, error);
  if (whole == NULL)
    return 0;
  g_free (whole->coupon);
  whole->coupon = rungs_coupon_checks_dup_codes (checks);
  id = insert_order (db, order, whole, now, error);
  return id != 0 && insert_lines (db, id, whole->lines, error)
                 && tell (db, whole, id, renews, error)
                 && rungs_coupon_use (db, id, order->lead, order->at, checks, 0, error)
             ? id
             : 0;
}

static gpointer
order_from_row (RungsStatement *row)
{
  RungsOrder *order
      = rungs_order_new (rungs_statement_get_int64 (row, 1), rungs_statement_get_int64 (row, 2));

  g_free (order->coupon);
  g_free (order->origin);
  g_free (order->shop);
  order->id = rungs_statement_get_int64 (row, 0);
  g_strlcpy (order->currency, rungs_statement_get_text (row, 3), sizeof order->currency);
  order->coupon = rungs_statement_dup_text (row, 4);
  order->origin = rungs_statement_dup_text (row, 5);
  order->external = rungs_statement_dup_text (row, 6);
  order->created_at = rungs_statement_get_int64 (row, 7);
  order->shop = rungs_statement_dup_text (row, 8);
  return order;
}

static gboolean
read_lines (RungsDb    *db,
            RungsOrder *order,
            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LINES, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":order", order->id);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsOrderLine *line;

      rungs_order_add_line (order, rungs_statement_get_int64 (query, 1),
                            rungs_statement_get_int64 (query, 3),
                            rungs_statement_get_int64 (query, 4));
      line = order->lines->pdata[order->lines->len - 1];
      line->id = rungs_statement_get_int64 (query, 0);
      line->name = rungs_statement_dup_text (query, 2);
      line->paid_until = rungs_statement_get_int64 (query, 5);
      line->refunded = rungs_statement_get_int64 (query, 6);
      line->tax = rungs_statement_get_int64 (query, 7);
      line->discount = rungs_statement_get_int64 (query, 8);
    }
  return rungs_statement_done (query, error);
}

RungsOrder *
rungs_order_load (RungsDb *db,
                  gint64   id,
                  GError **error)
{
  g_autoptr (RungsOrder) order
      = rungs_record_load (db, SQL_LOAD, id, order_from_row, "order", error);

  return order != NULL && read_lines (db, order, error) ? g_steal_pointer (&order) : NULL;
}

static GPtrArray *
read_orders (RungsDb        *db,
             RungsStatement *query,
             GError        **error)
{
  g_autoptr (GPtrArray) orders
      = rungs_record_list (query, order_from_row, (GDestroyNotify) rungs_order_free, error);

  for (guint i = 0; orders != NULL && i < orders->len; i++)
    if (!read_lines (db, orders->pdata[i], error))
      return NULL;
  return g_steal_pointer (&orders);
}

GPtrArray *
rungs_order_list_of_lead (RungsDb *db,
                          gint64   lead,
                          GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST_OF_LEAD, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  return read_orders (db, query, error);
}

GPtrArray *
rungs_order_list (RungsDb *db,
                  guint    limit,
                  GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":limit", limit);
  return read_orders (db, query, error);
}
