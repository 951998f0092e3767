/* rungs-order-command.c: orders, and money given back. */

#include <glib/gi18n.h>

#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-lead-store.h"
#include "rungs-commands.h"
#include "rungs-coupon-view.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"
#include "rungs-report.h"

#define LIST_ROWS 100
#define MOST_ROWS 100000000
#define MOST_QUANTITY 1000000

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "lead_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "products", N_ ("Products"), RUNGS_COLUMN_WORDS, NULL },
  { "total", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "told", N_ ("At the rate of the day"), RUNGS_COLUMN_MONEY, NULL },
  { "refunded", N_ ("Refunded"), RUNGS_COLUMN_MONEY, NULL },
  { "coupon", N_ ("Coupon"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn LINE_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "sku", N_ ("SKU"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Product"), RUNGS_COLUMN_TEXT, NULL },
  { "quantity", N_ ("Quantity"), RUNGS_COLUMN_NUMBER, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "refunded", N_ ("Refunded"), RUNGS_COLUMN_MONEY, NULL },
  { "discount", N_ ("Discount"), RUNGS_COLUMN_MONEY, NULL },
  { "tax", N_ ("Tax in it"), RUNGS_COLUMN_MONEY, NULL },
  { "paid_until", N_ ("Paid until"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn COUPON_COLUMNS[] = {
  { "code", N_ ("Code"), RUNGS_COLUMN_TEXT, NULL },
  { "discount", N_ ("Discount"), RUNGS_COLUMN_TEXT, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TERM, NULL },
  { "against", N_ ("Accepted although"), RUNGS_COLUMN_TERM, NULL },
  { NULL },
};

static const RungsColumn REFUND_COLUMNS[] = {
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "reason", N_ ("Reason"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "lead_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "total", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "told", N_ ("At the rate of the day"), RUNGS_COLUMN_MONEY, NULL },
  { "refunded", N_ ("Refunded"), RUNGS_COLUMN_MONEY, NULL },
  { "coupon", N_ ("Coupon"), RUNGS_COLUMN_TEXT, NULL },
  { "origin", N_ ("Entered"), RUNGS_COLUMN_TERM, NULL },
  { "shop", N_ ("Shop"), RUNGS_COLUMN_TEXT, NULL },
  { "external", N_ ("Number in the shop"), RUNGS_COLUMN_TEXT, NULL },
  { "lines", N_ ("Lines"), RUNGS_COLUMN_ROWS, LINE_COLUMNS },
  { "coupons", N_ ("Coupons"), RUNGS_COLUMN_ROWS, COUPON_COLUMNS },
  { "refunds", N_ ("Refunds"), RUNGS_COLUMN_ROWS, REFUND_COLUMNS },
  { NULL },
};

static gboolean
add_lines (JsonObject        *row,
           RungsDb           *db,
           const RungsOrder  *order,
           GError           **error)
{
  JsonArray *lines = rungs_row_set_array (row, "lines");
  JsonArray *products = rungs_row_set_array (row, "products");

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RungsOrderLine *line = g_ptr_array_index (order->lines, i);
      g_autoptr (RungsProduct) product = rungs_product_load (db, line->product, error);
      JsonObject *object;

      if (product == NULL)
        return FALSE;
      object = rungs_row_new ();
      rungs_row_set_number (object, "id", line->id);
      rungs_row_set_text (object, "sku", product->sku);
      rungs_row_set_text (object, "name", product->name);
      rungs_row_set_number (object, "quantity", line->quantity);
      rungs_row_set_money (object, "amount", rungs_money (line->amount, order->currency));
      rungs_row_set_money (object, "refunded", rungs_money (line->refunded, order->currency));
      rungs_row_set_money (object, "discount", rungs_money (line->discount, order->currency));
      if (line->tax != RUNGS_TAX_UNKNOWN)
        rungs_row_set_money (object, "tax", rungs_money (line->tax, order->currency));
      else
        json_object_set_null_member (object, "tax");
      rungs_row_set_time (object, "paid_until", line->paid_until);
      json_array_add_object_element (lines, object);
      json_array_add_string_element (products, product->name);
    }
  return TRUE;
}

static JsonObject *
order_to_row (RungsDb              *db,
              const RungsOrder     *order,
              const RungsExchange  *exchange,
              GError              **error)
{
  RungsMoney told;
  g_autoptr (RungsLead) lead = rungs_lead_load (db, order->lead, error);
  g_autofree char *title = lead ? rungs_lead_dup_title (lead) : NULL;
  g_autoptr (JsonObject) row = rungs_row_new ();

  if (lead == NULL)
    return NULL;
  rungs_row_set_number (row, "id", order->id);
  rungs_row_set_time (row, "at", order->at);
  rungs_row_set_number (row, "lead", order->lead);
  rungs_row_set_text (row, "email", lead->email);
  rungs_row_set_text (row, "lead_name", title);
  rungs_row_set_money (row, "total", rungs_order_total (order));
  rungs_row_set_money (row, "refunded", rungs_order_refunded (order));
  if (rungs_order_tell (order, exchange, &told))
    rungs_row_set_money (row, "told", told);
  else
    json_object_set_null_member (row, "told");
  rungs_row_set_text (row, "coupon", order->coupon);
  rungs_row_set_text (row, "origin", order->origin);
  rungs_row_set_text (row, "shop", order->shop);
  rungs_row_set_text (row, "external", order->external);
  rungs_row_set_time (row, "created_at", order->created_at);
  return add_lines (row, db, order, error) ? g_steal_pointer (&row) : NULL;
}

static gboolean
add_refunds (JsonObject  *row,
             RungsDb     *db,
             gint64       order,
             GError     **error)
{
  g_autoptr (GPtrArray) refunds = rungs_refund_list (db, order, error);
  JsonArray *array = rungs_row_set_array (row, "refunds");

  for (guint i = 0; refunds != NULL && i < refunds->len; i++)
    {
      const RungsRefund *refund = g_ptr_array_index (refunds, i);
      JsonObject *object = rungs_row_new ();

      rungs_row_set_number (object, "id", refund->id);
      rungs_row_set_time (object, "at", refund->at);
      rungs_row_set_money (object, "amount", refund->amount);
      rungs_row_set_text (object, "reason", refund->reason);
      json_array_add_object_element (array, object);
    }
  return refunds != NULL;
}

static gboolean
add_coupons (JsonObject  *row,
             RungsDb     *db,
             gint64       order,
             GError     **error)
{
  g_autoptr (GPtrArray) uses = rungs_coupon_uses_of_order (db, order, error);

  if (uses == NULL)
    return FALSE;
  rungs_coupon_add_uses (rungs_row_set_array (row, "coupons"), uses);
  return TRUE;
}

static gboolean
show_order (RungsInvocation  *call,
            RungsDb          *db,
            gint64            id,
            GError          **error)
{
  g_autoptr (RungsOrder) order = rungs_order_load (db, id, error);
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (JsonObject) row = NULL;

  if (order == NULL || !rungs_report_read (call, db, &exchange, error))
    return FALSE;
  row = order_to_row (db, order, exchange, error);
  if (row == NULL || !add_coupons (row, db, id, error) || !add_refunds (row, db, id, error))
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
show (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  gint64 id;

  return rungs_invocation_get_id (call, 0, &id, error) && show_order (call, db, id, error);
}

static GPtrArray *
load_orders (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsLead) lead = NULL;
  gint64 limit = LIST_ROWS;

  if (!rungs_invocation_get_number (call, "limit", 1, MOST_ROWS, &limit, error))
    return NULL;
  if (rungs_invocation_count_arguments (call) == 0)
    return rungs_order_list (db, limit, error);
  lead = rungs_lead_argument (call, db, 0, error);
  return lead ? rungs_order_list_of_lead (db, lead->id, error) : NULL;
}

static gboolean
list_orders (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (GPtrArray) orders = load_orders (call, db, error);
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (orders == NULL || !rungs_report_read (call, db, &exchange, error))
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    {
      JsonObject *row = order_to_row (db, g_ptr_array_index (orders, i), exchange, error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no orders."));
  return TRUE;
}

/* They speak of one product only. */
static gboolean
refuse_several (RungsInvocation  *call,
                GError          **error)
{
  static const char *const OPTIONS[] = { "quantity", "amount", "tax", "discount" };

  for (guint i = 0; i < G_N_ELEMENTS (OPTIONS); i++)
    if (rungs_invocation_count_arguments (call) > 2 && rungs_invocation_has (call, OPTIONS[i]))
      return rungs_invocation_refuse (call, OPTIONS[i],
                                      _ ("one product; enter the others by themselves"), error);
  return TRUE;
}

/* All but the product. */
static gboolean
read_line (RungsInvocation     *call,
           const RungsProduct  *product,
           const char          *currency,
           RungsOrderLine      *line,
           GError             **error)
{
  const char *paid_in = *currency != '\0' ? currency : product->price.currency;
  RungsMoney amount = rungs_money (RUNGS_AMOUNT_DEFAULT, paid_in);
  RungsMoney tax = rungs_money (RUNGS_TAX_UNKNOWN, paid_in), discount = rungs_money (0, paid_in);

  line->quantity = 1;
  if (!refuse_several (call, error)
      || !rungs_invocation_get_number (call, "quantity", 1, MOST_QUANTITY, &line->quantity, error)
      || !rungs_invocation_get_money (call, "amount", paid_in, &amount, error)
      || !rungs_invocation_get_money (call, "tax", paid_in, &tax, error)
      || !rungs_invocation_get_money (call, "discount", paid_in, &discount, error))
    return FALSE;
  line->amount = amount.minor;
  line->tax = tax.minor;
  line->discount = discount.minor;
  return TRUE;
}

static gboolean
take_lines (RungsInvocation  *call,
            RungsDb          *db,
            RungsOrder       *order,
            GError          **error)
{
  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    {
      g_autoptr (RungsProduct) product =
          rungs_product_load_by_sku (db, rungs_invocation_get_argument (call, i), error);
      RungsOrderLine read = { 0 }, *line;

      if (product == NULL || !read_line (call, product, order->currency, &read, error))
        return FALSE;
      rungs_order_add_line (order, product->id, read.quantity, read.amount);
      line = g_ptr_array_index (order->lines, order->lines->len - 1);
      line->tax = read.tax;
      line->discount = read.discount;
    }
  return TRUE;
}

/* All that were given, parted by commas. */
static char *
dup_codes (RungsInvocation *call)
{
  GPtrArray *given = rungs_invocation_get_texts (call, "coupon");
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (guint i = 0; i < given->len; i++)
    g_strv_builder_add (codes, g_ptr_array_index (given, i));
  parts = g_strv_builder_end (codes);
  return g_strjoinv (",", parts);
}

static gboolean
read_currency (RungsInvocation  *call,
               RungsOrder       *order,
               GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "currency", "");

  if (rungs_invocation_has (call, "currency") && !rungs_currency_is_valid (text))
    return rungs_invocation_refuse (call, "currency", _ ("three capital letters such as EUR"),
                                    error);
  g_strlcpy (order->currency, text, sizeof order->currency);
  return TRUE;
}

static gboolean
add_order (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  g_autoptr (RungsOrder) order = NULL;
  gint64 at = rungs_invocation_get_now (call), id;

  if (lead == NULL || !rungs_invocation_get_time (call, "at", &at, error))
    return FALSE;
  order = rungs_order_new (lead->id, at);
  g_free (order->coupon);
  order->coupon = dup_codes (call);
  order->anyway = rungs_invocation_has (call, "anyway");
  order->external = g_strdup (rungs_invocation_get_text (call, "external", NULL));
  if (!read_currency (call, order, error) || !take_lines (call, db, order, error))
    return FALSE;
  id = rungs_order_add (db, order, rungs_invocation_get_now (call), error);
  return id != 0 && show_order (call, db, id, error);
}

static gboolean
refund_order (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  gint64 now = rungs_invocation_get_now (call), at = now, id, line = 0;
  g_autoptr (RungsOrder) order = NULL;
  RungsMoney amount;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || !rungs_invocation_get_number (call, "line", 1, G_MAXINT64, &line, error)
      || !rungs_invocation_get_time (call, "at", &at, error))
    return FALSE;
  order = rungs_order_load (db, id, error);
  if (order == NULL)
    return FALSE;
  amount = rungs_money (RUNGS_AMOUNT_DEFAULT, order->currency);
  return rungs_invocation_get_money (call, "amount", order->currency, &amount, error)
         && rungs_refund_add (db, id, line, amount.minor,
                              rungs_invocation_get_text (call, "reason", ""), at, now, error)
         && show_order (call, db, id, error);
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the newest N; 100 where nothing is said")),
  RUNGS_REPORT_OPTION,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("coupon", N_ ("CODE"), N_ ("A coupon that it uses; may be given again")),
  RUNGS_FLAG ("anyway", N_ ("Even where a coupon does not fit, or there is none of that code")),
  RUNGS_OPTION ("at", N_ ("TIME"), N_ ("When; now where nothing is said")),
  RUNGS_OPTION ("quantity", N_ ("N"), N_ ("How many; 1 where nothing is said")),
  RUNGS_OPTION ("amount", N_ ("AMOUNT"), N_ ("What was paid; the price where nothing is said")),
  RUNGS_OPTION ("discount", N_ ("AMOUNT"), N_ ("What was taken off the price before that")),
  RUNGS_OPTION ("tax", N_ ("AMOUNT"), N_ ("What of the amount is tax")),
  RUNGS_OPTION ("currency",
                N_ ("CODE"),
                N_ ("In which it was paid, where that is not the currency of the price")),
  RUNGS_OPTION ("external", N_ ("NUMBER"), N_ ("The number of the order in the shop")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry REFUND_OPTIONS[] = {
  RUNGS_OPTION ("amount", N_ ("AMOUNT"), N_ ("How much; all that is left where nothing is said")),
  RUNGS_OPTION ("line", N_ ("NUMBER"), N_ ("Of this line only")),
  RUNGS_OPTION ("reason", N_ ("TEXT"), N_ ("Why")),
  RUNGS_OPTION ("at", N_ ("TIME"), N_ ("When; now where nothing is said")),
  RUNGS_OPTIONS_END,
};

/* What --json prints. */
#define ORDER_JSON                                                                                 \
  "{id, at, lead, email, lead_name, total, refunded, told, coupon, origin, shop, external, "       \
  "created_at, lines: [id, sku, name, quantity, amount, refunded, discount, tax,"                  \
  " paid_until], "                                                                                 \
  "products, coupons: [" RUNGS_COUPON_USE_KEYS "], refunds: [id, at, amount, reason]}"

const RungsCommand RUNGS_ORDER_COMMANDS[] = {
  { "order list", "[EMAIL]", N_ ("List the orders of all leads, or of one"), RUNGS_COMMAND_READS,
    list_orders, LIST_OPTIONS, NULL,
    "[id, at, lead, email, lead_name, total, refunded, told, coupon, origin, shop, external, "
    "created_at, lines: [id, sku, name, quantity, amount, refunded, discount, tax, paid_until], "
    "products]" },
  { "order show", "NUMBER", N_ ("Show an order with its lines and refunds"), RUNGS_COMMAND_READS,
    show, NULL, NULL, ORDER_JSON },
  { "order add", "EMAIL SKU…", N_ ("Enter an order"), RUNGS_COMMAND_WRITES, add_order, ADD_OPTIONS,
    NULL, ORDER_JSON },
  { "order refund", "NUMBER", N_ ("Give back all of an order, or a part"), RUNGS_COMMAND_WRITES,
    refund_order, REFUND_OPTIONS, NULL, ORDER_JSON },
  { NULL },
};
