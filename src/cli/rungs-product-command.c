/* rungs-product-command.c: the rungs of the ladder. */

#include <glib/gi18n.h>

#include "insights/rungs-ladder-fault.h"
#include "insights/rungs-product-figures.h"
#include "ladder/rungs-ladder-change-store.h"
#include "ladder/rungs-product-store.h"
#include "mail/rungs-message-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-product-options.h"
#include "rungs-report.h"

static const RungsColumn COLUMNS[] = {
  { "rung", N_ ("Rung"), RUNGS_COLUMN_NUMBER, NULL },
  { "sku", N_ ("SKU"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "price", N_ ("Price"), RUNGS_COLUMN_MONEY, NULL },
  { "owners", N_ ("Owners"), RUNGS_COLUMN_NUMBER, NULL },
  { "sold", N_ ("Sold"), RUNGS_COLUMN_NUMBER, NULL },
  { "revenue", N_ ("Revenue"), RUNGS_COLUMN_MONEY, NULL },
  { "refunded", N_ ("Refunded"), RUNGS_COLUMN_MONEY, NULL },
  { "retired_at", N_ ("Given up"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "sku", N_ ("SKU"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "price", N_ ("Price"), RUNGS_COLUMN_MONEY, NULL },
  { "cost", N_ ("Cost"), RUNGS_COLUMN_MONEY, NULL },
  { "margin", N_ ("Left of the price"), RUNGS_COLUMN_MONEY, NULL },
  { "rung", N_ ("Rung"), RUNGS_COLUMN_NUMBER, NULL },
  { "refund_days", N_ ("Refund within days"), RUNGS_COLUMN_NUMBER, NULL },
  { "period_months", N_ ("Paid every so many months"), RUNGS_COLUMN_NUMBER, NULL },
  { "lapse_days", N_ ("Lapses so many days later"), RUNGS_COLUMN_COUNT, NULL },
  { "delivery", N_ ("Delivery"), RUNGS_COLUMN_LINES, NULL },
  { "deliver", N_ ("After the order"), RUNGS_COLUMN_TERM, NULL },
  { "link", N_ ("Address of the download"), RUNGS_COLUMN_TEXT, NULL },
  { "message", N_ ("Message"), RUNGS_COLUMN_TEXT, NULL },
  { "by", N_ ("Who acts"), RUNGS_COLUMN_TEXT, NULL },
  { "affiliate_rate", N_ ("Affiliate’s share"), RUNGS_COLUMN_RATE, NULL },
  { "parts", N_ ("Holds"), RUNGS_COLUMN_WORDS, NULL },
  { "owners", N_ ("Owners"), RUNGS_COLUMN_NUMBER, NULL },
  { "sold", N_ ("Sold"), RUNGS_COLUMN_NUMBER, NULL },
  { "revenue", N_ ("Revenue"), RUNGS_COLUMN_MONEY, NULL },
  { "refunded", N_ ("Refunded"), RUNGS_COLUMN_MONEY, NULL },
  { "retired_at", N_ ("Given up"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn FAULT_COLUMNS[] = {
  { "sku", N_ ("SKU"), RUNGS_COLUMN_TEXT, NULL },
  { "offer", N_ ("Offer"), RUNGS_COLUMN_NUMBER, NULL },
  { "words", N_ ("What is wrong"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

/* What is not said is null. */
static void
add_facets (JsonObject         *row,
            const RungsProduct *product)
{
  RungsMoney margin;
  gboolean known = rungs_product_margin (product, &margin);
  gboolean delivered = product->delivery_kind != RUNGS_DELIVERY_NONE;

  json_object_set_null_member (row, "cost");
  json_object_set_null_member (row, "margin");
  json_object_set_null_member (row, "affiliate_rate");
  if (known)
    {
      rungs_row_set_money (row, "cost", rungs_money (product->cost, product->price.currency));
      rungs_row_set_money (row, "margin", margin);
    }
  if (product->affiliate_rate != RUNGS_PRODUCT_UNSAID)
    rungs_row_set_number (row, "affiliate_rate", product->affiliate_rate);
  rungs_row_set_number (row, "lapse_days", product->lapse_days);
  rungs_row_set_text (row, "deliver",
                      delivered ? rungs_delivery_kind_to_text (product->delivery_kind) : NULL);
  rungs_row_set_text (row, "link", product->delivery_link);
  rungs_row_set_text (row, "by", product->delivery_by);
}

static JsonObject *
product_to_row (const RungsProduct *product)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", product->id);
  rungs_row_set_text (row, "sku", product->sku);
  rungs_row_set_text (row, "name", product->name);
  rungs_row_set_money (row, "price", product->price);
  rungs_row_set_id (row, "rung", product->rung);
  rungs_row_set_number (row, "refund_days", product->refund_days);
  rungs_row_set_id (row, "period_months", product->period_months);
  rungs_row_set_text (row, "delivery", product->delivery);
  add_facets (row, product);
  rungs_row_set_time (row, "created_at", product->created_at);
  rungs_row_set_time (row, "retired_at", product->retired_at);
  return row;
}

static void
add_figures (JsonObject         *row,
             GHashTable         *figures,
             const RungsProduct *product)
{
  const RungsProductFigures *own = g_hash_table_lookup (figures, &product->id);

  if (own == NULL)
    return;
  rungs_row_set_number (row, "owners", own->owners);
  rungs_row_set_number (row, "sold", own->sold);
  rungs_row_set_monies (row, "revenue", own->revenue);
  rungs_row_set_monies (row, "refunded", own->refunded);
  rungs_row_set_monies (row, "converted", own->converted);
}

static gboolean
add_parts (JsonObject          *row,
           RungsDb             *db,
           const RungsProduct  *product,
           GError             **error)
{
  g_autoptr (GPtrArray) parts = rungs_product_parts (db, product->id, error);
  JsonArray *array = rungs_row_set_array (row, "parts");

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    json_array_add_string_element (array, ((RungsProduct *) g_ptr_array_index (parts, i))->sku);
  return parts != NULL;
}

/* The name of the message that is sent after an order. */
static gboolean
add_message (JsonObject          *row,
             RungsDb             *db,
             const RungsProduct  *product,
             GError             **error)
{
  g_autoptr (RungsMessage) message = NULL;

  if (product->delivery_message != 0)
    message = rungs_message_load (db, product->delivery_message, error);
  rungs_row_set_text (row, "message", message ? message->name : NULL);
  return product->delivery_message == 0 || message != NULL;
}

/* Told in the currency of the report. */
static GHashTable *
load_figures (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsExchange) exchange = NULL;

  return rungs_report_read (call, db, &exchange, error)
           ? rungs_product_figures (db, rungs_invocation_get_now (call), exchange, error)
           : NULL;
}

static gboolean
list_products (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (GPtrArray) products = rungs_product_list (db, error);
  g_autoptr (GHashTable) figures = products ? load_figures (call, db, error) : NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (figures == NULL)
    return FALSE;
  for (guint i = 0; i < products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (products, i);
      JsonObject *row = product_to_row (product);

      add_figures (row, figures, product);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no products."));
  return TRUE;
}

/* `product` NULL: it is about an offer to leads who own nothing. */
static JsonObject *
fault_to_row (const RungsLadderFault *fault,
              const RungsProduct     *product)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *words = rungs_ladder_fault_to_words (fault);

  rungs_row_set_text (row, "code", rungs_ladder_fault_code_to_text (fault->code));
  rungs_row_set_text (row, "sku", product != NULL ? product->sku : NULL);
  rungs_row_set_id (row, "offer", fault->offer);
  rungs_row_set_text (row, "words", words);
  return row;
}

static gboolean
list_problems (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (GPtrArray) faults
      = rungs_ladder_find_faults (db, rungs_invocation_get_now (call), error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, FAULT_COLUMNS);

  if (faults == NULL)
    return FALSE;
  for (guint i = 0; i < faults->len; i++)
    {
      const RungsLadderFault *fault = g_ptr_array_index (faults, i);
      g_autoptr (RungsProduct) product
          = fault->product != 0 ? rungs_product_load (db, fault->product, error) : NULL;

      if (product == NULL && fault->product != 0)
        return FALSE;
      rungs_listing_add (listing, fault_to_row (fault, product));
    }
  rungs_listing_end (listing, _ ("The ladder holds together."));
  return TRUE;
}

/* Puts out the product as the file has it now. */
static gboolean
show_product (RungsInvocation  *call,
              RungsDb          *db,
              gint64            id,
              GError          **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load (db, id, error);
  g_autoptr (GHashTable) figures = product ? load_figures (call, db, error) : NULL;
  g_autoptr (JsonObject) row = NULL;

  if (figures == NULL)
    return FALSE;
  row = product_to_row (product);
  add_figures (row, figures, product);
  if (!add_parts (row, db, product, error) || !add_message (row, db, product, error))
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static RungsProduct *
load_argument (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  return rungs_product_load_by_sku (db, rungs_invocation_get_argument (call, 0), error);
}

static gboolean
show (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  g_autoptr (RungsProduct) product = load_argument (call, db, error);

  return product != NULL && show_product (call, db, product->id, error);
}

/* Makes `product` hold the products of those SKUs. */
static gboolean
set_parts (RungsDb    *db,
           gint64      product,
           GPtrArray  *skus,
           GError    **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < skus->len; i++)
    {
      g_autoptr (RungsProduct) part =
          rungs_product_load_by_sku (db, g_ptr_array_index (skus, i), error);

      if (part == NULL)
        return FALSE;
      g_array_append_val (parts, part->id);
    }
  return rungs_product_set_parts (db, product, (const gint64 *) parts->data, parts->len, error);
}

static gboolean
add_product (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsProduct) product = rungs_product_new ();
  GPtrArray *parts = rungs_invocation_get_texts (call, "part");
  gint64 id;

  if (!rungs_invocation_require (call, "name", error)
      || !rungs_invocation_require (call, "price", error)
      || !rungs_product_take_options (call, db, product, error))
    return FALSE;
  g_free (product->sku);
  product->sku = g_strdup (rungs_invocation_get_argument (call, 0));
  id = rungs_product_add (db, product, rungs_invocation_get_now (call), error);
  return id != 0 && (parts->len == 0 || set_parts (db, id, parts, error))
         && show_product (call, db, id, error);
}

static gboolean
edit_product (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsProduct) product = load_argument (call, db, error);

  return product != NULL && rungs_product_take_options (call, db, product, error)
         && rungs_product_save (db, product, error) && show_product (call, db, product->id, error);
}

static gboolean
set_bundle (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsProduct) product = load_argument (call, db, error);
  g_autoptr (GPtrArray) skus = g_ptr_array_new ();

  if (product == NULL)
    return FALSE;
  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    g_ptr_array_add (skus, (gpointer) rungs_invocation_get_argument (call, i));
  return set_parts (db, product->id, skus, error) && show_product (call, db, product->id, error);
}

static gboolean
retire_product (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsProduct) product = load_argument (call, db, error);
  gboolean back = rungs_invocation_has (call, "undo");
  gint64 at = back ? 0 : rungs_invocation_get_now (call);

  if (product == NULL
      || !(back ? rungs_ladder_take_up_product (db, product->id, error)
                : rungs_ladder_give_up_product (db, product->id, at, error)))
    return FALSE;
  product->retired_at = at;
  rungs_column_say (call, product_to_row (product),
                    back ? _ ("%s is sold again.")
                         : _ ("%s is no longer sold; who owns it still does."),
                    product->name);
  return TRUE;
}

static gboolean
delete_product (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsProduct) product = load_argument (call, db, error);

  if (product == NULL || !rungs_product_delete (db, product->id, error))
    return FALSE;
  rungs_column_say (call, product_to_row (product), _ ("%s was deleted."), product->name);
  return TRUE;
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_REPORT_OPTION,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_PRODUCT_OPTIONS,
  RUNGS_OPTION ("part", N_ ("SKU"), N_ ("It is a bundle that holds this product; may be repeated")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_PRODUCT_OPTIONS,
  RUNGS_OPTION ("sku", N_ ("SKU"), N_ ("Another SKU")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RETIRE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Sell it again")),
  RUNGS_OPTIONS_END,
};

/* What --json prints. */
#define PRODUCT_JSON                                                                               \
  "{id, sku, name, price, rung, refund_days, period_months, delivery, cost, margin, "              \
  "affiliate_rate, lapse_days, deliver, link, by, created_at, retired_at, owners, sold, "          \
  "revenue, refunded, converted, parts, message}"

const RungsCommand RUNGS_PRODUCT_COMMANDS[] = {
  { "product list", "",
    N_ ("List the products from the foot of the ladder up, with what they earned"),
    RUNGS_COMMAND_READS, list_products, LIST_OPTIONS, NULL,
    "[id, sku, name, price, rung, refund_days, period_months, delivery, cost, margin, "
    "affiliate_rate, lapse_days, deliver, link, by, created_at, retired_at, owners, sold, "
    "revenue, refunded, converted]" },
  { "product problems", "", N_ ("List where the ladder does not hold together"),
    RUNGS_COMMAND_READS, list_problems, NULL, NULL, "[code, sku, offer, words]" },
  { "product show", "SKU", N_ ("Show a product"), RUNGS_COMMAND_READS, show,
    LIST_OPTIONS, NULL, PRODUCT_JSON },
  { "product add", "SKU", N_ ("Add a product; needs --name and --price"), RUNGS_COMMAND_WRITES,
    add_product, ADD_OPTIONS, NULL, PRODUCT_JSON },
  { "product edit", "SKU", N_ ("Change a product"), RUNGS_COMMAND_WRITES, edit_product,
    EDIT_OPTIONS, NULL, PRODUCT_JSON },
  { "product bundle", "SKU [PART…]", N_ ("Say which products it holds: those, or none"),
    RUNGS_COMMAND_WRITES, set_bundle, NULL, NULL, PRODUCT_JSON },
  { "product retire", "SKU", N_ ("Sell and offer it no longer"), RUNGS_COMMAND_WRITES,
    retire_product, RETIRE_OPTIONS, NULL },
  { "product delete", "SKU", N_ ("Delete a product that was never ordered"), RUNGS_COMMAND_WRITES,
    delete_product, NULL, NULL },
  { NULL },
};
